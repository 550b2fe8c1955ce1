import { expect, it } from 'vitest';
import { csv } from '../../tools/calls/csv.ts';

it('writes what RFC 4180 says, with the mark by which Excel knows UTF-8', () => {
  expect(csv(['a', 'b'], [['料金, 契約', '"はい"\nと']])).toBe('\ufeffa,b\r\n"料金, 契約","""はい""\nと"\r\n');
});

it.each(['=1+1', '+81******5678', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠A'])(
  'keeps a spreadsheet from taking %j for a formula',
  (text) => {
    const [, row = ''] = csv(['a'], [[text]]).split(/\r\n(?!=)/);
    expect(row.replace(/^"/, '')).toMatch(/^'/);
    expect(row).toContain(text);
  },
);

it('leaves everything else as it is', () => {
  expect(csv(['a'], [['4829-1532'], ['a=b'], ['']])).toBe('\ufeffa\r\n4829-1532\r\na=b\r\n\r\n');
});
