import { newInquiryNumber } from '../../../domain/inquiry-number.ts';
import type { StageFacts } from '../stage-facts.ts';
import type { AvailabilityWatch } from './availability-watch.ts';
import { type Journey, journeyAfter, type Move, newJourney } from './journey.ts';
import type { Send } from './karte.ts';
import { formatForReading } from './phone-entry.ts';
import type { Complain, Settings } from './pop-up-settings.ts';
import { isOut, type Prospect, prospectOf } from './prospect.ts';
import { queueOf } from './queue-choice.ts';
import { buildShell } from './shell.ts';
import { viewOf } from './steps.ts';
import { newSubmission, type Submission, type SubmissionEnd } from './submission.ts';
import { timeText } from './time-text.ts';

/** What the pop-up needs from the page. */
interface HostPage {
  /** Read anew each time: the page may change them, above all `open`. */
  settings(): Settings;
  stage: StageFacts;
  availability: AvailabilityWatch;
  sender(krtName: string): Send | undefined;
  karteArriving(krtName: string): Promise<void> | undefined;
  callToken(functionName: string, e164: string): Promise<string>;
  complain: Complain;
}

/** Puts the pop-up into a shadow root and runs it. */
export function runPopUp(root: ShadowRoot, page: HostPage): void {
  const { stage, availability } = page;
  let settings = page.settings();
  let journey: Journey = newJourney(newInquiryNumber());
  let submission: Submission | undefined;
  let isSending = false;

  const shell = buildShell(root, { launch: open, closed });
  shell.label(settings);
  // A page that is left may be kept and shown again: nothing personal stays in it.
  window.addEventListener('pagehide', () => {
    shell.close();
    journey = journeyAfter(journey, { do: 'leave' });
  });

  function open(): void {
    if (shell.isOpen()) return;
    settings = page.settings();
    if (!settings.open && journey.step !== 'done') journey = journeyAfter(journey, { do: 'find-closed' });
    void readAvailability();
    shell.label(settings);
    shell.open();
    show();
  }

  function closed(): void {
    submission = undefined;
    isSending = false;
    availability.forget();
    journey = journeyAfter(journey, { do: 'close', inquiryNumber: newInquiryNumber() });
  }

  const availabilityUrl = (): string | undefined => settings.availabilityUrl ?? (stage.availabilityUrl || undefined);
  const readAvailability = (): Promise<void> | undefined => availability.read(availabilityUrl());
  const offersTimes = (): boolean => stage.offersTimes && availabilityUrl() !== undefined;

  /** What the company says at this moment about a request like this visitor's. */
  function prospect(): Prospect {
    const queue = queueOf(stage, journey.userType?.value ?? '', journey.inquiryType?.value ?? '');
    const found = prospectOf(availability.latest(), queue, Date.now());
    return stage.offersTimes ? found : { ...found, slots: [] };
  }

  function move(made: Move): void {
    if (isSending) return;
    const { step } = journey;
    journey = journeyAfter(journey, made);
    if (journey.step === step) return;
    if (made.do === 'choose-telephone' || made.do === 'enter-phone') lookAhead(made.do === 'enter-phone');
    show();
  }

  /** Leads to other ways of contact if no call is possible, and to the times if they can be chosen. */
  function lookAhead(asksTime: boolean): void {
    const ahead = prospect();
    if (isOut(ahead)) journey = journeyAfter(journey, { do: 'find-closed' });
    else if (asksTime && ahead.slots.length > 0) {
      journey = journeyAfter(journey, { do: 'ask-time', slotIsGone: false });
    } else if (asksTime) journey = journeyAfter(journey, { do: 'choose-time', callAt: undefined });
  }

  function show(): void {
    const view = viewOf({
      settings,
      journey,
      callerNumber: readable(settings.callerNumber ?? stage.callerNumber),
      prospect: prospect(),
      readTime: (time) => timeText(time, settings.language, Date.now()),
      move,
      send,
      startAgain,
      close: () => shell.close(),
    });
    shell.show(journey.step, view, settings, offersTimes());
  }

  /** Opening hours may have ended meanwhile. */
  function lookAgain(): boolean {
    settings = page.settings();
    if (!settings.open) move({ do: 'find-closed' });
    return settings.open;
  }

  function startAgain(): void {
    submission = undefined;
    journey = journeyAfter(journey, { do: 'start-again', inquiryNumber: newInquiryNumber() });
    void readAvailability();
    if (lookAgain()) show();
  }

  async function send(): Promise<string | undefined> {
    if (isSending || !lookAgain()) return undefined;
    submission ??= submissionOfThisOpening();
    const mine = submission;
    isSending = true;
    const reading = readAvailability();
    if (reading) await reading;
    const hindrance = mine === submission ? whatHinders() : undefined;
    const end = hindrance || mine !== submission ? undefined : await sendBy(mine);
    // Closed meanwhile, and perhaps opened again: this response no longer belongs to anybody.
    if (mine !== submission) return undefined;
    isSending = false;
    if (hindrance) move(hindrance);
    return end && afterSending(end);
  }

  /** Compares what the company says now with what the visitor has chosen. */
  function whatHinders(): Move | undefined {
    const { outlook, slots } = prospect();
    if (isOut({ outlook, slots })) return { do: 'find-closed' };
    const { callAt } = journey;
    if (callAt === undefined) return outlook === 'closed' ? { do: 'ask-time', slotIsGone: false } : undefined;
    // If nothing is known, the stage itself decides.
    return outlook === 'unknown' || slots.includes(callAt) ? undefined : { do: 'ask-time', slotIsGone: true };
  }

  async function sendBy(mine: Submission): Promise<SubmissionEnd | undefined> {
    const { phone, userType, inquiryType, inquiryNumber, callAt } = journey;
    if (!phone || !userType || !inquiryType) return undefined;
    return mine.send({
      inquiryNumber,
      phone,
      userType: userType.value,
      inquiryType: inquiryType.value,
      callAt: stage.offersTimes ? (callAt ?? NO_TIME) : undefined,
    });
  }

  function submissionOfThisOpening(): Submission {
    const { krt, karte: names, callTokenFunction } = settings;
    const made = newSubmission({
      names,
      sender: () => page.sender(krt),
      karteArriving: () => page.karteArriving(krt),
      callTokenFor: callTokenFunction === undefined ? undefined : (e164) => page.callToken(callTokenFunction, e164),
      isWanted: () => submission === made && shell.isOpen(),
      complain: page.complain,
    });
    return made;
  }

  function afterSending(end: SubmissionEnd): string | undefined {
    const { words } = settings.texts;
    switch (end) {
      case 'sent':
        move({ do: 'sent' });
        return undefined;
      case 'no-way-to-send':
        move({ do: 'find-no-way-to-send' });
        return undefined;
      case 'no-token':
        return words.tokenFailed;
      case 'interrupted':
        return words.sendFailed;
      case 'cancelled':
        return undefined;
    }
  }
}

/**
 * The value of `call_at` if no time was chosen. KARTE's action takes the latest value of a field, and KARTE drops a field
 * without a value: if it were left out, the time of an earlier request would be sent with this one. The server reads this
 * text, which also replaces user variables without a value, as none.
 *
 * @see https://support.karte.io/post/1QlCNz9MJKGaZIneC77EoV
 */
const NO_TIME = 'null';

/** A number in E.164 form as people read it; anything else as it was set. */
const readable = (number: string): string => (/^\+\d{7,15}$/.test(number) ? formatForReading(number) : number);
