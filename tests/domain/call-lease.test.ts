import { describe, expect, it } from 'vitest';
import {
  type CallLease,
  isDone,
  isPast,
  isToBeLookedAt,
  type LeaseChange,
  leaseOf,
  METRICS_LAG_MS,
  missingFor,
  NEVER,
  onceRinging,
  onFailedLook,
  onLaterTurn,
  onLife,
  type Supply,
} from '../../domain/call-lease.ts';
import type { CallLife } from '../../domain/contact-chain.ts';

const MS = Date.parse('2026-11-22T03:01:00.250Z');
const MINUTE = 60_000;
const lease = (change: Partial<CallLease> = {}): CallLease => ({
  ...{ requestId: 'request', queueId: 'queue', agentUntil: MS + 1, lineUntil: MS + 1 },
  ...change,
});

describe('what is missing', () => {
  const supply: Supply = { queueIds: ['queue', 'another'], agents: 2, asOf: MS, lines: 2, now: MS };

  it.each([
    ['nothing, where there is as much as is held', [lease(), lease()], {}, undefined],
    ['an agent', [lease(), lease(), lease({ lineUntil: 0 })], {}, 'agent'],
    ['an agent, whichever queue of the pool it is', [lease(), lease(), lease({ queueId: 'another' })], {}, 'agent'],
    ['a line, for whichever pool', [lease(), lease(), lease({ queueId: 'elsewhere' })], {}, 'line'],
    ['an agent who missed a call', [lease(), lease({ missed: true, lineUntil: 0 })], {}, 'agent'],
    ['nothing where one is on trial and there is enough', [lease(), lease({ trial: true })], {}, undefined],
    ['an agent where another is on trial', [lease(), lease(), lease({ trial: true })], {}, 'agent'],
    ['nothing, where an agent was counted since', [lease(), lease(), lease()], { asOf: MS + 1, lines: 3 }, undefined],
    ['nothing, where any number of calls may be under way', [lease(), lease()], { lines: null }, undefined],
    ['nothing, where a call is over by now', [lease(), lease(), lease()], { agents: 3, now: MS + 1 }, undefined],
  ] as const)('%s', (_name, leases, change, missing) => {
    expect(missingFor(leases, { ...supply, ...change })).toBe(missing);
  });
});

describe('a lease', () => {
  it('lasts five minutes, or until the deadline, and three more to ring', () => {
    const until = (seconds: number) =>
      leaseOf({ requestId: 'request', queueId: 'queue', deadlineAt: new Date(MS + seconds * 1_000).toISOString() }, MS);
    expect(until(60)).toEqual(lease({ agentUntil: MS + 240_000, lineUntil: MS + 240_000 }));
    expect(until(7_200)).toMatchObject({ agentUntil: MS + 480_000 });
  });

  it('is past when nobody counts it, however old the reading', () => {
    expect(isPast({ agentUntil: MS, lineUntil: 0 }, MS + 44_999)).toBe(false);
    expect(isPast({ agentUntil: MS, lineUntil: 0 }, MS + 45_000)).toBe(true);
    expect(isPast({ agentUntil: 0, lineUntil: MS + 1 }, MS)).toBe(false);
  });

  it.each([
    [{ contactId: 'contact', lookAt: MS }, true],
    [{ contactId: 'contact', lookAt: MS + 1 }, false],
    [{ contactId: 'contact' }, false],
    [{ lookAt: MS }, false],
    // What became of the call is asked whatever it holds.
    [{ contactId: 'contact', lookAt: MS, agentUntil: 0, lineUntil: 0 }, true],
    [{ contactId: 'contact', lookAt: NEVER, agentUntil: 0 }, false],
  ])('is looked at when it is time: %j', (change, due) => {
    expect(isToBeLookedAt(lease(change), MS)).toBe(due);
  });

  it.each([
    ['its call never rang', {}, true],
    ['all is known of its call', { contactId: 'contact', lookAt: NEVER }, true],
    ['nobody knows yet how its call ended', { contactId: 'contact', lookAt: MS }, false],
    ['its line still counts', { lineUntil: MS + 1 }, false],
  ])('is done when nobody counts it and nobody waits to learn more, as where %s', (_name, change, done) => {
    expect(isDone(lease({ agentUntil: 0, lineUntil: 0, ...change }), MS)).toBe(done);
  });

  it('lasts as long from a later turn on', () => {
    const later = { agentUntil: MS + 240_000, lineUntil: MS + 240_000 };
    expect(onLaterTurn(new Date(MS + 60_000).toISOString(), MS)).toEqual(later);
  });

  it('holds the agent three minutes and the line the longest call once the phone rings, and is looked at after one', () => {
    expect(onceRinging('contact', MS, 7_200_000)).toEqual({
      contactId: 'contact',
      placedAt: MS,
      agentUntil: MS + 180_000,
      lineUntil: MS + 7_200_000,
      lostAt: MS + 7_200_000,
      lookAt: MS + MINUTE,
    });
  });

  it('is looked at again a minute later where Amazon Connect does not tell, and nothing else changes', () => {
    expect(onFailedLook(MS)).toEqual({ lookAt: MS + MINUTE });
  });
});

describe('what a call still holds', () => {
  const CHAIN_MS = 7_200_000;
  const alive: CallLife = {
    ...{ alive: ['contact'], lastId: 'contact', missed: false, described: false, wantsAgent: true },
  };
  const over: CallLife = { ...alive, alive: [], wantsAgent: false, endedAt: MS - 500 };
  const holding = { maxCallMs: CHAIN_MS, queueIds: ['queue', 'another'], holds: true };
  const sign = { lineUntil: MS + CHAIN_MS, lostAt: MS + CHAIN_MS, lookAt: MS + MINUTE };
  const asked = { lineUntil: 0, lookAt: MS + MINUTE };

  it.each<[string, CallLife, LeaseChange]>([
    ['it rings', alive, { agentUntil: MS + 180_000, ...sign }],
    [
      'it waits for an agent',
      { ...alive, queuedAt: MS, waitsIn: 'another' },
      { agentUntil: MS + 180_000, queueId: 'another', ...sign },
    ],
    [
      'it waits for agents of another stage',
      { ...alive, queuedAt: MS, waitsIn: 'elsewhere' },
      { agentUntil: 0, ...sign },
    ],
    ['it waits in a queue nobody named', { ...alive, queuedAt: MS }, { agentUntil: MS + 180_000, ...sign }],
    [
      'an agent has it',
      { ...alive, wantsAgent: false, agentAt: MS, agentSeenAt: MS },
      { agentUntil: MS + METRICS_LAG_MS, ...sign },
    ],
    [
      'an agent has it, whom another one let have it',
      { ...alive, wantsAgent: false, agentAt: MS, agentSeenAt: MS, missed: true },
      { agentUntil: MS + METRICS_LAG_MS, missed: true, ...sign },
    ],
    [
      'it was handed on by an agent and waits again',
      { ...alive, agentAt: MS - MINUTE, agentSeenAt: MS - MINUTE, waitsIn: 'queue' },
      { agentUntil: MS + 180_000, queueId: 'queue', ...sign },
    ],
    ['it ended before it came to a queue', over, { agentUntil: 0, ...asked }],
    [
      'it ended in the queue: an agent may have missed it',
      { ...over, queuedAt: MS - 5_000, agentSeenAt: MS },
      { agentUntil: MS + METRICS_LAG_MS, ...asked },
    ],
    [
      'it ended after an agent took it',
      { ...over, agentAt: MS - 1_000, agentSeenAt: MS - 1_000 },
      { agentUntil: MS - 1_000 + METRICS_LAG_MS, ...asked },
    ],
  ])('where %s', (_name, life, change) => {
    expect(onLife(life, MS, holding)).toEqual(change);
  });

  it('is nothing where it is followed only, and it is looked at all the same', () => {
    expect(onLife(alive, MS, { ...holding, holds: false })).toEqual({ agentUntil: 0, ...sign, lineUntil: 0 });
    expect(onLife(over, MS, { ...holding, holds: false })).toEqual({ agentUntil: 0, ...asked });
  });

  it('is as much shorter where agents live faster than the clock', () => {
    const ended: CallLife = { ...over, agentAt: MS - 1_000, agentSeenAt: MS - 1_000 };
    expect(onLife(ended, MS, { ...holding, speed: 10 })).toEqual({ agentUntil: MS - 1_000 + 1_525, ...asked });
  });

  it('outlasts the 15 s by which the metrics lag', () => {
    expect(METRICS_LAG_MS).toBeGreaterThan(15_000);
  });
});
