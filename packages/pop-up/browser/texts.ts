import type { PhoneRefusal } from '../../../domain/phone-number.ts';

/** Texts that have a setting of the same name. */
export type EditableText =
  | 'launcher_label'
  | 'title'
  | 'user_type_question'
  | 'inquiry_type_question'
  | 'contact_question'
  | 'contact_phone_label'
  | 'phone_question'
  | 'phone_note'
  | 'consent_text'
  | 'consent_label'
  | 'confirm_note'
  | 'done_title'
  | 'done_note'
  | 'closed_text'
  | 'closed_label';

/** A user type or inquiry type: what is sent to KARTE, and what the visitor reads. */
export interface Answer {
  value: string;
  label: string;
}

/** Everything the pop-up says in one language. */
export interface Texts {
  editable: Record<EditableText, string>;
  userTypes: readonly Answer[];
  /** The value is Japanese in every language: a voice reads it aloud in the call. */
  inquiryTypes: readonly Answer[];
  words: {
    next: string;
    back: string;
    close: string;
    send: string;
    sending: string;
    again: string;
    opensNewTab: string;
    /** Step number of a total, for screen readers. */
    progress(step: number, steps: number): string;
    contactPhoneNote: string;
    phoneLabel: string;
    confirmTitle: string;
    inquiryNumber: string;
    tellInquiryNumber: string;
    userType: string;
    inquiryType: string;
    yourNumber: string;
    callerNumber: string;
    nextTitle: string;
    /** How a screen reader should spell digits. */
    spell(digits: string): string;
    /** What will happen. `{number}` is the number that calls, `{time}` a day and time. */
    callPerhaps: string;
    callNow: string;
    callWhileOpen: string;
    callAfterOpening: string;
    callAtTime: string;
    callTime: string;
    timeQuestion: string;
    soonest: string;
    untilTime: string;
    afterOpening: string;
    fromTime: string;
    atATime: string;
    day: string;
    clock: string;
    chooseTime: string;
    slotGone: string;
    closedNow: string;
    opensAt: string;
    stoppedTitle: string;
    stoppedText: string;
    receiptTitle: string;
    receiptNote: string;
    closedTitle: string;
    failedTitle: string;
    failedText: string;
    blocked: string;
    otherWays: string;
    sendFailed: string;
    tokenFailed: string;
  };
  /** Why the number just typed cannot be called, in words for a visitor. */
  refusals: Record<PhoneRefusal, string>;
}
