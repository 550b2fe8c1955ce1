import type { UserType } from './texts.ts';

/** `closed`: outside opening hours. `failed`: the page has no way to tell KARTE. */
export type Step = 'user-type' | 'inquiry-type' | 'contact' | 'phone' | 'confirm' | 'done' | 'closed' | 'failed';

/** The steps in which a visitor answers, in order. */
export const ANSWER_STEPS: readonly Step[] = ['user-type', 'inquiry-type', 'contact', 'phone', 'confirm'];

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
  userType: UserType | undefined;
  inquiryType: string | undefined;
  /** What stands in the number's field, right or wrong. */
  typedPhone: string;
  /** Known from the confirmation on; gone when the pop-up closes, also after the request was sent. */
  phone: Phone | undefined;
}

export type Move =
  | { do: 'choose-user-type'; userType: UserType }
  | { do: 'choose-inquiry-type'; inquiryType: string }
  | { do: 'choose-telephone' }
  | { do: 'type-phone'; typed: string }
  | { do: 'enter-phone'; phone: Phone }
  | { do: 'back' }
  | { do: 'sent' }
  | { do: 'find-closed' }
  | { do: 'find-no-way-to-send' }
  /** The pop-up closes. A request that was not sent goes on under another inquiry number. */
  | { do: 'close'; inquiryNumber: string }
  | { do: 'start-again'; inquiryNumber: string };

/** The beginning. */
export const newJourney = (inquiryNumber: string): Journey => ({
  step: 'user-type',
  inquiryNumber,
  userType: undefined,
  inquiryType: undefined,
  typedPhone: '',
  phone: undefined,
});

/** Where a move leads. A move that makes no sense where the visitor is changes nothing. */
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
      return { ...journey, phone: move.phone, typedPhone: move.phone.national, step: 'confirm' };
    case 'back':
      return { ...journey, step: stepBefore(journey.step) };
    case 'sent':
      return journey.step === 'confirm' ? { ...journey, typedPhone: '', step: 'done' } : journey;
    case 'find-closed':
      return { ...journey, step: 'closed' };
    case 'find-no-way-to-send':
      return { ...journey, step: 'failed' };
    case 'close':
      return afterClosing(journey, move.inquiryNumber);
    case 'start-again':
      return newJourney(move.inquiryNumber);
  }
}

function stepBefore(step: Step): Step {
  if (step === 'failed') return 'confirm';
  return ANSWER_STEPS[ANSWER_STEPS.indexOf(step) - 1] ?? step;
}

/** Nothing personal outlives the closing: the number goes, the choices stay. After sending, the receipt stays. */
function afterClosing(journey: Journey, inquiryNumber: string): Journey {
  const forgetful = { ...journey, typedPhone: '', phone: undefined };
  switch (journey.step) {
    case 'done':
      return forgetful;
    case 'confirm':
    case 'failed':
      return { ...forgetful, inquiryNumber, step: 'phone' };
    case 'closed':
      return { ...forgetful, inquiryNumber, step: 'user-type' };
    default:
      return { ...forgetful, inquiryNumber };
  }
}
