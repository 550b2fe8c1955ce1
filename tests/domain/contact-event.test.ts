import { describe, expect, it } from 'vitest';
import { contactEvent } from '../../domain/contact-event.ts';

const CONTACT = '00000000-0000-4000-8000-00000000d001';
const [FIRST, BEFORE, RELATED] = ['d002', 'd003', 'd004'].map((end) => `00000000-0000-4000-8000-00000000${end}`);
const TOOK = '2026-11-22T03:00:59.120Z';
const OVER = '2026-11-22T03:05:00.500Z';
const HAPPENED = '2026-11-22T03:05:01Z';
const CAME = '2026-11-22T03:05:02Z';
const FAR_AHEAD = '2099-01-01T00:00:00Z';
const NEVER = '1970-01-01T00:00:00Z';
const QUEUE_ARN =
  'arn:aws:connect:ap-northeast-1:000000000000:instance/00000000-0000-4000-8000-000000000001/queue/00000000-0000-4000-8000-00000000a001';
const ms = (time: string) => Date.parse(time);

const event = (eventType: unknown, detail: Record<string, unknown> = {}) => ({
  source: 'aws.connect',
  time: HAPPENED,
  detail: { eventType, contactId: CONTACT, ...detail },
});
const told = (sent: unknown) => contactEvent(sent, new Date(CAME));
const newsOf = (sent: unknown) => told(sent)?.news;

describe('what a contact event tells', () => {
  it.each([
    ['that it began', event('INITIATED', { initiationTimestamp: TOOK }), { startedAt: ms(TOOK) }],
    ['that by the time of the event', event('INITIATED'), { startedAt: ms(HAPPENED) }],
    [
      'that it was answered',
      event('CONNECTED_TO_SYSTEM', { connectedToSystemTimestamp: TOOK }),
      { answeredAt: ms(TOOK) },
    ],
    [
      'that the customer waits, and where',
      event('QUEUED', { queueInfo: { queueArn: QUEUE_ARN, enqueueTimestamp: TOOK } }),
      { queuedAt: ms(TOOK), queueId: '00000000-0000-4000-8000-00000000a001' },
    ],
    [
      'that an agent took the call',
      event('CONNECTED_TO_AGENT', { agentInfo: { connectedToAgentTimestamp: TOOK } }),
      { agentAt: ms(TOOK) },
    ],
    ['that by the time of the event', event('CONNECTED_TO_AGENT'), { agentAt: ms(HAPPENED) }],
    ['that it is over', event('DISCONNECTED', { disconnectTimestamp: OVER }), { endedAt: ms(OVER) }],
    ['that by the time of the event', event('DISCONNECTED'), { endedAt: ms(HAPPENED) }],
    ['that it is over for good', event('COMPLETED', { disconnectTimestamp: OVER }), { endedAt: ms(OVER) }],
    [
      'why it is over, and as which contact the call goes on',
      event('DISCONNECTED', { disconnectReason: 'CUSTOMER_DISCONNECT', nextContactId: FIRST }),
      { endedAt: ms(HAPPENED), reason: 'CUSTOMER_DISCONNECT', nextId: FIRST },
    ],
    [
      'everything that happened before, whatever it is about',
      event('DISCONNECTED', {
        initiationTimestamp: '2026-11-22T03:00:00.000Z',
        connectedToSystemTimestamp: '2026-11-22T03:00:10.000Z',
        disconnectTimestamp: OVER,
        queueInfo: { enqueueTimestamp: '2026-11-22T03:00:40.000Z' },
        agentInfo: { connectedToAgentTimestamp: TOOK },
      }),
      {
        startedAt: ms('2026-11-22T03:00:00.000Z'),
        answeredAt: ms('2026-11-22T03:00:10.000Z'),
        queuedAt: ms('2026-11-22T03:00:40.000Z'),
        agentAt: ms(TOOK),
        endedAt: ms(OVER),
      },
    ],
  ])('%s', (_name, sent, news) => {
    expect(newsOf(sent)).toEqual(news);
  });

  it.each([
    [
      'a call that no agent took',
      event('DISCONNECTED', { disconnectTimestamp: OVER, agentInfo: { connectedToAgentTimestamp: NEVER } }),
      { endedAt: ms(OVER) },
    ],
    [
      'a call that never rang',
      event('DISCONNECTED', {
        disconnectTimestamp: OVER,
        initiationTimestamp: NEVER,
        connectedToSystemTimestamp: NEVER,
      }),
      { endedAt: ms(OVER) },
    ],
    ['an end without a time', event('DISCONNECTED', { disconnectTimestamp: NEVER }), { endedAt: ms(HAPPENED) }],
    [
      'an agent without a time',
      event('CONNECTED_TO_AGENT', { agentInfo: { connectedToAgentTimestamp: NEVER } }),
      { agentAt: ms(HAPPENED) },
    ],
    [
      'an agent who is null',
      event('DISCONNECTED', { agentInfo: null, queueInfo: null, disconnectTimestamp: OVER }),
      { endedAt: ms(OVER) },
    ],
    [
      'an end that has not come, with its reason and what follows',
      event('CONNECTED_TO_AGENT', { disconnectTimestamp: OVER, disconnectReason: 'OTHER', nextContactId: FIRST }),
      { agentAt: ms(HAPPENED) },
    ],
    ['an end in times to come', event('DISCONNECTED', { disconnectTimestamp: FAR_AHEAD }), { endedAt: ms(HAPPENED) }],
    ['an end without any time', { detail: { eventType: 'DISCONNECTED', contactId: CONTACT } }, { endedAt: ms(CAME) }],
    [
      'an end without any time that has come',
      { ...event('DISCONNECTED', { disconnectTimestamp: '+275760-09-12T23:59:59Z' }), time: FAR_AHEAD },
      { endedAt: ms(CAME) },
    ],
    [
      'a next contact whose id has a blank',
      event('DISCONNECTED', { disconnectTimestamp: OVER, nextContactId: `${FIRST} endedAt` }),
      { endedAt: ms(OVER) },
    ],
  ])('and not what stands there in place of it: %s', (_name, sent, news) => {
    expect(newsOf(sent)).toEqual(news);
  });

  it("is read in any letter case, as in the service's own samples", () => {
    const pascal = {
      Source: 'aws.connect',
      Time: HAPPENED,
      Detail: {
        EventType: 'Disconnected',
        ContactId: CONTACT,
        InitialContactId: FIRST,
        PreviousContactId: BEFORE,
        RelatedContactId: RELATED,
        Channel: 'Voice',
        InitiationMethod: 'Queue_Transfer',
        DisconnectTimestamp: OVER,
        DISCONNECTREASON: 'Customer_Disconnect',
        QueueInfo: { QueueArn: QUEUE_ARN, EnqueueTimestamp: TOOK },
        AGENTINFO: { ConnectedToAgentTimestamp: TOOK },
        Tags: { 'AWS:Connect:SystemEndpoint': '+815012345678' },
      },
    };
    expect(told(pascal)).toEqual({
      contactId: CONTACT,
      relatives: [FIRST, BEFORE, RELATED],
      initiationMethod: 'QUEUE_TRANSFER',
      eventType: 'DISCONNECTED',
      systemEndpoint: '+815012345678',
      news: {
        queuedAt: ms(TOOK),
        queueId: '00000000-0000-4000-8000-00000000a001',
        agentAt: ms(TOOK),
        endedAt: ms(OVER),
        reason: 'Customer_Disconnect',
      },
    });
  });

  it.each([
    ['none, for the first contact of a chain, which names itself', { initialContactId: CONTACT }, []],
    ['the contacts it comes from', { initialContactId: FIRST, previousContactId: BEFORE }, [FIRST, BEFORE]],
    ['each once', { initialContactId: FIRST, previousContactId: FIRST, relatedContactId: FIRST }, [FIRST]],
    ['the one it is related to', { relatedContactId: RELATED }, [RELATED]],
    ['none that is no text', { previousContactId: null, relatedContactId: '', initialContactId: 7 }, []],
  ])('names relatives: %s', (_name, detail, relatives) => {
    expect(told(event('QUEUED', detail))?.relatives).toEqual(relatives);
  });

  it('knows a contact by its id in capitals, too', () => {
    const detail = { contactId: CONTACT.toUpperCase(), previousContactId: BEFORE?.toUpperCase() };
    expect(told(event('QUEUED', detail))).toMatchObject({ contactId: CONTACT, relatives: [BEFORE] });
  });

  it('is the same with fields nobody knows', () => {
    const known = { agentInfo: { connectedToAgentTimestamp: TOOK } };
    const more = {
      globalResiliencyMetadata: { activeRegion: 'ap-northeast-1' },
      endedAt: OVER,
      customerVoiceActivity: 7,
    };
    expect(told(event('CONNECTED_TO_AGENT', { ...known, ...more }))).toEqual(told(event('CONNECTED_TO_AGENT', known)));
  });

  it.each([['VOICE'], ['Voice'], [undefined]])('is read of voice, or where the channel is not said: %s', (channel) => {
    expect(told(event('QUEUED', { channel }))).toBeDefined();
  });

  it.each([
    ['a chat', event('QUEUED', { channel: 'CHAT' })],
    ['an e-mail', event('DISCONNECTED', { channel: 'EMAIL' })],
    ['somebody who listens in', event('CONNECTED_TO_AGENT', { initiationMethod: 'MONITOR' })],
    ['somebody who listens in, in other letters', event('DISCONNECTED', { initiationMethod: 'Monitor' })],
    [
      'a type that says nothing here',
      event('CONTACT_DATA_UPDATED', { agentInfo: { connectedToAgentTimestamp: TOOK } }),
    ],
    ['a type nobody knows', event('PAUSED_FOR_TEA')],
    ['a type that every object has', event('constructor')],
    ['an event without a type', event(undefined)],
    ['a type that is no text', event(7)],
    ['an event without a contact', event('DISCONNECTED', { contactId: undefined })],
    ['a contact without an id', event('DISCONNECTED', { contactId: '' })],
    ['a contact whose id is no text', event('DISCONNECTED', { contactId: 7 })],
    ['a contact whose id has a blank', event('DISCONNECTED', { contactId: `${CONTACT} ` })],
    ['a contact whose id is longer than any', event('DISCONNECTED', { contactId: 'x'.repeat(257) })],
    ['a type that is an object', event({ toString: 1, valueOf: 1 })],
    ['an event without a detail', { source: 'aws.connect' }],
    ['a detail that is a list', { detail: [] }],
    ['nothing', undefined],
    ['null', null],
    ['a text', 'DISCONNECTED'],
  ])('is nothing for %s', (_name, sent) => {
    expect(told(sent)).toBeUndefined();
  });
});
