import { describe, expect, it } from 'vitest';
import keptNames from './deployed-names.json' with { type: 'json' };
import { type DeployedNames, differences, namesIn, outcomeNames } from './deployed-names.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';
import { properties } from './template.ts';

describe.each(['dev', 'prod'] as const)('the packaged stage %s', (stage) => {
  it('keeps every name that is deployed', () => {
    const found = { ...namesIn(packagedStage(stage).template, stage), outcome: outcomeNames() };
    const kept: Partial<DeployedNames> = structuredClone(keptNames.everyStage);
    // What prod waits for, and how long its silence may last, is in its settings.
    const { resource, name, metric } = keptNames.withAlarmsOfProd;
    if (stage === 'prod') {
      kept.resource?.push(...resource);
      kept.name?.push(...name);
      kept.metric?.push(...metric);
    }
    expect(differences(kept, found)).toEqual([]);
  });
});

describe('a stage that asks for more alarms', () => {
  const found = namesIn(packagedWithOptions().template, 'dev');

  it.each([
    ['withAlarmAddresses', /^Alarm(?:Topic|Subscription)/],
    ['whereTimesArePromised', /^PromisesBroken/],
  ] as const)('keeps the names that it is deployed with: %s', (group, isOfGroup) => {
    const of = (kind: 'resource' | 'name' | 'metric') => found[kind].filter((line) => isOfGroup.test(line));
    const names = { resource: of('resource'), name: of('name'), metric: of('metric') };
    expect(differences(keptNames[group], names)).toEqual([]);
  });
});

describe('the comparison of deployed names', () => {
  it('says what a renamed table, another key and a lost outcome would do, and asks to keep what is new', () => {
    // Prepare
    const { template } = packagedStage('dev');
    const kept: DeployedNames = { ...namesIn(template, 'dev'), outcome: outcomeNames() };
    const changed = structuredClone(template);
    Object.assign(properties(changed, 'CallsTable'), { TableName: 'karte-connect-call-dev-records' });
    const [key] = properties(changed, 'GuardsTable').KeySchema as [object];
    Object.assign(key, { KeyType: 'RANGE' });
    changed.Resources.SecondQueue = { Type: 'AWS::SQS::Queue' };
    // Act
    const found = differences(kept, { ...namesIn(changed, 'dev'), outcome: outcomeNames().slice(1) });
    // Assess
    expect(found).toEqual([
      'the resource "SecondQueue: AWS::SQS::Queue" is new: add it to tests/packaging/deployed-names.json',
      expect.stringMatching(/^the name "CallsTable.TableName: .*-calls" is gone or has changed: .*left behind/),
      expect.stringMatching(/^the name "CallsTable.TableName: .*-records" is new/),
      expect.stringMatching(/^the key "GuardsTable: guardId HASH" is gone or has changed: .*left behind/),
      expect.stringMatching(/^the key "GuardsTable: guardId RANGE" is new/),
      expect.stringMatching(/^the outcome "call_placed" is gone or has changed: .*old code/),
    ]);
  });
});
