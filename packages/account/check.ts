import type { StageFile } from '../../domain/stage-file.ts';
import type { Account } from './account.ts';
import { isAnswerOfAws, isDenied, whyNothingWorks, whyUnread } from './account-errors.ts';
import { withoutNumbers } from './without-numbers.ts';

/** A stage as checks know it: a `LoadedStage` with its name is one. */
export interface CheckedStage {
  name: string;
  file: StageFile;
  environment: Record<string, string>;
}

/** What a check found. */
export interface Finding {
  /** `unchecked`: it could not be found out, and `seen` says why. */
  state: 'fine' | 'problem' | 'unchecked';
  /** What was seen: no telephone number, no account id. */
  seen: string;
  /** What to do about it. */
  nextStep?: string;
  /** Where a permission is missing: all that the check needs. */
  lacks?: readonly string[];
}

/** One question to a real account that changes nothing and rings nobody. */
export interface Check {
  id: string;
  /** What is so where the finding is `fine`. */
  title: string;
  /** Actions that the caller must be allowed. */
  permissions: readonly string[];
  ask(account: Account, stage: CheckedStage): Promise<Finding>;
}

/** One that the doctor asks. */
export interface DoctorCheck extends Check {
  /** What is so where the finding is `problem`: stands in the place of the title, which would say the opposite. */
  problem: string;
}

/**
 * Asks; what could not be read because of a missing permission, a time-out and the like is `unchecked`, and so is what AWS refused
 * for a reason that nothing here knows: the other checks go on.
 */
export async function findingOf(check: Check, account: Account, stage: CheckedStage): Promise<Finding> {
  try {
    return await check.ask(account, stage);
  } catch (error) {
    const why = whyUnread(error, check.permissions, account.region, stage.name);
    if (why) return { state: 'unchecked', ...why, ...(isLacking(error) && { lacks: check.permissions }) };
    const seen = whyNothingWorks(error, account.region);
    if (seen !== undefined) return { state: 'unchecked', seen, nextStep: 'Run this again after that.' };
    if (!isAnswerOfAws(error)) throw error;
    return {
      state: 'unchecked',
      seen: `AWS answered ${error.name}: ${withoutNumbers(error.message)}`,
      nextStep: 'Report this: no such answer was expected.',
    };
  }
}

/** Anyone who asks lacks a permission, which a permission would fix: an explicit deny is another matter. */
const isLacking = (error: unknown): boolean =>
  error instanceof Error && isDenied(error) && !/explicit deny/i.test(error.message);
