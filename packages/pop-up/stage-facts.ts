import type { PhoneRules } from '../../domain/phone-number.ts';
import type { StageFile } from '../../domain/stage-file.ts';

/** What the pop-up knows about the stage it is built for; inserted into its script. */
export interface StageFacts {
  phoneRules: PhoneRules;
  /** The number that calls the visitor, E.164; empty while the stage has none. */
  callerNumber: string;
  /** `user_type` values that the stage knows; any other counts as `other`. */
  userTypes: readonly string[];
  /** `inquiry_type` values that the stage knows, in its language; empty if it takes any. */
  inquiryTypes: readonly string[];
  /** Which queue takes a request: names only, as in availability.json. */
  routing: StageFile['routing'];
  /** Whether visitors may choose the time of the call. */
  offersTimes: boolean;
  /** Where availability.json is; empty if the pop-up does without it, or the page says where it is. */
  availabilityUrl: string;
  /** Where visitors read how personal data is handled; empty if the page says so, or nothing does. */
  consentUrl: string;
}

/** Addresses that are built in; empty ones are left to the settings of the page. */
export type BuiltInAddresses = Partial<Pick<StageFacts, 'availabilityUrl' | 'consentUrl'>>;

/** What the pop-up is told of a stage's settings. */
export function stageFacts(file: StageFile, addresses: BuiltInAddresses = {}): StageFacts {
  const { availabilityUrl = '', consentUrl = '' } = addresses;
  const { countries, numberTypes, allowedPrefixes, refusedPrefixes } = file.request;
  return {
    phoneRules: { countries, numberTypes, allowedPrefixes, refusedPrefixes },
    callerNumber: file.connect.sourcePhoneNumber ?? '',
    userTypes: file.request.userTypes,
    inquiryTypes: file.request.inquiryTypes ?? [],
    routing: file.routing,
    offersTimes: file.appointments !== null,
    availabilityUrl,
    consentUrl,
  };
}
