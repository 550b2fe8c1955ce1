import { expect, it } from 'vitest';
import { blockPositions } from '../src/lint/block-positions.ts';

it.each(['\n', '\r\n', '\r'])('tells where each block stands, whatever ends the lines (%j)', (end) => {
  const text = [
    '{',
    '  "Actions": [',
    '    { "Identifier": "a" }, { "Parameters": {}, "Identifier": "b" },',
    '',
    '\t{',
    '      "Identifier": "c"',
    '    }',
    '  ]',
    '}',
  ].join(end);
  expect(Object.fromEntries(blockPositions(text))).toEqual({
    a: { line: 3, column: 5 },
    b: { line: 3, column: 28 },
    c: { line: 5, column: 2 },
  });
});

it('counts columns as editors do, and takes the first of two blocks with one Identifier', () => {
  const text = '\uFEFF{ "Actions": [{ "Identifier": "受付😀" }, { "Identifier": "b" }, { "Identifier": "b" }] }';
  expect(Object.fromEntries(blockPositions(text))).toEqual({
    '受付😀': { line: 1, column: 16 },
    b: { line: 1, column: 42 },
  });
});

it.each(['', '[]', '{"Actions": {}}', '{"Actions": [1, {"Identifier": 2}]}'])('finds none in %j', (text) => {
  expect(blockPositions(text).size).toBe(0);
});
