import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { checkStage } from '../../resources/load-stage.ts';
import { stageSummary, stageWarnings } from '../../resources/stage-summary.ts';
import { dev, twoQueues } from './stage-of-dev.ts';

const summaryOf = (content: object) => stageSummary('dev', checkStage(content, 'dev'));
const INDENT = 2 + 'switched on'.length + 2;
/** What is so, put together again where it takes several lines. */
function lineOf(name: string, content: object): string {
  const lines = summaryOf(content);
  const first = lines.findIndex((line) => line.startsWith(`  ${name} `));
  const next = lines.findIndex((line, index) => index > first && line[2] !== ' ');
  return lines
    .slice(first, next < 0 ? undefined : next)
    .map((line) => line.slice(INDENT))
    .join(' ');
}

describe('the summary of a stage', () => {
  it('fits a screen', () => {
    const lines = summaryOf(dev);
    expect(lines[0]).toBe('Stage dev in ap-northeast-1');
    expect(lines.length).toBeLessThanOrEqual(18);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['calls from', dev, '+815000000000, instance 00000000-0000-4000-8000-000000000001'],
    [
      'calls from',
      { ...dev, connect: { ...dev.connect, sourcePhoneNumber: '+12025550123' } },
      '+12025550123 (a number of US: customers may not call it back), instance 00000000-0000-4000-8000-000000000001',
    ],
    [
      'calls from',
      { ...dev, connect: { ...dev.connect, sourcePhoneNumber: null } },
      'NO NUMBER, so nobody can be called; instance 00000000-0000-4000-8000-000000000001',
    ],
    ['queues', dev, 'support (all)'],
    [
      'queues',
      twoQueues({
        routing: { default: 'support', rules: [{ userType: 'member', inquiryType: '料金', queue: 'sales' }] },
        agents: { pools: [['support', 'sales']], maxContactsWaiting: 2 },
      }),
      'support (all others), sales (member + 料金); shared agents: support + sales; 2 more calls than free agents',
    ],
    ['numbers', { ...dev, request: { refusedPrefixes: ['+81901234'] } }, 'JP: mobile, fixed, voip; not +81901234'],
    ['hours', dev, 'phones ring 08:00-21:00 Asia/Tokyo; requests while it is closed: refused'],
    [
      'hours',
      { ...dev, whenClosed: { do: 'wait' } },
      'phones ring 08:00-21:00 Asia/Tokyo; requests while it is closed: waits 16 h at most, called within 2 h of opening time',
    ],
    [
      'limits',
      { ...dev, limits: { callsPerDay: null, coolDownSeconds: 90 } },
      '10 concurrent calls, any number of calls a day, 3 calls a day to one number, 60 requests a minute, 2 a second, 90 s between calls to a number',
    ],
    [
      'no answer',
      { ...dev, retryUnanswered: { times: 1, afterSeconds: 300 } },
      'called 1 more time, after 5 min; 6 tries a day at most',
    ],
    ['makes', dev, 'contact flows'],
    ['makes', { ...dev, connect: { ...dev.connect, flowVersions: true } }, 'contact flows and their versions'],
    [
      'makes',
      {
        ...dev,
        connect: { ...dev.connect, instanceId: 'create', queues: { support: 'create' }, flowVersions: false },
        create: {
          instanceAlias: 'shop-calls',
          hours: { days: ['MONDAY'], start: '09:00', end: '18:00' },
          routingProfiles: true,
          eventBus: true,
        },
      },
      'the instance shop-calls, queues support, hours of operation, routing profiles, the event bus, contact flows',
    ],
    ['switched on', dev, 'nothing'],
    [
      'switched on',
      { ...dev, recognizeCaller: { hours: 24 }, signature: { mode: 'warn', secretName: 'keys' } },
      'recognizeCaller, signature warn',
    ],
    ['alarms', dev, 'tell NOBODY'],
    ['alarms', { ...dev, alarms: { addresses: ['call-alarms@example.com'] } }, '1 email address'],
  ])('tells %s', (name, content, text) => {
    expect(lineOf(name, content)).toBe(text);
  });
});

describe('the warnings about a stage', () => {
  const warningsOf = (content: object) => stageWarnings('dev', checkStage(content, 'dev'));
  const runbookUrl = 'https://git.example.com/calls/docs/runbook.md';
  const told = { ...dev, alarmTopicArn: 'arn:aws:sns:ap-northeast-1:210987654321:call-alarms', alarms: { runbookUrl } };
  const silenced = { silentCalls: null, failedSetup: null, failedCapacity: null, failedSystem: null };

  it.each<[string, object, RegExp[]]>([
    ['none', told, []],
    ['that nobody is told of alarms', dev, [/^nobody is notified of alarms: /]],
    [
      'that who is to be told has to confirm it',
      { ...dev, alarms: { addresses: ['call-alarms@example.com'], runbookUrl } },
      [/^SNS sends an email with a link to each .* npm run calls -- alarm-test --stage dev shows who has\.$/],
    ],
    [
      'that nothing rings where nobody is called',
      { ...told, alarms: { runbookUrl, ...silenced, executionsFailed: null } },
      [/^no alarm goes off if visitors are not called: silentCalls, .* settings\/dev\.yml/],
    ],
    ['not that nothing rings, where one of them does', { ...told, alarms: { runbookUrl, ...silenced } }, []],
    [
      'that alarms have no link',
      { ...told, alarms: {} },
      [/^the texts of alarms refer to docs\/runbook\.md without a link: set alarms\.runbookUrl in settings\/dev\.yml/],
    ],
    [
      'that nobody can be called',
      { ...told, connect: { ...dev.connect, sourcePhoneNumber: null } },
      [/^nobody can be called, as connect\.sourcePhoneNumber is null: .* settings\/dev\.yml, and deploy again\.$/],
    ],
    [
      'that CloudFormation refuses the template',
      { ...told, connect: { ...dev.connect, flowVersions: true } },
      [
        /^CloudFormation .* flow versions in ap-northeast-1, .* set connect\.flowVersions of settings\/dev\.yml to false/,
      ],
    ],
    [
      'that KARTE may send nothing there, and none of versions where CloudFormation has them',
      {
        ...told,
        region: 'us-east-1',
        connect: { ...dev.connect, flowVersions: true },
        alarmTopicArn: 'arn:aws:sns:us-east-1:210987654321:call-alarms',
      },
      [/^KARTE's guide only names ap-northeast-1 .* in us-east-1 an event source may never appear\.$/],
    ],
  ])('are %s', (_, content, sentences) => {
    expect(warningsOf(content)).toEqual(sentences.map((sentence) => expect.stringMatching(sentence)));
  });
});

describe('what sls says of a stage', () => {
  /** What the plug-in says where the framework runs these commands. */
  function saidBy(commands: string[], alarmTopicArn: string | null = null): string[] {
    const PrintSummary = createRequire(import.meta.url)('../../resources/print-summary.cjs');
    const said: string[] = [];
    const log = { notice: (text: string) => said.push(text), warning: (text: string) => said.push(`! ${text}`) };
    const file = checkStage({ ...dev, alarmTopicArn }, 'dev');
    const service = { provider: { stage: 'dev' }, custom: { stage: { file } } };
    new PrintSummary({ processedInput: { commands }, service }, {}, { log }).hooks.initialize();
    return said;
  }

  it('is its summary where it is packaged or deployed, and a warning where nobody is told of alarms', () => {
    for (const command of ['package', 'deploy']) {
      expect(saidBy([command])).toEqual([
        expect.stringMatching(/^Stage dev in ap-northeast-1\n {2}calls from /),
        '! nobody is notified of alarms: set alarms.addresses or alarmTopicArn in settings/dev.yml.',
      ]);
    }
    expect(saidBy(['deploy'], 'arn:aws:sns:ap-northeast-1:210987654321:alarms')).not.toContainEqual(
      expect.stringContaining('nobody is told'),
    );
  });

  it.each([[['invoke', 'local']], [['print']], [['info']], [['deploy', 'function']], [['deploy', 'list']], [[]]])(
    'is nothing where it is neither: %j',
    (commands) => {
      expect(saidBy(commands)).toEqual([]);
    },
  );
});
