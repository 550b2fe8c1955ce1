import { describe, expect, it } from 'vitest';
import type { Sentence } from '../../domain/outcome-row.ts';
import { describeEnding, OUTCOMES, type Outcome, runbookAnchor } from '../../domain/outcomes.ts';

const rows = Object.entries(OUTCOMES) as [Outcome, (typeof OUTCOMES)[Outcome]][];
const reasons = rows.flatMap(([outcome, row]) =>
  (Object.entries(row.reasons) as [string, Sentence][]).map(([reason, sentence]) => ({ outcome, reason, sentence })),
);

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

describe('the table of outcomes', () => {
  it.each(rows)('says %s in Japanese and in English', (_outcome, row) => {
    expect(row.ja).toMatch(JAPANESE);
    expect(row.ja).toMatch(/。$/);
    expect(row.en).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
  });

  it.each(reasons)('says $outcome/$reason in Japanese and in English', ({ sentence }) => {
    expect(sentence.ja).toMatch(JAPANESE);
    expect(sentence.ja).toMatch(/。$/);
    expect(sentence.en).toMatch(/^\S[\x20-\x7e]+\.$/);
  });

  it.each(rows)('gives %s a reason, and codes that fit in a metric and an anchor', (outcome, row) => {
    expect(Object.keys(row.reasons).length).toBeGreaterThan(0);
    for (const code of [outcome, ...Object.keys(row.reasons)]) expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
  });

  it.each(rows)('fails the execution for %s exactly where an operator must act', (_outcome, row) => {
    expect(row.failsExecution).toBe(row.class === 'failed');
  });

  it('knows one outcome that means a call went out', () => {
    expect(rows.filter(([, row]) => row.class === 'placed').map(([outcome]) => outcome)).toEqual(['call_placed']);
  });

  it.each([
    ['invalid_event', 'refused'],
    ['number_refused', 'refused'],
    ['stale', 'refused'],
    ['duplicate', 'refused'],
    ['queue_closed', 'unavailable'],
    ['queue_disabled', 'unavailable'],
    ['no_agents_available', 'unavailable'],
    ['expired', 'unavailable'],
    ['throttled', 'failed'],
    ['capacity_exhausted', 'failed'],
    ['destination_not_allowed', 'failed'],
    ['outbound_not_permitted', 'failed'],
    ['misconfigured', 'failed'],
    ['access_denied', 'failed'],
    ['queue_unreadable', 'failed'],
    ['call_unconfirmed', 'failed'],
    ['internal_error', 'failed'],
  ] as const)('sorts %s under %s', (outcome, outcomeClass) => {
    expect(OUTCOMES[outcome]).toMatchObject({ class: outcomeClass });
  });
});

describe('describeEnding', () => {
  it.each(reasons)('finds the sentences of $outcome/$reason', ({ outcome, reason, sentence }) => {
    const described = describeEnding({ outcome, reason });
    expect(described.outcome).toEqual({ ja: OUTCOMES[outcome].ja, en: OUTCOMES[outcome].en });
    expect(described.reason).toEqual(sentence);
  });

  it('falls back to the outcome where a record holds a reason of another version', () => {
    const { outcome, reason } = describeEnding({ outcome: 'stale', reason: 'no_longer_known' });
    expect(reason).toEqual(outcome);
  });
});

describe('runbookAnchor', () => {
  it('leads to the section of the outcome', () => {
    expect(runbookAnchor('call_unconfirmed')).toBe('docs/runbook.md#call_unconfirmed');
  });
});
