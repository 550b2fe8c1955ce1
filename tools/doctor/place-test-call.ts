import { randomUUID } from 'node:crypto';
import { complain, print, UsageError } from 'connect-flow-kit/command-line';
import type { CallRecord } from '../../domain/call-record.ts';
import { describeEnding, mayHaveRung } from '../../domain/outcomes.ts';
import { clockOf, zoneName } from '../../domain/wall-clock.ts';
import type { Account } from '../../packages/account/account.ts';
import { whyUnread } from '../../packages/account/account-errors.ts';
import type { CheckedStage, Finding } from '../../packages/account/check.ts';
import { callsCommand } from '../../packages/account/checks/doctor/commands-to-run.ts';
import { agreesToRing, mustBeAskable, phoneToRing } from '../calls/agreed-phone.ts';
import { timelineOf } from '../calls/call-timeline.ts';
import { durationInWords } from '../calls/clock-words.ts';
import { nextSteps } from '../calls/next-steps.ts';
import { progressOn } from '../calls/progress.ts';
import { wrapWords } from '../calls/wrap-words.ts';
import { followTestCall, isOver, startTestCall, TEST_CALL_PERMISSIONS, whyNoTestCall } from './test-call.ts';

const FLAG = '--place-test-call';

/** The result of a test call. */
interface TestCall extends Finding {
  requestId: string;
  outcome?: string;
  reason?: string;
}

interface Asked {
  /** The owner has agreed already. */
  isAgreed: boolean;
  /** Prints events as they happen. */
  isTold: boolean;
  /** Cells of the terminal. */
  width: number;
  pollMs?: number;
}

/**
 * The number to call, E.164. Throws `UsageError` for one that the stage does not call, if the stage cannot make a test call, and
 * if there is no way to ask for consent.
 */
export function phoneOfTestCall(written: string, { name, file }: CheckedStage, isAgreed: boolean): string {
  const why = whyNoTestCall(file);
  if (why !== undefined) throw new UsageError(`${FLAG}: stage ${name} cannot make a test call: ${why}`);
  const phone = phoneToRing(FLAG, written, { request: file.request, isLocal: name === 'local' });
  mustBeAskable(FLAG, isAgreed);
  return phone;
}

/**
 * Asks, calls and follows the call to its end. Ctrl+C stops following, but does not end the call.
 *
 * @returns undefined if nobody agreed
 */
export async function placeTestCall(
  account: Account,
  stage: CheckedStage,
  phone: string,
  { isAgreed, isTold, width, pollMs }: Asked,
): Promise<TestCall | undefined> {
  if (!(isAgreed || (await agreesToRing(question(stage))))) {
    complain('Nobody was called.');
    return undefined;
  }
  const requestId = `test-call-${randomUUID()}`;
  const { timeZone } = stage.file.callingHours;
  const told = new Set<string>();
  const progress = progressOn();
  const tell = (line: string, margin = 0) => {
    progress.done();
    if (isTold) print(`${wrapWords(line, width, margin)}\n`);
  };
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt);
  try {
    tell(
      `Test call, request ${requestId} (times in ${zoneName(timeZone)}). Ctrl+C stops watching; it does not end the call.`,
    );
    await startTestCall(account, stage, { requestId, phone });
    const record = await followTestCall(account, stage, requestId, {
      signal: interrupted.signal,
      ...(pollMs !== undefined && { pollMs }),
      changed(record) {
        for (const { at, text } of timelineOf(record)) {
          if (at === undefined) progress.at(text);
          else if (!told.has(text)) tell(`  ${clockOf(at, timeZone)}  ${text}`, 12);
          told.add(text);
        }
      },
    });
    return resultOf(stage, requestId, record, interrupted.signal.aborted);
  } catch (error) {
    const why = whyUnread(error, TEST_CALL_PERMISSIONS, account.region, stage.name);
    if (why === undefined) throw error;
    const later = `To see whether a call was requested anyway: ${callsCommand(stage, `show ${requestId}`)}.`;
    return { requestId, state: 'unchecked', seen: why.seen, nextStep: `${why.nextStep} ${later}` };
  } finally {
    process.removeListener('SIGINT', interrupt);
    progress.done();
  }
}

/** The question to the owner of the phone. */
function question({ name, file: { retryUnanswered, whenClosed } }: CheckedStage): string {
  const again =
    retryUnanswered.times > 0
      ? ` If nobody answers, the stage calls again after ${durationInWords(retryUnanswered.afterSeconds * 1_000)}.`
      : '';
  const later = whenClosed.do === 'wait' ? ' While it is closed, the stage calls once it opens.' : '';
  return `Stage ${name} will call this phone, as if a visitor had asked for it.${again}${later} Is it your own, or does its owner agree?`;
}

function resultOf(
  stage: CheckedStage,
  requestId: string,
  record: CallRecord | undefined,
  isInterrupted: boolean,
): TestCall {
  const show = callsCommand(stage, `show ${requestId}`);
  if (record?.outcome === undefined || !isOver(record)) {
    const seen = isInterrupted
      ? 'you stopped watching'
      : record
        ? 'its end was not reported'
        : 'no call record was written';
    const nextStep = [
      ...(record ? [] : ['Look at the latest execution of the state machine in Step Functions.']),
      `To see the result: ${show}.`,
      ...(record && record.status !== 'claimed'
        ? []
        : [`While it waits, ${callsCommand(stage, `cancel ${requestId}`)} cancels it.`]),
    ].join(' ');
    return { requestId, state: record || isInterrupted ? 'unchecked' : 'problem', seen, nextStep };
  }
  const { outcome, reason = '' } = record;
  const { en } = describeEnding({ outcome, reason }).reason;
  const { limits, connect, callingHours } = stage.file;
  const surroundings = {
    limits,
    pressToConnect: connect.pressToConnect,
    timeZone: callingHours.timeZone,
    now: new Date(),
  };
  return {
    requestId,
    outcome,
    reason,
    state: mayHaveRung(outcome) && record.class !== 'failed' ? 'fine' : 'problem',
    seen: `${outcome}: ${en}`,
    nextStep: nextSteps(record, surroundings).join(' '),
  };
}

/** The result of a test call, for people. */
export function testCallText({ state, seen, nextStep }: TestCall, width: number): string {
  const word = { fine: 'The phone was called', problem: 'PROBLEM', unchecked: 'Could not be followed to its end' }[
    state
  ];
  return [`${word}: ${seen}`, ...(nextStep === undefined ? [] : [`→ ${nextStep}`])]
    .map((line) => `${wrapWords(line, width, 2)}\n`)
    .join('');
}
