import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { tableLines, widthOf } from '../../tools/calls/terminal-table.ts';

const COLUMNS = [
  { head: 'type', cells: ['会員さま', 'visitor'], least: 7 },
  { head: 'ending', cells: ['通話が終わりました', 'no_agents_available: waited_in_vain'], least: 12 },
  { head: 'talk', cells: ['3:30', ''], right: true },
  { head: 'id', cells: ['11111111-2222', '11111111-3333'], spare: true },
];

describe('a table in a terminal', () => {
  it('lines up Japanese, whose characters are two cells wide', () => {
    expect(tableLines(COLUMNS, 120)).toEqual([
      'type      ending                               talk  id',
      '会員さま  通話が終わりました                   3:30  11111111-2222',
      'visitor   no_agents_available: waited_in_vain        11111111-3333',
    ]);
  });

  it('leaves out what can be spared, then cuts, and never through a character', () => {
    expect(tableLines(COLUMNS, 40)).toEqual([
      'type      ending                    talk',
      '会員さま  通話が終わりました        3:30',
      'visitor   no_agents_available: wa…',
    ]);
    for (const width of [27, 28, 29, 35]) {
      for (const line of tableLines(COLUMNS, width)) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
    expect(tableLines(COLUMNS, 27)[1]).toBe('会員さ…  通話が終わ…   3:30');
  });

  it('shows a control character of somebody else as what it is', () => {
    expect(tableLines([{ head: 'a', cells: ['\u001b[31mred'] }], 80)).toEqual(['a', '\\u001b[31mred']);
  });

  it('is as wide as the terminal, 80 where that does not say, and uncut for any other reader', () => {
    expect(widthOf({ isTTY: true, columns: 132 })).toBe(132);
    expect(widthOf({ isTTY: true })).toBe(80);
    expect(widthOf({ columns: 132 })).toBe(Number.POSITIVE_INFINITY);
  });
});
