import { newInquiryNumber } from '../../../domain/inquiry-number.ts';
import { type Journey, journeyAfter, type Move, newJourney } from './journey.ts';
import type { Send } from './karte.ts';
import { formatForReading } from './phone-entry.ts';
import type { Complain, Settings } from './pop-up-settings.ts';
import { buildShell } from './shell.ts';
import { viewOf } from './steps.ts';
import { newSubmission, type Submission, type SubmissionEnd } from './submission.ts';

/** What the pop-up needs of the page. */
interface HostPage {
  /** Read anew each time: the page may change them, `open` above all. */
  settings(): Settings;
  /** The stage's number, E.164. */
  callerNumber: string;
  sender(krtName: string): Send | undefined;
  callToken(functionName: string, e164: string): Promise<string>;
  complain: Complain;
}

/** Puts the pop-up into a shadow root and runs it. */
export function runPopUp(root: ShadowRoot, page: HostPage): void {
  let settings = page.settings();
  let journey: Journey = newJourney(newInquiryNumber());
  let submission: Submission | undefined;
  let isSending = false;

  const shell = buildShell(root, { launch: open, closed });
  shell.label(settings);
  // A page that is left may be kept and shown again: nothing personal stays in it.
  window.addEventListener('pagehide', () => shell.close());

  function open(): void {
    if (shell.isOpen()) return;
    settings = page.settings();
    if (!settings.open && journey.step !== 'done') journey = journeyAfter(journey, { do: 'find-closed' });
    shell.label(settings);
    shell.open();
    show();
  }

  function closed(): void {
    submission = undefined;
    isSending = false;
    journey = journeyAfter(journey, { do: 'close', inquiryNumber: newInquiryNumber() });
  }

  function move(made: Move): void {
    if (isSending) return;
    const { step } = journey;
    journey = journeyAfter(journey, made);
    if (journey.step !== step) show();
  }

  function show(): void {
    const view = viewOf({
      settings,
      journey,
      callerNumber: readable(settings.callerNumber ?? page.callerNumber),
      move,
      send,
      startAgain,
      close: () => shell.close(),
    });
    shell.show(journey.step, view, settings);
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
    if (lookAgain()) show();
  }

  async function send(): Promise<string | undefined> {
    const { phone, userType, inquiryType, inquiryNumber } = journey;
    if (isSending || !phone || !userType || !inquiryType || !lookAgain()) return undefined;
    submission ??= submissionOfThisOpening();
    const mine = submission;
    isSending = true;
    const end = await mine.send({ inquiryNumber, phone, userType: userType.value, inquiryType });
    // Closed meanwhile, and perhaps opened again: this answer is nobody's any more.
    if (mine !== submission) return undefined;
    isSending = false;
    return afterSending(end);
  }

  function submissionOfThisOpening(): Submission {
    const { krt, karte: names, callTokenFunction } = settings;
    const made = newSubmission({
      names,
      sender: () => page.sender(krt),
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

/** A number in E.164 form as people read it; anything else as it was set. */
const readable = (number: string): string => (/^\+\d{7,15}$/.test(number) ? formatForReading(number) : number);
