import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEnvironment } from '../../adapters/settings.ts';
import { assertDeployable, checkStage, loadStage } from '../../stages/load.ts';

const dev = parse(readFileSync(join(import.meta.dirname, '../../stages/dev.yml'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'stages-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Loads the stage dev with some of its text replaced. */
function loadChanged(from: string | RegExp, to: string) {
  const text = readFileSync(join(import.meta.dirname, '../../stages/dev.yml'), 'utf8');
  writeFileSync(join(folder, 'dev.yml'), text.replace(from, to));
  return loadStage('dev', 4545, folder);
}

describe('the stage files of the repository', () => {
  it.each(['dev', 'prod', 'local'])('%s is complete, and its functions can read their environment', (stage) => {
    const { environment, file } = loadStage(stage);
    expect(readEnvironment(environment).stage.connect.instanceId).toBe(file.connect.instanceId);
    expect(Object.values(environment).every((value) => typeof value === 'string')).toBe(true);
  });

  it('points only the functions of the stage local at this machine', () => {
    expect(loadStage('local', 4999).environment.AWS_ENDPOINT_URL_CONNECT).toBe('http://127.0.0.1:4999/aws/connect');
    expect(Object.keys(loadStage('dev').environment).filter((name) => name.startsWith('AWS_'))).toEqual([]);
  });

  it('fills in what a stage leaves out', () => {
    const { request, routing, callingHours, ...required } = dev;
    const file = checkStage({ ...required, routing: { default: 'support' } }, 'dev');
    expect(file.callingHours).toEqual({ start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' });
    expect(file.request).toMatchObject({ countries: ['JP'], userTypes: ['member', 'visitor'], maxAgeSeconds: 300 });
    expect(file.karte.actionName).toBe('karte_ivr_call_request');
  });
});

describe('a mistake in a stage file', () => {
  it.each<[string, object, string]>([
    [
      'a wrong value',
      { connect: { ...dev.connect, instanceId: 'abc' } },
      'connect.instanceId: found "abc", expected a UUID',
    ],
    [
      'a wrong type',
      { connect: { ...dev.connect, sourcePhoneNumber: 815000000000 } },
      'connect.sourcePhoneNumber: found 815000000000, expected a telephone number in E.164 form in quotes',
    ],
    ['a missing field', { region: undefined }, 'region: found nothing, expected an AWS region'],
    ['a missing group', { karte: undefined }, 'karte: found nothing, expected a value of type object'],
    [
      'a misspelt field',
      { connect: { ...dev.connect, instancID: '1' } },
      'connect.instancID: found a field that does not exist',
    ],
    [
      'a queue that is not there',
      { routing: { default: 'sales' } },
      'routing.default: found "sales", expected the name of a queue under connect.queues (support)',
    ],
    [
      'a rule to a queue that is not there',
      { routing: { default: 'support', rules: [{ userType: 'member', queue: 'vip' }] } },
      'routing.rules.0.queue: found "vip"',
    ],
    [
      'a rule of nothing',
      { routing: { default: 'support', rules: [{ queue: 'support' }] } },
      'expected a rule with userType, inquiryType or both',
    ],
    [
      'no queue at all',
      { connect: { ...dev.connect, queues: {} } },
      'connect.queues: found {}, expected at least one queue',
    ],
    [
      'a queue of a name that is none',
      { connect: { ...dev.connect, queues: { ...dev.connect.queues, Sales: dev.connect.queues.support } } },
      'connect.queues: found "Sales", expected a queue name of small letters, digits and hyphens',
    ],
    [
      'a country that is none',
      { request: { countries: ['Japan'] } },
      'request.countries.0: found "Japan", expected a country code',
    ],
    ['no country', { request: { countries: [] } }, 'request.countries: found [], expected at least one country code'],
    [
      'a ring time Connect does not take',
      { connect: { ...dev.connect, ringTimeoutSeconds: 5 } },
      'connect.ringTimeoutSeconds: found 5, expected a whole number from 15 to 60',
    ],
    [
      'a key press that is neither asked for nor not',
      { connect: { ...dev.connect, pressToConnect: 'yes' } },
      'connect.pressToConnect: found "yes", expected true or false',
    ],
    [
      'a flow value that would be read as a reference',
      { connect: { ...dev.connect, flowValues: { CompanyName: '$.Attributes.name' } } },
      'connect.flowValues.CompanyName: found "$.Attributes.name", expected a text of up to 1,000 characters without $',
    ],
    [
      'a flow value without a capital',
      { connect: { ...dev.connect, flowValues: { companyName: 'a' } } },
      'connect.flowValues: found "companyName", expected a name of letters and digits that begins with a capital',
    ],
    [
      'a flow value in the place of a queue',
      { connect: { ...dev.connect, flowValues: { DefaultQueue: 'a' } } },
      'connect.flowValues: found {"DefaultQueue":"a"}, expected names other than DefaultQueue, …Queue and …ContactFlow',
    ],
    [
      'a time of day that is none',
      { callingHours: { start: '25:00', end: '21:00', timeZone: 'Asia/Tokyo' } },
      'callingHours.start: found "25:00", expected a time of day',
    ],
    [
      'a time zone that is none',
      { callingHours: { start: '08:00', end: '21:00', timeZone: 'Tokyo' } },
      'callingHours.timeZone: found "Tokyo", expected a time zone name',
    ],
    [
      'an intake that is none',
      { karte: { ...dev.karte, intake: 'sqs' } },
      'karte.intake: found "sqs", expected eventbridge or sns',
    ],
    [
      'a retention CloudWatch does not offer',
      { logRetentionDays: 10 },
      'logRetentionDays: found 10, expected a number of days CloudWatch Logs offers',
    ],
  ])('is told in one sentence: %s', (_, change, sentence) => {
    const message = messageOf(() => checkStage({ ...dev, ...change }, 'dev'));
    expect(message).toContain(`stages/dev.yml: `);
    expect(message).toContain(sentence);
    expect(message.split('\n')).toHaveLength(1);
  });

  it('is told for every field that is wrong', () => {
    const message = messageOf(() => checkStage({ ...dev, region: 'tokyo', logRetentionDays: 8 }, 'dev'));
    expect(message.split('\n')).toHaveLength(2);
  });

  it.each([null, 'text', []])('is told of a file that holds %j', (content) => {
    expect(messageOf(() => checkStage(content, 'dev'))).toContain('stages/dev.yml: the file: found');
  });

  it('is told of a flow that is not there, a file that is not YAML and a stage that does not exist', () => {
    expect(messageOf(() => loadChanged('contactFlow: call-me', 'contactFlow: call-you'))).toContain(
      'connect.contactFlow: found "call-you", expected the name of a file in contact-flows/',
    );
    expect(messageOf(() => loadChanged('karte:', 'karte: {'))).toContain('stages/dev.yml is not YAML');
    expect(messageOf(() => loadStage('staging', 4545, folder))).toContain(
      'there is no stage "staging": expected one of dev,',
    );
    expect(messageOf(() => loadStage('../secrets'))).toContain('there is no stage');
  });

  it('is told of a routing table longer than the environment of a function', () => {
    const rules = Array.from(
      { length: 80 },
      (_, index) => `    - { inquiryType: お問い合わせの種類${index}, queue: support }`,
    );
    const change = () => loadChanged('  default: support', `  default: support\n  rules:\n${rules.join('\n')}`);
    expect(messageOf(change)).toMatch(/too long: its settings take \d+ bytes .* expected at most 3800/);
  });
});

describe('a deployment', () => {
  it('is refused while an id is still the example, and for the stage of this machine', () => {
    expect(messageOf(() => assertDeployable('dev', loadStage('dev')))).toContain('this is the example value');
    expect(messageOf(() => assertDeployable('local', loadStage('local')))).toContain('for this machine only');
  });

  it('goes on with ids of an instance', () => {
    const loaded = loadStage('dev');
    const id = '12345678-1234-4123-8123-123456789012';
    const connect = { ...loaded.file.connect, instanceId: id, queues: { support: id } };
    expect(() => assertDeployable('dev', { ...loaded, file: { ...loaded.file, connect } })).not.toThrow();
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
