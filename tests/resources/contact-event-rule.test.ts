import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type EventPattern, whyUnmatched } from '../../packages/sandbox/event-pattern.ts';
import { contactEvents } from '../../resources/contact-event-rule.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';

const { file } = loadStage('dev');
const OUR_NUMBER = file.connect.sourcePhoneNumber ?? '';
const CONTACT = '00000000-0000-4000-8000-00000000d001';

const event = (eventType: string, initiationMethod: string, detail: Record<string, unknown> = {}) => ({
  version: '0',
  source: 'aws.connect',
  'detail-type': 'Amazon Connect Contact Event',
  detail: {
    ...{ eventType, initiationMethod, contactId: CONTACT, channel: 'VOICE' },
    instanceArn: `arn:aws:connect:ap-northeast-1:000000000000:instance/${file.connect.instanceId}`,
    tags: { 'aws:connect:instanceId': file.connect.instanceId },
    ...detail,
  },
});
const ofNumber = (number: string) => ({ tags: { 'aws:connect:systemEndpoint': number } });

/** The rule of trackContact, as serverless.yml has it, for a stage. */
function rule(agentCalls: boolean): EventPattern {
  const yml = parse(readFileSync(join(PROJECT, 'serverless.yml'), 'utf8'), { logLevel: 'silent' });
  const { pattern } = yml.functions.trackContact.events[0].eventBridge;
  return {
    ...pattern,
    detail: {
      ...pattern.detail,
      instanceArn: [{ suffix: `:instance/${file.connect.instanceId}` }],
      $or: contactEvents({ ...file, callLog: { agentCalls } }),
    },
  };
}

const isTold = (sent: unknown, agentCalls = false) => whyUnmatched(rule(agentCalls), sent).length === 0;

const LATER = ['CONNECTED_TO_SYSTEM', 'QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED'];
const TRANSFERRED = ['TRANSFER', 'QUEUE_TRANSFER', 'CALLBACK', 'DISCONNECT', 'EXTERNAL_OUTBOUND', 'SOMETHING_NEW'];

describe('trackContact is told', () => {
  it.each(LATER.flatMap((type) => ['API', ...TRANSFERRED].map((method) => [type, method])))(
    'of everything that happens to a contact that may be of a call of ours: %s, %s',
    (type, method) => {
      expect(isTold(event(type, method))).toBe(true);
    },
  );

  it.each(TRANSFERRED)('of the beginning of a contact that a call may go on as: %s', (method) => {
    expect(isTold(event('INITIATED', method))).toBe(true);
  });

  it.each(['INITIATED', ...LATER])("of calls to the stage's number: %s", (type) => {
    expect(isTold(event(type, 'INBOUND', ofNumber(OUR_NUMBER)))).toBe(true);
  });

  it.each(['INITIATED', ...LATER])('of calls that agents dial, where the stage logs them: %s', (type) => {
    expect([isTold(event(type, 'OUTBOUND'), true), isTold(event(type, 'OUTBOUND'))]).toEqual([true, false]);
  });

  it.each([
    ['as in a sample of the service', event('Disconnected', 'Api', { channel: 'Voice' })],
    ['in small letters', event('queued', 'queue_transfer', { channel: 'voice' })],
    ['of inbound calls', event('Connected_To_Agent', 'Inbound', ofNumber(OUR_NUMBER))],
  ])('in whatever letters it is written: %s', (_name, sent) => {
    expect(isTold(sent)).toBe(true);
  });
});

describe('the rule of a stage without a number', () => {
  it('tells of no call that comes in, and of all that follows', () => {
    const connect = { ...file.connect, sourcePhoneNumber: null };
    const alternatives = contactEvents({ ...file, connect });
    expect(alternatives).toEqual(contactEvents(file).filter((pattern) => !('tags' in pattern)));
    expect(alternatives).toHaveLength(2);
  });
});

describe('trackContact costs nothing', () => {
  it.each([
    ['the beginning of a contact that an API request made', event('INITIATED', 'API')],
    ['calls to another number of the instance', event('CONNECTED_TO_AGENT', 'INBOUND', ofNumber('+815087654321'))],
    ['calls to a number that nobody names', event('DISCONNECTED', 'INBOUND')],
    ['those who listen in', event('CONNECTED_TO_AGENT', 'MONITOR')],
    ['those who listen in, in other letters', event('DISCONNECTED', 'Monitor')],
    ['types that say nothing here', event('CONTACT_DATA_UPDATED', 'API')],
    ['chats', event('CONNECTED_TO_AGENT', 'API', { channel: 'CHAT' })],
    [
      'another instance',
      event('QUEUED', 'API', { instanceArn: 'arn:aws:connect:ap-northeast-1:000000000000:instance/another' }),
    ],
    ['other events of the service', { ...event('QUEUED', 'API'), 'detail-type': 'Contact Lens Analysis State Change' }],
  ])('for %s', (_name, sent) => {
    expect(isTold(sent)).toBe(false);
    expect(isTold(sent, true)).toBe(false);
  });
});
