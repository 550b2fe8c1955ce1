import type { CallsDifference } from './compare-calls.ts';
import type { FlowDifference } from './difference.ts';

/** What differs between two states of some flows. */
export interface DiffReport {
  flows: FileDifference[];
  /** Of stages whose values for the flows differ. */
  settings: SettingsDifference[];
  calls: CallsDifference;
}

/** What happened to one flow file. `leftOut`: parts of the versions that do not have the form of a flow, and are not compared. */
export type FileDifference = {
  path: string;
  /** The file of the earlier version, if it is a different one. */
  earlierPath?: string;
  /** A file of the project that now has another name. */
  moved?: true;
  /** What the later version still refers to by former file names. It does not count among its differences. */
  leftBehind?: readonly FormerName[];
} & (
  | { status: 'compared'; difference: FlowDifference; leftOut: { before: number; after: number } }
  | { status: 'added' | 'removed'; blocks: number }
  /** One of the versions is not a flow, so there is nothing to compare. */
  | { status: 'unreadable'; version: 'before' | 'after'; because: string }
);

/** The token of a flow whose file now has another name. */
export interface FormerName {
  token: string;
  /** Its token now. */
  now: string;
  /** Its file now. */
  path: string;
}

/** What happened to the flow values of one stage. */
export interface SettingsDifference {
  /** The stage's file. */
  path: string;
  /** Undefined if the stage has or had no such value. */
  changes: { token: string; before: string | undefined; after: string | undefined }[];
}
