import type { CallRecord } from '../domain/call-record.ts';
import { maskPhones } from '../domain/masking.ts';
import { OUTCOMES, runbookAnchor } from '../domain/outcomes.ts';
import type { Fault, FaultHit } from '../packages/sandbox/connect/connect-faults.ts';
import type { TranscriptLine } from '../packages/sandbox/connect/contact.ts';
import { decisionOf } from '../packages/sandbox/decision-words.ts';
import { faultsOfVisit } from '../packages/sandbox/faults-of-visits.ts';
import type { Execution } from '../packages/sandbox/state-machine.ts';

/** What became of one request, as `npm run call --json` prints it. */
export interface CallReport {
  requestId: string | null;
  outcome: string | null;
  states: { name: string; enteredAt: string; exitedAt: string | null; decision: string; errors: string[] }[];
  /** The call record, its number masked; null if none was written. */
  record: CallRecord | null;
  contact: { contactId: string; transcript: TranscriptLine[] } | null;
  /** The injected faults: which requests of this one they hit, and what is left of them. */
  faults: { hit: { kind: string; operation: string; attempt: number | null; at: string }[]; left: Fault[] };
}

/** What was injected, for all requests. */
interface Injected {
  hits: readonly FaultHit[];
  left: Fault[];
}

export function callReport(
  execution: Execution,
  record: CallRecord | undefined,
  transcript: TranscriptLine[] | undefined,
  { hits, left }: Injected = { hits: [], left: [] },
): CallReport {
  const ended = execution.states.find(({ name }) => name === 'RecordOutcome')?.output as
    | { requestId: string; outcome: string }
    | undefined;
  const requestId = ended?.requestId ?? record?.requestId ?? null;
  const hit = execution.states.flatMap((visit) => faultsOfVisit(visit, requestId, hits));
  return {
    requestId,
    outcome: ended?.outcome ?? record?.outcome ?? null,
    states: execution.states.map((visit) => ({
      name: visit.name,
      enteredAt: new Date(visit.enteredAt).toISOString(),
      exitedAt: visit.exitedAt === undefined ? null : new Date(visit.exitedAt).toISOString(),
      decision: decisionOf(visit).en,
      errors: visit.errors,
    })),
    record: record ?? null,
    contact: record?.contactId && transcript ? { contactId: record.contactId, transcript } : null,
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

/** The report for a person. Durations count from the start of the execution. */
export function renderReport(report: CallReport, startedAt: number, speed: number): string {
  const since = (iso: string) => `${((Date.parse(iso) - startedAt) / 1000).toFixed(3).padStart(7)} s`;
  const lines = [`Request ${report.requestId ?? '(none)'}`, ''];
  for (const { at, what, text } of timeline(report)) lines.push(`  ${since(at)}  ${what.padEnd(16)} ${text}`);
  for (const { kind, operation, times } of report.faults.left) {
    lines.push(`${' '.repeat(13)}${'fault'.padEnd(16)} ${kind} at ${operation}: ${times} left, which hit nothing`);
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

/** What was decided, and the faults in between. */
function timeline({ states, faults }: CallReport): { at: string; what: string; text: string }[] {
  const decisions = states.flatMap(({ name, enteredAt, decision }) =>
    decision === '' ? [] : [{ at: enteredAt, what: name, text: decision }],
  );
  const hits = faults.hit.map(({ kind, operation, attempt, at }) => ({
    at,
    what: 'fault',
    text: `${kind} hit ${operation}${attempt === null ? '' : `, attempt ${attempt}`}`,
  }));
  // A fault hits after its state was entered; at the same moment it stays behind it.
  return [...decisions, ...hits].sort((a, b) => a.at.localeCompare(b.at));
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
