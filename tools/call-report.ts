import type { CallRecord } from '../domain/call-record.ts';
import { isObject } from '../domain/json-object.ts';
import { maskPhones } from '../domain/masking.ts';
import { OUTCOMES, runbookAnchor } from '../domain/outcomes.ts';
import { momentIn } from '../domain/wall-clock.ts';
import type { Fault, FaultHit } from '../packages/sandbox/connect/connect-faults.ts';
import type { Contact, TranscriptLine } from '../packages/sandbox/connect/contact.ts';
import { decisionOf } from '../packages/sandbox/decision-words.ts';
import { faultsOfVisit } from '../packages/sandbox/faults-of-visits.ts';
import { glossOfPrompt } from '../packages/sandbox/prompt-glosses.ts';
import type { Execution, StateVisit } from '../packages/sandbox/state-machine.ts';
import { endingInWords } from '../packages/sandbox/voicemail-words.ts';

/** The result of one request, as `npm run call --json` prints it. */
export interface CallReport {
  requestId: string | null;
  outcome: string | null;
  states: { name: string; enteredAt: string; exitedAt: string | null; decision: string; errors: string[] }[];
  /** The call record, its number masked; null if none was written. */
  record: CallRecord | null;
  contact: { contactId: string; transcript: TranscriptLine[]; voicemail?: true } | null;
  /** The injected faults: which API requests they hit, and how many are left. */
  faults: { hit: { kind: string; operation: string; attempt: number | null; at: string }[]; left: Fault[] };
}

/** All injected faults, whichever request they hit. */
interface Injected {
  hits: readonly FaultHit[];
  left: Fault[];
}

/** @param timeZone of the stage */
export function callReport(
  execution: Execution,
  timeZone: string,
  record: CallRecord | undefined,
  contact: Pick<Contact, 'transcript' | 'voicemail'> | undefined,
  { hits, left }: Injected = { hits: [], left: [] },
): CallReport {
  const ended = execution.states.find(({ name }) => name === 'RecordOutcome')?.output as
    | { requestId: string; outcome: string }
    | undefined;
  const requestId = ended?.requestId ?? record?.requestId ?? null;
  const hit = execution.states.flatMap((visit) => faultsOfVisit(visit, requestId, hits));
  return {
    requestId,
    outcome: outcomeOf(ended, record),
    states: execution.states.map((visit) => ({
      name: visit.name,
      enteredAt: new Date(visit.enteredAt).toISOString(),
      exitedAt: visit.exitedAt === undefined ? null : new Date(visit.exitedAt).toISOString(),
      decision: decisionOf(visit, timeZone).en,
      errors: visit.errors,
    })),
    record: record ?? null,
    contact:
      record?.contactId && contact
        ? { contactId: record.contactId, transcript: contact.transcript, ...(contact.voicemail && { voicemail: true }) }
        : null,
    faults: {
      hit: hit.map(({ kind, operation, attempt = null, at }) => ({
        kind,
        operation,
        attempt,
        at: new Date(at).toISOString(),
      })),
      left,
    },
  };
}

/** A call outlives its execution, so only the record says how it ended. */
function outcomeOf(ended: { outcome: string } | undefined, record: CallRecord | undefined): string | null {
  if (ended !== undefined && ended.outcome !== 'call_placed') return ended.outcome;
  return record?.outcome ?? ended?.outcome ?? null;
}

/** Lines for people, as they happen. Durations count from the start of the execution. */
export function reportLines(execution: Pick<Execution, 'startedAt'>, speed: number, timeZone: string) {
  const since = (at: number) => `${((at - execution.startedAt) / 1000).toFixed(3).padStart(7)} s`;
  const line = (at: number, what: string, text: string) => `  ${since(at)}  ${what.padEnd(16)} ${text}`;

  return {
    request: (requestId: string): string[] => [`Request ${requestId}`, ''],

    /** What was decided, and the faults that hit meanwhile: a fault hits once its state has been entered. */
    visit(visit: StateVisit, requestId: string, hits: readonly FaultHit[]): string[] {
      const decision = decisionOf(visit, timeZone).en;
      return [
        ...(decision === '' ? [] : [line(visit.enteredAt, visit.name, decision)]),
        ...faultsOfVisit(visit, requestId, hits).map(({ kind, operation, attempt, at }) =>
          line(at, 'fault', `${kind} hit ${operation}${attempt === undefined ? '' : `, attempt ${attempt}`}`),
        ),
      ];
    },

    faultsLeft: (left: readonly Fault[]): string[] =>
      left.map(
        ({ kind, operation, times }) =>
          `${' '.repeat(13)}${'fault'.padEnd(16)} ${kind} at ${operation}: ${times} left unused`,
      ),

    hearing(phone: string): string[] {
      const faster = speed === 1 ? '' : ` (${speed} times faster than real time)`;
      return ['', `What the customer hears at ${phone}${faster}`, ''];
    },

    /** What was said, with its English translation below. */
    heard(said: TranscriptLine): string[] {
      const voice = said.voice === undefined ? '' : `${said.voice} (${said.engine})`;
      const gloss = said.kind === 'system' ? undefined : glossOfPrompt(said.text);
      return [
        line(Date.parse(said.at), voice, heardOrHappened(said)),
        ...(gloss === undefined ? [] : [`${UNDER_WORDS}${maskPhones(gloss)}`]),
      ];
    },

    ending(report: CallReport): string[] {
      const names = Object.keys(report.record ?? {});
      const widest = Math.max(...names.map((name) => name.length));
      const fields = Object.entries(report.record ?? {}).map(
        ([field, value]) => `  ${field.padEnd(widest)} ${inWords(field, value, timeZone)}`,
      );
      return ['', 'Call record', '', ...(report.record ? fields : ['  none was written']), '', ...verdict(report)];
    },
  };
}

/** The times of a record: text, or epoch seconds for `expiresAt`. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** The value of a record field; times in the zone of the stage. */
function inWords(field: string, value: unknown, timeZone: string): string {
  if (field === 'expiresAt') return momentIn(new Date(Number(value) * 1_000).toISOString(), timeZone);
  if (Array.isArray(value)) return value.join(', ');
  if (isObject(value))
    return Object.entries(value)
      .map((pair) => pair.join('='))
      .join(', ');
  const text = String(value);
  return TIME.test(text) ? momentIn(text, timeZone) : text;
}

/** Continuation lines are indented below the text of the first. */
const UNDER_WORDS = ' '.repeat(30);

function heardOrHappened({ kind, text }: TranscriptLine): string {
  if (kind === 'system') return `— ${maskPhones(text)}`;
  return kind === 'whisper' ? `「${text}」 to the agent only` : `「${text}」`;
}

/** Reasons of events that were sent too late, as happens to every sample eventually. */
const PAST = ['too_old', 'in_the_past'];
const MOVE_IT = 'The event’s time is in the past: --now sends it as if it happened now.';

function verdict({ outcome, record, contact }: CallReport): string[] {
  if (outcome === null || !(outcome in OUTCOMES)) return ['The request did not reach an outcome.'];
  const code = outcome as keyof typeof OUTCOMES;
  const { class: kind, failsExecution } = OUTCOMES[code];
  const reason = record?.outcome === code ? record.reason : undefined;
  const said = endingInWords({ outcome: code, reason: reason ?? '' }, contact?.voicemail);
  // Some reasons add nothing to their outcome.
  const english = [...new Set([said.outcome.en, said.reason.en])];
  const japanese = [...new Set([said.outcome.ja, said.reason.ja])];
  return [
    `${contact?.voicemail && kind === 'reached' ? 'The record says' : 'Outcome'}: ${code} (${kind}${reason === undefined ? '' : `, ${reason}`})`,
    `  ${english.join(' ')}`,
    `  ${japanese.join('')}`,
    ...(reason !== undefined && PAST.includes(reason) ? [`  ${MOVE_IT}`] : []),
    ...(failsExecution ? [`  An operator must act: ${runbookAnchor(code)}`] : []),
  ];
}
