import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EXECUTION_ID, goodRequest, karteEvent, lambdaContext, setEnvironment } from '../functions/function-support.ts';

setEnvironment();
// Before the logger is made, as Lambda has them.
process.env.POWERTOOLS_LOGGER_LOG_EVENT = 'true';
process.env.POWERTOOLS_LOG_LEVEL = 'DEBUG';
const { logger } = await import('../../adapters/logging.ts');
const { lambdaHandler } = await import('../../adapters/lambda.ts');

const refuse = async () => {
  throw new Error('nothing is asked of AWS here');
};
let written = '';
beforeEach(() => {
  written = '';
  const keep = (line: unknown) => {
    written += `${String(line)}\n`;
  };
  // The logger has a console of its own.
  for (const method of ['debug', 'info', 'warn', 'error'] as const) {
    vi.spyOn(Reflect.get(logger, 'console'), method).mockImplementation(keep);
  }
  for (const client of [DynamoDBDocumentClient, SQSClient, SFNClient]) {
    vi.spyOn(client.prototype, 'send').mockImplementation(refuse);
  }
});
afterEach(() => vi.restoreAllMocks());

/** The number in every form that JSON has for it. */
const FORMS = {
  text: '+819012345678',
  national: '090-1234-5678',
  kanji: '〇九〇一二三四五六七八',
  number: 819012345678,
  withoutZero: 9012345678,
  negative: -9012345678,
  fraction: 9012345678.5,
  textWithoutZero: '9012345678',
  list: [819012345678, ['9012345678', { deep: 9012345678 }]],
  json: '{"phone_e164":819012345678,"tel":9012345678,"list":[9012345678, "9012345678"]}',
  jsonInJson: JSON.stringify({ Message: JSON.stringify({ content: { phone: 9012345678, tel: '9012345678' } }) }),
  '+819012345678': 'key',
  '9012345678': 'key',
  '090-1234-5678': { '819012345678': 1 },
};
const content = { ...FORMS, phone_e164: FORMS.number };
const state = { request: { ...goodRequest, ...FORMS }, turn: {}, holdsGuards: true };
const record = (value: unknown) => ({ messageId: 'm', body: JSON.stringify(value), Sns: { Message: value } });

it.each<[string, object]>([
  ['accept-sns-notification', { Records: [record(karteEvent(content)), record(JSON.stringify(karteEvent(content)))] }],
  ['admit', karteEvent(content)],
  ['admit', karteEvent(JSON.stringify(content))],
  ['enter-waiting-room', { token: 'token', state }],
  ['release-waiting', { Records: [record(FORMS)] }],
  ['road', { step: 'StartCall', executionId: EXECUTION_ID, retries: 0, state }],
  ['settle-execution', { detail: { input: JSON.stringify(karteEvent(content)), status: 'ABORTED', ...FORMS } }],
  ['sweep-calls', FORMS],
  ['track-contact', { detail: { ...FORMS, eventType: 'INITIATED', customerEndpoint: { address: FORMS.text } } }],
])('with the event log on, %s writes the event and no number', async (name, event) => {
  // Prepare
  const { handler } = await import(`../../functions/${name}.ts`);
  // Act
  await handler(event, lambdaContext()).catch(() => undefined);
  // Assess
  expect(written).toContain('Lambda invocation event');
  expect(written).toContain('******5678');
  expect(written.normalize('NFKC')).not.toMatch(/9012345678|1234-5678|一二三四/);
});

it('with the event log on, keeps times and short numbers as they are', async () => {
  const event = { ms: 1_795_316_400_000, s: 1_795_316_400, count: 12_345_678, share: 0.25, text: '48291532' };
  await lambdaHandler(
    () => 'step',
    async () => undefined,
  )(event, lambdaContext(), () => {});
  expect(JSON.parse(written)).toMatchObject({ event });
});

it('does not fail because an event is too deep to be written', async () => {
  // Prepare
  const event: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}{"tel":9012345678}${'}'.repeat(20_000)}`);
  // Act
  const result = await lambdaHandler(
    () => 'step',
    async () => 'done',
  )(event, lambdaContext(), () => {});
  // Assess
  expect(result).toBe('done');
  expect(written).toContain('event not logged');
});
