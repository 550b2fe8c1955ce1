import { describe, expect, it } from 'vitest';
import { readService } from '../../sandbox/service.ts';
import { functionsOfStage } from '../functions-of-stage.ts';
import { neededPermissions } from '../needed-permissions.ts';
import { callRequestPattern, contactEventPattern, differencesOf } from '../packaged-patterns.ts';
import { EXAMINED } from './healthy-account.ts';

const WITH_ALL = {
  availability: { origins: ['https://www.example.com'] },
  recognizeCaller: {},
  reportToKarte: { secretName: 'karte-token' },
};

/** What the doctor takes for packaged, and what serverless.yml packages. */
describe('what a stage deploys', () => {
  it.each([
    ['with all that only some stages have', WITH_ALL],
    ['without', {}],
  ])('has the functions that the doctor looks for: %s', (_, settings) => {
    const { functions, stage } = readService('dev', 0, settings);
    expect(functionsOfStage(stage.file).toSorted()).toEqual(Object.keys(functions).toSorted());
  });

  it('has the patterns that the doctor compares with', () => {
    const { rule, functionRules, stage } = readService('dev', 0, WITH_ALL);
    expect(callRequestPattern(stage.file)).toEqual(rule.pattern);
    const ofContacts = functionRules.find((one) => one.function === 'trackContact');
    expect(contactEventPattern(stage.file, stage.file.connect.instanceId)).toEqual(ofContacts?.pattern);
  });

  it('gives each role what the doctor asks IAM about, things without an asterisk', async () => {
    const place = { partition: 'aws', region: 'ap-northeast-1', accountId: '000000000000', instanceId: 'instance' };
    const needs = await neededPermissions(EXAMINED, place);
    const roles = functionsOfStage(EXAMINED.file).map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}Role`);
    expect([...needs.keys()]).toEqual(expect.arrayContaining(roles));
    expect(needs.get('CallRequestEventToStepFunctionsRole')).toEqual([
      {
        actions: ['states:StartExecution'],
        resources: ['arn:aws:states:ap-northeast-1:000000000000:stateMachine:karte-connect-call-dev-call-request'],
      },
    ]);
    const things = [...needs.values()].flat().flatMap(({ resources }) => resources);
    expect(things.filter((thing) => thing !== '*' && /[*?$]|undefined/.test(thing))).toEqual([]);
  });
});

it.each([
  ['the order of fields and alternatives', { a: ['1', '2'], b: 1 }, { b: 1, a: ['2', '1'] }, []],
  ['another value', { detail: { name: ['a'] } }, { detail: { name: ['b'] } }, ['detail.name']],
  ['a field more', { source: ['x'] }, {}, ['source']],
  ['a field less', {}, { detail: { name: ['a'] } }, ['detail']],
])('two patterns: %s', (_, found, wanted, different) => {
  expect(differencesOf(found, wanted)).toEqual(different);
});
