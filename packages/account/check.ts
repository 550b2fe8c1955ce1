import type { StageFile } from '../../domain/stage-file.ts';
import type { Account } from './account.ts';
import { whyUnread } from './account-errors.ts';

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
}

/** One question to a real account that changes nothing and rings nobody. */
export interface Check {
  id: string;
  /** What is so where the finding is `fine`. */
  title: string;
  /** Actions that whoever asks must be allowed. */
  permissions: readonly string[];
  ask(account: Account, stage: CheckedStage): Promise<Finding>;
}

/** Asks; what could not be read because of a missing permission, a time-out and the like is `unchecked`. */
export async function findingOf(check: Check, account: Account, stage: CheckedStage): Promise<Finding> {
  try {
    return await check.ask(account, stage);
  } catch (error) {
    const why = whyUnread(error, check.permissions, account.region);
    if (!why) throw error;
    return { state: 'unchecked', ...why };
  }
}
