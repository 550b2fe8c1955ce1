import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../domain/call-record.ts';
import { OUTCOMES, type Outcome } from '../../../domain/outcomes.ts';
import { boardActivity } from '../board/activity.ts';
import type { Contact, ContactState } from '../connect/contact.ts';
import type { Execution } from '../state-machine.ts';

const NOON = Date.parse('2026-11-22T03:00:00.000Z');
const AT = new Date(NOON).toISOString();
const STATES: readonly ContactState[] = ['ringing', 'in-flow', 'in-queue', 'with-agent', 'ended'];
const outcomes = Object.keys(OUTCOMES) as Outcome[];

/** A stack of which the board is told one thing after the other. */
function world() {
  const activity = boardActivity('Asia/Tokyo');
  /** An execution stays the same object as it goes on. */
  const executions = new Map<string, object>();
  const execution = (name: string, requestId: string, input: unknown, end?: string) => {
    const known = executions.get(name) ?? { name, arn: `arn:x:${name}`, startedAt: NOON, input };
    executions.set(name, known);
    const status = end === undefined ? 'RUNNING' : 'SUCCEEDED';
    const output = { requestId, outcome: end, reason: 'r' };
    Object.assign(known, { status, states: end === undefined ? [] : [{ name: 'RecordOutcome', output }] });
    activity.executionChanged(known as Execution);
  };
  const ownRequest = (requestId: string, tryOf: string) => ({
    ownRequest: {
      ...{ requestId, tryOf, try: 2, after: tryOf, because: 'not_reached' },
      ...{ endedAt: AT, firstReceivedAt: AT, receivedAt: AT, notBefore: AT, deadlineAt: AT },
    },
    event: { id: tryOf },
  });
  return {
    activity,
    /** @param end outcome that the execution recorded; undefined while it runs */
    first: (id: string, end?: string, name = `${id}_1`) => execution(name, id, { id }, end),
    again: (id: string, end?: string) => execution(`${id}.try2_1`, `${id}.try2`, ownRequest(`${id}.try2`, id), end),
    contact: (requestId: string, state: ContactState, more: Partial<Contact> = {}) =>
      activity.contactMoved({
        ...{ id: `contact-${requestId}`, state, initiatedAt: AT, attributes: { request_id: requestId } },
        ...more,
      } as unknown as Contact),
    record: (requestId: string, outcome: Outcome, kind?: CallRecord['kind']) =>
      activity.recordRead({
        ...{ requestId, executionId: `arn:x:${requestId}_1`, status: 'ended', attempts: 1, expiresAt: 0 },
        ...{ requestedAt: AT, receivedAt: AT, outcome, ...(kind && { kind }) },
      }),
    sums() {
      const { asked, parts, outcomes: ended } = activity.figures.view();
      return {
        asked,
        parts: Object.values(parts).reduce((sum, count) => sum + count, 0),
        ended: ended.reduce((sum, { count }) => sum + count, 0),
      };
    },
  };
}

/** The same numbers each time. @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

describe('the numbers at the top of the board', () => {
  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    'make up all who asked, whatever happens: %i',
    (seed) => {
      // Prepare
      const { first, again, contact, record, sums } = world();
      const below = numbersFrom(seed);
      const of = <T>(list: readonly T[]): T => list[below(list.length)] as T;
      const ids = Array.from({ length: 6 }, (_, index) => `request-${index}`);
      for (let step = 0; step < 80; step += 1) {
        const id = of(ids);
        const either = of([id, `${id}.try2`]);
        // Act
        of([
          () => first(id),
          () => first(id, of(outcomes)),
          () => first(id, 'duplicate', `${id}_2`),
          () => again(id, of([undefined, ...outcomes])),
          () => contact(either, of(STATES), of([{}, { voicemail: true as const }])),
          () => record(either, of(outcomes)),
          () => record(`inbound-${step}`, 'completed', 'inbound'),
        ])();
        // Assess
        const { asked, parts, ended } = sums();
        expect(parts).toBe(asked);
        expect(asked).toBeLessThanOrEqual(ids.length);
        expect(ended).toBeLessThanOrEqual(asked);
      }
    },
  );

  it('count a customer who declined, was tried again and had a voicemail answer as one who was not reached', () => {
    // Prepare
    const { activity, first, again, contact, record } = world();
    const parts = () => activity.figures.view().parts;
    // Act
    first('a', 'call_placed');
    contact('a', 'ringing');
    const ringing = parts();
    contact('a', 'ended', { disconnectReason: 'CUSTOMER_DISCONNECT' });
    record('a', 'not_answered');
    again('a');
    const waiting = parts();
    again('a', 'call_placed');
    contact('a.try2', 'with-agent', { voicemail: true });
    const recorded = activity.figures.view();
    contact('a.try2', 'ended', { voicemail: true });
    record('a.try2', 'completed');
    // Assess
    const none = { refused: 0, waiting: 0, ringing: 0, onTheLine: 0, answered: 0, notReached: 0 };
    expect(ringing).toEqual({ ...none, ringing: 1 });
    expect(waiting).toEqual({ ...none, waiting: 1 });
    expect(recorded).toMatchObject({ parts: { ...none, onTheLine: 1 }, withAgent: 0 });
    expect(activity.figures.view()).toMatchObject({ asked: 1, parts: { ...none, notReached: 1 }, voicemails: 1 });
  });

  it('count a redelivery with the request that it repeats', () => {
    const { activity, first, record } = world();
    first('a', 'call_placed');
    record('a', 'completed');
    first('a', 'duplicate', 'a_2');
    expect(activity.figures.view()).toMatchObject({ asked: 1, parts: { answered: 1, refused: 0 } });
  });
});
