import type { Account } from '../../packages/account/account.ts';
import { type CheckedStage, type Finding, findingOf } from '../../packages/account/check.ts';
import { IN_ORDER } from '../../packages/account/checks/doctor/in-order.ts';
import { withoutNumbers } from '../../packages/account/without-numbers.ts';

/** One line of the doctor's report. */
export interface Line extends Finding {
  /** Heading of its section. */
  section: string;
  /** Of the check. */
  id: string;
  /** What was checked, or what would have been. */
  title: string;
}

/**
 * Runs the checks one by one, so that no API rate of the account is used up.
 *
 * @param progress receives the current check and its position
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
