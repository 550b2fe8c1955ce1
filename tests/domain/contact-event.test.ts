import { describe, expect, it } from 'vitest';
import { contactEventNews } from '../../domain/contact-event.ts';

const CONTACT = '00000000-0000-4000-8000-00000000d001';
const TOOK = '2026-11-22T03:00:59.120Z';
const OVER = '2026-11-22T03:05:00.500Z';
const HAPPENED = '2026-11-22T03:05:01Z';
const NEVER = '1970-01-01T00:00:00Z';
const ms = (time: string) => Date.parse(time);

const event = (eventType: unknown, detail: Record<string, unknown> = {}) => ({
  source: 'aws.connect',
  time: HAPPENED,
  detail: { eventType, contactId: CONTACT, ...detail },
});
const told = (news: Record<string, number>) => ({ contactId: CONTACT, news });

describe('what a contact event tells', () => {
  it.each([
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
      'both where the end names the agent',
      event('DISCONNECTED', { disconnectTimestamp: OVER, agentInfo: { connectedToAgentTimestamp: TOOK } }),
      { agentAt: ms(TOOK), endedAt: ms(OVER) },
    ],
    [
      'the agent whatever the event is about',
      event('CONTACT_DATA_UPDATED', { agentInfo: { connectedToAgentTimestamp: TOOK } }),
      { agentAt: ms(TOOK) },
    ],
  ])('%s', (_name, sent, news) => {
    expect(contactEventNews(sent)).toEqual(told(news));
  });

  it.each([
    [
      'a call that no agent took',
      event('DISCONNECTED', { disconnectTimestamp: OVER, agentInfo: { connectedToAgentTimestamp: NEVER } }),
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
      event('DISCONNECTED', { agentInfo: null, disconnectTimestamp: OVER }),
      { endedAt: ms(OVER) },
    ],
  ])('and not what stands there in place of a time: %s', (_name, sent, news) => {
    expect(contactEventNews(sent)).toEqual(told(news));
  });

  it('is read in any letter case, of names and of the type', () => {
    const shouted = {
      Source: 'aws.connect',
      TIME: HAPPENED,
      Detail: {
        EVENTTYPE: 'Disconnected',
        ContactID: CONTACT,
        DisconnectTimestamp: OVER,
        AGENTINFO: { ConnectedToAgentTimestamp: TOOK },
      },
    };
    expect(contactEventNews(shouted)).toEqual(told({ agentAt: ms(TOOK), endedAt: ms(OVER) }));
  });

  it.each([
    ['a call that begins', event('INITIATED')],
    ['a call that waits in the queue', event('QUEUED')],
    ['an end that has not come', event('INITIATED', { disconnectTimestamp: OVER })],
    ['an event without a type', event(undefined)],
    ['a type that is no text', event(7)],
    ['an event without a contact', event('DISCONNECTED', { contactId: undefined })],
    ['a contact without an id', event('DISCONNECTED', { contactId: '' })],
    ['a contact whose id is no text', event('DISCONNECTED', { contactId: 7 })],
    ['an end without any time', { detail: { eventType: 'DISCONNECTED', contactId: CONTACT } }],
    ['an event without a detail', { source: 'aws.connect' }],
    ['a detail that is a list', { detail: [] }],
    ['nothing', undefined],
    ['null', null],
    ['a text', 'DISCONNECTED'],
  ])('is nothing for %s', (_name, sent) => {
    expect(contactEventNews(sent)).toBeUndefined();
  });
});
