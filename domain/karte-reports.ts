import { callDurations } from './call-durations.ts';
import type { CallRecord } from './call-record.ts';
import type { KarteKey } from './karte-key.ts';
import { maskPhones } from './masking.ts';
import type { OutcomeClass } from './outcome-row.ts';

/**
 * A report to KARTE: the body of one request to its Track API v2, which takes one event of one user.
 * @see https://github.com/plaidev/craft-codes/tree/main/craft-functions/delayed-event
 */
export interface KarteReport {
  keys: KarteKey;
  event: {
    event_name: string;
    values: ReportValues;
  };
}

/** Values of an event, without telephone numbers. */
interface ReportValues {
  /** The same for each delivery of an event, and unique to it, so that duplicates can be recognised. */
  event_id: string;
  request_id: string;
  [field: string]: string | number;
}

/**
 * Steps of a request, named like those for agents' calls by the softphone in KARTE's guide.
 * - `call_try`: Amazon Connect has accepted the call
 * - `call_connected`: the customer speaks with an agent
 * - `call_ended`: the call is over, with any result
 * - `call_fail`: nobody was called
 */
type ReportName = 'call_try' | 'call_connected' | 'call_ended' | 'call_fail';

const ENDS: Readonly<Record<OutcomeClass, 'call_ended' | 'call_fail' | undefined>> = {
  placed: undefined,
  reached: 'call_ended',
  missed: 'call_ended',
  refused: 'call_fail',
  unavailable: 'call_fail',
  failed: 'call_fail',
};

/**
 * The reports to KARTE for a write of a call record: everything that the record says now and did not say before. A record that takes
 * several steps at once yields a report for each; a write that adds nothing yields none.
 *
 * @param before undefined if the record is new
 * @param prefix of the events' names
 */
export function dueReports(before: CallRecord | undefined, after: CallRecord, prefix: string): KarteReport[] {
  const told = new Set(before ? reportsOf(before, prefix).map(({ event }) => event.values.event_id) : []);
  return reportsOf(after, prefix).filter(({ event }) => !told.has(event.values.event_id));
}

/** All reports of a record, in the order of events. None if KARTE does not know the visitor. */
function reportsOf(record: CallRecord, prefix: string): KarteReport[] {
  const { requestId, karteKey, contactId, trackId, tryOf, outcome, reason, hungUpBy, placedAt, agentAt, endedAt } =
    record;
  if (karteKey === undefined || record.kind !== undefined) return [];
  const { rang, waited, talked } = callDurations(record);
  const ending = record.class && ENDS[record.class];
  const isCall = contactId !== undefined || placedAt !== undefined || ending === 'call_ended';
  const report = (name: ReportName, id: string, values: Record<string, string | number | undefined>): KarteReport => ({
    keys: karteKey,
    event: {
      event_name: `${prefix}${name}`,
      values: {
        event_id: `${requestId}:${id}`,
        request_id: requestId,
        ...filled({ contact_id: contactId, track_id: withoutPhone(trackId), try_of: tryOf, ...values }),
      },
    },
  });
  // The result of a call may change later, for example of a lost one: that is another event.
  const end = (name: ReportName, values: Record<string, string | number | undefined>) =>
    report(name, `${name}:${outcome}`, { occurred_at: endedAt, outcome, reason, ...values });
  return [
    ...(isCall ? [report('call_try', 'call_try', { occurred_at: placedAt })] : []),
    ...(agentAt !== undefined
      ? [
          report('call_connected', 'call_connected', {
            occurred_at: agentAt,
            ringing_seconds: seconds(rang),
            waiting_seconds: seconds(waited),
          }),
        ]
      : []),
    ...(ending === 'call_ended'
      ? [
          end('call_ended', {
            ringing_seconds: seconds(rang),
            waiting_seconds: seconds(waited),
            talk_seconds: seconds(talked),
            hung_up_by: hungUpBy,
          }),
        ]
      : []),
    ...(ending === 'call_fail' ? [end('call_fail', {})] : []),
  ];
}

const seconds = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : Math.round(milliseconds / 1000);

const withoutPhone = (text: string | undefined): string | undefined =>
  text !== undefined && maskPhones(text) === text ? text : undefined;

const filled = (values: Record<string, string | number | undefined>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
