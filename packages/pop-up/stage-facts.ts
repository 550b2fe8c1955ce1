import type { PhoneRules } from '../../domain/phone-number.ts';

/** What the pop-up knows of the stage it is built for; written into its script. */
export interface StageFacts {
  phoneRules: PhoneRules;
  /** The number that calls the visitor, E.164. */
  callerNumber: string;
}
