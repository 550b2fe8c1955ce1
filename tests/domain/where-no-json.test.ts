import { expect, it } from 'vitest';
import { parseJson, whereNoJson } from '../../domain/json-text.ts';

it.each([
  ['', 1, 1],
  ['x', 1, 1],
  ['{"a":x}', 1, 6],
  ['\uFEFF{"a":x}', 1, 6],
  ['{"a":1,}', 1, 8],
  ['{"a":1', 1, 7],
  ['{"a":1} {', 1, 9],
  ['[1,\r\n2,\n  tru]', 3, 6],
  ['[-]', 1, 3],
  ['[1.]', 1, 4],
  ['["a', 1, 4],
  ['["a\nb"]', 1, 4],
  ["{'a': 1}", 1, 2],
])('%j is no JSON from line %i, column %i on', (text, line, column) => {
  expect(() => parseJson(text)).toThrow();
  expect(whereNoJson(text)).toBe(`line ${line}, column ${column}`);
});
