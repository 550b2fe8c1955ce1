import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadStage, StageSettingsError } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';
import { type Template, templateFaults } from './cloudformation-check.ts';
import keptNames from './deployed-names.json' with { type: 'json' };
import { differences, namesIn } from './deployed-names.ts';
import { packagedStage } from './packaged-stages.ts';
import { ofType } from './template.ts';

const KARTE = 'https://admin.karte.io';
const TYPE = 'AWS::Connect::ApprovedOrigin';

/** What the template has of a stage that approves these origins. */
async function templateWith(approvedOrigins: string[]): Promise<Template> {
  const require = createRequire(import.meta.url);
  const stage = loadStage('dev', undefined, undefined, { connect: { approvedOrigins } });
  return require('../../resources/approved-origins.cjs')({ resolveVariable: async () => stage });
}

describe('a stage that approves origins', () => {
  it('deploys each for its instance, in agreement with the schema', async () => {
    const template = await templateWith([KARTE, 'https://crm.example.com:8443']);
    const InstanceId = {
      'Fn::Sub':
        'arn:${AWS::Partition}:connect:${AWS::Region}:${AWS::AccountId}:instance/00000000-0000-4000-8000-000000000001',
    };
    expect(ofType(template, TYPE).map(([, { Properties }]) => Properties)).toEqual([
      { InstanceId, Origin: KARTE },
      { InstanceId, Origin: 'https://crm.example.com:8443' },
    ]);
    expect(templateFaults(template)).toEqual([]);
  });

  it('keeps the names that are deployed', async () => {
    const { resource, name } = namesIn(await templateWith([KARTE]), 'dev');
    expect(differences(keptNames.withApprovedOrigins, { resource, name })).toEqual([]);
  });

  it('keeps the id of an origin when the list is put in another order', async () => {
    const [first, second] = await Promise.all([
      templateWith([KARTE, 'https://crm.example.com']),
      templateWith(['https://crm.example.com', KARTE]),
    ]);
    expect(second.Resources).toEqual(first.Resources);
  });

  it.each([
    ['plain HTTP', ['http://admin.karte.io']],
    ['plain HTTP of this machine', ['http://localhost:3000']],
    ['a slash at the end', [`${KARTE}/`]],
    ['a path', [`${KARTE}/users`]],
    ['no scheme', ['admin.karte.io']],
    ['a wildcard', ['https://*.karte.io']],
    ['capitals', ['https://Admin.karte.io']],
    ['more than Amazon Connect takes', [`https://${'a.'.repeat(130)}example`]],
  ])('is refused in one sentence with %s', (_, approvedOrigins) => {
    const load = () => loadStage('dev', undefined, undefined, { connect: { approvedOrigins } });
    expect(load).toThrow(StageSettingsError);
    expect(load).toThrow(/^settings\/dev\.yml: connect\.approvedOrigins\.0: .*expected an origin as sent by browsers/);
  });

  it('is refused with one origin twice, which CloudFormation could not make', () => {
    const load = () => loadStage('dev', undefined, undefined, { connect: { approvedOrigins: [KARTE, KARTE] } });
    expect(load).toThrow(/connect\.approvedOrigins: .*expected every origin once/);
  });
});

it('a stage that approves none deploys none', () => {
  for (const stage of ['dev', 'prod'] as const) {
    expect(ofType(packagedStage(stage).template, TYPE)).toEqual([]);
  }
});

it('serverless.yml takes them in', () => {
  const { resources } = parse(readFileSync(join(PROJECT, 'serverless.yml'), 'utf8'), { logLevel: 'error' });
  expect(resources).toContain('${file(./resources/approved-origins.cjs)}');
});
