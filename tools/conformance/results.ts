import type { Account } from '../../packages/account/account.ts';
import { type Check, type CheckedStage, type Finding, findingOf } from '../../packages/account/check.ts';
import { ASSUMPTION_CHECKS } from '../../packages/account/checks/every-check.ts';
import { STAGE_CHECKS } from '../../packages/account/checks/stage-checks.ts';
import { RING_IDS, ring } from '../../packages/account/ring.ts';
import { withoutNumbers } from '../../packages/account/without-numbers.ts';
import { type Assumption, BEYOND_COMMANDS } from '../../packages/sandbox/assumption.ts';
import { ASSUMPTIONS } from '../../packages/sandbox/assumptions.ts';

/** The result of one check or assumption. */
export interface Result {
  id: string;
  /** The claim. */
  claim: string;
  group: Group;
  state: 'held' | 'broken' | 'not checked';
  seen: string;
  nextStep?: string;
  /** For an assumption: the file that would change. */
  madeIn?: string;
}

/** In the order of the report. */
export const GROUPS = {
  first: 'What every call depends on',
  stage: 'The stage and what it needs',
  account: 'What the local stack assumes about the account',
  ring: 'What a call to your own phone shows',
  hand: 'What no command can check',
} as const;
type Group = keyof typeof GROUPS;

/** No call can be placed without each of these. */
const FIRST = ['permission-for-hours', 'permission-to-call', 'permission-for-metrics'];

const STATES = { fine: 'held', problem: 'broken', unchecked: 'not checked' } as const;

interface Run {
  account: Account;
  stage: CheckedStage;
  /** A phone to call, E.164; undefined to ring nobody. */
  phone: string | undefined;
  /** Receives the current question and its position. */
  progress(text: string): void;
  pollMs?: number;
}

/** Checks everything that can be checked, one by one, and lists the rest. */
export async function resultsOf({ account, stage, phone, progress, pollMs }: Run): Promise<Result[]> {
  const results: Result[] = [];
  const questions = questionsInOrder();
  for (const [index, { group, check, assumption }] of questions.entries()) {
    progress(`${index + 1} of ${questions.length}: ${check.title}`);
    results.push(
      resultOf(group, check.id, claimOf(check, assumption), await findingOf(check, account, stage), assumption),
    );
  }
  const rung = new Map<string, Finding>();
  if (phone !== undefined) {
    progress('calling');
    await ring(
      account,
      stage,
      phone,
      (id, finding) => {
        rung.set(id, finding);
        progress(`calling: ${rung.size} of ${RING_IDS.length} checked`);
      },
      pollMs,
    );
  }
  for (const assumption of ASSUMPTIONS) {
    const { id, checkedBy, howToCheck } = assumption;
    if (checkedBy === 'account') continue;
    const byHand: Finding = {
      state: 'unchecked',
      seen: checkedBy === 'ring' ? 'a call to your own phone shows it' : `it takes ${BEYOND_COMMANDS[checkedBy]}`,
      nextStep: checkedBy === 'ring' ? 'Run this with --ring and the number of your own phone.' : howToCheck,
    };
    const group = checkedBy === 'ring' ? 'ring' : 'hand';
    results.push(resultOf(group, id, assumption.assumption, rung.get(id) ?? byHand, assumption));
  }
  return results;
}

interface Question {
  group: Group;
  check: Check;
  assumption: Assumption | undefined;
}

function questionsInOrder(): Question[] {
  const assumptionOf = (check: Check) => ASSUMPTIONS.find(({ id }) => id === check.id);
  const first = FIRST.flatMap((id) => ASSUMPTION_CHECKS.filter((check) => check.id === id));
  const others = ASSUMPTION_CHECKS.filter(({ id }) => !FIRST.includes(id));
  return [
    ...first.map((check) => ({ group: 'first' as const, check, assumption: assumptionOf(check) })),
    ...STAGE_CHECKS.map((check) => ({ group: 'stage' as const, check, assumption: undefined })),
    ...others.map((check) => ({ group: 'account' as const, check, assumption: assumptionOf(check) })),
  ];
}

const claimOf = (check: Check, assumption: Assumption | undefined): string => assumption?.assumption ?? check.title;

const resultOf = (
  group: Group,
  id: string,
  claim: string,
  { state, seen, nextStep }: Finding,
  assumption: Assumption | undefined,
): Result => ({
  id,
  claim,
  group,
  state: STATES[state],
  seen: withoutNumbers(seen),
  ...(nextStep !== undefined && { nextStep: withoutNumbers(nextStep) }),
  ...(assumption && { madeIn: assumption.madeIn }),
});
