import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { exampleValues, isAllExamples } from '../../resources/example-values.ts';
import { stageMistakes } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';

const shipped = (stage: string) => readFileSync(join(PROJECT, `settings/${stage}.yml`), 'utf8');
const pathsIn = (text: string) => exampleValues(parse(text)).map(({ path }) => path);

/** What keeps a stage of this text from being deployed. */
function mistakesOf(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'stages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'dev.yml'), text);
  return stageMistakes('dev', folder);
}

/** settings/dev.yml as somebody fills it in. */
const filledIn = (text = shipped('dev')) =>
  text
    .replace('123456789012/example-project/', '210987654321/shop/')
    .replaceAll('00000000-0000-4000-8000-', '12345678-1234-4123-8123-')
    .replace('"+815000000000"', '"+81312345678"');

describe('the examples of the shipped settings', () => {
  it.each([
    ['dev', ['karte.eventBusName', 'connect.instanceId', 'connect.sourcePhoneNumber', 'connect.queues.support']],
    [
      'prod',
      [
        'karte.eventBusName',
        'connect.instanceId',
        'connect.sourcePhoneNumber',
        'connect.queues.members',
        'connect.queues.visitors',
        'alarmTopicArn',
      ],
    ],
  ])('are all found in %s', (stage, paths) => {
    expect(pathsIn(shipped(stage))).toEqual(paths);
  });

  it.each(['dev', 'prod'])('are all told at once of %s, each with where its own is found', (stage) => {
    const sentences = stageMistakes(stage);
    expect(sentences).toHaveLength(pathsIn(shipped(stage)).length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(
        /^settings\/\w+\.yml: [\w.]+: found the example "[^"]+", expected .*(?:console|Amazon Connect).*\.$/,
      );
    }
  });

  it('are found in whatever a person may take over from the comments', () => {
    const text = shipped('dev')
      .replace(/# (HoldMusic: .*)/, '$1')
      .replace('availability: null', 'availability: { origins: ["https://www.example.com"] }')
      .replace('alarmTopicArn: null', 'alarmTopicArn: arn:aws:sns:ap-northeast-1:123456789012:call-alarms');
    expect(pathsIn(text)).toEqual(
      expect.arrayContaining(['connect.flowValues.HoldMusic', 'availability.origins.0', 'alarmTopicArn']),
    );
  });

  it.each(['+815000000000', '+815000001234', '+819012345678'])('are known by the number %s', (number) => {
    const text = filledIn().replace('+81312345678', number);
    expect(pathsIn(text)).toEqual(['connect.sourcePhoneNumber']);
  });
});

describe('a stage that is filled in', () => {
  it("can be deployed with KARTE's project my-project, and ids that only begin as the examples do", () => {
    const text = filledIn()
      .replace('210987654321/shop/', '210987654321/my-project/')
      .replace(/instanceId: .*/, 'instanceId: 00000000-0000-4000-8000-123456789abc');
    expect(mistakesOf(text)).toEqual([]);
  });

  it('can be deployed', () => {
    expect(mistakesOf(filledIn())).toEqual([]);
  });

  it('can be deployed where the stack makes instance and queue', () => {
    const text = filledIn()
      .replace(/instanceId: .*/, 'instanceId: create')
      .replace(/support: .*/, 'support: create')
      .replace('instanceAlias: null', 'instanceAlias: shop-calls')
      .replace('hours: null', 'hours: { days: [MONDAY], start: "09:00", end: "18:00" }');
    expect(mistakesOf(text)).toEqual([]);
  });

  it('is told of one example that was overlooked, and of a mistake beside it', () => {
    const text = filledIn().replace(/support: .*/, 'support: 00000000-0000-4000-8000-00000000a001');
    expect(mistakesOf(text.replace('intake: eventbridge', 'intake: sqs'))).toEqual([
      expect.stringContaining('karte.intake: found "sqs"'),
      expect.stringContaining('connect.queues.support: found the example'),
    ]);
  });
});

describe('a file that nobody has filled in', () => {
  const isAll = (text: string) => isAllExamples(parse(text));

  it.each(['dev', 'prod'])('is %s as it is shipped', (stage) => {
    expect(isAll(shipped(stage))).toBe(true);
  });

  it.each([
    ['the id of an instance', '00000000-0000-4000-8000-000000000001', '12345678-1234-4123-8123-000000000001'],
    ['a number', '+815000000000', '+81312345678'],
    ['a queue that is to be made', 'support: 00000000-0000-4000-8000-00000000a001', 'support: create'],
    ['an event source', '123456789012/example-project/', '210987654321/shop/'],
  ])('is none with %s in it', (_, example, own) => {
    expect(isAll(shipped('dev').replace(example, own))).toBe(false);
  });

  it.each(['', 'mine: true', '- a list'])('is none that says nothing of a stage: %s', (text) => {
    expect(isAll(text)).toBe(false);
  });
});
