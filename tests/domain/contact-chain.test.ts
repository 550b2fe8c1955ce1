import { describe, expect, it } from 'vitest';
import { type ContactChain, isAnythingKnown, lifeOf } from '../../domain/contact-chain.ts';
import type { ContactNews } from '../../domain/contact-news.ts';

const ROOT = 'root';
const chain = (contacts: Record<string, ContactNews>): ContactChain => ({
  rootId: ROOT,
  contacts: new Map(Object.entries(contacts)),
});
const life = (contacts: Record<string, ContactNews>) => lifeOf(chain(contacts));

describe('what became of a call', () => {
  it('is nothing yet where it was only placed: it goes on, and wants an agent', () => {
    const placed = { alive: [ROOT], lastId: ROOT, missed: false, described: false, wantsAgent: true };
    expect(life({ [ROOT]: {} })).toEqual(placed);
  });

  it('is told by its only contact', () => {
    const news = { startedAt: 1, answeredAt: 2, queuedAt: 3, queueId: 'queue', agentAt: 4 };
    expect(life({ [ROOT]: { ...news, endedAt: 5, reason: 'CUSTOMER_DISCONNECT', described: true } })).toEqual({
      ...{ answeredAt: 2, queuedAt: 3, agentAt: 4, endedAt: 5, reason: 'CUSTOMER_DISCONNECT' },
      ...{ alive: [], lastId: ROOT, missed: false, described: true, wantsAgent: false, agentSeenAt: 4 },
    });
  });

  it('is not over while any of its contacts goes on, whichever ended first', () => {
    const handedOn = life({ [ROOT]: { agentAt: 4, endedAt: 5, reason: 'AGENT_DISCONNECT' }, second: { queuedAt: 5 } });
    expect(handedOn).toMatchObject({ alive: ['second'], wantsAgent: true, agentAt: 4 });
    expect(handedOn).not.toHaveProperty('endedAt');
    expect(handedOn).not.toHaveProperty('reason');
    const rootLast = life({ [ROOT]: { agentAt: 4 }, second: { endedAt: 9 } });
    expect(rootLast).toMatchObject({ alive: [ROOT], wantsAgent: false });
    expect(rootLast).not.toHaveProperty('endedAt');
  });

  it('is not over where a contact that ended names the next, of which nothing was told', () => {
    const awaited = life({ [ROOT]: { endedAt: 5, nextId: 'second' } });
    expect(awaited).toMatchObject({ alive: ['second'], wantsAgent: true });
    expect(awaited).not.toHaveProperty('endedAt');
    expect(life({ [ROOT]: { endedAt: 5, nextId: 'second' }, second: { endedAt: 8 } })).toMatchObject({ endedAt: 8 });
  });

  it('ends as its last contact did', () => {
    const contacts = {
      [ROOT]: { endedAt: 5, reason: 'AGENT_DISCONNECT', described: true as const },
      second: { endedAt: 9, reason: 'CUSTOMER_DISCONNECT' },
      third: { endedAt: 7, reason: 'OTHER' },
    };
    expect(life(contacts)).toMatchObject({
      endedAt: 9,
      reason: 'CUSTOMER_DISCONNECT',
      lastId: 'second',
      described: false,
    });
  });

  it('has the first of what happened more than once', () => {
    expect(
      life({
        second: { answeredAt: 20, queuedAt: 30, agentAt: 40, endedAt: 50 },
        [ROOT]: { answeredAt: 2, queuedAt: 3, agentAt: 4, endedAt: 5 },
      }),
    ).toMatchObject({ answeredAt: 2, queuedAt: 3, agentAt: 4, agentSeenAt: 40, endedAt: 50 });
  });

  it('knows what a flow said, of whichever contact', () => {
    expect(life({ [ROOT]: { endedAt: 5 }, second: { endedAt: 6, result: 'no_key_pressed' } }).result).toBe(
      'no_key_pressed',
    );
  });

  it.each<[string, Record<string, ContactNews>, boolean, string | undefined]>([
    ['it rings', { [ROOT]: { startedAt: 1 } }, true, undefined],
    ['it is in a queue', { [ROOT]: { queuedAt: 1, queueId: 'queue' } }, true, 'queue'],
    ['an agent has it', { [ROOT]: { queuedAt: 1, queueId: 'queue', agentAt: 2 } }, false, undefined],
    [
      'it waits for a second one',
      { [ROOT]: { agentAt: 2, endedAt: 3 }, second: { queuedAt: 4, queueId: 'other' } },
      true,
      'other',
    ],
    ['it is over', { [ROOT]: { queuedAt: 1, queueId: 'queue', endedAt: 2 } }, false, undefined],
  ])('wants an agent, and waits for one, where that is so: %s', (_name, contacts, wantsAgent, waitsIn) => {
    expect(life(contacts)).toMatchObject({ wantsAgent });
    expect(life(contacts).waitsIn).toBe(waitsIn);
  });

  it.each<[string, Record<string, ContactNews>, boolean]>([
    ['an agent took it when it was offered', { [ROOT]: { queuedAt: 0, agentAt: 19_999 } }, false],
    ['an agent took it after another had not', { [ROOT]: { queuedAt: 0, agentAt: 20_000 } }, true],
    ['the customer left before the offer was over', { [ROOT]: { queuedAt: 0, endedAt: 19_999 } }, false],
    ['the customer waited longer in vain', { [ROOT]: { queuedAt: 0, endedAt: 20_000 } }, true],
    ['it never came to a queue', { [ROOT]: { answeredAt: 0, endedAt: 60_000 } }, false],
    ['it still waits', { [ROOT]: { queuedAt: 0 } }, false],
    [
      'it waited after a transfer: nobody was kept free for that',
      { [ROOT]: { queuedAt: 0, agentAt: 1, endedAt: 2 }, second: { queuedAt: 2, agentAt: 90_000 } },
      false,
    ],
  ])('says whether an agent missed it: %s', (_name, contacts, missed) => {
    expect(life(contacts).missed).toBe(missed);
  });

  it.each<[string, Record<string, ContactNews>, number | undefined]>([
    ['nobody', { [ROOT]: { answeredAt: 1, endedAt: 2 } }, undefined],
    ['anyone who took it', { [ROOT]: { queuedAt: 1, agentAt: 5, endedAt: 9 } }, 5],
    ['anyone who was offered it until the customer left the queue', { [ROOT]: { queuedAt: 1, endedAt: 9 } }, 9],
    ['the last one', { [ROOT]: { agentAt: 5, endedAt: 9 }, second: { agentAt: 12 } }, 12],
  ])('says when the metrics last count an agent as busy: %s', (_name, contacts, at) => {
    expect(life(contacts).agentSeenAt).toBe(at);
  });

  it.each([
    [{ [ROOT]: {} }, false],
    [{}, false],
    [{ [ROOT]: { startedAt: 1 } }, true],
    [{ [ROOT]: {}, second: {} }, true],
  ])('is known as soon as anything was told: %j', (contacts, known) => {
    expect(isAnythingKnown(chain(contacts))).toBe(known);
  });
});
