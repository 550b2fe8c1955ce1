import type { CallRecord } from '../../domain/call-record.ts';
import { type Outcome, runbookAnchor } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { momentIn } from '../../domain/wall-clock.ts';
import { durationInWords } from './clock-words.ts';
import { whyNeverAgain } from './why-not-again.ts';

interface Surroundings {
  /** What counts now: the stage's own limits and those that replace them. */
  limits: Pick<StageSettings['limits'], 'coolDownSeconds' | 'missedPauseSeconds' | 'maxCallSeconds'>;
  /** Do customers press 1 before they reach an agent? */
  pressToConnect: boolean;
  timeZone: string;
  now: Date;
}

/** Nobody had answered: the number is not called again for `missedPauseSeconds` only. */
const UNANSWERED: ReadonlySet<Outcome> = new Set(['not_answered', 'busy', 'failed_to_connect']);

/** What somebody at the stage can do; nothing where the customer alone can. */
const TO_DO: Readonly<Record<Outcome, string | undefined>> = {
  call_placed: undefined,
  completed: undefined,
  abandoned: undefined,
  no_key_pressed: undefined,
  not_answered: undefined,
  busy: undefined,
  failed_to_connect: undefined,
  lost: 'Contact search of Amazon Connect may know the contact.',
  invalid_event: "Correct what KARTE's action sends.",
  stale: 'Do many come too late? npm run calls -- redrive lists events that reached nobody.',
  appointment_refused: 'Offer times that can be kept: appointments, callingHours and the hours of the queue say which.',
  cancelled: undefined,
  duplicate: 'The same request was taken once, as it should be.',
  signature_refused: 'Look at what your back end signs, and at its clock.',
  number_refused: 'Is it a number that should be called? Then request in the settings of the stage allows it.',
  number_blocked: 'npm run calls -- block says who put it there, and why; unblock takes it off.',
  number_held: 'npm run calls -- list --phone, with its last digits, shows the other request.',
  not_tried_again: undefined,
  limit_reached: 'npm run calls -- limits shows the limits, and raises them for a while.',
  calling_disabled: 'npm run calls -- status says who stopped calling; resume lets it go on.',
  queue_closed: undefined,
  queue_disabled: 'Enable the queue in Amazon Connect.',
  no_agents_available: 'Were agents free? Then look at routing profiles, agents.pools and npm run calls -- limits.',
  expired: undefined,
  deferred_in_vain: 'They were told that they would be called: call them by hand. --reveal --why "…" shows the number.',
  appointment_missed: 'They were promised a call at that time: call them by hand. --reveal --why "…" shows the number.',
  call_back_in_vain: 'They were promised a call: call them by hand. --reveal --why "…" shows the number.',
  throttled: 'Give this stage less of the rate, or ask AWS for more.',
  capacity_exhausted: 'Ask AWS for more calls at once, or lower npm run calls -- limits --max-concurrent-calls.',
  destination_not_allowed: 'Enable the country for the instance of Amazon Connect.',
  outbound_not_permitted: 'Enable outbound calls for the instance of Amazon Connect.',
  misconfigured: 'Correct the settings of the stage, and deploy it.',
  access_denied: "Deploy the stage's roles again, or look for what denies them.",
  queue_unreadable: 'Look at the status of Amazon Connect, and at the log of the function road.',
  call_unconfirmed: 'Their phone may have rung: look into the contact search of Amazon Connect before anybody calls.',
  internal_error: 'Read the log of the execution.',
};

const DO_AGAIN = 'Or, once the cause is gone and while they still wait: npm run calls -- again.';

/** It failed for a reason of ours, and no phone rang. */
const mayBeDoneAgain = (record: CallRecord, { now }: Surroundings): boolean =>
  record.class === 'failed' && whyNeverAgain(record, now) === undefined;

/** What to do next about a request: may the customer ask again, and what can be done here. One or two lines. */
export function nextSteps(record: CallRecord, surroundings: Surroundings): string[] {
  const { kind, outcome } = record;
  const again = kind === undefined ? [mayAskAgain(record, surroundings)] : [];
  if (outcome === undefined) return again;
  const toDo = [TO_DO[outcome] ?? [], mayBeDoneAgain(record, surroundings) ? DO_AGAIN : []].flat();
  return [[...again, ...toDo].join(' '), runbookAnchor(outcome)].filter((line) => line !== '');
}

/** Of requests that became no call: when another one would fare better. At any time where nothing is said. */
const WHEN: Partial<Record<Outcome, string | Readonly<Record<string, string>>>> = {
  number_refused: 'with another number',
  number_blocked: 'once the number is off the list',
  number_held: { live_request: 'when the other request is over', cool_down: 'after the pause that follows a call' },
  limit_reached: {
    tries_per_day: 'tomorrow',
    number_per_day: 'tomorrow',
    calls_per_day: 'tomorrow',
    requests_per_minute: 'in a minute',
  },
  appointment_refused: 'for another time, or now',
  calling_disabled: 'when calling goes on',
  queue_closed: 'when it is open',
  queue_disabled: 'when the queue is enabled',
};

function mayAskAgain(record: CallRecord, { limits, timeZone, now }: Surroundings): string {
  const { outcome, reason = '', endedAt } = record;
  if (outcome === undefined && record.bookedAt !== undefined) {
    return 'It is promised. npm run calls -- cancel takes it back; the customer may ask for a call now all the same.';
  }
  if (outcome === undefined) return 'The customer need not ask again: it is under way.';
  if (outcome === 'call_placed') {
    const longest = durationInWords(limits.maxCallSeconds * 1000);
    return `The customer may ask again after the call; without a sign of it, it counts as lost after ${longest}.`;
  }
  const hadCall = record.class === 'reached' || record.class === 'missed' || outcome === 'call_unconfirmed';
  if (!hadCall || endedAt === undefined) {
    const when = WHEN[outcome];
    return `The customer may ask again ${(typeof when === 'object' ? when[reason] : when) ?? 'at any time'}.`;
  }
  const pause = UNANSWERED.has(outcome) ? limits.missedPauseSeconds : limits.coolDownSeconds;
  const from = new Date(Date.parse(endedAt) + pause * 1000);
  return `The customer may ask again ${from <= now ? 'now' : `from ${momentIn(from.toISOString(), timeZone)} on`}.`;
}

/** What the record cannot know, where somebody might take it for known. */
export function whatIsNotKnown(
  { outcome, reason, hungUpBy, kind, agentMissed }: CallRecord,
  { pressToConnect }: Pick<Surroundings, 'pressToConnect'>,
): string[] {
  const lines: string[] = [];
  if (outcome === 'completed' && kind === undefined && !pressToConnect) {
    lines.push('Nobody had to press 1: a voicemail that reached an agent counts as completed, too.');
  }
  if (outcome === 'not_answered' && reason === 'never_connected') {
    lines.push('A phone that was off, out of reach or busy looks the same.');
  }
  if (outcome === 'completed' || outcome === 'abandoned') {
    if (hungUpBy === undefined) lines.push('Who hung up is not told.');
  }
  if (agentMissed) lines.push('That an agent missed the call follows from how long the customer waited.');
  return lines;
}
