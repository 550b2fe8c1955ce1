import type { Journey, Move } from './journey.ts';
import type { Settings } from './pop-up-settings.ts';

/** What a step knows and may do. */
export interface Visit {
  settings: Settings;
  journey: Journey;
  /** As visitors read it. */
  callerNumber: string;
  move(move: Move): void;
  /** Sends the request and moves on; a sentence for the visitor where it may be tried again. */
  send(): Promise<string | undefined>;
  startAgain(): void;
  close(): void;
}
