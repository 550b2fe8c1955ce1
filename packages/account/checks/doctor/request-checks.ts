import type { ExecutionListItem } from '@aws-sdk/client-sfn';
import { dynamoDocuments } from '../../../../adapters/dynamodb.ts';
import { dynamoControls } from '../../../../adapters/shared-state/controls.ts';
import type { CallRecord } from '../../../../domain/call-record.ts';
import { OUTCOMES, type Outcome } from '../../../../domain/outcomes.ts';
import { UNUSABLE, UNUSABLE_REASONS } from '../../../../domain/visitors-fault.ts';
import { dateOf, momentIn } from '../../../../domain/wall-clock.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { executionsOf, latestCalls } from '../../stage-answers.ts';
import { callsCommand, deployAgain } from './commands-to-run.ts';

const LOG = ['dynamodb:Query', 'dynamodb:BatchGetItem'];
/** How many executions are examined. */
const LATEST = 20;
const DAY_MS = 24 * 3_600_000;
/** This many refusals, and this share of the requests, are no coincidence: every visitor is refused. */
const MANY = 5;
const MOST = 0.8;
/** If the action broke recently, its failures are a minority of the day: the newest requests show it. */
const NEWEST = 10;

/** Results of the latest requests. */
export const REQUEST_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'calling-on',
    title: 'Nobody has stopped calling',
    problem: 'Calling is stopped',
    permissions: ['dynamodb:GetItem'],
    async ask(account, stage) {
      const { GUARDS_TABLE = '' } = stage.environment;
      const { stopped, changes } = await dynamoControls(GUARDS_TABLE, dynamoDocuments(account.dynamodb)).read();
      if (!stopped) return { state: 'fine', seen: 'calling is on' };
      const { at, by, why } = changes.stopped ?? {};
      return {
        state: 'problem',
        seen: at === undefined ? 'it is unknown since when' : `since ${moment(at, stage)} by ${by}: ${why}`,
        nextStep: `If the reason no longer applies: ${callsCommand(stage, 'resume')} --why "…"`,
      };
    },
  },
  {
    id: 'executions',
    title: 'Requests start executions',
    problem: 'Requests do not run to their end',
    permissions: ['states:ListExecutions', 'lambda:GetFunctionConfiguration'],
    async ask(account, stage) {
      const executions = (await executionsIfAny(account, stage))?.slice(0, LATEST);
      if (!executions) {
        return { state: 'problem', seen: 'there is no state machine', nextStep: deployAgain(stage) };
      }
      const [latest] = executions;
      if (!latest) {
        return {
          state: 'unchecked',
          seen: 'there has been no execution yet',
          nextStep: 'Submit the pop-up as a test user, and run this again.',
        };
      }
      const bad = executions.filter(({ status = '' }) => ['TIMED_OUT', 'ABORTED'].includes(status));
      const seen = `the last began on ${latest.startDate ? moment(latest.startDate.toISOString(), stage) : 'an unknown day'} (${latest.status})`;
      return bad.length === 0
        ? { state: 'fine', seen }
        : {
            state: 'problem',
            seen: `${seen}; of the last ${executions.length}, ${bad.length} timed out or ${bad.length === 1 ? 'was' : 'were'} aborted`,
            nextStep: `${callsCommand(stage, 'list')} shows the results of their requests; docs/runbook.md says what to do about the alarm executions-timed-out.`,
          };
    },
  },
  {
    id: 'refusals',
    title: 'Visitors are not being refused one after another',
    problem: 'Visitors are being refused one after another',
    permissions: LOG,
    async ask(account, stage) {
      const ended = (await latestCalls(account, stage)).filter(
        ({ receivedAt, outcome }) => outcome !== undefined && Date.parse(receivedAt) > Date.now() - DAY_MS,
      );
      if (ended.length === 0)
        return { state: 'unchecked', seen: 'no request ended in the last 24 hours', nextStep: TRY };
      const day = commonestRefusal(ended);
      // A few visitors in a row may mistype or ask twice, so among the newest requests only faults that no visitor can cause count.
      const newest = [NEWEST, MANY]
        .map((count) => commonestRefusal(ended.slice(0, count)))
        .find((refusal) => refusal && isUnusable(refusal.one));
      const found = day ?? newest;
      if (found) {
        const { refused, of, one } = found;
        const among = day
          ? `${counted(of, 'request')} in the last 24 hours`
          : `the newest ${counted(of, 'request')} (${ended.length} in the last 24 hours)`;
        return {
          state: 'problem',
          seen: `${refused} of ${among}: ${inWords(one)}`,
          nextStep: `Check what the action in KARTE sends, and follow ${runbook(one)}.`,
        };
      }
      const count = ended.filter((record) => record.class === 'refused').length;
      return { state: 'fine', seen: `${count} of ${counted(ended.length, 'request')} refused in the last 24 hours` };
    },
  },
  {
    id: 'last-failure',
    title: 'The latest request did not fail',
    problem: 'The latest request failed',
    permissions: LOG,
    async ask(account, stage) {
      const ended = (await latestCalls(account, stage)).filter(({ outcome }) => outcome !== undefined);
      if (ended.length === 0) return { state: 'unchecked', seen: 'no request ended in the last month', nextStep: TRY };
      const index = ended.findIndex((record) => record.class === 'failed');
      const failed = ended[index];
      if (!failed) return { state: 'fine', seen: `none of ${counted(ended.length, 'request')} failed` };
      const day = dateOf(failed.receivedAt, stage.file.callingHours.timeZone);
      const later = ended.slice(0, index).filter(({ placedAt }) => placedAt !== undefined).length;
      return later > 0
        ? {
            state: 'fine',
            seen: `${counted(later, 'call')} went out since the last failure, ${failed.outcome} on ${day}`,
          }
        : {
            state: 'problem',
            seen: `${inWords(failed)}, on ${day}; no call went out since`,
            nextStep: `Follow ${runbook(failed)}.`,
          };
    },
  },
];

const TRY = 'Submit the pop-up as a test user, and run this again.';

/**
 * The reason for which nearly all of these requests were refused; undefined if there is no single one.
 *
 * @param ended requests that have ended
 */
function commonestRefusal(ended: readonly CallRecord[]): { refused: number; of: number; one: CallRecord } | undefined {
  const refused = Map.groupBy(
    ended.filter((record) => record.class === 'refused'),
    ({ outcome, reason }) => `${outcome}/${reason}`,
  );
  const [worst = []] = [...refused.values()].toSorted((a, b) => b.length - a.length);
  const [one] = worst;
  if (!one || worst.length < MANY || worst.length < ended.length * MOST) return undefined;
  return { refused: worst.length, of: ended.length, one };
}

/** The action in KARTE, or the signer, sent something invalid, which no visitor can cause. */
const isUnusable = ({ outcome, reason }: CallRecord): boolean =>
  UNUSABLE.some((one) => one === outcome) || UNUSABLE_REASONS.some(([one, its]) => one === outcome && its === reason);

/** @example 'limit_reached (per_minute): …' */
function inWords({ outcome = 'lost', reason }: CallRecord): string {
  const { en, reasons } = OUTCOMES[outcome];
  const own = reason === undefined ? undefined : (reasons as Record<string, { en: string }>)[reason]?.en;
  const sentence = (own ?? en).replace(/\.$/, '');
  return `${outcome}${reason === undefined ? '' : ` (${reason})`}: ${sentence}`;
}

const runbook = ({ outcome = 'lost' }: { outcome?: Outcome }): string => `docs/runbook.md#${outcome}`;

/** Undefined if there is no state machine. */
const executionsIfAny = (account: Account, stage: CheckedStage): Promise<ExecutionListItem[] | undefined> =>
  executionsOf(account, stage).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'StateMachineDoesNotExist') return undefined;
    throw error;
  });

/** @example '2026-11-22 12:00:00 JST' */
const moment = (iso: string, stage: CheckedStage): string => momentIn(iso, stage.file.callingHours.timeZone);
