import type { Account } from '../../packages/account/account.ts';
import { type CheckedStage, type Finding, findingOf } from '../../packages/account/check.ts';
import { IN_ORDER } from '../../packages/account/checks/doctor/in-order.ts';
import { withoutNumbers } from '../../packages/account/without-numbers.ts';

/** One line of the doctor's. */
export interface Line extends Finding {
  /** Heading of its section. */
  section: string;
  /** Of the check. */
  id: string;
  /** What is so; where it could not be checked, what would be. */
  title: string;
}

/**
 * Asks one check after the other, so that no rate of the account is used up.
 *
 * @param progress is told what is asked now, and how far that is
 */
export async function askedInOrder(
  account: Account,
  stage: CheckedStage,
  progress: (text: string) => void,
): Promise<Line[]> {
  const questions = IN_ORDER.flatMap(({ heading, checks }) => checks.map((check) => ({ heading, check })));
  const lines: Line[] = [];
  for (const [index, { heading, check }] of questions.entries()) {
    progress(`${index + 1} of ${questions.length}: ${check.title}`);
    const { state, seen, nextStep, lacks } = await findingOf(check, account, stage);
    lines.push({
      section: heading,
      id: check.id,
      title: state === 'problem' ? check.problem : check.title,
      state,
      seen: withoutNumbers(seen),
      ...(nextStep !== undefined && { nextStep: withoutNumbers(nextStep) }),
      ...(lacks && { lacks }),
    });
  }
  return lines;
}
