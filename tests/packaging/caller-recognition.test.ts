import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readService } from '../../packages/sandbox/service.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { templateFaults } from './cloudformation-check.ts';
import keptNames from './deployed-names.json' with { type: 'json' };
import { differences, namesIn } from './deployed-names.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';
import type { Packaged } from './sls.ts';
import { properties } from './template.ts';

const FUNCTION = { 'Fn::GetAtt': ['RecognizeCallerLambdaFunction', 'Arn'] };
const { template: off, bundles: bundlesOff } = packagedStage('dev');

const on = packagedWithOptions();

describe('a stage that recognises callers', () => {
  it('has what it is deployed for, by the names that are kept, and agrees with the schema of every resource', () => {
    const [without, found] = [namesIn(off, 'dev'), namesIn(on.template, 'dev')];
    const ofItsOwn = (kind: 'resource' | 'name' | 'key') => found[kind].filter((line) => !without[kind].includes(line));
    expect(
      differences(keptNames.whereCallersAreRecognised, {
        resource: ofItsOwn('resource').filter((line) => line.startsWith('RecognizeCaller')),
        name: ofItsOwn('name').filter((line) => line.startsWith('RecognizeCaller')),
        key: ofItsOwn('key'),
      }),
    ).toEqual([]);
    expect(templateFaults(on.template)).toEqual([]);
  });

  it('lets its instance, and no other, ask the function, and tells the instance of it before the flow', async () => {
    const existing = {
      'Fn::Sub':
        'arn:${AWS::Partition}:connect:${AWS::Region}:${AWS::AccountId}:instance/00000000-0000-4000-8000-000000000001',
    };
    const stage = loadStage('dev', undefined, undefined, { recognizeCaller: { hours: 24 } });
    const recognition = createRequire(import.meta.url)('../../resources/caller-recognition.cjs');
    const { Resources } = await recognition({ resolveVariable: async () => stage });
    expect(Resources.RecognizeCallerPermission.Properties.SourceArn).toEqual(existing);
    expect(Resources.RecognizeCallerAssociation.Properties.InstanceId).toEqual(existing);
    // The one that the stack makes.
    const { template } = on;
    const instance = { 'Fn::GetAtt': ['ConnectInstance', 'Arn'] };
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
  });
});

it('a stage that does not ask for it has nothing of it, and a flow that asks no function', () => {
  const written = JSON.stringify(off);
  expect(Object.keys(off.Resources).filter((id) => id.startsWith('RecognizeCaller'))).toEqual([]);
  expect(written).not.toContain('AWS::Connect::IntegrationAssociation');
  expect(written).not.toContain('connect.amazonaws.com');
  expect(written).not.toContain('InvokeLambdaFunction');
  expect(written).not.toContain('External');
  expect(bundlesOff.has('recognizeCaller')).toBe(false);
  expect(readService('dev', 0).functions).not.toHaveProperty('recognizeCaller');
});

describe('indexes of the calls table', () => {
  type Table = { GlobalSecondaryIndexes: Index[]; AttributeDefinitions: { AttributeName: string }[]; KeySchema: Key[] };
  type Index = { IndexName: string; KeySchema: Key[]; Projection: unknown };
  type Key = { AttributeName: string };
  const tableOf = ({ template }: Pick<Packaged, 'template'>) => properties(template, 'CallsTable') as unknown as Table;

  it('are added one by one: byDay by an upgrade, byPhone by switching the recognition on', () => {
    // CloudFormation adds one index of a table in one deployment; 0.1.0 has none.
    const [without, wanting] = [tableOf({ template: off }), tableOf(on)].map((table) =>
      table.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName),
    );
    expect(without).toEqual(['byDay']);
    expect(wanting).toEqual(['byDay', 'byPhone']);
    expect(tableOf(on).GlobalSecondaryIndexes[0]).toEqual(tableOf({ template: off }).GlobalSecondaryIndexes[0]);
  });

  it('hold keys alone, and with the table use every attribute that is defined', () => {
    for (const table of [tableOf({ template: off }), tableOf(on)]) {
      const indexes = table.GlobalSecondaryIndexes;
      for (const { Projection } of indexes) expect(Projection).toEqual({ ProjectionType: 'KEYS_ONLY' });
      const keys = [table, ...indexes].flatMap(({ KeySchema }) => KeySchema.map(({ AttributeName }) => AttributeName));
      expect(table.AttributeDefinitions.map(({ AttributeName }) => AttributeName).toSorted()).toEqual(
        [...new Set(keys)].toSorted(),
      );
    }
  });
});
