import { callDurations } from '../../domain/call-durations.ts';
import type { CallRecord, HungUpBy } from '../../domain/call-record.ts';
import { disconnectWords } from '../../domain/disconnect-words.ts';
import { durationInWords } from './clock-words.ts';

/** Something that happened, in words. The time is missing if it is unknown. */
interface Happened {
  /** ISO 8601 */
  at?: string;
  text: string;
}

/** Anything shorter is just the run time of the functions. */
const NOTICEABLE_MS = 3_000;

/** What happened to a request from click to hang-up, in order, as far as the record knows. */
export function timelineOf(record: CallRecord): Happened[] {
  return [...beginning(record), ...road(record), ...call(record), ...end(record), ...afterwards(record)].map(
    ({ at, text }) => ({
      ...(at !== undefined && { at }),
      text,
    }),
  );
}

/** A step that is listed only if its time is known. */
const when = (at: string | undefined, text: string): { at?: string | undefined; text: string }[] =>
  at === undefined ? [] : [{ at, text }];

function beginning({ kind, requestedAt, receivedAt, inquiryType, callBackOf }: CallRecord) {
  if (kind === 'inbound') {
    const what = callBackOf === undefined ? '.' : `: by its number, the call-back of request ${callBackOf}.`;
    return when(receivedAt, `A customer called the stage's number${what}`);
  }
  if (kind === 'by_hand') return when(receivedAt, 'An agent dialled the number by hand.');
  const late = Date.parse(receivedAt) - Date.parse(requestedAt);
  return [
    ...when(requestedAt, `The customer asked for a call${inquiryType === undefined ? '.' : `: ${inquiryType}`}`),
    ...when(receivedAt, `The request arrived${late > NOTICEABLE_MS ? `, ${durationInWords(late)} later` : ''}.`),
  ];
}

function road(record: CallRecord) {
  const { claimedAt, bookedAt, lastAttemptAt, placedAt, attempts, lastError, ringTimeoutRefused, kind } = record;
  if (kind !== undefined) return [];
  const called = placedAt ?? lastAttemptAt;
  const since = bookedAt ?? claimedAt;
  const waited = since && called ? Date.parse(called) - Date.parse(since) : 0;
  const what = bookedAt === undefined ? 'opening hours, an agent, a line or its turn' : 'its time and then its turn';
  const times = attempts > 1 ? `, ${attempts} times` : '';
  const error = lastError === undefined ? '' : `; the last error was ${lastError}`;
  return [
    ...when(
      claimedAt,
      record.callAt === undefined
        ? 'Checks began: is the number free, does a limit apply, is the queue open?'
        : 'Checks began: can a call be promised for the time that the customer chose?',
    ),
    ...when(bookedAt, 'The call was promised for that time.'),
    ...(waited > NOTICEABLE_MS ? [{ text: `It waited ${durationInWords(waited)} for ${what}.` }] : []),
    ...when(lastAttemptAt, `Amazon Connect was asked to place the call${times}${error}.`),
    ...when(
      placedAt,
      `Amazon Connect accepted it, and calls the customer${ringTimeoutRefused ? ', without a ring time-out' : ''}.`,
    ),
  ];
}

function call(record: CallRecord) {
  const { kind, answeredAt, queuedAt, agentAt, agentMissed, transferredTo = [] } = record;
  const { rang, announced, queued } = callDurations(record);
  const after = (ms: number | undefined, what: string) =>
    ms === undefined ? '' : `, after ${what} ${durationInWords(ms)}`;
  return [
    ...(kind === 'inbound' ? [] : when(answeredAt, `The phone was answered${after(rang, 'ringing for')}.`)),
    ...when(queuedAt, `The customer waits for an agent${after(announced, 'announcements of')}.`),
    ...(agentMissed ? [{ text: 'An agent was offered the call and did not take it.' }] : []),
    ...when(agentAt, `An agent took the call${after(queued, 'a wait of')}.`),
    ...transferredTo.map((id) => ({ text: `The call was transferred: it went on as contact ${id}.` })),
  ];
}

const HUNG_UP: Readonly<Record<HungUpBy, string>> = {
  customer: 'The customer hung up',
  agent: 'The agent hung up',
  flow: 'The contact flow hung up',
  network: 'The network ended it',
  system: 'The call was stopped from outside',
};

function end(record: CallRecord) {
  const { status, outcome, endedAt, hungUpBy, disconnectReason } = record;
  if (outcome === undefined) {
    const text =
      status === 'claimed' && record.bookedAt !== undefined
        ? 'It is waiting for its time, or for its turn after that.'
        : status === 'claimed'
          ? 'It is waiting, or is about to be processed.'
          : 'The call is being placed or is in progress.';
    return [{ text }];
  }
  if (outcome === 'call_placed') return [{ text: 'It is not known yet how the call ended.' }];
  const isCall = record.class === 'reached' || record.class === 'missed';
  if (!isCall) return when(endedAt, `It ended: ${outcome}.`);
  const who = hungUpBy === undefined ? 'The call was over' : HUNG_UP[hungUpBy];
  const words = disconnectWords(disconnectReason ?? '');
  const reason = disconnectReason === undefined ? '' : ` (${[words?.en, disconnectReason].filter(Boolean).join('; ')})`;
  return when(endedAt, `${who}${lastPart(record)}${reason}.`);
}

const afterwards = ({ calledBackAt, calledBackBy }: CallRecord) =>
  when(calledBackAt, `The customer called back, by the number: contact ${calledBackBy}.`);

/** How far the call had got when it ended. */
function lastPart(record: CallRecord): string {
  const { agentAt, answeredAt, placedAt, endedAt } = record;
  const { talked, queued } = callDurations(record);
  if (agentAt !== undefined) return talked === undefined ? '' : `, after talking for ${durationInWords(talked)}`;
  if (queued !== undefined) return `, after a wait of ${durationInWords(queued)}`;
  if (answeredAt !== undefined || placedAt === undefined || endedAt === undefined) return '';
  return `, ${durationInWords(Date.parse(endedAt) - Date.parse(placedAt))} after it was placed`;
}
