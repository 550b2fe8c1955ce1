import { describe, expect, it } from 'vitest';
import type { CallDifference } from '../src/diff/compare-calls.ts';
import type { DiffReport, FileDifference } from '../src/diff/diff-report.ts';
import { linesShown, withinLines } from '../src/diff/fold.ts';
import { renderReport } from '../src/diff/render-report.ts';
import { blockIn, changed, compare, greeting } from './diff-support.ts';

/** What a reader sees of Markdown before anything is opened. */
function shown(markdown: string): string[] {
  let depth = 0;
  return markdown
    .trimEnd()
    .split('\n')
    .filter((line) => {
      if (line.startsWith('<details>')) depth += 1;
      const isShown = depth === 0 || (depth === 1 && line.startsWith('<details>'));
      if (line === '</details>') depth -= 1;
      return isShown;
    });
}

const part = (title: string, lines: number) => ({
  title,
  inShort: `${lines} lines`,
  paragraphs: Array.from({ length: lines / 2 }, () => 'a line'),
});

describe('parts of a report', () => {
  it('are shown as long as they fit', () => {
    const parts = [part('one', 4), part('two', 4)];
    expect(withinLines(parts, 12)).toEqual(['one', 'a line', 'a line', 'two', 'a line', 'a line']);
    expect(withinLines(parts, 11)).toEqual([
      ...['one', 'a line', 'a line'],
      ...['two', '<details><summary>4 lines</summary>', 'a line', 'a line', '</details>'],
    ]);
  });

  it('are folded each for itself: a long one takes no room from those behind it', () => {
    const paragraphs = withinLines([part('long', 40), part('short', 2)], 10);
    expect(paragraphs.slice(0, 2)).toEqual(['long', '<details><summary>40 lines</summary>']);
    expect(paragraphs.slice(-2)).toEqual(['short', 'a line']);
    expect(linesShown(paragraphs)).toBe(8);
  });
});

const call = (scenario: string, ...middle: string[]): CallDifference => {
  const heard = (text: string) => ['(The customer answers.)', ...middle, text, '「オペレーターにおつなぎします。」'];
  return {
    flow: 'greet',
    scenario,
    before: { lines: heard('「いつもありがとうございます。」'), end: 'agent', because: 'An agent talks.' },
    after: { lines: heard('「毎度ありがとうございます。」'), end: 'agent', because: 'An agent talks.' },
  };
};

const file = (path: string): FileDifference => {
  const after = changed(greeting(), (flow) => {
    blockIn(flow, 'Thank member').Parameters = { Text: '毎度ありがとうございます。' };
  });
  return { path, status: 'compared', difference: compare(greeting(), after), leftOut: { before: 0, after: 0 } };
};

const reportOf = (flows: FileDifference[], different: CallDifference[]): string[] => {
  const report: DiffReport = { flows, settings: [], calls: { compared: 99, different, outdated: [] } };
  return shown(renderReport(report, 'npx flows'));
};

const CALLS = Array.from({ length: 60 }, (_, index) => call(`scenario ${index}`, `「${index}」`));

describe('a report', () => {
  it('of one changed word shows at most 30 lines, the word in its flow and in a call', () => {
    const lines = reportOf([file('a.json')], CALLS);
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(lines).toContain('+ 毎度ありがとうございます。');
    expect(lines).toContain('+ 「毎度ありがとうございます。」');
    expect(lines).toContain('<details><summary>In 60 scenarios</summary>');
  });

  it('of many flows names each, with what has changed in it', () => {
    const paths = Array.from({ length: 8 }, (_, index) => `${index}.json`);
    const lines = reportOf(paths.map(file), CALLS);
    for (const path of paths) expect(lines).toContain(`#### \`a/${path}\` => \`b/${path}\``);
    expect(lines.filter((line) => line.includes('1 prompt changed')).length).toBeGreaterThan(6);
    expect(lines.length).toBeLessThanOrEqual(50);
  });

  it('tells first of calls that end differently, and folds the differences behind', () => {
    // Prepare
    const dropped = { ...call('dropped'), after: { lines: [], end: 'silence' as const, because: 'It is dropped.' } };
    // Act
    const lines = reportOf([], [...CALLS, dropped]);
    // Assess
    expect(lines).toContain(
      'Nothing that a call could tell has changed: at most layout, notes, or the order of the blocks in the file. ' +
        '**61 of 99 scenarios sound different, 1 of them ends differently.**',
    );
    expect(lines).toContain(
      'The call ended with **agent** (`An agent talks.`), and now with **silence** (`It is dropped.`)',
    );
    expect(lines.indexOf('- `greet`: `dropped`')).toBeLessThan(
      lines.indexOf('<details><summary>In 60 scenarios</summary>'),
    );
    expect(reportOf([file('a.json')], [...CALLS, dropped])).toContain(
      '<details><summary>One more difference</summary>',
    );
  });
});
