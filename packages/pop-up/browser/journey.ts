import type { Answer } from './texts.ts';

/** `closed`: outside opening hours, or calls are stopped. `failed`: the page has no way to tell KARTE. */
export type Step =
  | 'user-type'
  | 'inquiry-type'
  | 'contact'
  | 'phone'
  | 'time'
  | 'confirm'
  | 'done'
  | 'closed'
  | 'failed';

/** The steps in which a visitor answers, in order. @param offersTimes does the stage let them choose the time of the call? */
export const answerSteps = (offersTimes: boolean): readonly Step[] => [
  'user-type',
  'inquiry-type',
  'contact',
  'phone',
  ...(offersTimes ? ['time' as const] : []),
  'confirm',
];

/** The visitor's number: E.164, as people of the country write it, and in national digits. */
export interface Phone {
  e164: string;
  national: string;
  digits: string;
}

/** Where a visitor is, and what they have said so far. */
export interface Journey {
  step: Step;
  inquiryNumber: string;
  userType: Answer | undefined;
  inquiryType: Answer | undefined;
  /** What is in the number's field, valid or not; after sending, the number sent, for a further request on this page. */
  typedPhone: string;
  /** Known from the confirmation on; cleared when the pop-up closes, even after the request was sent. */
  phone: Phone | undefined;
  /** Was the step `time` shown on the way? */
  asksTime: boolean;
  /** The chosen time, as availability.json has it; undefined for a call as soon as possible. */
  callAt: string | undefined;
  /** The time chosen before is no longer free. */
  slotIsGone: boolean;
}

export type Move =
  | { do: 'choose-user-type'; userType: Answer }
  | { do: 'choose-inquiry-type'; inquiryType: Answer }
  | { do: 'choose-telephone' }
  | { do: 'type-phone'; typed: string }
  | { do: 'enter-phone'; phone: Phone }
  /** Another time must, or may, be chosen before the confirmation. */
  | { do: 'ask-time'; slotIsGone: boolean }
  | { do: 'choose-time'; callAt: string | undefined }
  | { do: 'back' }
  | { do: 'sent' }
  | { do: 'find-closed' }
  | { do: 'find-no-way-to-send' }
  /** The pop-up closes. A request that was not sent continues under another inquiry number. */
  | { do: 'close'; inquiryNumber: string }
  | { do: 'start-again'; inquiryNumber: string }
  /** The page is left, and may be kept by the browser for somebody who comes back to it. */
  | { do: 'leave' };

/** The beginning. */
export const newJourney = (inquiryNumber: string): Journey => ({
  step: 'user-type',
  inquiryNumber,
  userType: undefined,
  inquiryType: undefined,
  typedPhone: '',
  phone: undefined,
  asksTime: false,
  callAt: undefined,
  slotIsGone: false,
});

/** Where a move leads. A move that does not apply at the current step changes nothing. */
export function journeyAfter(journey: Journey, move: Move): Journey {
  switch (move.do) {
    case 'choose-user-type':
      return { ...journey, userType: move.userType, step: 'inquiry-type' };
    case 'choose-inquiry-type':
      return { ...journey, inquiryType: move.inquiryType, step: 'contact' };
    case 'choose-telephone':
      return { ...journey, step: 'phone' };
    case 'type-phone':
      return { ...journey, typedPhone: move.typed };
    case 'enter-phone':
      return { ...journey, phone: move.phone, typedPhone: move.phone.national, asksTime: false, step: 'confirm' };
    case 'ask-time':
      return { ...journey, asksTime: true, slotIsGone: move.slotIsGone, step: 'time' };
    case 'choose-time':
      return { ...journey, callAt: move.callAt, slotIsGone: false, step: 'confirm' };
    case 'back':
      return { ...journey, step: stepBefore(journey) };
    case 'sent':
      return journey.step === 'confirm' ? { ...journey, step: 'done' } : journey;
    case 'find-closed':
      return { ...journey, step: 'closed' };
    case 'find-no-way-to-send':
      return { ...journey, step: 'failed' };
    case 'close':
      return afterClosing(journey, move.inquiryNumber);
    case 'start-again':
      return { ...newJourney(move.inquiryNumber), typedPhone: journey.typedPhone };
    case 'leave':
      return { ...journey, typedPhone: '', phone: undefined };
  }
}

function stepBefore({ step, asksTime }: Journey): Step {
  if (step === 'failed') return 'confirm';
  if (step === 'closed') return 'contact';
  const steps = answerSteps(asksTime);
  return steps[steps.indexOf(step) - 1] ?? step;
}

/** The choices stay, the number is removed. After sending, the receipt stays, and, unseen, the number for a further request. */
function afterClosing(journey: Journey, inquiryNumber: string): Journey {
  const receipt = { ...journey, phone: undefined };
  const forgetful = { ...receipt, typedPhone: '', asksTime: false, callAt: undefined, slotIsGone: false };
  switch (journey.step) {
    case 'done':
      return receipt;
    case 'time':
    case 'confirm':
    case 'failed':
      return { ...forgetful, inquiryNumber, step: 'phone' };
    case 'closed':
      return { ...forgetful, inquiryNumber, step: 'user-type' };
    default:
      return { ...forgetful, inquiryNumber };
  }
}
