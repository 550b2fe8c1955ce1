import type { FlowType } from '../flow-types.ts';
import type { BranchName } from './flow-graph.ts';

/** What differs between two versions of one flow, as far as a call can tell. Layout and names of blocks are left out. */
export interface FlowDifference {
  /** The flow's type, if both versions say it. */
  type?: { before: FlowType; after: FlowType };
  /** The block the flow begins with, if it is a different one and not merely added before the earlier one. */
  start?: { before: BlockReference; after: BlockReference };
  /** Of a flow module. */
  settings: ParameterChange[];
  added: LoneBlock[];
  removed: LoneBlock[];
  changed: ChangedBlock[];
  /** Identifiers of blocks that were renamed, whether changed or not. Not a difference by itself. */
  renamed: { before: string; after: string }[];
}

/** A block that is named. */
export interface BlockReference {
  identifier: string;
  /** Undefined if the identifier names no block. */
  type?: string;
  /** What it does, if the identifier is a UUID that tells a reader nothing. */
  name?: string;
}

/** A block that only one of the versions has. */
export interface LoneBlock extends BlockReference {
  /** The flow begins with it. */
  isStart: boolean;
  parameters: Record<string, unknown>;
  /** What leads to it. */
  from: { block: BlockReference; on: BranchName }[];
  branches: { on: BranchName; to: BlockReference }[];
}

/** A block of both versions. */
export interface ChangedBlock extends BlockReference {
  parameters: ParameterChange[];
  branches: BranchChange[];
}

export interface ParameterChange {
  /** What the parameter is about, for a reader who asks "what has changed". */
  about: 'prompt' | 'voice' | 'queue' | 'comparison' | 'flow' | 'setting';
  /** Such as `Messages[1].Text`. */
  path: string;
  /** Undefined if there was none. */
  before: unknown;
  /** Undefined if there is none any more. */
  after: unknown;
}

export type BranchChange =
  | { kind: 'rerouted'; on: BranchName; before: BlockReference; after: BlockReference }
  | { kind: 'added'; on: BranchName; after: BlockReference }
  | { kind: 'removed'; on: BranchName; before: BlockReference }
  /** Leads to the same block, on another condition. */
  | { kind: 'condition'; before: BranchName; after: BranchName; to: BlockReference }
  /** Tried in another order; the first one that matches wins. */
  | { kind: 'order'; before: BranchName[]; after: BranchName[] };

/** How many things a reader is told. */
export function countOfChanges({ type, start, settings, added, removed, changed }: FlowDifference): number {
  const inBlocks = changed.reduce((sum, { parameters, branches }) => sum + parameters.length + branches.length, 0);
  return (type ? 1 : 0) + (start ? 1 : 0) + settings.length + added.length + removed.length + inBlocks;
}
