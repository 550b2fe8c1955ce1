import type { StageFile } from '../../domain/stage-file.ts';
import type { Account } from './account.ts';
import { isAnswerOfAws, isDenied, whyNothingWorks, whyUnread } from './account-errors.ts';
import { withoutNumbers } from './without-numbers.ts';

/** What checks need of a stage: a `LoadedStage` with its name will do. */
export interface CheckedStage {
  name: string;
  file: StageFile;
  environment: Record<string, string>;
}

/** The result of a check. */
export interface Finding {
  /** `unchecked`: it could not be determined, and `seen` says why. */
  state: 'fine' | 'problem' | 'unchecked';
  /** What was seen, without telephone numbers and account ids. */
  seen: string;
  /** What to do about it. */
  nextStep?: string;
  /** If a permission is missing: all that the check needs. */
  lacks?: readonly string[];
}

/** A check of a real account that changes nothing and calls nobody. */
export interface Check {
  id: string;
  /** What holds if the finding is `fine`. */
  title: string;
  /** Actions that the caller needs. */
  permissions: readonly string[];
  ask(account: Account, stage: CheckedStage): Promise<Finding>;
}

/** A check of the doctor. */
export interface DoctorCheck extends Check {
  /** What holds if the finding is `problem`; shown instead of the title, which would say the opposite. */
  problem: string;
}

/**
 * Runs a check. Anything unreadable because of a missing permission, a time-out and the like is `unchecked`, and so is any
 * unknown error from AWS; the other checks go on.
 */
export async function findingOf(check: Check, account: Account, stage: CheckedStage): Promise<Finding> {
  try {
    return await check.ask(account, stage);
  } catch (error) {
    const why = whyUnread(error, check.permissions, account.region, stage.name);
    if (why) return { state: 'unchecked', ...why, ...(isLacking(error) && { lacks: check.permissions }) };
    const seen = whyNothingWorks(error, account.region);
    if (seen !== undefined) return { state: 'unchecked', seen, nextStep: 'Then run this again.' };
    if (!isAnswerOfAws(error)) throw error;
    return {
      state: 'unchecked',
      seen: `AWS answered ${error.name}: ${withoutNumbers(error.message)}`,
      nextStep: 'Report this: such an answer is not expected.',
    };
  }
}

/** The caller lacks a permission that can be granted, as opposed to an explicit deny. */
const isLacking = (error: unknown): boolean =>
  error instanceof Error && isDenied(error) && !/explicit deny/i.test(error.message);
