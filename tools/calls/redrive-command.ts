import { parseArgs } from 'node:util';
import { complain, EXIT, print, UsageError } from 'connect-flow-kit/command-line';
import type { Change } from '../../adapters/shared-state/controls.ts';
import { recordOf } from '../../domain/call-record.ts';
import { type ParsedRequest, parseCallRequest } from '../../domain/call-request.ts';
import { maskPhones } from '../../domain/masking.ts';
import { type Ending, OUTCOMES } from '../../domain/outcomes.ts';
import { settingsOf } from '../../domain/stage-settings.ts';
import { dateAndClock, zoneName } from '../../domain/wall-clock.ts';
import { SERVICE } from '../../resources/load-stage.ts';
import type { CallsCommand } from './calls-command.ts';
import { durationInWords } from './clock-words.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { progressOn } from './progress.ts';
import {
  CHANGE_HELP,
  CHANGE_OPTIONS,
  changeOf,
  onTarget,
  printJson,
  TARGET_HELP,
  TARGET_OPTIONS,
  type Target,
} from './target.ts';
import { tableLines, widthOf } from './terminal-table.ts';

/** What can be done with a letter, and how the change history describes it. */
const DEEDS = {
  drop: 'dropped',
  again: 'sent again as it was',
  'call-anyway': 'sent again as if asked for now',
  'record-lost': 'recorded as a request without a call',
} as const;
type Deed = keyof typeof DEEDS;

export const redrive: CallsCommand = {
  summary: 'lists undelivered events; sends one again, records or drops it',
  help: `Lists the dead letters of the stage: events that could not be handed on, or that a function failed on for good. Each is
named by the start of its message id, which does not change when others go. No telephone number is shown.

  npm run calls -- redrive [--json]
  npm run calls -- redrive --again LETTER --why "…"

  --again X        send the event again as it was, through every check; a request that has become too old is refused
  --call-anyway X  the same for a request that is too old, as if it were made now: is the customer still waiting?
  --record-lost X  write a call record, stale: too_old, so that the log shows that nobody was called, then delete the letter
  --drop X         delete the letter
  --json           print one JSON document
${CHANGE_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...TARGET_OPTIONS,
        ...CHANGE_OPTIONS,
        again: { type: 'string' },
        'call-anyway': { type: 'string' },
        'record-lost': { type: 'string' },
        drop: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const asked = (Object.keys(DEEDS) as Deed[]).flatMap((deed) => {
      const letter = values[deed];
      return letter === undefined ? [] : [{ deed, letter: letter.trim().toLowerCase() }];
    });
    const [one, ...more] = asked;
    if (more.length > 0) throw new UsageError('one thing at a time: name one letter with one option');
    if (one?.letter === '') throw new UsageError(`--${one.deed} is empty: name a letter, such as 3f9a21c0`);
    const change = one && changeOf(values);

    return onTarget(values, async (target) => {
      const queue = await target.deadLetters();
      const progress = progressOn();
      try {
        return await queue.whileReading(
          async (letters) => {
            progress.done();
            if (!one || !change) return list(letters, target, values.json);
            const [letter, ...others] = letters.filter(({ id }) => id.startsWith(one.letter));
            if (!letter || others.length > 0) {
              complain(
                letter
                  ? `several letters begin with ${one.letter}: give more characters`
                  : `there is no dead letter ${one.letter} in ${target.name}`,
              );
              return EXIT.problems;
            }
            return act(one.deed, letter, { target, queue, change });
          },
          (count) => progress.at(`${count} letters read`),
        );
      } finally {
        progress.done();
        queue.close();
      }
    });
  },
};

const shortId = ({ id }: DeadLetter): string => id.slice(0, 8);

function list(letters: readonly DeadLetter[], { name, timeZone }: Target, json: boolean): number {
  if (json) {
    printJson(letters.map(({ belongsTo, ...letter }) => ({ ...letter, kind: belongsTo.kind })));
    return EXIT.fine;
  }
  if (letters.length === 0) {
    print(`There is no dead letter in ${name}.\n`);
    return EXIT.fine;
  }
  const table = tableLines(
    [
      { head: 'letter', cells: letters.map(shortId) },
      { head: 'given up', cells: letters.map(({ sentAt }) => dateAndClock(sentAt, timeZone)) },
      { head: 'what', cells: letters.map(({ what }) => what), least: 12 },
      { head: 'request id', cells: letters.map(({ about = '' }) => about), spare: true },
      { head: 'why', cells: letters.map(({ why }) => why), least: 12 },
    ],
    widthOf(process.stdout),
  );
  print(`${[`Dead letters of ${name} (${zoneName(timeZone)})`, '', ...table].join('\n')}\n`);
  return EXIT.fine;
}

interface Acting {
  target: Target;
  queue: DeadLetterQueue;
  change: Change;
}

/** Does it, records it and deletes the letter from the queue; or says why not. */
async function act(deed: Deed, letter: DeadLetter, { target, queue, change }: Acting): Promise<number> {
  const problem = deed === 'drop' ? undefined : await carryOut(deed, letter, { target, queue });
  if (problem !== undefined) {
    complain(`${shortId(letter)}: ${problem}. The letter stays where it is`);
    return EXIT.problems;
  }
  const about = letter.about === undefined ? '' : ` ${letter.about}`;
  await target.controls.note(`dead letter ${shortId(letter)} ${DEEDS[deed]}: ${letter.what}${about}`, change);
  await queue.delete(letter);
  print(`${shortId(letter)}, ${letter.what}${about}: ${DEEDS[deed]}, by ${change.by}: ${change.why}\n`);
  return EXIT.fine;
}

/** @returns why it cannot be done, as a sentence without a full stop */
async function carryOut(
  deed: Exclude<Deed, 'drop'>,
  letter: DeadLetter,
  { target, queue }: Omit<Acting, 'change'>,
): Promise<string | undefined> {
  const { belongsTo } = letter;
  if (belongsTo.kind === 'unknown') return 'it is not an event of this project: read it in the queue, then --drop it';
  if (belongsTo.kind === 'function') {
    const { functionName, payload } = belongsTo;
    if (deed !== 'again') return `it is not a call request: --again sends it to ${functionName}`;
    if (!functionName.startsWith(`${SERVICE}-${target.stageName}-`)) {
      return `it belongs to ${functionName}, which is not a function of this stage`;
    }
    return whyRefused(() => queue.invoke(functionName, payload));
  }
  const { event } = belongsTo;
  const running = await target.runningSettings();
  const settings = await target.withIds(running ?? settingsOf(target.stage.file, target.stageName === 'local'));
  const request = (now: Date) => parseCallRequest(event, settings, now, () => letter.id);
  if (deed === 'record-lost') return recordLost(request(askedAt(event, letter)), letter, target);
  const now = new Date();
  const { request: identity, ...parsed } = request(now);
  const isStale = parsed.decision === 'end' && parsed.ending.outcome === 'stale';
  const age = durationInWords(now.getTime() - Date.parse(identity.requestedAt));
  if (deed === 'again' && isStale) {
    return `it was asked for ${age} ago, and the stage calls within ${durationInWords(settings.request.maxAgeSeconds * 1000)}: --call-anyway still calls, --record-lost records that nobody was called`;
  }
  if (deed === 'call-anyway' && !isStale) return 'it is not too old: --again sends it as it was';
  return whyRefused(() => queue.start(deed === 'again' ? event : { ...event, time: now.toISOString() }));
}

/** The event's own time, so that nothing counts as too old. */
function askedAt({ time }: Record<string, unknown>, { sentAt }: DeadLetter): Date {
  const at = new Date(typeof time === 'string' ? time : sentAt);
  return Number.isNaN(at.getTime()) ? new Date(sentAt) : at;
}

/** A request that could have been called is recorded as too old, any other with the ending it would have had. */
async function recordLost(
  { request, ...parsed }: ParsedRequest,
  { id, sentAt }: DeadLetter,
  { calls, stage }: Target,
): Promise<string | undefined> {
  const ending: Ending = parsed.decision === 'end' ? parsed.ending : { outcome: 'stale', reason: 'too_old' };
  const record = recordOf({ ...request, receivedAt: sentAt }, `dead-letter:${id}`, stage.file.recordRetentionDays);
  const written = await calls.end({
    ...record,
    ...ending,
    class: OUTCOMES[ending.outcome].class,
    endedAt: new Date().toISOString(),
  });
  return written ? undefined : `its request has a record already: npm run calls -- show ${request.requestId}`;
}

/** Errors with which a service refuses an event for good. */
const REFUSALS = [
  'ValidationException',
  'InvalidExecutionInput',
  'StateMachineDoesNotExist',
  'ResourceNotFoundException',
];

async function whyRefused(send: () => Promise<void>): Promise<string | undefined> {
  try {
    await send();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !REFUSALS.includes(error.name)) throw error;
    return `it was refused again (${error.name}: ${maskPhones(error.message)}`.replace(/\.?$/, ')');
  }
}
