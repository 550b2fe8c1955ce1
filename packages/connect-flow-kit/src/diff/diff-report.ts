import type { CallsDifference } from './compare-calls.ts';
import type { FlowDifference } from './difference.ts';

/** What differs between two states of some flows. */
export interface DiffReport {
  flows: FileDifference[];
  calls: CallsDifference;
}

/** What has become of one flow file. */
export type FileDifference = {
  path: string;
} /** `leftOut`: parts of the versions that have not the form of a flow, and are not compared. */ & (
  | { status: 'compared'; difference: FlowDifference; leftOut: { before: number; after: number } }
  | { status: 'added' | 'removed'; blocks: number }
  /** One of the versions is no flow, so that there is nothing to compare. */
  | { status: 'unreadable'; version: 'before' | 'after'; because: string }
);
