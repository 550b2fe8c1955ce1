import type { Position } from '../block-positions.ts';
import type { Finding } from '../finding.ts';

/** A finding with its location and where to read about its rule. */
export interface PlacedFinding extends Finding, Position {
  /** Section of the page of rules, a path or URL. Missing if unknown. */
  url?: string;
  /** Why a team lives with it; for a finding that is silenced in `lint.yml`. */
  reason?: string;
}

/** The result for one file. */
export interface LintedFile {
  /** As the user named it. */
  file: string;
  findings: PlacedFinding[];
  silenced: PlacedFinding[];
  /** Why it could not be read, a sentence. */
  unusable?: string;
}

/** What the linter reports about a run. */
export interface LintReport {
  files: readonly LintedFile[];
  /** Flows that were checked. */
  flows: number;
  errors: number;
  warnings: number;
  silenced: number;
}

/** @param own findings about `lint.yml` itself, if there are any */
export function lintReport(flows: readonly LintedFile[], own: readonly LintedFile[]): LintReport {
  const files = [...flows, ...own];
  const findings = files.flatMap((file) => file.findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const silenced = files.flatMap((file) => file.silenced).length;
  const read = flows.filter(({ unusable }) => unusable === undefined).length;
  return { files, flows: read, errors, warnings: findings.length - errors, silenced };
}

/** The last line of a run: `1 error, 2 warnings in 3 flows, 1 finding silenced`. */
export function summary({ flows, errors, warnings, silenced }: LintReport): string {
  const numbers = `${numbered(errors, 'error')}, ${numbered(warnings, 'warning')} in ${numbered(flows, 'flow')}`;
  return silenced === 0 ? numbers : `${numbers}, ${numbered(silenced, 'finding')} silenced`;
}

const numbered = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
