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
}
