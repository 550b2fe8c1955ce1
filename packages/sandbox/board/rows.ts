import type { Sentence } from '../../../domain/outcome-row.ts';
import { describeEnding, OUTCOMES } from '../../../domain/outcomes.ts';
import type { Execution } from '../state-machine.ts';
import type { CallOfRequest } from './activity.ts';
import type { RequestRow } from './protocol.ts';
import { recordedEnding, requestFacts, requestIdOf } from './request-facts.ts';
import { STATE_WORDS } from './state-words.ts';

const NOT_STARTED: Sentence = { ja: 'まもなく始まります。', en: 'About to start.' };

/** Of executions that never came to `RecordOutcome`. */
const UNRECORDED: Readonly<Record<Exclude<Execution['status'], 'RUNNING'>, Sentence>> = {
  SUCCEEDED: describeEnding({ outcome: 'internal_error', reason: 'execution_failed' }).reason,
  FAILED: describeEnding({ outcome: 'internal_error', reason: 'execution_failed' }).reason,
  TIMED_OUT: describeEnding({ outcome: 'internal_error', reason: 'execution_timed_out' }).reason,
  ABORTED: describeEnding({ outcome: 'internal_error', reason: 'execution_aborted' }).reason,
};

/** One request as a line of the call log, from what its execution went through. */
export function rowOf(execution: Execution, call: CallOfRequest | undefined): RequestRow {
  const { name, startedAt, endedAt, status, states } = execution;
  const state = states.at(-1)?.name;
  const ending = recordedEnding(execution);
  // A redelivery has no call: it is the first execution's.
  const own = ending?.outcome === 'duplicate' ? undefined : call;
  return {
    execution: name,
    requestId: requestIdOf(execution),
    startedAt: new Date(startedAt).toISOString(),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt).toISOString() }),
    status,
    state: state ?? '',
    ...requestFacts(execution),
    ...(ending && { outcome: ending.outcome, class: OUTCOMES[ending.outcome].class, reason: ending.reason }),
    words: ending ? describeEnding(ending).outcome : wordsOf(status, state),
    ...(own && { contactState: own.state }),
  };
}

function wordsOf(status: Execution['status'], state: string | undefined): Sentence {
  if (status !== 'RUNNING') return UNRECORDED[status];
  return (state === undefined ? undefined : STATE_WORDS[state]) ?? NOT_STARTED;
}
