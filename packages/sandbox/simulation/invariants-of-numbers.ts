import { shortId } from '../../../adapters/shared-state/short-id.ts';
import { callsIn, triesIn } from './counted-requests.ts';
import { disturbancesIn, toldWithinMs } from './disturbances.ts';
import type { Expectations, FinalTables, Violation } from './invariants.ts';
import { type PlacedCall, placedCalls, wasAnswered } from './placed-calls.ts';
import { type EntryOf, entriesOf, type Moment, type Trace } from './trace.ts';

const JAPAN_MS = 9 * 60 * 60_000;
const DAY_MS = 86_400_000;

/** What must hold for a telephone number: when it rings, how often, and whom it is kept from. */
export function checkNumbers(trace: Trace, tables: FinalTables, expectations: Expectations): Violation[] {
  const calls = placedCalls(trace);
  return [
    ...checkRings(trace, calls, expectations),
    ...checkRefusals(trace, calls, expectations),
    ...checkCounts(trace, calls, tables, expectations),
  ];
}

/** One number after another: its calls in the order in which they rang. */
function checkRings(trace: Trace, calls: readonly PlacedCall[], expectations: Expectations): Violation[] {
  const { clockSkewMs, callsPerNumberPerDay, triesPerNumberPerDay } = expectations;
  const dayOf = daysOf(trace);
  const byPhone = Map.groupBy(calls, ({ phone }) => phone);
  const owns = new Map(entriesOf(trace, 'arrived').map((entry) => [entry.requestId, entry.own]));
  return [...byPhone.values()].flatMap((ofNumber) =>
    ofNumber.flatMap((call, index): Violation[] => {
      const { rangAt: at, requestId } = call;
      const earlier = ofNumber.slice(0, index).filter((other) => other.requestId !== requestId);
      const accuse = (invariant: Violation['invariant'], says: string, ...others: string[]): Violation => ({
        invariant,
        at,
        requestIds: [...others, requestId],
        says,
      });
      const live = earlier.find(({ overAt }) => overAt === undefined || overAt > at);
      const soon = earlier.find(
        (other) =>
          other.overAt !== undefined &&
          other.overAt <= at &&
          // A customer who was promised a call need not wait for the end of the cool-down.
          !(owns.get(requestId)?.calledBackBy !== undefined && owns.get(requestId)?.after === other.requestId) &&
          at - other.overAt < pauseMs(other, expectations) - 2 * clockSkewMs,
      );
      const ofDay = earlier.filter((other) => dayOf(other.requestId) === dayOf(requestId));
      const answered = ofDay.filter((other) => wasAnswered(other) || (other.overAt ?? at + 1) > at).length;
      const missed = ofDay.length - answered;
      return [
        ...(live ? [accuse('in call', 'rang while the number was on the line', live.requestId)] : []),
        ...(soon
          ? [accuse('cool-down', `rang ${seconds(at - (soon.overAt ?? at))} after a call to it`, soon.requestId)]
          : []),
        ...(callsPerNumberPerDay !== null && answered >= callsPerNumberPerDay
          ? [accuse('calls per number', `is call ${answered + 1} to its number on one day`)]
          : []),
        ...(triesPerNumberPerDay !== null && missed >= triesPerNumberPerDay
          ? [accuse('calls per number', `rang after ${missed} calls to its number that nobody answered`)]
          : []),
      ];
    }),
  );
}

/** What is known so far about a request that may hold its number or count against it. */
interface Rival {
  requestId: string;
  isDelivered: boolean;
  /** When it had its first outcome. */
  endedAt?: Moment;
  unconfirmedAt?: Moment;
}

/** No request is refused because of others for the same number that are long over, or calls that do not count. */
function checkRefusals(trace: Trace, calls: readonly PlacedCall[], expectations: Expectations): Violation[] {
  const { maxCallMs, clockSkewMs, callsPerNumberPerDay, triesPerNumberPerDay } = expectations;
  const disturbances = disturbancesIn(trace);
  const dayOf = daysOf(trace);
  const callOf = new Map(calls.map((call) => [call.requestId, call]));
  const owns = new Map(entriesOf(trace, 'arrived').map((entry) => [entry.requestId, entry.own]));
  const deliveredAt = new Map<string, Moment>();
  const rivals = new Map<string, Rival>();
  const phones = new Map<string, string>();
  const ofPhone = new Map<string, Rival[]>();
  const slack = (requestId: string) => toldWithinMs(requestId, disturbances) + 2 * clockSkewMs;

  /** From when on the request no longer holds back others for this reason. */
  function freeFrom({ requestId, endedAt, unconfirmedAt }: Rival, reason: string, at: Moment): Moment {
    const call = callOf.get(requestId);
    const unknown = unconfirmedAt === undefined ? 0 : unconfirmedAt + maxCallMs;
    if (endedAt === undefined) return Number.POSITIVE_INFINITY;
    if (!call || call.rangAt > at) return Math.max(unknown, reason === 'cool_down' ? 0 : endedAt);
    if (call.overAt === undefined || call.overAt > at) return Number.POSITIVE_INFINITY;
    // For a lost one, nobody knows when it ended, and whether it was answered.
    const isLost = disturbances.isUntold(requestId);
    const overAt = isLost ? call.rangAt + maxCallMs : call.overAt;
    const pause = isLost ? expectations.coolDownMs : pauseMs(call, expectations);
    return Math.max(unknown, overAt + (reason === 'cool_down' ? pause : 0));
  }

  const holds = (rival: Rival, reason: string, at: Moment) => at < freeFrom(rival, reason, at) + slack(rival.requestId);

  /** What the request may count as on its day: nobody knows better, or soon enough, or it is true. */
  function countsAs({ requestId, endedAt, unconfirmedAt }: Rival, at: Moment): readonly ('call' | 'try')[] {
    const call = callOf.get(requestId);
    const isTold = (since: Moment | undefined) => since !== undefined && at >= since + slack(requestId);
    if (!call) return isTold(endedAt) && unconfirmedAt === undefined ? [] : ['call'];
    if (wasAnswered(call) || disturbances.isUntold(requestId)) return ['call'];
    return isTold(call.overAt) && unconfirmedAt === undefined ? ['try'] : ['call', 'try'];
  }

  function refused({ at, requestId, outcome, reason }: EntryOf<'outcome'>): Violation[] {
    const others = (ofPhone.get(phones.get(requestId) ?? '') ?? []).filter(
      (other) => other.requestId !== requestId && other.isDelivered,
    );
    const accuse = (says: string, who: readonly Rival[]): Violation[] => [
      {
        invariant: 'held in vain',
        at,
        requestIds: [...who.slice(-1).map((other) => other.requestId), requestId],
        says,
      },
    ];
    // No other request had it since the previous call, or it is right.
    const after = owns.get(requestId)?.after;
    if (reason === 'another_since' && after !== undefined) {
      const since = callOf.get(after)?.rangAt ?? at;
      const came = others.some(
        (other) => other.requestId !== after && (deliveredAt.get(other.requestId) ?? 0) >= since,
      );
      return came ? [] : accuse('was refused for another that nobody sent', others);
    }
    if (outcome === 'number_held') {
      if (others.some((other) => holds(other, reason, at))) return [];
      return accuse(`was refused (${reason}) for another that was over`, others);
    }
    const [kind, max] =
      reason === 'number_per_day'
        ? (['call', callsPerNumberPerDay] as const)
        : (['try', triesPerNumberPerDay] as const);
    const ofDay = others.filter((other) => dayOf(other.requestId) === dayOf(requestId));
    const counted = ofDay.filter((other) => countsAs(other, at).includes(kind)).length;
    if (max === null || counted >= max) return [];
    return accuse(`was refused (${reason}) after ${counted} of ${max}`, ofDay);
  }

  return trace.flatMap((entry): Violation[] => {
    if (entry.kind === 'arrived') {
      const rival: Rival = { requestId: entry.requestId, isDelivered: false };
      rivals.set(entry.requestId, rival);
      phones.set(entry.requestId, entry.phone);
      ofPhone.set(entry.phone, [...(ofPhone.get(entry.phone) ?? []), rival]);
    }
    if (entry.kind !== 'outcome' && entry.kind !== 'delivered') return [];
    const rival = rivals.get(entry.requestId);
    if (entry.kind === 'delivered') {
      if (rival) rival.isDelivered = true;
      if (!deliveredAt.has(entry.requestId)) deliveredAt.set(entry.requestId, entry.at);
      return [];
    }
    const { at, outcome, reason } = entry;
    if (rival) {
      rival.endedAt ??= at;
      if (outcome === 'call_unconfirmed') rival.unconfirmedAt = at;
      else delete rival.unconfirmedAt;
    }
    const isOfNumber = outcome === 'number_held' || reason === 'number_per_day' || reason === 'tries_per_day';
    return isOfNumber ? refused(entry) : [];
  });
}

/** At the end, each call counts where it belongs: as a call, or among the tries. */
function checkCounts(
  trace: Trace,
  calls: readonly PlacedCall[],
  { calls: records, guards }: FinalTables,
  { callsPerNumberPerDay, triesPerNumberPerDay, maxCallMs }: Expectations,
): Violation[] {
  const end = trace.at(-1)?.at ?? 0;
  const disturbances = disturbancesIn(trace);
  const unconfirmed = new Set(
    records.flatMap((record) => (record.outcome === 'call_unconfirmed' ? [record.requestId] : [])),
  );
  const items = new Map(guards.map((item) => [String(item.guardId), item]));
  return calls.flatMap((call): Violation[] => {
    const { requestId, phone, overAt } = call;
    const item = items.get(`phone#${phone}`);
    if (item === undefined || overAt === undefined || end - overAt < maxCallMs) return [];
    // For these, nobody knows whether they were answered.
    if (unconfirmed.has(requestId) || disturbances.isUntold(requestId)) return [];
    const id = shortId(requestId);
    const isCall = [...callsIn(item).values()].some((ids) => ids.has(id));
    const isTry = triesIn(item).has(id);
    const accuse = (says: string): Violation[] => [
      { invariant: 'calls per number', at: end, requestIds: [requestId], says },
    ];
    if (wasAnswered(call)) {
      if (isTry) return accuse('counts as a call that nobody answered, and was answered');
      return isCall || callsPerNumberPerDay === null ? [] : accuse('does not count as a call to its number');
    }
    if (isCall) return accuse('counts as a call, and nobody answered');
    return isTry || triesPerNumberPerDay === null ? [] : accuse('does not count as a call that nobody answered');
  });
}

const pauseMs = (call: PlacedCall, { coolDownMs, missedPauseMs }: Expectations): number =>
  wasAnswered(call) ? coolDownMs : missedPauseMs;

/** The day in Japan on which a request came. */
function daysOf(trace: Trace): (requestId: string) => number {
  const arrived = new Map(entriesOf(trace, 'arrived').map(({ requestId, at }) => [requestId, at]));
  return (requestId) => Math.floor(((arrived.get(requestId) ?? 0) + JAPAN_MS) / DAY_MS);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
