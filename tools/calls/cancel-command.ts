import { parseArgs } from 'node:util';
import { complain, EXIT, print } from 'connect-flow-kit/command-line';
import type { Change } from '../../adapters/shared-state/controls.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { type Ending, mayHaveRung, OUTCOMES } from '../../domain/outcomes.ts';
import { askedRecord, findAsked, recordInWords } from './asked-record.ts';
import type { CallsCommand } from './calls-command.ts';
import { CHANGE_HELP, CHANGE_OPTIONS, changeOf, onTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from './target.ts';

const ENDING = { outcome: 'cancelled', reason: 'by_staff' } as const satisfies Ending;

export const cancel: CallsCommand = {
  summary: 'cancels an appointment or a waiting request, before its call goes out',
  help: `Cancels an appointment, or another request whose call has not gone out yet. Its place in the slot is free again.

  npm run calls -- cancel 4829-1532              shows what would be cancelled
  npm run calls -- cancel 4829-1532 --why "…"    cancels it
  npm run calls -- cancel <request id> --why "…"

Once Amazon Connect has been asked to place the call, it can no longer be cancelled; the command says so.

${CHANGE_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...TARGET_OPTIONS, ...CHANGE_OPTIONS },
    });
    const asked = askedRecord(positionals, 'cancel');
    const change = values.why === undefined ? undefined : changeOf(values);
    return onTarget(values, async (target) => {
      const found = await findWaiting(asked, target);
      if ('problem' in found) {
        complain(found.problem);
        return EXIT.problems;
      }
      print(`${recordInWords(found.record, target)}\n`);
      if (change) return cancelRecord(found.record, change, target);
      print('Nothing was cancelled. To cancel it, add --why "…".\n');
      return EXIT.fine;
    });
  },
};

/** The waiting request referred to, or why there is none. */
async function findWaiting(
  asked: ReturnType<typeof askedRecord>,
  target: Target,
): Promise<{ record: CallRecord } | { problem: string }> {
  if ('inquiryNumber' in asked) {
    const waiting = await target.log.waitingWithInquiryNumber(asked.inquiryNumber);
    const [record, ...others] = waiting;
    if (record && others.length === 0) return { record };
    if (record) {
      const lines = waiting.map((one) => `  ${recordInWords(one, target)}`);
      return {
        problem: `several requests with this inquiry number are waiting: give the id of one\n${lines.join('\n')}`,
      };
    }
  }
  const found = await findAsked(asked, target, { whole: false, hint: '' });
  if ('problem' in found) return found;
  const why = whyTooLate(found.record);
  return why === undefined ? found : { problem: `${recordInWords(found.record, target)}\n${why}` };
}

/** Why there is nothing left to cancel; undefined if there is. */
function whyTooLate({ status, outcome, reason, kind }: CallRecord): string | undefined {
  if (kind !== undefined) return 'it is not a request: a customer or an agent dialled';
  if (outcome === 'cancelled') return 'it has been cancelled already';
  if (outcome !== undefined && mayHaveRung(outcome)) return `its call has gone out already: ${outcome}: ${reason}`;
  if (outcome !== undefined) return `it is over: ${outcome}: ${reason}`;
  return status === 'calling' ? 'its call is going out right now: it is too late' : undefined;
}

/** Ends the record first: from then on the execution calls nobody, whatever else it does. */
async function cancelRecord(record: CallRecord, change: Change, target: Target): Promise<number> {
  const { requestId, executionId, callAt, phone, queueId } = record;
  const ended = { requestId, executionId, ...ENDING, class: OUTCOMES.cancelled.class, endedAt: change.at };
  if (!(await target.calls.settle(ended, record))) {
    const now = await target.log.one(requestId);
    complain(`nothing was cancelled: ${(now && whyTooLate(now)) ?? 'the request changed meanwhile: try again'}`);
    return EXIT.problems;
  }
  if (callAt !== undefined && phone !== undefined && queueId !== undefined) {
    await target.appointments.giveBack({ requestId, phone, queueId, at: new Date(callAt) });
  }
  await target.controls.note(`cancel ${requestId}`, change);
  const refused = await target.stopExecution(executionId, `cancelled by ${change.by}: ${change.why}`);
  print(`Cancelled by ${change.by}: ${change.why}\n`);
  if (refused !== undefined) {
    print(`Its execution could not be stopped (${refused}): it will end by itself and call nobody.\n`);
  }
  return EXIT.fine;
}
