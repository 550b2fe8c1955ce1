import { describe, expect, it } from 'vitest';
import { describeEnding, OUTCOMES, type Outcome, runbookAnchor, type Sentence } from '../../domain/outcomes.ts';

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

  it.each(rows)('gives %s a reason, and codes that can stand in a metric and an anchor', (outcome, row) => {
    expect(Object.keys(row.reasons).length).toBeGreaterThan(0);
    for (const code of [outcome, ...Object.keys(row.reasons)]) expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
  });

  it.each(rows)('fails the execution for %s exactly where an operator must act', (_outcome, row) => {
    expect(row.failsExecution).toBe(row.class === 'failed');
  });

  it.each(rows.filter(([, row]) => !row.failsExecution))(
    'ends quietly, with no error and no retry, in %s',
    (_outcome, row) => {
      expect(row).toMatchObject({ retry: 'none', errors: [] });
    },
  );

  it('knows one outcome that means a call went out', () => {
    expect(rows.filter(([, row]) => row.class === 'placed').map(([outcome]) => outcome)).toEqual(['call_placed']);
  });

  it.each([
    ['invalid_event', 'refused', 'none'],
    ['number_refused', 'refused', 'none'],
    ['stale', 'refused', 'none'],
    ['duplicate', 'refused', 'none'],
    ['queue_closed', 'unavailable', 'none'],
    ['queue_disabled', 'unavailable', 'none'],
    ['no_agents_available', 'unavailable', 'none'],
    ['expired', 'unavailable', 'none'],
    ['throttled', 'failed', 'later'],
    ['capacity_exhausted', 'failed', 'later'],
    ['destination_not_allowed', 'failed', 'none'],
    ['outbound_not_permitted', 'failed', 'none'],
    ['misconfigured', 'failed', 'none'],
    ['access_denied', 'failed', 'none'],
    ['queue_unreadable', 'failed', 'backoff'],
    ['call_unconfirmed', 'failed', 'backoff'],
    ['internal_error', 'failed', 'backoff'],
  ] as const)('sorts %s under %s, its retries under %s', (outcome, outcomeClass, retry) => {
    expect(OUTCOMES[outcome]).toMatchObject({ class: outcomeClass, retry });
  });

  it('lists each error under one outcome only', () => {
    const errors = rows.flatMap(([, row]) => [...row.errors]);
    expect(new Set(errors).size).toBe(errors.length);
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
