import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkStage, loadStage, StageSettingsError } from '../../resources/load-stage.ts';
import { dev, twoQueues } from './stage-of-dev.ts';

const OF_FILE = 'settings/dev.yml: ';

function sentencesOf(check: () => unknown): string[] {
  try {
    check();
  } catch (error) {
    if (error instanceof StageSettingsError) return error.sentences.map((sentence) => sentence.replace(OF_FILE, ''));
    throw error;
  }
  return [];
}

const mistakesIn = (change: object): string[] => sentencesOf(() => checkStage({ ...dev, ...change }, 'dev'));

function loadText(text: string | Buffer, stage = 'dev') {
  const folder = mkdtempSync(join(tmpdir(), 'stages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'other.yaml'), text);
  for (const name of ['dev', 'prod']) writeFileSync(join(folder, `${name}.yml`), text);
  return loadStage(stage, undefined, folder);
}

describe('a file with many mistakes', () => {
  it('is told of each of them, also of those between fields that are right', () => {
    // Prepare
    const change = {
      region: 'ap-northeast-9',
      connect: { ...dev.connect, instanceId: 'mine', instancID: 'x', pressToConect: true },
      callingHours: { start: '08:00', end: '08:00', timeZone: 'Asia/Tokyo' },
      routing: { default: 'suport' },
      pacing: { burst: 3, keptForJitter: 3 },
      limits: { callsPerDay: 0, triesPerNumberPerDay: 3 },
      retryUnanswered: { times: 5, afterSeconds: 300 },
    };
    // Act
    const sentences = mistakesIn(change);
    // Assess
    expect(sentences).toEqual([
      expect.stringMatching(/^connect\.instanceId: found "mine", expected a UUID/),
      expect.stringMatching(/^connect\.instancID: found a field that does not exist.*; did you mean instanceId\?$/),
      expect.stringMatching(
        /^connect\.pressToConect: found a field that does not exist.*; did you mean pressToConnect\?$/,
      ),
      expect.stringMatching(/^limits\.callsPerDay: found 0/),
      expect.stringMatching(
        /^region: found "ap-northeast-9", expected a region with Amazon Connect: .*; did you mean ap-northeast-1\?$/,
      ),
      expect.stringMatching(/^routing\.default: found "suport", .*; did you mean support\?$/),
      expect.stringMatching(/^pacing\.keptForJitter: found 3, expected less than pacing\.burst \(3\)\.$/),
      expect.stringMatching(/^callingHours\.end: found "08:00"/),
    ]);
  });

  it.each<[string, object, RegExp]>([
    [
      'queues that are none',
      { connect: { ...dev.connect, queues: 'support' }, routing: { default: 'sales' } },
      /^connect\.queues: /,
    ],
    [
      'queues of which one has no id',
      { ...twoQueues({}), connect: { ...dev.connect, queues: { support: 'x' } } },
      /^connect\.queues\.support: /,
    ],
    [
      'half a group',
      { callingHours: { start: '21:00', end: 9, timeZone: 'Asia/Tokyo' } },
      /^callingHours\.end: found 9/,
    ],
    ['a list of lists', { agents: { pools: ['support'] } }, /^agents\.pools\.0: found "support"/],
    ['a group that is missing', { karte: undefined }, /^karte: found nothing/],
  ])('is told of nothing that only comes of another mistake: %s', (_, change, sentence) => {
    expect(mistakesIn(change)).toEqual([expect.stringMatching(sentence)]);
  });
});

describe('a word that is nearly right', () => {
  it.each<[object, string]>([
    [{ limit: { callsPerDay: 5 } }, '; did you mean limits?'],
    [{ sourcePhoneNumber: '+81312345678' }, '; did you mean connect.sourcePhoneNumber?'],
    [{ maxAgeSeconds: 100 }, '; did you mean request.maxAgeSeconds?'],
    [
      { routing: { default: 'support', rules: [{ usertype: 'member', userType: 'member', queue: 'support' }] } },
      '; did you mean userType?',
    ],
    [{ whenClosed: { do: 'refused' } }, 'expected refuse or wait; did you mean refuse?'],
    [{ connect: { ...dev.connect, contactFlow: 'call-mee' } }, '; did you mean call-me?'],
  ])('is answered with the right one: %j', (change, end) => {
    expect(mistakesIn(change)).toEqual([expect.stringMatching(new RegExp(`${end.replace('?', '\\?')}$`))]);
  });

  it('is answered with none where nothing is near', () => {
    expect(mistakesIn({ zebra: 1 })).toEqual([
      'zebra: found a field that does not exist, expected only those of domain/stage-file.ts.',
    ]);
  });
});

describe('a file that is not YAML', () => {
  it.each([
    ['region: a\nkarte:\n\tname: b\n', ['line 3: Tabs are not allowed as indentation.']],
    [
      'region: a\nregion: b\nkarte: {\n',
      [
        'line 2: Map keys must be unique.',
        'line 4: Flow map in block collection must be sufficiently indented and end with a }.',
      ],
    ],
    ['region: b: c\n', ['line 1: Nested mappings are not allowed in compact mappings.']],
    ['region: a\n---\nregion: b\n', ['line 2: A second document begins: remove ---.']],
    ['region: *other\n', ['Unresolved alias (the anchor must be set before the alias): other.']],
  ])('is told with the line: %j', (text, sentences) => {
    expect(sentencesOf(() => loadText(text))).toEqual(
      sentences.map((sentence) => `settings/dev.yml is not YAML: ${sentence}`),
    );
  });

  it('is told where it is none of UTF-8', () => {
    expect(sentencesOf(() => loadText(Buffer.from('\ufeffregion: a', 'utf16le')))).toEqual([
      'settings/dev.yml is not UTF-8: save it in that encoding.',
    ]);
  });
});

describe('the name of a stage', () => {
  it.each([
    ['other', 'settings/other.yaml is not read: rename it to other.yml.'],
    [
      'prdo',
      'there is no stage "prdo": expected one of dev, prod, or a new one from npm run stage -- init prdo; did you mean prod?',
    ],
    [
      'staging',
      'there is no stage "staging": expected one of dev, prod, or a new one from npm run stage -- init staging',
    ],
    [
      'a-stage-of-twenty-one',
      'the stage name "a-stage-of-twenty-one" has 21 characters, expected at most 20: names of AWS resources contain it.',
    ],
    [
      '../secrets',
      'the stage name "../secrets" cannot be used, expected a lower-case letter followed by lower-case letters, digits and hyphens, such as dev.',
    ],
    [
      '1st',
      'the stage name "1st" cannot be used, expected a lower-case letter followed by lower-case letters, digits and hyphens, such as dev.',
    ],
  ])('is told where it is none: %s', (stage, sentence) => {
    expect(sentencesOf(() => loadText('region: a', stage))).toEqual([sentence]);
  });
});

describe('what AWS does not have', () => {
  const ID = dev.connect.instanceId;
  const prompt = (region: string, instance: string) =>
    `arn:aws:connect:${region}:210987654321:instance/${instance}/prompt/${ID}`;

  it.each<[string, object, string]>([
    [
      'Amazon Connect in the region',
      { region: 'eu-west-3' },
      'region: found "eu-west-3", expected a region with Amazon Connect: us-east-1, ',
    ],
    [
      'a topic in the region',
      { alarmTopicArn: 'arn:aws:sns:us-east-1:210987654321:alarms' },
      'alarmTopicArn: found "arn:aws:sns:us-east-1:210987654321:alarms", expected a topic of the stage\'s region (ap-northeast-1).',
    ],
    [
      'a prompt of the instance',
      {
        connect: {
          ...dev.connect,
          flowValues: { HoldMusic: prompt('ap-northeast-1', '12345678-1234-4123-8123-000000000001') },
        },
      },
      `expected the ARN of a resource on connect.instanceId (${ID}) in ap-northeast-1.`,
    ],
    [
      'a prompt of the region',
      { connect: { ...dev.connect, flowValues: { HoldMusic: prompt('us-east-1', ID) } } },
      `expected the ARN of a resource on connect.instanceId (${ID}) in ap-northeast-1.`,
    ],
    [
      'a number of so many digits',
      { connect: { ...dev.connect, sourcePhoneNumber: '+1202555' } },
      'connect.sourcePhoneNumber: found "+1202555", expected a number that can be dialled',
    ],
    [
      'a number with the 0 of its country',
      { connect: { ...dev.connect, sourcePhoneNumber: '+810312345678' } },
      'expected +81312345678: in E.164 form there is no 0 after the country code.',
    ],
    [
      'a Japanese mobile to call from',
      { connect: { ...dev.connect, sourcePhoneNumber: '+818012345678' } },
      'expected a number that is claimed in Amazon Connect, which in Japan has 050, 03, 0120 and 0800.',
    ],
  ])('is told in one sentence: %s', (_, change, sentence) => {
    expect(mistakesIn(change)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each(['+81312345678', '+815012345678', '+81120123456', '+818001234567', '+81612345678', '+12025550123'])(
    'is not told of the number %s',
    (sourcePhoneNumber) => {
      expect(mistakesIn({ connect: { ...dev.connect, sourcePhoneNumber } })).toEqual([]);
    },
  );

  it('takes a topic of another account, whose policy may allow it', () => {
    expect(mistakesIn({ alarmTopicArn: 'arn:aws:sns:ap-northeast-1:210987654321:alarms' })).toEqual([]);
  });
});
