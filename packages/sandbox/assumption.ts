/** Why no command finds out by itself: what it would take. */
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

/** Something the local stack takes for true of AWS, and what it rests on. */
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
   * - `inferred`: it follows from something else, or is the most careful reading of a page that leaves it open.
   */
  confidence: 'documented' | 'seen by others' | 'inferred';
  /** How somebody with an account finds out. */
  howToCheck: string;
  /**
   * Who finds out: `account`, the check of this id in packages/account/checks, which rings nobody; `ring`, a call to an own
   * phone (npm run conformance -- --ring); or, where no command can, what it takes.
   */
  checkedBy: 'account' | 'ring' | keyof typeof BEYOND_COMMANDS;
  /** File and title of the test that fails where the local stack stops assuming it, or why there is none. */
  test: `${string}.test.ts > ${string}` | { none: string };
}
