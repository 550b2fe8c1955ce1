import { REPEATED_NAME } from './repeated-names.ts';
import { RULES } from './rules.ts';
import { UNUSED_SILENCE } from './silences.ts';
import { UNKNOWN_TOKEN } from './unknown-tokens.ts';

/** What reports say about a rule. */
export interface RuleNote {
  id: string;
  severity: 'error' | 'warning';
  title: string;
  why: string;
  /** The AWS page that the rule is based on, if there is one. */
  source?: string;
}

/** Rules about what surrounds a flow: its file, its project, its `lint.yml`. */
export const RULES_AROUND_FLOWS: readonly RuleNote[] = [UNKNOWN_TOKEN, REPEATED_NAME, UNUSED_SILENCE];

/** Every rule that can report a finding. */
export const RULE_NOTES: readonly RuleNote[] = [
  ...RULES.map(({ id, severity, title, why, source }) => ({
    id,
    severity,
    title,
    why,
    ...(source.kind === 'doc' && { source: source.note }),
  })),
  ...RULES_AROUND_FLOWS,
];

/**
 * Where to read about a rule: its section of the page of rules, or otherwise the AWS page that it is based on.
 *
 * @param page the page of rules, a path or URL
 */
export function ruleLink(id: string, page: string | undefined): string | undefined {
  return page === undefined ? RULE_NOTES.find((rule) => rule.id === id)?.source : `${page}#${id}`;
}
