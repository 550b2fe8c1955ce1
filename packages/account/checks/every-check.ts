import type { Check } from '../check.ts';
import { ANSWER_CHECKS } from './answer-checks.ts';
import { FUNCTION_URL_CHECKS } from './function-url-checks.ts';
import { HOURS_CHECKS } from './hours-checks.ts';
import { METRICS_CHECKS } from './metrics-checks.ts';
import { PERMISSION_CHECKS } from './permission-checks.ts';
import { PLATFORM_CHECKS } from './platform-checks.ts';
import { QUOTA_CHECKS } from './quota-checks.ts';
import { VOICE_CHECKS } from './voice-checks.ts';

/** Checks of the assumptions that an account can confirm or refute, by id; those that every call depends on come first. */
export const ASSUMPTION_CHECKS: readonly Check[] = [
  ...PERMISSION_CHECKS,
  ...HOURS_CHECKS,
  ...METRICS_CHECKS,
  ...QUOTA_CHECKS,
  ...ANSWER_CHECKS,
  ...PLATFORM_CHECKS,
  ...FUNCTION_URL_CHECKS,
  ...VOICE_CHECKS,
];
