import type { CallRecord } from '../../domain/call-record.ts';
import { type Outcome, runbookAnchor } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { momentIn } from '../../domain/wall-clock.ts';
import { durationInWords } from './clock-words.ts';
import { whyNeverAgain } from './why-not-again.ts';

interface Surroundings {
  /** The limits in force: the stage's own and those that replace them. */
  limits: Pick<StageSettings['limits'], 'coolDownSeconds' | 'missedPauseSeconds' | 'maxCallSeconds'>;
  /** Must customers press 1 before they reach an agent? */
  pressToConnect: boolean;
  timeZone: string;
  now: Date;
}

/** Nobody had answered: the number is only held for `missedPauseSeconds`. */
const UNANSWERED: ReadonlySet<Outcome> = new Set(['not_answered', 'busy', 'failed_to_connect']);

/** What the operator of the stage can do; missing if only the customer can act. */
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
  stale: 'Are many too late? npm run calls -- redrive lists undelivered events.',
  appointment_refused: 'Offer only times that can be kept: see appointments, callingHours and the hours of the queue.',
  cancelled: undefined,
  duplicate: 'The same request was accepted once, as intended.',
  signature_refused: 'Check what your back end signs, and its clock.',
  number_refused: 'Should this number be called? Then allow it under request in the settings of the stage.',
  number_blocked: 'npm run calls -- block shows who blocked it and why; unblock removes it.',
  number_held: 'npm run calls -- list --phone with its last digits shows the other request.',
  not_tried_again: undefined,
  limit_reached: 'npm run calls -- limits shows the limits and can raise them for a while.',
  calling_disabled: 'npm run calls -- status shows who stopped calling; resume restarts it.',
  queue_closed: undefined,
  queue_disabled: 'Enable the queue in Amazon Connect.',
  no_agents_available: 'Were agents free? Then check routing profiles, agents.pools and npm run calls -- limits.',
  expired: undefined,
  deferred_in_vain: 'They were told to expect a call: call them by hand. --reveal --why "…" shows the number.',
  appointment_missed: 'They were promised a call at that time: call them by hand. --reveal --why "…" shows the number.',
  call_back_in_vain: 'They were promised a call: call them by hand. --reveal --why "…" shows the number.',
  throttled: 'Lower the rate of this stage, or ask AWS for a higher quota.',
  capacity_exhausted: 'Ask AWS for more concurrent calls, or lower npm run calls -- limits --max-concurrent-calls.',
  destination_not_allowed: 'Enable the country for the Amazon Connect instance.',
  outbound_not_permitted: 'Enable outbound calls for the Amazon Connect instance.',
  misconfigured: 'Correct the settings of the stage, and deploy it.',
  access_denied: "Redeploy the stage's roles, or find out what denies them access.",
  queue_unreadable: 'Check the status of Amazon Connect and the log of the function road.',
  call_unconfirmed: 'Their phone may have rung: check the contact search of Amazon Connect before anybody calls.',
  internal_error: 'Read the log of the execution.',
};

const DO_AGAIN = 'Or, once the cause is fixed and while they are still waiting: npm run calls -- again.';

/** It failed on our side, and no phone rang. */
const mayBeDoneAgain = (record: CallRecord, { now }: Surroundings): boolean =>
  record.class === 'failed' && whyNeverAgain(record, now) === undefined;

/** What to do next about a request: whether the customer may ask again, and what the operator can do. One or two lines. */
export function nextSteps(record: CallRecord, surroundings: Surroundings): string[] {
  const { kind, outcome } = record;
  const again = kind === undefined ? [mayAskAgain(record, surroundings)] : [];
  if (outcome === undefined) return again;
  const toDo = [TO_DO[outcome] ?? [], mayBeDoneAgain(record, surroundings) ? DO_AGAIN : []].flat();
  return [[...again, ...toDo].join(' '), runbookAnchor(outcome)].filter((line) => line !== '');
}

/** For requests without a call: when another one would succeed. At any time if nothing is said. */
const WHEN: Partial<Record<Outcome, string | Readonly<Record<string, string>>>> = {
  number_refused: 'with another number',
  number_blocked: 'once the number is unblocked',
  number_held: { live_request: 'when the other request is over', cool_down: 'after the pause that follows a call' },
  limit_reached: {
    tries_per_day: 'tomorrow',
    number_per_day: 'tomorrow',
    calls_per_day: 'tomorrow',
    requests_per_minute: 'in a minute',
  },
  appointment_refused: 'for another time, or now',
  calling_disabled: 'when calling resumes',
  queue_closed: 'when it is open',
  queue_disabled: 'when the queue is enabled',
};

function mayAskAgain(record: CallRecord, { limits, timeZone, now }: Surroundings): string {
  const { outcome, reason = '', endedAt } = record;
  if (outcome === undefined && record.bookedAt !== undefined) {
    return 'The call is promised. npm run calls -- cancel cancels it; the customer may still ask for a call now.';
  }
  if (outcome === undefined) return 'The customer need not ask again: the request is under way.';
  if (outcome === 'call_placed') {
    const longest = durationInWords(limits.maxCallSeconds * 1000);
    return `The customer may ask again after the call; if nothing is heard of it, it counts as lost after ${longest}.`;
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

/** What the record does not tell, although a reader might think so. Each line completes "Not known: ". */
export function whatIsNotKnown(
  { outcome, reason, hungUpBy, kind, agentMissed }: CallRecord,
  { pressToConnect }: Pick<Surroundings, 'pressToConnect'>,
): string[] {
  const lines: string[] = [];
  if (outcome === 'completed' && kind === undefined && !pressToConnect) {
    lines.push(
      'whether a person answered: nobody had to press 1, so a voicemail that reached an agent also counts as completed.',
    );
  }
  if (outcome === 'not_answered' && reason === 'never_connected') {
    lines.push('whether the phone rang: one that was off, out of reach or busy looks the same.');
  }
  if (outcome === 'completed' || outcome === 'abandoned') {
    if (hungUpBy === undefined) lines.push('who hung up.');
  }
  if (agentMissed)
    lines.push('whether an agent really missed the call: it is inferred from how long the customer waited.');
  return lines;
}
