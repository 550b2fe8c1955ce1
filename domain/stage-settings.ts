import type { StageFile } from './stage-file.ts';

/**
 * The settings passed to the functions: the stage file without what only packaging reads.
 *
 * @param isLocal true only in the local stack, whose phones are simulated
 */
export function settingsOf(file: StageFile, isLocal: boolean) {
  const { region, karte, create, protectTables, logRetentionDays, alarmTopicArn, alarms, availability, ...groups } =
    file;
  const { contactFlow, flowValues, flowVersions, approvedOrigins, ...connect } = file.connect;
  return { ...groups, connect, ...(availability && { tellsAvailability: true as const }), ...(isLocal && { isLocal }) };
}

/**
 * What the functions know of a stage at run time. Every field is described in stage-file.ts; it was checked when the stage
 * was packaged.
 */
export type StageSettings = ReadonlyIn<ReturnType<typeof settingsOf>> & {
  /** Local stack only: how many times faster than real time calls and agents run. */
  readonly speed?: number;
};

type ReadonlyIn<T> = { readonly [K in keyof T]: T[K] extends object ? ReadonlyIn<T[K]> : T[K] };

export type Limits = StageSettings['limits'];

export type Pacing = StageSettings['pacing'];

/** Kinds of telephone number a stage can allow; every other kind is always refused. */
export type NumberType = StageSettings['request']['numberTypes'][number];
