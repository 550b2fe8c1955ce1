import type { CallRecord } from '../domain/call-record.ts';
import type { CallRequest } from '../domain/call-request.ts';
import type { CallState, Failed } from '../domain/call-state.ts';
import { maskPhones } from '../domain/masking.ts';
import { describeEnding, type Ending, OUTCOMES, runbookAnchor } from '../domain/outcomes.ts';
import type { TranscriptLine } from '../local/connect/contact.ts';
import type { Execution, StateVisit } from '../local/state-machine.ts';

/** What became of one request, as `npm run call --json` prints it. */
export interface CallReport {
  requestId: string | null;
  outcome: string | null;
  states: { name: string; enteredAt: string; exitedAt: string | null; decision: string; errors: string[] }[];
  /** The call record, its number masked; null if none was written. */
  record: CallRecord | null;
  contact: { contactId: string; transcript: TranscriptLine[] } | null;
}

/** States that only lead on. */
const SILENT = [
  'IsRequestValid',
  'IsRequestClaimed',
  'CanQueueTakeIt',
  'HasLaterTurn',
  'MustSomebodyAct',
  'RequestEnded',
  'RequestFailed',
];

export function callReport(
  execution: Execution,
  record: CallRecord | undefined,
  transcript: TranscriptLine[] | undefined,
): CallReport {
  const ended = execution.states.find(({ name }) => name === 'RecordOutcome')?.output as
    | { requestId: string; outcome: string }
    | undefined;
  return {
    requestId: ended?.requestId ?? record?.requestId ?? null,
    outcome: ended?.outcome ?? record?.outcome ?? null,
    states: execution.states.map((visit) => ({
      name: visit.name,
      enteredAt: new Date(visit.enteredAt).toISOString(),
      exitedAt: visit.exitedAt === undefined ? null : new Date(visit.exitedAt).toISOString(),
      decision: decisionOf(visit),
      errors: visit.errors,
    })),
    record: record ?? null,
    contact: record?.contactId && transcript ? { contactId: record.contactId, transcript } : null,
  };
}

/** What a state's output may hold, as far as a report tells it. */
interface StateOutput {
  decision: CallState['decision'];
  request: CallRequest;
  ending: Ending;
  waitSeconds: number;
  opensAt: string;
  contactId?: string;
  failed?: Failed['failed'];
}

/** What a state decided, in words; nothing for the states that only lead on. */
function decisionOf({ name, output, errors, enteredAt, exitedAt }: StateVisit): string {
  if (SILENT.includes(name)) return '';
  const tries = errors.length === 0 ? '' : ` (after ${errors.join(', ')})`;
  if (exitedAt === undefined) return errors.length === 0 ? 'did not end' : `failed: ${errors.at(-1)}`;
  if (name === 'RecordOutcome') {
    const { outcome, notify } = output as { outcome: string; notify: string };
    return `${outcome} recorded${notify === 'alarm' ? ', the alarm rings' : ''}${tries}`;
  }
  const state = output as StateOutput;
  if (state.failed !== undefined && errors.length > 0) return failureOf(name, errors);
  if (state.decision === 'end') {
    const { outcome, reason } = state.ending;
    return `${outcome}: ${describeEnding(state.ending).reason.en} [${reason}]${tries}`;
  }
  const seconds = ((exitedAt - enteredAt) / 1000).toFixed(3);
  switch (name) {
    case 'ValidateRequest': {
      const { userType, inquiryType, queue, leftOut } = state.request;
      const without = leftOut.length === 0 ? '' : `, left out: ${leftOut.join(', ')}`;
      return `a request of user_type ${userType}${inquiryType === undefined ? ', no inquiry' : ''}, for queue ${queue.name}${without}${tries}`;
    }
    case 'ClaimRequest':
      return `taken by this execution${tries}`;
    case 'CheckQueue':
      return `${queueOf(state)}${tries}`;
    case 'WaitForOpening':
      return 'the queue opens';
    case 'WaitForAgent':
      return `an agent is free, after ${seconds} s in line${tries}`;
    case 'WaitForTurn':
      return 'its turn has come';
    case 'StartCall':
      return state.contactId === undefined
        ? `Amazon Connect takes no more calls just now: ${errors.join(', ')}`
        : `Amazon Connect accepted the call: contact ${state.contactId}${tries}`;
    case 'TakeLaterTurn':
      return `takes a later turn${tries}`;
    default:
      return '';
  }
}

function failureOf(name: string, errors: string[]): string {
  if (name === 'WaitForAgent' && errors.at(-1) === 'States.Timeout') return 'nobody was free in time';
  if (name === 'WaitForAgent' && errors.at(-1) === 'NoLongerWaiting') return 'sent away from the line';
  return `failed: ${errors.join(', ')}`;
}

function queueOf({ decision, request, waitSeconds, opensAt }: StateOutput): string {
  const queue = `queue ${request.queue.name}`;
  switch (decision) {
    case 'wait':
      return `${queue} is enabled and open, but nobody is free: waits in line, for ${waitSeconds} s at most`;
    case 'opening':
      return `${queue} is closed: waits until ${opensAt}`;
    default:
      return `${queue} is enabled and open, and an agent is free`;
  }
}

/** The report for a person. Durations count from the start of the execution. */
export function renderReport(report: CallReport, startedAt: number, speed: number): string {
  const since = (iso: string) => `${((Date.parse(iso) - startedAt) / 1000).toFixed(3).padStart(7)} s`;
  const lines = [`Request ${report.requestId ?? '(none)'}`, ''];
  for (const { name, enteredAt, decision } of report.states) {
    if (decision !== '') lines.push(`  ${since(enteredAt)}  ${name.padEnd(16)} ${decision}`);
  }
  if (report.contact) {
    const faster = speed === 1 ? '' : ` (${speed} times faster than life)`;
    lines.push('', `What the customer hears at ${report.record?.phone ?? 'the number'}${faster}`, '');
    for (const line of report.contact.transcript) {
      const voice = line.voice === undefined ? '' : `${line.voice} (${line.engine})`;
      const text = heardOrHappened(line);
      lines.push(`  ${since(line.at)}  ${voice.padEnd(16)} ${text}`);
    }
  }
  lines.push('', 'Call record', '');
  if (report.record) {
    for (const [field, value] of Object.entries(report.record)) {
      lines.push(`  ${field.padEnd(14)} ${Array.isArray(value) ? value.join(', ') : String(value)}`);
    }
  } else lines.push('  none was written');
  lines.push('', ...verdict(report));
  return `${lines.join('\n')}\n`;
}

function heardOrHappened({ kind, text }: TranscriptLine): string {
  if (kind === 'system') return `— ${maskPhones(text)}`;
  return kind === 'whisper' ? `「${text}」 to the agent only` : `「${text}」`;
}

function verdict({ outcome, record }: CallReport): string[] {
  if (outcome === null || !(outcome in OUTCOMES)) return ['The request reached no outcome.'];
  const code = outcome as keyof typeof OUTCOMES;
  const { class: kind, en, ja, failsExecution } = OUTCOMES[code];
  const act = failsExecution ? `  An operator must act: ${runbookAnchor(code)}` : undefined;
  const sentences = [`Outcome: ${code} (${kind}${record?.reason ? `, ${record.reason}` : ''})`, `  ${en}`, `  ${ja}`];
  return act === undefined ? sentences : [...sentences, act];
}
