import fc from 'fast-check';
import { dynamoCallsTable } from '../../../adapters/calls-table.ts';
import type { Documents } from '../../../adapters/dynamodb.ts';
import { dynamoSharedState } from '../../../adapters/shared-state/shared-state.ts';
import { dynamoWaitingRoom } from '../../../adapters/waiting-room.ts';

/** The moment at which operations begin. */
export const NOW = Date.parse('2026-11-24T01:00:00.000Z');
const PHONES = ['+819012345678', '+815012345678'];
const REQUESTS = ['1', '2', '3'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`);
const CONTACT = '00000000-0000-4000-8000-00000000d001';
const OTHER_CONTACT = '00000000-0000-4000-8000-00000000d002';
const CHANGE = { by: 'operator', at: '2026-11-24T01:00:00.000Z', why: 'test' };

/** The tables of one run, the same for both databases. */
export interface Names {
  calls: string;
  guards: string;
  leases: string;
  room: string;
}

/** The adapters of one database, at a moment that a test moves. */
export function adapters(documents: Documents, { calls, guards, leases, room }: Names, moment: { now: number }) {
  const clock = {
    now: () => new Date(moment.now),
    async pause(milliseconds: number) {
      moment.now += milliseconds;
    },
  };
  return {
    ...dynamoSharedState({ guardsTable: guards, leasesTable: leases, keptDays: 30 }, documents, clock),
    calls: dynamoCallsTable(calls, documents),
    room: dynamoWaitingRoom(room, documents),
  };
}

type Adapters = ReturnType<typeof adapters>;

/** One thing that an adapter is asked, with the moment at which it is asked. */
type Operation = (adapters: Adapters, now: number) => Promise<unknown>;

const phone = fc.constantFrom(...PHONES);
const request = fc.constantFrom(...REQUESTS);
const day = fc.constantFrom('2026-11-22', '2026-11-23');
const contact = fc.constantFrom(CONTACT, OTHER_CONTACT);
const small = fc.integer({ min: 0, max: 4 });
const ahead = fc.integer({ min: -2_000, max: 20_000 });
const execution = fc.constantFrom('execution-1', 'execution-2');

const record = (requestId: string, executionId: string) => ({
  requestId,
  executionId,
  status: 'claimed' as const,
  attempts: 0,
  phone: '+819012345678',
  leftOut: ['email', 'メール'],
  requestedAt: CHANGE.at,
  receivedAt: CHANGE.at,
  expiresAt: 1,
});

/** Anything the adapters can be asked. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.tuple(phone, request, ahead, day, fc.option(small), fc.option(small)).map(
    ([number, id, ms, of, maxPerDay, maxTriesPerDay]): Operation =>
      ({ phones }, now) =>
        phones.hold(number, id, { until: new Date(now + ms), now: new Date(now), day: of, maxPerDay, maxTriesPerDay }),
  ),
  fc.tuple(phone, request, ahead, small).map(
    ([number, id, ms, version]): Operation =>
      ({ phones }, now) =>
        phones.callGoesOn(number, id, new Date(now + ms), version),
  ),
  fc.tuple(phone, request, ahead, day, fc.boolean(), small).map(
    ([number, id, ms, of, neverAnswered, version]): Operation =>
      ({ phones }, now) =>
        phones.callIsOver(number, id, new Date(now + ms), { day: of, neverAnswered, version }),
  ),
  fc.tuple(phone, request, ahead).map(
    ([number, id, ms]): Operation =>
      ({ phones }, now) =>
        phones.extend(number, id, new Date(now + ms)),
  ),
  fc.tuple(phone, request, day).map(
    ([number, id, of]): Operation =>
      ({ phones }) =>
        phones.release(number, id, of),
  ),
  fc.tuple(request, small).map(
    ([id, max]): Operation =>
      ({ limits }, now) =>
        limits.count('day', id, max, new Date(now)),
  ),
  request.map(
    (id): Operation =>
      ({ limits }) =>
        limits.giveBack('day', id),
  ),
  fc.tuple(request, fc.option(small), ahead, ahead).map(
    ([requestId, lines, until, asOf]): Operation =>
      async ({ leases }, now) => {
        const taken = await leases.take(
          { requestId, queueId: 'q1', agentUntil: now + until, lineUntil: now + until },
          { queueIds: ['q1'], agents: 2, asOf: now + asOf, lines, now },
          true,
        );
        return typeof taken === 'object' && 'confirm' in taken ? taken.confirm() : taken;
      },
  ),
  request.map(
    (requestId): Operation =>
      ({ leases }, now) =>
        leases.ringing(requestId, 'q1', CONTACT, now, 7_200_000),
  ),
  fc.tuple(request, ahead, fc.boolean(), small).map(
    ([requestId, ms, goesOn, version]): Operation =>
      ({ leases }, now) =>
        leases.follow(
          { requestId, queueId: 'q1' },
          { agentUntil: now + ms, ...(goesOn ? { queueId: 'q2', lineUntil: now + ms } : { lineUntil: 0 }) },
          { version, goesOn },
        ),
  ),
  fc.tuple(request, small).map(
    ([requestId, version]): Operation =>
      ({ leases }) =>
        leases.settled(requestId, version),
  ),
  fc.tuple(request, fc.boolean()).map(
    ([requestId, trial]): Operation =>
      ({ leases }) =>
        trial ? leases.giveBackTrial(requestId) : leases.giveBack(requestId),
  ),
  fc.tuple(request, ahead).map(
    ([requestId, ms]): Operation =>
      async ({ leases }, now) => {
        await leases.keepForLaterTurn(requestId, new Date(now + ms).toISOString(), now);
        const found = await leases.all();
        for (const lease of found) await leases.lookedAt(lease, { lookAt: now + ms });
        return found;
      },
  ),
  fc.tuple(small, ahead, fc.option(ahead, { nil: undefined })).map(
    ([burst, latest, next]): Operation =>
      ({ turns }, now) =>
        turns.take({ interval: 500, burst: burst + 1 }, now, now + latest, next === undefined ? next : now + next),
  ),
  phone.map(
    (number): Operation =>
      ({ looks }) =>
        looks.first(number, 'q1', ['day', 'minute#1']),
  ),
  phone.map(
    (number): Operation =>
      ({ looks }, now) =>
        looks.last(number, 25, () => new Date(now)),
  ),
  fc.boolean().map(
    (stopped): Operation =>
      async ({ controls }) => {
        await controls.setStopped(stopped, CHANGE);
        return controls.read();
      },
  ),
  fc.tuple(phone, fc.boolean()).map(
    ([number, block]): Operation =>
      async ({ controls }, now) => {
        const change = { ...CHANGE, at: new Date(now).toISOString() };
        if (block) await controls.block({ ...change, phone: number, kind: 'blocked' });
        else await controls.unblock(number, change);
        return [await controls.blocked(number), await controls.blockList()];
      },
  ),
  small.map(
    (callsPerDay): Operation =>
      async ({ controls }) => {
        await controls.setLimits(callsPerDay === 0 ? {} : { callsPerDay }, CHANGE);
        return controls.read();
      },
  ),
  request.map(
    (requestId): Operation =>
      ({ contacts }, now) =>
        contacts.link(CONTACT, requestId, ['request_id', 'user_type'], new Date(now)),
  ),
  fc.tuple(contact, ahead, fc.boolean()).map(
    ([id, ms, ended]): Operation =>
      ({ contacts }, now) =>
        contacts.note(CONTACT, id, ended ? { agentAt: now, endedAt: now + ms } : { agentAt: now + ms }, new Date(now)),
  ),
  contact.map(
    (id): Operation =>
      ({ contacts }, now) =>
        contacts.join(id, CONTACT, new Date(now)),
  ),
  fc.tuple(contact, contact).map(
    ([id, relative]): Operation =>
      async ({ contacts }, now) => [
        await contacts.find(id, id === relative ? [] : [relative], new Date(now)),
        await contacts.read(CONTACT),
      ],
  ),
  ahead.map(
    (ms): Operation =>
      ({ contacts }, now) =>
        contacts.missOne(new Date(now + ms)),
  ),
  ahead.map(
    (ms): Operation =>
      async ({ sweeps }, now) => [await sweeps.last(), await sweeps.done(new Date(now + ms))],
  ),
  fc.tuple(request, small).map(
    ([requestId, second]): Operation =>
      ({ room }, now) =>
        room.enter({
          queueId: second > 2 ? 'q2' : 'q1',
          place: `2026-11-24T01:00:0${second}.000Z#${requestId}`,
          requestId,
          token: 'token',
          deadlineAt: new Date(now).toISOString(),
        }),
  ),
  fc.tuple(request, small).map(
    ([requestId, second]): Operation =>
      ({ room }) =>
        room.leave('q1', `2026-11-24T01:00:0${second}.000Z#${requestId}`),
  ),
  fc.tuple(small, small).map(
    ([count, second]): Operation =>
      async ({ room }) => [
        await room.nextInLine('q1', count + 1),
        await room.nextInLine('q1', count + 1, `2026-11-24T01:00:0${second}.000Z`),
      ],
  ),
  fc.tuple(fc.constantFrom('n1', 'n2'), request).map(
    ([nonce, id]): Operation =>
      ({ nonces }, now) =>
        nonces.use(nonce, id, new Date(now)),
  ),
  fc.tuple(fc.option(ahead), ahead).map(
    ([mine, next]): Operation =>
      ({ ticks }, now) =>
        ticks.advance(mine === null ? undefined : NOW + mine, NOW + next, now),
  ),
  fc.option(ahead).map(
    (mine): Operation =>
      ({ ticks }, now) =>
        ticks.chain(now, mine === null ? undefined : NOW + mine),
  ),
  ahead.map(
    (due): Operation =>
      ({ ticks }) =>
        ticks.stop(NOW + due),
  ),
  fc.tuple(request, ahead).map(
    ([owner, ms]): Operation =>
      ({ ticks }, now) =>
        ticks.lock(owner, now + ms, now),
  ),
  request.map(
    (owner): Operation =>
      ({ ticks }) =>
        ticks.unlock(owner),
  ),
  fc.tuple(small, fc.boolean()).map(
    ([age, fails]): Operation =>
      ({ readings }) =>
        readings.share('agents', age * 1_000, async () => {
          if (fails) throw new Error('unreadable');
          return { q1: age, q2: 1.5 };
        }),
  ),
  fc.tuple(request, execution).map(
    ([id, by]): Operation =>
      ({ calls }) =>
        calls.claim(record(id, by)),
  ),
  fc.tuple(request, execution).map(
    ([id, by]): Operation =>
      ({ calls }) =>
        calls.beginAttempt(id, by, CHANGE.at),
  ),
  fc.tuple(request, execution, fc.boolean(), fc.integer({ min: 1, max: 2 })).map(
    ([id, by, unanswered, attempt]): Operation =>
      ({ calls }) =>
        calls.failAttempt(id, by, { attempt, lastError: 'ConnectThrottled', unanswered }),
  ),
  fc.tuple(request, execution).map(
    ([id, by]): Operation =>
      async ({ calls }) => [
        await calls.end({
          requestId: id,
          executionId: by,
          outcome: 'call_placed',
          class: 'placed',
          reason: 'accepted',
          endedAt: CHANGE.at,
        }),
        await calls.attempts(id),
      ],
  ),
  fc.tuple(request, fc.option(fc.constantFrom('completed', 'abandoned')), small).map(
    ([id, outcome, version]): Operation =>
      ({ calls }) =>
        calls.noteCall(
          id,
          {
            contactId: CONTACT,
            placedAt: CHANGE.at,
            transferredTo: [OTHER_CONTACT],
            flowAttributes: { satisfied: 'yes' },
            ...(outcome !== null && { outcome, endedAt: CHANGE.at }),
          },
          version,
        ),
  ),
  request.map(
    (id): Operation =>
      ({ calls }) =>
        calls.open({ ...record(id, CONTACT), kind: 'inbound', status: 'calling' }),
  ),
  fc.tuple(request, execution).map(
    ([id, by]): Operation =>
      ({ calls }) =>
        calls.addDuplicate(id, by),
  ),
);
