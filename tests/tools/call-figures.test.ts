import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { callFigures } from '../../tools/calls/call-figures.ts';
import { figuresPage } from '../../tools/calls/figures-page.ts';
import { at, COMPLETED, NOT_ANSWERED, recordWith } from './call-records.ts';

const HOUR = 3_600;
const left = recordWith({ outcome: 'abandoned', class: 'missed', reason: 'in_queue', endedAt: at(71) }, ['agentAt']);
const refused = recordWith({ outcome: 'number_refused', class: 'refused', reason: 'emergency' }, [
  'placedAt',
  'answeredAt',
  'queuedAt',
  'agentAt',
  'inquiryType',
]);
const later = recordWith({ receivedAt: at(HOUR), endedAt: at(83) });
const open = recordWith({ status: 'claimed' }, ['outcome', 'class', 'placedAt', 'answeredAt', 'agentAt', 'endedAt']);
const inbound = recordWith({ kind: 'inbound', agentAt: at(5), endedAt: at(35) });

const calledBack = { ...left, calledBackAt: at(HOUR), calledBackBy: '00000000-0000-4000-8000-00000000d002' };

const IN_VAIN = { outcome: 'call_back_in_vain', class: 'failed', reason: 'not_in_time' } as const;
const NOT_TRIED = { outcome: 'not_tried_again', class: 'refused', reason: 'called_back' } as const;

const RECORDS = [COMPLETED, later, NOT_ANSWERED, calledBack, refused, open, inbound];

describe('the figures of a day', () => {
  const figures = callFigures(RECORDS, 'Asia/Tokyo');

  it('count requests by what became of them; anyone who called by themselves stands apart', () => {
    expect(figures.requests).toBe(6);
    expect(figures.outcomes).toEqual({ completed: 2, abandoned: 1, not_answered: 1, number_refused: 1, open: 1 });
    expect(figures.classes).toEqual({ reached: 2, missed: 2, refused: 1 });
    expect(figures.otherCalls).toEqual({
      inbound: { calls: 1, reached: 1, talked: { count: 1, median: 30_000, p95: 30_000 } },
    });
  });

  it.each([
    ['by the last of its calls', { outcome: 'completed', class: 'reached', reason: 'agent_connected' }, 'completed'],
    ['also where it was promised in vain', IN_VAIN, 'call_back_in_vain'],
    ['by its own where the try came to nothing', NOT_TRIED, 'not_answered'],
  ] as const)('count a request once that was called more than once: %s', (_what, ending, outcome) => {
    const first = { ...NOT_ANSWERED, triedAgainAs: `${NOT_ANSWERED.requestId}.try2` };
    const part = { requestId: first.triedAgainAs, tryOf: first.requestId, try: 2, receivedAt: at(HOUR) };
    const once = callFigures([first, recordWith({ ...part, ...ending })], 'Asia/Tokyo');
    expect(once.requests).toBe(1);
    expect(once.outcomes).toEqual({ [outcome]: 1 });
    expect(once.hours).toMatchObject({ 12: { requests: 1 } });
  });

  it('reckon rates of the calls whose end is known', () => {
    expect(figures.answered).toEqual({ count: 3, of: 4 });
    expect(figures.reached).toEqual({ count: 2, of: 4 });
  });

  it('say after how many missed calls the customer called back; the outcome stays that of our call', () => {
    expect(figures.calledBack).toEqual({ count: 1, of: 2 });
    expect(figures.outcomes.abandoned).toBe(1);
  });

  it('reckon times, median and 95 %', () => {
    expect(figures.times.toPlaced).toEqual({ count: 4, median: 13_000, p95: 13_000 });
    expect(figures.times.toAnswered).toEqual({ count: 3, median: 19_000, p95: 19_000 });
    expect(figures.times.toAgent).toEqual({ count: 2, median: 43_000, p95: 43_000 });
    expect(figures.times.talked).toEqual({ count: 2, median: 40_000, p95: 210_000 });
  });

  it('stand by hour of the zone, and by inquiry, the most frequent first', () => {
    expect(figures.hours).toEqual({ 12: { requests: 5, reached: 1 }, 13: { requests: 1, reached: 1 } });
    expect(figures.inquiries).toEqual([
      { inquiry: 'KARTE Datahubについて', requests: 5, reached: 2 },
      { inquiry: '(none)', requests: 1, reached: 0 },
    ]);
  });
});

describe('the page of the figures', () => {
  const pageOf = (width: number) =>
    figuresPage(callFigures(RECORDS, 'Asia/Tokyo'), { name: 'stage dev', from: '2026-11-22', width });

  it('draws bars that fit the terminal, of plain characters', () => {
    for (const width of [60, 80, 200]) {
      const lines = pageOf(width);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join('\n')).toMatch(/completed +2 +33\.3 % {2}#+\n/);
    }
    expect(pageOf(Number.POSITIVE_INFINITY).join('\n')).toMatch(/completed +2 +33\.3 % {2}#{40}\n/);
  });

  it('says how many were reached, and what calls lasted', () => {
    const text = pageOf(80).join('\n');
    expect(text).toContain(
      '  answered  75.0 % (3 of 4)\n  reached   50.0 % (2 of 4)\n  A voicemail counts as answered',
    );
    expect(text).toContain('  called back after a missed call  50.0 % (1 of 2)\n');
    expect(text).toMatch(/talk +40 s +3 min 30 s +2\n/);
    expect(text).toContain('Customers who called: 1, 1 spoke with an agent, median talk 30 s');
  });

  it('has no empty tables where nobody asked', () => {
    const none = figuresPage(callFigures([], 'Asia/Tokyo'), { name: 'stage dev', from: '2026-11-22', width: 80 });
    expect(none).toEqual(['Requests of stage dev since 2026-11-22: 0']);
  });
});
