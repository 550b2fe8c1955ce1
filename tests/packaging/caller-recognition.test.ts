import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { loadStage, type StageOverrides } from '../../resources/load-stage.ts';
import { type Template, templateFaults } from './cloudformation-check.ts';
import keptNames from './deployed-names.json' with { type: 'json' };
import { differences, namesIn } from './deployed-names.ts';
import { packagedStage } from './packaged-stages.ts';
import { properties } from './template.ts';

const require = createRequire(import.meta.url);

type Resources = Template['Resources'];

/** What one of resources/ makes for the stage dev with other settings. */
async function made(file: string, settings: StageOverrides): Promise<Resources> {
  const stage = loadStage('dev', 0, undefined, settings);
  const variables: Record<string, unknown> = { 'sls:stage': 'dev', 'self:custom.stage': stage };
  const make = require(`../../resources/${file}.cjs`);
  const { Resources } = await make({ resolveVariable: async (name: string) => variables[name] });
  return Resources as Resources;
}

const ON = { recognizeCaller: { hours: 24 } };
const FUNCTION = { 'Fn::GetAtt': ['RecognizeCallerLambdaFunction', 'Arn'] };
const { template: off } = packagedStage('dev');

describe('a stage that recognises callers', () => {
  it('lets its instance, and no other, ask the function, and tells the instance of it before the flow', async () => {
    const [recognition, flows] = [await made('caller-recognition', ON), await made('contact-flows', ON)];
    const template: Template = { ...off, Resources: { ...off.Resources, ...recognition, ...flows } };
    const instance = {
      'Fn::Sub':
        'arn:${AWS::Partition}:connect:${AWS::Region}:${AWS::AccountId}:instance/00000000-0000-4000-8000-000000000001',
    };

    expect(templateFaults(template)).toEqual([]);
    expect(properties(template, 'RecognizeCallerPermission')).toEqual({
      ...{ FunctionName: FUNCTION, Action: 'lambda:InvokeFunction', Principal: 'connect.amazonaws.com' },
      ...{ SourceArn: instance, SourceAccount: { Ref: 'AWS::AccountId' } },
    });
    expect(properties(template, 'RecognizeCallerAssociation')).toEqual({
      ...{ InstanceId: instance, IntegrationType: 'LAMBDA_FUNCTION', IntegrationArn: FUNCTION },
    });
    const { Content } = properties(template, 'EntryContactFlow') as { Content: { 'Fn::Sub': [string, object] } };
    const [text, references] = Content['Fn::Sub'];
    expect(text).toContain('"LambdaFunctionARN":"${RecognizeCallerFunction}"');
    expect(references).toMatchObject({ RecognizeCallerFunction: FUNCTION });
    const waiting = Object.keys(template.Resources).filter((id) =>
      [template.Resources[id]?.DependsOn ?? []].flat().includes('RecognizeCallerAssociation'),
    );
    expect(waiting).toEqual(['EntryContactFlow']);
    const { resource } = namesIn({ Resources: recognition }, 'dev');
    expect(differences(keptNames.whereCallersAreRecognised, { resource })).toEqual([]);
  });

  it('is one of its own choice: another deploys nothing for it, and a flow that asks no function', () => {
    const written = JSON.stringify(off);
    expect(written).not.toContain('AWS::Connect::IntegrationAssociation');
    expect(written).not.toContain('connect.amazonaws.com');
    expect(written).not.toContain('InvokeLambdaFunction');
    expect(written).not.toContain('External');
  });
});

it('the index of the numbers is the one new index of the table, and holds keys alone', () => {
  expect(properties(off, 'CallsTable').GlobalSecondaryIndexes).toMatchObject([
    { IndexName: 'byDay' },
    { IndexName: 'byPhone', Projection: { ProjectionType: 'KEYS_ONLY' } },
  ]);
});
