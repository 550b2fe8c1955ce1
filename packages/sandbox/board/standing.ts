import type { CallDurations } from '../../../domain/call-durations.ts';
import type { OutcomeClass } from '../../../domain/outcome-row.ts';
import type { Outcome } from '../../../domain/outcomes.ts';
import type { Execution } from '../state-machine.ts';
import { endingInWords } from '../voicemail-words.ts';
import type { CallUnderWay } from './calls-under-way.ts';
import type { Part } from './protocol.ts';
import { recordedEnding } from './request-facts.ts';

/** Where a request stands now, and what is known of its end. */
export interface Standing {
  part: Part;
  /** On the line, and with an agent: whoever hears a voicemail talks with nobody. */
  withAgent?: true;
  /** `call_placed` until more is known. */
  ending?: { outcome: Outcome; voicemail?: true; times: Partial<Pick<CallDurations, 'toPlaced' | 'waited'>> };
}

interface Known {
  execution: Readonly<Execution>;
  call: CallUnderWay | undefined;
  /** What its record says, once it was read. */
  ended: { executionId: string; outcome?: Outcome; times: CallDurations } | undefined;
}

const PARTS: Readonly<Record<Exclude<OutcomeClass, 'placed'>, Part>> = {
  refused: 'refused',
  reached: 'answered',
  missed: 'notReached',
  unavailable: 'notReached',
  failed: 'notReached',
};

/** Every request is in exactly one part: that of its call while one goes on, else that of its execution. */
export function standingOf({ execution, call, ended }: Known): Standing {
  if (execution.status === 'RUNNING' && !call) return { part: 'waiting' };
  const ofRecord = ended?.executionId === execution.arn ? ended : undefined;
  const outcome = ofRecord?.outcome ?? recordedEnding(execution)?.outcome;
  const voicemail = call?.voicemail && { voicemail: true as const };
  const known = outcome && { ending: { outcome, ...voicemail, times: ofRecord?.times ?? {} } };
  if (call && call.state !== 'ended') return { ...partOfCall(call), ...known };
  if (execution.status === 'RUNNING') return { part: 'waiting' };
  const { class: kind } = endingInWords({ outcome: outcome ?? 'internal_error', reason: '' }, call?.voicemail);
  if (kind !== 'placed') return { part: PARTS[kind], ...known };
  // Over, and its record was not read yet; who answered may have spoken with somebody.
  const isMissed = call?.over !== undefined && call.over !== 'answered';
  return { part: isMissed ? 'notReached' : 'waiting', ...known };
}

function partOfCall({ state, voicemail }: CallUnderWay): Pick<Standing, 'part' | 'withAgent'> {
  if (state === 'ringing') return { part: 'ringing' };
  return { part: 'onTheLine', ...(state === 'with-agent' && !voicemail && { withAgent: true }) };
}
