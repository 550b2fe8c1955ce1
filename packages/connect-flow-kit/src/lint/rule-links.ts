import { RULES } from './rules.ts';
import { UNUSED_SILENCE } from './silences.ts';

/** What reports say of a rule. */
export interface RuleNote {
  id: string;
  severity: 'error' | 'warning';
  title: string;
  why: string;
  /** AWS's page that the rule is from, if there is one. */
  source?: string;
}

/** Every rule that a finding may be of. */
export const RULE_NOTES: readonly RuleNote[] = [
  ...RULES.map(({ id, severity, title, why, source }) => ({
    id,
    severity,
    title,
    why,
    ...(source.kind === 'doc' && { source: source.note }),
  })),
  UNUSED_SILENCE,
];

/**
 * Where to read about a rule: its part of the page of rules, or else AWS's page that it is from.
 *
 * @param page the page of rules, a path or URL
 */
export function ruleLink(id: string, page: string | undefined): string | undefined {
  return page === undefined ? RULE_NOTES.find((rule) => rule.id === id)?.source : `${page}#${id}`;
}
