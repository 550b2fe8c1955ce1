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
every check once more. The customer's telephone rings, so it asks first.

  npm run calls -- again 4829-1532              shows whom it would call, and how the request ended
  npm run calls -- again 4829-1532 --why "…"    does it again
  npm run calls -- again <request id> --why "…"

Whatever may have rung already, is under way or was done again before is refused, and so is a number that is held, blocked or
called since: it says what to do instead.

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
        // Whom, and after what, stands above already but for --json.
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

const NOTHING_STARTED = 'Nothing was started: repeat it with --why "…" to call this customer.\n';

function refuse(problem: string): number {
  complain(`nobody is called: ${problem}`);
  return EXIT.problems;
}

interface Doing {
  target: Target;
  machine: StateMachine;
  requestId: string;
}

/** The event of the new request, or why the customer is not to be called now. */
async function whatToStart(
  record: CallRecord,
  { target, machine, requestId, now }: Doing & { now: Date },
): Promise<{ event: Record<string, unknown> } | { problem: string }> {
  const { timeZone, controls } = target;
  const { stopped, changes } = await controls.read();
  if (stopped) {
    const since = changes.stopped ? `, since ${changed(changes.stopped, timeZone)}` : '';
    return { problem: `calling is stopped${since}. npm run calls -- resume lets it go on` };
  }
  const event = eventAgain(await machine.inputOf(record.executionId), requestId, now);
  if (!event) return { problem: 'Step Functions does not keep its event any more: the customer may ask again' };
  const settings = (await target.runningSettings()) ?? settingsOf(target.stage.file, target.stageName === 'local');
  const read = readAgain(event, await target.withIds(settings), now);
  if ('problem' in read) return read;
  const problem = await whyNotThisNumber(read.phone, record, target, now);
  return problem === undefined ? { event } : { problem };
}

/** Why a number is left alone now. The path looks at the same once more, but for what was called since. */
async function whyNotThisNumber(
  phone: string,
  record: CallRecord,
  { controls, log, phones, timeZone }: Target,
  now: Date,
): Promise<string | undefined> {
  const blocked = await controls.blocked(phone);
  if (blocked === 'opted_out')
    return 'the customer asked not to be called: npm run calls -- unblock, once they ask for it themselves';
  if (blocked) return 'the number is blocked: npm run calls -- block says who did it and why, unblock takes it off';
  const holder = await phones.holder(phone, now);
  if (holder?.coolingDown) {
    return `a call to this number was over a moment ago: it is left alone until ${momentIn(holder.until.toISOString(), timeZone)}`;
  }
  if (holder) return `another request of this number is under way: npm run calls -- show ${holder.requestId}`;
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
 * Starts the new request and writes down who did. The execution's name follows from the old request, so that of two who do it again
 * one calls: an execution of the same name is refused for 90 days, open or closed, as its input is another one.
 *
 * @returns why it was not started
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
async function start(
  record: CallRecord,
  event: Record<string, unknown>,
  { target, machine, requestId, change }: Doing & { change: Change },
): Promise<string | undefined> {
  // Loaded late, as it loads a client of AWS.
  const { executionName } = await import('../../adapters/step-functions.ts');
  const name = `again_${executionName(record.requestId)}`;
  if (!(await machine.start(name, event))) {
    const earlier = await machine.inputOf(record.executionId.replace(/[^:]+$/, name));
    const id = (earlier as { id?: unknown } | undefined)?.id;
    // An attempt of the same request whose answer was lost has started it.
    if (id !== requestId)
      return `it was done again already: npm run calls -- show ${id ?? record.trackId ?? ''}`.trim();
  }
  await target.controls.note(`again ${record.requestId}: as ${requestId}`, change);
  return undefined;
}

const ofStage = ({ stageName }: Target): string => (stageName === 'local' ? '' : ` --stage ${stageName}`);

const startedInWords = (requestId: string, { by, why }: Change, target: Target): string =>
  `Done again by ${by}: ${why}\nIt is request ${requestId} now: npm run calls -- show ${requestId}${ofStage(target)} says what becomes of it.\n`;

function endInWords({ outcome, reason = '', endedAt }: CallRecord, { timeZone }: Target): string {
  if (outcome === undefined) return 'It has not ended.';
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
