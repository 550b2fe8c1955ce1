import { expect, it } from 'vitest';
import { exampleText, say } from '../src/lint/example.ts';
import { repeatedNames } from '../src/lint/repeated-names.ts';
import { lintBlocks, named } from './lint-support.ts';

const FLOW = exampleText({ blocks: [say('Greet', 'One: "two", {three} [four].', 'Hang up')] });
const found = (text: string) => repeatedNames(text).map(({ block = 'flow', message }) => `${block}: ${message}`);

it.each([
  ['once each, in however many objects', FLOW, []],
  ['of the flow twice', FLOW.replace('{', '{"StartAction":"a",'), ['flow: "StartAction" appears twice in one object']],
  [
    'of a parameter twice',
    FLOW.replace('"Text":', '"Text":"a","Text":'),
    ['Greet: "Text" appears twice in one object'],
  ],
  [
    'before the Identifier',
    FLOW.replace('{"Identifier"', '{"Type":"a","Identifier"'),
    [expect.stringContaining('Greet: "Type"')],
  ],
])('a name %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

it.each([
  ['a bell', '\u0007'],
  ['half of a pair', '\ud800'],
  ['a turn of the order', '\u202e'],
])('%s in a text or a name is told', (_, character) => {
  const blocks = [say(`Greet${character}`, `Good${character} morning.`, 'Hang up')];
  expect(named(lintBlocks(blocks))).toEqual(Array(2).fill(`unseen-character: Greet${character}`));
});

it('lines, accents and pictures are seen', () => {
  expect(named(lintBlocks([say('Greet', 'Gru\u0308ß\tdich\r\n😀 終', 'Hang up')]))).toEqual([]);
});
