import { WANTS_CALL_BACK } from '../../../domain/call-outcome.ts';
import type { CallRecord } from '../../../domain/call-record.ts';
import { disturbancesIn } from './disturbances.ts';
import type { FinalTables, Violation } from './invariants.ts';
import { type PlacedCall, singleCalls, wasAnswered } from './placed-calls.ts';
import { entriesOf, type Moment, type Trace } from './trace.ts';

/** Between a time in a record and the same time in the world. */
const SAME_WITHIN_MS = 1_000;
/** Whoever hears of a contact checks whose it is from then on. */
const ASKED_FOR_WITHIN_MS = 5_000;

/**
 * What the record of each call says in the end: its result and its times; `lost` only if every source was silent.
 */
export function checkFinalOutcomes(trace: Trace, tables: FinalTables): Violation[] {
  const end = trace.at(-1)?.at ?? 0;
  const records = new Map(tables.calls.map((record) => [record.requestId, record]));
  const disturbances = disturbancesIn(trace);
  const unconfirmedAt = new Map(
    entriesOf(trace, 'outcome')
      .filter(({ outcome }) => outcome === 'call_unconfirmed')
      .map(({ requestId, at }) => [requestId, at]),
  );

  /** Nobody was told of its contact, and nothing that came later could show whose it was. */
  function isNobodys({ requestId, overAt = end }: PlacedCall): boolean {
    return (
      disturbances.had(requestId, /callSilent|contactEventLost|^trackContact /) ||
      overAt < (unconfirmedAt.get(requestId) ?? end) + ASKED_FOR_WITHIN_MS
    );
  }

  return singleCalls(trace).flatMap((call): Violation[] => {
    const { requestId, overAt } = call;
    const record = records.get(requestId);
    const { outcome = 'nothing' } = record ?? {};
    if (overAt === undefined || (outcome === 'call_unconfirmed' && isNobodys(call))) return [];
    const isLost = disturbances.isUntold(requestId);
    const right = isLost ? 'lost' : rightOutcome(call);
    const wrong = right === outcome ? (isLost ? [] : wrongTimes(call, record)) : [`says ${outcome}`];
    return wrong.map((says) => ({
      invariant: 'final outcome',
      at: end,
      requestIds: [requestId],
      says: `was ${right}, and its record ${says}`,
    }));
  });
}

/** By why the call ended, if it was not answered. */
const UNANSWERED: Readonly<Record<string, string>> = {
  TELECOM_BUSY: 'busy',
  TELECOM_NUMBER_INVALID: 'failed_to_connect',
  TELECOM_ORIGINATOR_CANCEL: 'not_answered',
};

function rightOutcome(call: PlacedCall): string {
  if (call.agentAt !== undefined) return 'completed';
  if (call.result === WANTS_CALL_BACK) return 'abandoned';
  if (wasAnswered(call)) return call.result ?? 'abandoned';
  return UNANSWERED[call.reason ?? ''] ?? 'not_answered';
}

/** Times in the record that are wrong. */
const wrongTimes = (call: PlacedCall, record: CallRecord | undefined): string[] =>
  (
    [
      ['agentAt', call.agentAt],
      ['endedAt', call.overAt],
    ] as const
  ).flatMap(([name, at]) => {
    const said = record?.[name];
    return isSame(at, said) ? [] : [`has ${name} ${said === undefined ? 'nowhere' : `off by ${offBy(at, said)}`}`];
  });

const isSame = (at: Moment | undefined, said: string | undefined): boolean =>
  at === undefined ? said === undefined : said !== undefined && Math.abs(Date.parse(said) - at) <= SAME_WITHIN_MS;

const offBy = (at: Moment | undefined, said: string): string =>
  at === undefined ? 'everything' : `${((Date.parse(said) - at) / 1_000).toFixed(1)} s`;
