import { maskPhone } from '../../../domain/masking.ts';
import type { Sentence } from '../../../domain/outcome-row.ts';
import { describeEnding, type Outcome } from '../../../domain/outcomes.ts';
import type { Agent } from '../connect/agents.ts';
import type { Execution } from '../state-machine.ts';
import { endingInWords } from '../voicemail-words.ts';
import type { EndedCall } from './activity.ts';
import type { CallUnderWay, IncomingCall } from './calls-under-way.ts';
import type { CallNow, RequestRow } from './protocol.ts';
import { recordedEnding, requestFacts, requestIdOf } from './request-facts.ts';
import { STATE_WORDS } from './state-words.ts';
import { waitingAt } from './waiting-line.ts';

const INCOMING: Sentence = { ja: 'お客様からお電話をいただきました。', en: 'A customer called in.' };
const NOT_STARTED: Sentence = { ja: 'まもなく始まります。', en: 'About to start.' };

/** Of executions that never came to `RecordOutcome`. */
const UNRECORDED: Readonly<Record<Exclude<Execution['status'], 'RUNNING'>, Sentence>> = {
  SUCCEEDED: describeEnding({ outcome: 'internal_error', reason: 'execution_failed' }).reason,
  FAILED: describeEnding({ outcome: 'internal_error', reason: 'execution_failed' }).reason,
  TIMED_OUT: describeEnding({ outcome: 'internal_error', reason: 'execution_timed_out' }).reason,
  ABORTED: describeEnding({ outcome: 'internal_error', reason: 'execution_aborted' }).reason,
};

/** What is known of a call, beside the execution. */
export interface KnownOfCall {
  call?: CallNow | undefined;
  ended?: EndedCall | undefined;
}

/** One request as a line of the call log, from what its execution went through, and its call after it. */
export function rowOf(execution: Execution, { call, ended }: KnownOfCall = {}): RequestRow {
  const { name, arn, startedAt, endedAt, status, states } = execution;
  const state = states.at(-1)?.name;
  const recorded = recordedEnding(execution);
  // A redelivery has no call: it is the first execution's.
  const isOwn = recorded?.outcome !== 'duplicate';
  const later = isOwn && status !== 'RUNNING' && ended?.executionId === arn ? endingOf(ended) : undefined;
  const ending = later ?? recorded;
  const line = status === 'RUNNING' ? waitingAt(execution) : undefined;
  return {
    execution: name,
    requestId: requestIdOf(execution),
    startedAt: new Date(startedAt).toISOString(),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt).toISOString() }),
    status,
    state: state ?? '',
    ...(line && { line }),
    ...requestFacts(execution),
    ...partsOfEnding(ending, call, wordsOf(status, state)),
    ...(isOwn && callParts(call, later && ended)),
  };
}

/** A call that came in by itself as a line of the log. */
export function incomingRow({ requestId, startedAt }: IncomingCall, { call, ended }: KnownOfCall): RequestRow {
  const ending = ended && endingOf(ended);
  return {
    execution: requestId,
    requestId,
    startedAt,
    status: ending ? 'SUCCEEDED' : 'RUNNING',
    state: '',
    isIncoming: true,
    // Who withholds the number is known by a word, which is nobody's number.
    ...(ended?.phone?.startsWith('+') && { phone: maskPhone(ended.phone) }),
    ...partsOfEnding(ending, call, INCOMING),
    ...callParts(call, ending && ended),
  };
}

/** What a row says of how it ended. @param before what it says until then */
function partsOfEnding(
  ending: { outcome: Outcome; reason: string } | undefined,
  call: CallNow | undefined,
  before: Sentence,
): Pick<RequestRow, 'outcome' | 'class' | 'reason' | 'words' | 'voicemail'> {
  const voicemail = call?.voicemail && { voicemail: true as const };
  if (!ending) return { words: before, ...voicemail };
  const { class: kind, outcome } = endingInWords(ending, call?.voicemail);
  return { ...ending, class: kind, words: outcome, ...voicemail };
}

/** A call whose end is known goes by what its record says; until then, by what it is at. */
function callParts(call: CallNow | undefined, ended: EndedCall | undefined): Partial<RequestRow> {
  if (!ended) return call ? { call } : {};
  const { times, agentMissed, calledBackAt, callBackOf } = ended;
  return {
    times,
    ...(agentMissed && { agentMissed: true }),
    ...(calledBackAt !== undefined && { calledBack: true }),
    ...(callBackOf !== undefined && { isCallBack: true }),
  };
}

/** Undefined while the end is not known. */
function endingOf({ outcome, reason }: Pick<EndedCall, 'outcome' | 'reason'>) {
  return outcome === undefined || outcome === 'call_placed' || reason === undefined ? undefined : { outcome, reason };
}

/** A call under way as rows show it. @param agents of the instance */
export function callNow(call: CallUnderWay, agents: readonly Agent[]): CallNow {
  const { state, since, agentId, contactIds, voicemail, over } = call;
  const agent = state === 'with-agent' ? agents.find(({ id }) => id === agentId)?.name : undefined;
  return {
    state,
    since,
    ...(agent !== undefined && { agent }),
    ...(contactIds.length > 1 && { transferred: true }),
    ...(voicemail && { voicemail }),
    ...(over !== undefined && { over }),
  };
}

function wordsOf(status: Execution['status'], state: string | undefined): Sentence {
  if (status !== 'RUNNING') return UNRECORDED[status];
  return (state === undefined ? undefined : STATE_WORDS[state]) ?? NOT_STARTED;
}
