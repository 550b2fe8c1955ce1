import type { Finding } from './finding.ts';

/** An entry of `lint.yml`: a finding that a team has decided to live with. */
export interface Silence {
  /** The flow's file, relative to the folder of `lint.yml`, with `/` as the separator. */
  file: string;
  /** Identifier of the block; missing for a finding about the flow as a whole. */
  block?: string;
  rule: string;
  /** Why the team lives with it. */
  reason: string;
  /** Line of `lint.yml` that the entry starts on, counted from 1. */
  line: number;
}

/** A finding that is silenced. */
export interface SilencedFinding extends Finding {
  reason: string;
}

/**
 * Divides the findings of a flow into those that stand and those that are silenced.
 *
 * @param file as entries name it
 */
export function silence(
  file: string,
  findings: readonly Finding[],
  silences: readonly Silence[],
): { findings: Finding[]; silenced: SilencedFinding[] } {
  const own = silences.filter((entry) => entry.file === file);
  const entryFor = (finding: Finding) => own.find((entry) => isFor(entry, finding));
  return {
    findings: findings.filter((finding) => !entryFor(finding)),
    silenced: findings.flatMap((finding) => {
      const entry = entryFor(finding);
      return entry ? [{ ...finding, reason: entry.reason }] : [];
    }),
  };
}

const isFor = (entry: Pick<Silence, 'rule' | 'block'>, finding: Finding): boolean =>
  entry.rule === finding.rule && entry.block === finding.block;

/** The rule that entries of `lint.yml` itself can break. It is on the page of rules next to those about flows. */
export const UNUSED_SILENCE = {
  id: 'unused-silence',
  severity: 'warning',
  title: 'An entry of lint.yml silences nothing',
  why: 'Either its finding has been fixed, and the entry would hide the same mistake if it came back, or it does not name what was meant.',
} as const;

/** What is needed to tell whether an entry has any effect. */
interface LintedFiles {
  /** The findings of each checked file, including silenced ones, by the file's name as entries have it. */
  findings: ReadonlyMap<string, readonly Finding[]>;
  /** Is there such a file, checked or not? */
  exists(file: string): boolean;
  /** Ids of all rules. */
  rules: readonly string[];
}

/** A finding for each entry that silences nothing, with its line. Nothing is reported about files that were not checked. */
export function unusedSilences(silences: readonly Silence[], files: LintedFiles): (Finding & { line: number })[] {
  return silences.flatMap((entry) => {
    const why = whyUnused(entry, files);
    const { id: rule, severity } = UNUSED_SILENCE;
    return why === undefined ? [] : [{ rule, severity, ...why, line: entry.line }];
  });
}

function whyUnused(
  entry: Silence,
  { findings, exists, rules }: LintedFiles,
): { message: string; fix: string } | undefined {
  const { file, block, rule } = entry;
  if (!rules.includes(rule)) {
    return { message: `there is no rule ${rule}`, fix: 'Name the rule as lint does, or delete the entry.' };
  }
  if (!exists(file)) {
    return { message: `there is no file ${file}`, fix: 'Name the file relative to lint.yml, or delete the entry.' };
  }
  const found = findings.get(file);
  if (found === undefined || found.some((finding) => isFor(entry, finding))) return undefined;
  const where = block === undefined ? `${file} as a whole` : `block "${block}" of ${file}`;
  return { message: `${rule} does not find anything in ${where}`, fix: 'Delete the entry.' };
}
