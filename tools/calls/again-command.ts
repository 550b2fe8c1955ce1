import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { complain, EXIT, print } from 'connect-flow-kit/command-line';
import type { Change } from '../../adapters/shared-state/controls.ts';
import type { StateMachine } from '../../adapters/step-functions.ts';
import { type CallRecord, maskRecord } from '../../domain/call-record.ts';
import { describeEnding, mayHaveRung, type Outcome } from '../../domain/outcomes.ts';
import { settingsOf } from '../../domain/stage-settings.ts';
import { dateAndClock, momentIn } from '../../domain/wall-clock.ts';
import { agreesToRing, mustBeAskable } from './agreed-phone.ts';
import { askedRecord, findAsked, recordInWords } from './asked-record.ts';
import type { CallsCommand } from './calls-command.ts';
import {
  CHANGE_HELP,
  CHANGE_OPTIONS,
  changed,
  changeOf,
  onTarget,
  printJson,
  TARGET_HELP,
  TARGET_OPTIONS,
  type Target,
} from './target.ts';
import { eventAgain, readAgain, whyNeverAgain } from './why-not-again.ts';

export const again: CallsCommand = {
  summary: 'repeats a request that ended without a call, while its customer is still waiting',
  help: `Does one request again for which no phone rang: the event that KARTE sent, as a new request that is made now and goes through
every check once more. The customer's phone rings, so it asks first.

  npm run calls -- again 4829-1532              shows whom it would call, and how the request ended
  npm run calls -- again 4829-1532 --why "…"    does it again
  npm run calls -- again <request id> --why "…"

A request is refused if its phone may have rung already, if it is under way or was repeated before, or if its number is held,
blocked or has been called since; the message says what to do instead.

  --yes          do not ask before calling
  --json         print one JSON document
${CHANGE_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...TARGET_OPTIONS,
        ...CHANGE_OPTIONS,
        yes: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const asked = askedRecord(positionals, 'again');
    const change = values.why === undefined ? undefined : changeOf(values);
    if (change) mustBeAskable('again', values.yes);

    return onTarget(values, async (target) => {
      const found = await findAsked(asked, target, { whole: false, hint: '' });
      if ('problem' in found) {
        complain(found.problem);
        return EXIT.problems;
      }
      const { record } = found;
      const words = `${recordInWords(record, target)}\n${endInWords(record, target)}`;
      if (!values.json) print(`${words}\n`);
      const now = new Date();
      const never = whyNeverAgain(record, now);
      if (never !== undefined) return refuse(never);
      return target.withStateMachineOf(record.executionId, async (machine) => {
        const requestId = randomUUID();
        const wanted = await whatToStart(record, { target, machine, requestId, now });
        if ('problem' in wanted) return refuse(wanted.problem);
        // Except with --json, the request is printed above already.
        const question = `${values.json ? `${words}\n` : ''}Call this customer now?`;
        if (change && !(values.yes || (await agreesToRing(question)))) {
          return refuse('nobody agreed');
        }
        if (change) {
          const problem = await start(record, wanted.event, { target, machine, requestId, change });
          if (problem !== undefined) return refuse(problem);
        }
        if (values.json) printJson({ ...asJson(record), again: change ? requestId : null });
        else print(change ? startedInWords(requestId, change, target) : NOTHING_STARTED);
        return EXIT.fine;
      });
    });
  },
};

const NOTHING_STARTED = 'Nothing was started. To call this customer, add --why "…".\n';

function refuse(problem: string): number {
  complain(`nobody was called: ${problem}`);
  return EXIT.problems;
}

interface Doing {
  target: Target;
  machine: StateMachine;
  requestId: string;
}

/** The event of the new request, or why the customer must not be called now. */
async function whatToStart(
  record: CallRecord,
  { target, machine, requestId, now }: Doing & { now: Date },
): Promise<{ event: Record<string, unknown> } | { problem: string }> {
  const { timeZone, controls } = target;
  const { stopped, changes } = await controls.read();
  if (stopped) {
    const since = changes.stopped ? `, since ${changed(changes.stopped, timeZone)}` : '';
    return { problem: `calling is stopped${since}. npm run calls -- resume ends that` };
  }
  const event = eventAgain(await machine.inputOf(record.executionId), requestId, now);
  if (!event) return { problem: 'Step Functions no longer has its event: the customer may ask again' };
  const settings = (await target.runningSettings()) ?? settingsOf(target.stage.file, target.stageName === 'local');
  const read = readAgain(event, await target.withIds(settings), now);
  if ('problem' in read) return read;
  const problem = await whyNotThisNumber(read.phone, record, target, now);
  return problem === undefined ? { event } : { problem };
}

/** Why a number must not be called now. The path repeats these checks, except for calls made since. */
async function whyNotThisNumber(
  phone: string,
  record: CallRecord,
  { controls, log, phones, timeZone }: Target,
  now: Date,
): Promise<string | undefined> {
  const blocked = await controls.blocked(phone);
  if (blocked === 'opted_out')
    return 'the customer asked not to be called: npm run calls -- unblock, once they ask for it themselves';
  if (blocked) return 'the number is blocked: npm run calls -- block shows by whom and why, unblock removes it';
  const holder = await phones.holder(phone, now);
  if (holder?.coolingDown) {
    return `a call to this number has just ended: it is not called again until ${momentIn(holder.until.toISOString(), timeZone)}`;
  }
  if (holder) return `another request for this number is under way: npm run calls -- show ${holder.requestId}`;
  for await (const { records } of log.pages(new Date(record.receivedAt))) {
    const since = records.find(
      (other) =>
        other.phone === phone && other.requestId !== record.requestId && hadCall(other) && wasLater(other, record),
    );
    if (since) return `this number has had a call since: npm run calls -- show ${since.requestId}`;
  }
  return undefined;
}

const hadCall = ({ kind, outcome }: CallRecord): boolean =>
  kind !== undefined || (outcome !== undefined && mayHaveRung(outcome));

const wasLater = (one: CallRecord, other: CallRecord): boolean => one.receivedAt >= other.receivedAt;

/**
 * Starts the new request and records who did. The execution's name is derived from the old request, so that only one of two
 * people who repeat it calls: Step Functions refuses the name with different input for 90 days, running or not.
 *
 * @returns why it was not started
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
async function start(
  record: CallRecord,
  event: Record<string, unknown>,
  { target, machine, requestId, change }: Doing & { change: Change },
): Promise<string | undefined> {
  // Imported lazily, as it loads an AWS client.
  const { executionName } = await import('../../adapters/step-functions.ts');
  const name = `again_${executionName(record.requestId)}`;
  if (!(await machine.start(name, event))) {
    const earlier = await machine.inputOf(record.executionId.replace(/[^:]+$/, name));
    const id = (earlier as { id?: unknown } | undefined)?.id;
    // An earlier attempt of this command started it, and its response was lost.
    if (id !== requestId) return `it was repeated already: npm run calls -- show ${id ?? record.trackId ?? ''}`.trim();
  }
  await target.controls.note(`again ${record.requestId}: as ${requestId}`, change);
  return undefined;
}

const ofStage = ({ stageName }: Target): string => (stageName === 'local' ? '' : ` --stage ${stageName}`);

const startedInWords = (requestId: string, { by, why }: Change, target: Target): string =>
  `Repeated by ${by}: ${why}\nIt is now request ${requestId}: follow it with npm run calls -- show ${requestId}${ofStage(target)}\n`;

function endInWords({ outcome, reason = '', endedAt }: CallRecord, { timeZone }: Target): string {
  if (outcome === undefined) return 'It has not ended yet.';
  const at = endedAt === undefined ? '' : ` on ${dateAndClock(endedAt, timeZone)}`;
  const { outcome: what, reason: because } = describeEnding({ outcome, reason });
  return `It ended${at} as ${outcome}: ${reason}. ${what.en} ${because.en}`;
}

function asJson(record: CallRecord): { requestId: string; phone?: string; outcome?: Outcome; reason?: string } {
  const { requestId, phone, outcome, reason } = maskRecord(record);
  return {
    requestId,
    ...(phone !== undefined && { phone }),
    ...(outcome !== undefined && { outcome }),
    ...(reason !== undefined && { reason }),
  };
}
