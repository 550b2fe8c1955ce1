import { callDurations } from '../../domain/call-durations.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { groupInquiryNumber } from '../../domain/inquiry-number.ts';
import { describeEnding } from '../../domain/outcomes.ts';
import { RECORD_STATUS_WORDS } from '../../domain/record-status-words.ts';
import { clockOf, dateAndClock, dateOf, zoneName } from '../../domain/wall-clock.ts';
import { durationAsClock } from './clock-words.ts';
import { csv } from './csv.ts';
import { type Column, cutTo, tableLines } from './terminal-table.ts';

interface Surroundings {
  /** Of the stage or local stack, in words. */
  name: string;
  timeZone: string;
  /** Cells of the terminal. */
  width: number;
}

/** The call log for people: a heading, and one line per record. */
export function logTable(records: readonly CallRecord[], { name, timeZone, width }: Surroundings): string[] {
  // On a terminal the day is a heading of its own, which leaves room for the result of each call.
  const isTerminal = Number.isFinite(width);
  const column = (head: string, cellOf: (record: CallRecord) => string, more: Partial<Column> = {}): Column => ({
    head,
    cells: records.map(cellOf),
    ...more,
  });
  const durations = records.map(callDurations);
  // Without any placed call, its columns go and the results get the room.
  const durationColumn = (head: string, of: 'toPlaced' | 'talked'): Column[] => {
    const cells = durations.map(({ [of]: ms }) => (ms === undefined ? '' : durationAsClock(ms)));
    return cells.every((cell) => cell === '') ? [] : [{ head, cells, right: true }];
  };
  const appointmentColumn = (): Column[] =>
    records.every(({ callAt }) => callAt === undefined)
      ? []
      : [column('call at', ({ callAt }) => (callAt === undefined ? '' : dateAndClock(callAt, timeZone).slice(0, 16)))];
  const [head = '', ...rows] = tableLines(
    [
      column('time', ({ receivedAt }) => (isTerminal ? clockOf : dateAndClock)(receivedAt, timeZone)),
      column('inquiry', inquiryOf),
      column('phone', ({ phone = '' }) => phone),
      column('type', ({ userType = '' }) => userType, { least: 7 }),
      ...appointmentColumn(),
      column('result', endingOf, { least: 12 }),
      ...durationColumn('wait', 'toPlaced'),
      ...durationColumn('talk', 'talked'),
      column('request id', ({ requestId }) => requestId, { spare: true }),
    ],
    width,
  );
  const days = records.map(({ receivedAt }) => dateOf(receivedAt, timeZone));
  return [
    cutTo(`Call log of ${name}, the latest first (${zoneName(timeZone)})`, width),
    '',
    head,
    ...rows.flatMap((row, index) => (isTerminal && days[index] !== days[index - 1] ? [days[index] ?? '', row] : [row])),
  ];
}

const inquiryOf = ({ kind, trackId }: CallRecord): string =>
  trackId === undefined ? (kind ?? '-').replace('_', ' ') : groupInquiryNumber(trackId);

/** The code comes first, as a narrow terminal cuts off the end. */
function endingOf(record: CallRecord): string {
  const { outcome, reason = '', status, bookedAt, agentMissed, calledBackAt, callBackOf, try: nth } = record;
  const more = [
    ...(nth === undefined ? [] : [`call ${nth}`]),
    ...(agentMissed ? ['agent missed'] : []),
    ...(calledBackAt === undefined ? [] : ['called back']),
    ...(callBackOf === undefined ? [] : ['a call-back']),
  ];
  if (outcome === undefined) {
    const isBooked = status === 'claimed' && bookedAt !== undefined;
    return [`${isBooked ? 'appointment' : RECORD_STATUS_WORDS[status].en} (${status})`, ...more].join(', ');
  }
  const words = describeEnding({ outcome, reason }).reason.en.replace(/\.$/, '');
  return `${[`${outcome}: ${reason}`, ...more].join(', ')} – ${words}`;
}

const CSV_HEAD = [
  'received_at',
  'inquiry_number',
  'phone',
  'kind',
  'user_type',
  'inquiry_type',
  'class',
  'outcome',
  'reason',
  'wait_seconds',
  'ring_seconds',
  'queue_seconds',
  'talk_seconds',
  'hung_up_by',
  'agent_missed',
  'request_id',
  'contact_id',
  'call_at',
  'called_back_at',
  'call_back_of',
  'try_of',
  'try',
] as const;

/** The call log for spreadsheets. Times are local to the zone, durations in whole seconds. */
export const logCsv = (records: readonly CallRecord[], timeZone: string): string =>
  csv(
    CSV_HEAD,
    records.map((record) => {
      const { toPlaced, rang, queued, talked } = callDurations(record);
      return [
        dateAndClock(record.receivedAt, timeZone),
        groupInquiryNumber(record.trackId ?? ''),
        record.phone ?? '',
        record.kind ?? 'request',
        record.userType ?? '',
        record.inquiryType ?? '',
        record.class ?? '',
        record.outcome ?? record.status,
        record.reason ?? '',
        ...[toPlaced, rang, queued, talked].map((ms) => (ms === undefined ? '' : String(Math.round(ms / 1000)))),
        record.hungUpBy ?? '',
        record.agentMissed === undefined ? '' : String(record.agentMissed),
        record.requestId,
        record.contactId ?? '',
        record.callAt === undefined ? '' : dateAndClock(record.callAt, timeZone),
        record.calledBackAt === undefined ? '' : dateAndClock(record.calledBackAt, timeZone),
        record.callBackOf ?? '',
        record.tryOf ?? '',
        record.try === undefined ? '' : String(record.try),
      ];
    }),
  );
