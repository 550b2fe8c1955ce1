/** What it would take if no command can check it. */
export const BEYOND_COMMANDS = {
  flow: 'a test flow, and somebody who listens or reads its log',
  agent: 'an agent who takes, misses or transfers calls',
  answer: 'somebody who answers a call, declines one and lets a voicemail answer one',
  caller: 'somebody who calls the number of the instance',
  abroad: 'calls to other countries: no API lists the countries that the instance may call',
  events: 'the contact events of real calls, which are not stored',
  history: 'log lines or execution histories, read for this purpose',
  load: 'requests at a quota that the real calls of the account share',
  failure: 'a failure or a change of the stage that should not be caused for a check',
  days: 'days or weeks of real calls',
  karte: 'an account with KARTE',
  elsewhere: 'something outside the account',
} as const;

/** An assumption of the local stack about AWS, and its basis. */
export interface Assumption {
  id: string;
  /** One or two sentences that an account could prove wrong. */
  assumption: string;
  /** The file that would change if it were wrong. */
  madeIn: string;
  source: `https://${string}`;
  /**
   * - `documented`: AWS says so.
   * - `seen by others`: somebody tried it and published what happened.
   * - `inferred`: derived from something else, or the most cautious reading of unclear documentation.
   */
  confidence: 'documented' | 'seen by others' | 'inferred';
  /** How to check it with an account. */
  howToCheck: string;
  /**
   * What checks it: `account`, the check with this id in packages/account/checks, which calls nobody; `ring`, a call to your own
   * phone (npm run conformance -- --ring); or, if no command can, what it takes.
   */
  checkedBy: 'account' | 'ring' | keyof typeof BEYOND_COMMANDS;
  /** File and title of the test that fails if the local stack no longer assumes it, or why there is none. */
  test: `${string}.test.ts > ${string}` | { none: string };
}
