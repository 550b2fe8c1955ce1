import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkStage, loadStage } from '../../resources/load-stage.ts';
import { dev } from './stage-of-dev.ts';

const folder = mkdtempSync(join(tmpdir(), 'stages-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Loads the stage dev with some of its text replaced. */
function loadChanged(from: string | RegExp, to: string) {
  const text = readFileSync(join(import.meta.dirname, '../../settings/dev.yml'), 'utf8');
  writeFileSync(join(folder, 'dev.yml'), text.replace(from, to));
  return loadStage('dev', 4545, folder);
}

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
    ...['ops@example.com,', 'ops@localhost', 'Ops <ops@example.com>'].map((address): [string, object, string] => [
      `the email address ${address}, which SNS refuses`,
      { alarms: { addresses: [address] } },
      `alarms.addresses.0: found "${address}", expected an email address`,
    ]),
    ['a missing field', { region: undefined }, 'region: found nothing, expected an AWS region'],
    ['a missing group', { karte: undefined }, 'karte: found nothing, expected a group of fields'],
    [
      'one pool that is not a list',
      { agents: { pools: ['support'] } },
      'agents.pools.0: found "support", expected a list',
    ],
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
      'connect.ringTimeoutSeconds: found 5, expected a whole number from 15 to 60, or null',
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
      'a flow value in place of a queue',
      { connect: { ...dev.connect, flowValues: { DefaultQueue: 'a' } } },
      'connect.flowValues: found {"DefaultQueue":"a"}, expected names other than DefaultQueue, …Queue and …ContactFlow',
    ],
    [
      'a time of day that is none',
      { callingHours: { start: '25:00', end: '21:00', timeZone: 'Asia/Tokyo' } },
      'callingHours.start: found "25:00", expected a time of day',
    ],
    [
      'an opening at the end of the day',
      { callingHours: { start: '24:00', end: '08:00', timeZone: 'Asia/Tokyo' } },
      'callingHours.start: found "24:00", expected a time of day',
    ],
    [
      'calling hours of nothing, which would be the whole day',
      { callingHours: { start: '08:00', end: '08:00', timeZone: 'Asia/Tokyo' } },
      'callingHours.end: found "08:00", expected another time than callingHours.start; the whole day is start: "00:00", ' +
        'end: "24:00".',
    ],
    [
      'the name of an action with a blank copied along',
      { karte: { ...dev.karte, actionName: 'karte_ivr_call_request ' } },
      'karte.actionName: found "karte_ivr_call_request ", expected the name given to the Amazon EventBridge action in ' +
        'KARTE without a blank around it or an invisible character in it.',
    ],
    [
      'the name of an action behind a wide blank',
      { karte: { ...dev.karte, actionName: '\u3000call' } },
      'karte.actionName: found "\\u3000call", expected the name',
    ],
    [
      'the name of an action with a line break',
      { karte: { ...dev.karte, actionName: 'call\n' } },
      'karte.actionName: found "call\\n", expected the name',
    ],
    [
      'the name of an action with a character that nobody sees',
      { karte: { ...dev.karte, actionName: 'call\u200B' } },
      'karte.actionName: found "call\\u200b", expected the name',
    ],
    ...(
      [
        ['a no-break space', 'call\u00a0', 'call\\u00a0'],
        ['a tab', 'call\t', 'call\\t'],
        ['a byte order mark', '\ufeffcall', '\\ufeffcall'],
        ['a mark for the direction', 'call\u200e', 'call\\u200e'],
        ['a soft hyphen', 'ca\u00adll', 'ca\\u00adll'],
        ['a Hangul filler', 'call\u3164', 'call\\u3164'],
        ['a variation selector', 'call\ufe0f', 'call\\ufe0f'],
        ['a tag beyond the basic plane', 'call\u{e0041}', 'call\\udb40\\udc41'],
        ['the empty pattern of Braille', 'call\u2800', 'call\\u2800'],
        ['a line separator', 'ca\u2028ll', 'ca\\u2028ll'],
      ] as const
    ).map(([name, actionName, shown]): [string, object, string] => [
      `the name of an action with ${name}`,
      { karte: { ...dev.karte, actionName } },
      `karte.actionName: found "${shown}", expected the name`,
    ]),
    [
      'the name of an action whose marks are stored apart from their letters',
      { karte: { ...dev.karte, actionName: '電話が'.normalize('NFD') } },
      'karte.actionName: found "電話か\u3099", expected the name given to the Amazon EventBridge action in KARTE in composed',
    ],
    [
      'a field to leave out with a blank copied along',
      { request: { excludedFields: ['email '] } },
      'request.excludedFields.0: found "email ", expected the name of a content field without a blank around it',
    ],
    [
      'the ARN of a prompt with a blank copied along',
      { connect: { ...dev.connect, flowValues: { Music: 'arn:aws:connect:ap-northeast-1:123456789012:prompt/a ' } } },
      'expected an id or ARN without a blank around it or an invisible character in it',
    ],
    [
      'music by its name',
      { connect: { ...dev.connect, flowValues: { HoldMusic: 'CustomerQueue.wav' } } },
      'connect.flowValues.HoldMusic: found "CustomerQueue.wav", expected the id or ARN of a prompt of the instance, or silence.',
    ],
    [
      'a user_type with a blank copied along',
      { request: { userTypes: ['member', ' visitor'] } },
      'request.userTypes.1: found " visitor", expected a user_type without a blank around it or an invisible character in it.',
    ],
    [
      'a rule for a user_type that is not in the list',
      { routing: { default: 'support', rules: [{ userType: 'premium', queue: 'support' }] } },
      'routing.rules.0.userType: found "premium", expected one of request.userTypes (member, visitor), or other, which all',
    ],
    [
      'a rule for an inquiry_type of which nothing is spoken',
      { routing: { default: 'support', rules: [{ inquiryType: 'example.com', queue: 'support' }] } },
      'routing.rules.0.inquiryType: found "example.com", expected an inquiry_type that contains a letter or digit, and no',
    ],
    [
      'a rule for an inquiry_type with a blank copied along',
      { routing: { default: 'support', rules: [{ inquiryType: '料金\u00a0', queue: 'support' }] } },
      'routing.rules.0.inquiryType: found "料金\\u00a0", expected an inquiry_type without a blank around it or an invisible',
    ],
    [
      'a rule for an inquiry_type that is not in the list',
      {
        request: { inquiryTypes: ['料金', 'KARTE Datahub'] },
        routing: {
          default: 'support',
          rules: [
            { inquiryType: 'ＫＡＲＴＥ Ｄａｔａｈｕｂ', queue: 'support' },
            { inquiryType: 'other', queue: 'support' },
            { inquiryType: '解約', queue: 'support' },
          ],
        },
      },
      'routing.rules.2.inquiryType: found "解約", expected one of request.inquiryTypes, or other, which all others become.',
    ],
    [
      'an inquiry_type of the list that is never spoken',
      { request: { inquiryTypes: ['料金', '03-1234-5678へ'] } },
      'request.inquiryTypes.1: found "03-1234-5678へ", expected an inquiry_type that contains a letter or digit, and no',
    ],
    [
      'an inquiry_type that is in the list twice',
      { request: { inquiryTypes: ['ＫＡＲＴＥ', '料金', 'KARTE'] } },
      'request.inquiryTypes.2: found "KARTE", expected a different text from request.inquiryTypes.0.',
    ],
    [
      'a list of inquiries without one',
      { request: { inquiryTypes: [] } },
      'request.inquiryTypes: found [], expected at least one inquiry_type, or no list',
    ],
    ...(
      [
        [{ userType: 'member' }, { userType: 'member' }],
        [{ userType: 'member' }, { userType: 'member', inquiryType: '料金' }],
        [{ inquiryType: 'ＫＡＲＴＥ' }, { userType: 'member', inquiryType: 'KARTE' }],
      ] as const
    ).map(([first, second]): [string, object, string] => [
      `a rule that an earlier one catches, ${JSON.stringify([first, second])}`,
      {
        routing: {
          default: 'support',
          rules: [
            { userType: 'visitor', queue: 'support' },
            ...[first, second].map((rule) => ({ ...rule, queue: 'support' })),
          ],
        },
      },
      `routing.rules.2: found ${JSON.stringify(second)}, expected a rule that routing.rules.1 does not already cover.`,
    ]),
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
    [
      'a kind of number that is none',
      { request: { numberTypes: ['pager'] } },
      'request.numberTypes.0: found "pager", expected one of mobile, fixed, voip',
    ],
    [
      'no kind of number',
      { request: { numberTypes: [] } },
      'request.numberTypes: found [], expected at least one of mobile, fixed, voip',
    ],
    [
      'a prefix in domestic form',
      { request: { refusedPrefixes: ['090'] } },
      'request.refusedPrefixes.0: found "090", expected the beginning of a number in E.164 form in quotes',
    ],
    [
      'a prefix of another country',
      { request: { allowedPrefixes: ['+8170', '+90'] } },
      'request.allowedPrefixes.1: found "+90", expected the beginning of a number of request.countries (+81…)',
    ],
    [
      'a limit of nothing',
      { limits: { requestsPerMinute: 0 } },
      'limits.requestsPerMinute: found 0, expected a whole number from 1 to 1000, or null',
    ],
    [
      'more calls a day than are counted',
      { limits: { callsPerDay: 5001 } },
      'limits.callsPerDay: found 5001, expected a whole number from 1 to 5000, or null',
    ],
    [
      'a cool-down of more than a day',
      { limits: { coolDownSeconds: 86_401 } },
      'limits.coolDownSeconds: found 86401, expected a whole number from 0 to 86400.',
    ],
    [
      'a pace of nothing',
      { pacing: { callsPerSecond: 0 } },
      'pacing.callsPerSecond: found 0, expected a number from 0.1 to 100',
    ],
    [
      'a burst of which nothing is left',
      { pacing: { burst: 3, keptForJitter: 3 } },
      'pacing.keptForJitter: found 3, expected less than pacing.burst (3)',
    ],
    [
      'more tries than a number has on a day',
      { retryUnanswered: { times: 3 }, limits: { triesPerNumberPerDay: 3 } },
      'retryUnanswered.times: found 3, expected less than limits.triesPerNumberPerDay (3)',
    ],
    [
      'a try within the pause after a call that nobody answered',
      { retryUnanswered: { times: 1, afterSeconds: 60 }, limits: { missedPauseSeconds: 90 } },
      'retryUnanswered.afterSeconds: found 60, expected at least limits.missedPauseSeconds (90)',
    ],
    [
      'a pace at which no table could give out the leases',
      { pacing: { callsPerSecond: 20 } },
      'pacing.callsPerSecond: found 20, expected at most 12.8: every call reads the leases of all others',
    ],
    [
      'more calls at once than a table could give out at that pace',
      { pacing: { callsPerSecond: 10 }, limits: { maxConcurrentCalls: 1_000 } },
      'limits.maxConcurrentCalls: found 1000, expected at most 383 with pacing.callsPerSecond 10: every call reads',
    ],
    [
      'any number of calls at once at a high pace',
      { pacing: { callsPerSecond: 10 }, limits: { maxConcurrentCalls: null } },
      'limits.maxConcurrentCalls: found null, expected at most 383 with pacing.callsPerSecond 10',
    ],
    [
      'a delay of more than four days',
      { whenClosed: { do: 'wait', maxDelaySeconds: 400_000 } },
      'whenClosed.maxDelaySeconds: found 400000, expected a whole number from 60 to 345600',
    ],
    [
      'a way with closed hours that is none',
      { whenClosed: { do: 'defer' } },
      'whenClosed.do: found "defer", expected refuse or wait',
    ],
    [
      'signed requests without a key',
      { signature: { mode: 'warn' } },
      'signature.secretName: found null, expected the name of a secret in AWS Secrets Manager, as signature.mode is',
    ],
    [
      'a mode read as a truth value',
      { signature: { mode: false } },
      'signature.mode: found false, expected off, warn or required',
    ],
  ])('is told in one sentence: %s', (_, change, sentence) => {
    const message = messageOf(() => checkStage({ ...dev, ...change }, 'dev'));
    expect(message).toContain(`settings/dev.yml: `);
    expect(message).toContain(sentence);
    expect(message.split('\n')).toHaveLength(1);
  });

  it('is told for every field that is wrong', () => {
    const message = messageOf(() => checkStage({ ...dev, region: 'tokyo', logRetentionDays: 8 }, 'dev'));
    expect(message.split('\n')).toHaveLength(2);
  });

  it.each([null, 'text', []])('is told of a file that holds %j', (content) => {
    expect(messageOf(() => checkStage(content, 'dev'))).toContain('settings/dev.yml: the file: found');
  });

  it('is told of a flow that is not there and a stage that does not exist', () => {
    expect(messageOf(() => loadChanged('contactFlow: call-me', 'contactFlow: call-you'))).toContain(
      'connect.contactFlow: found "call-you", expected the name of a file in contact-flows/',
    );
    expect(messageOf(() => loadStage('staging', 4545, folder))).toContain(
      'there is no stage "staging": expected one of dev,',
    );
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

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
