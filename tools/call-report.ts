import type { CallRecord } from '../domain/call-record.ts';
import { maskPhones } from '../domain/masking.ts';
import { OUTCOMES, runbookAnchor } from '../domain/outcomes.ts';
import type { TranscriptLine } from '../packages/sandbox/connect/contact.ts';
import { decisionOf } from '../packages/sandbox/decision-words.ts';
import type { Execution } from '../packages/sandbox/state-machine.ts';

/** What became of one request, as `npm run call --json` prints it. */
export interface CallReport {
  requestId: string | null;
  outcome: string | null;
  states: { name: string; enteredAt: string; exitedAt: string | null; decision: string; errors: string[] }[];
  /** The call record, its number masked; null if none was written. */
  record: CallRecord | null;
  contact: { contactId: string; transcript: TranscriptLine[] } | null;
}

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
      decision: decisionOf(visit).en,
      errors: visit.errors,
    })),
    record: record ?? null,
    contact: record?.contactId && transcript ? { contactId: record.contactId, transcript } : null,
  };
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
