import type { CallsDifference } from './compare-calls.ts';
import type { FlowDifference } from './difference.ts';

/** What differs between two states of some flows. */
export interface DiffReport {
  flows: FileDifference[];
  /** Of stages whose values for the flows differ. */
  settings: SettingsDifference[];
  calls: CallsDifference;
}

/** What has become of one flow file. */
export type FileDifference = {
  path: string;
  /** The file of the earlier version, where that is another one. */
  earlierPath?: string;
  /** A file of the project that has another name now. */
  moved?: true;
  /** What the later version still calls by names that files of the project had. That is none of its differences. */
  leftBehind?: readonly FormerName[];
} /** `leftOut`: parts of the versions that have not the form of a flow, and are not compared. */ & (
  | { status: 'compared'; difference: FlowDifference; leftOut: { before: number; after: number } }
  | { status: 'added' | 'removed'; blocks: number }
  /** One of the versions is no flow, so that there is nothing to compare. */
  | { status: 'unreadable'; version: 'before' | 'after'; because: string }
);

/** The token of a flow whose file has another name now. */
export interface FormerName {
  token: string;
  /** Its token now. */
  now: string;
  /** Its file now. */
  path: string;
}

/** What has become of the flow values of one stage. */
export interface SettingsDifference {
  /** The stage's file. */
  path: string;
  /** Undefined if the stage has or had no such value. */
  changes: { token: string; before: string | undefined; after: string | undefined }[];
}
