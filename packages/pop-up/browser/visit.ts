import type { Journey, Move } from './journey.ts';
import type { Settings } from './pop-up-settings.ts';
import type { Prospect } from './prospect.ts';

/** What a step knows and may do. */
export interface Visit {
  settings: Settings;
  journey: Journey;
  /** As visitors read it. */
  callerNumber: string;
  prospect: Prospect;
  /** A moment as visitors read it. @param time ISO 8601 with offset */
  readTime(time: string): string;
  move(move: Move): void;
  /** Sends the request and moves on; returns a sentence for the visitor if it may be tried again. */
  send(): Promise<string | undefined>;
  startAgain(): void;
  close(): void;
}
