import { describe, expect, it } from 'vitest';
import { readFlow, UnreadableFlowError } from '../src/document.ts';

const nested = (levels: number): string =>
  `{"Version":"2019-10-30","StartAction":"a","Actions":[],"Metadata":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;

describe('the text of a flow file', () => {
  it.each([
    [
      'other letters than those of UTF-8',
      new TextDecoder().decode(Uint8Array.of(0x22, 0x83, 0x65, 0x22)),
      'not written',
    ],
    ['hardly any end', nested(20_000), 'is no flow: it is nested more than 100 levels deep'],
  ])('is refused with a sentence where it has %s', (_, text, sentence) => {
    expect(() => readFlow(text)).toThrow(UnreadableFlowError);
    expect(() => readFlow(text)).toThrow(sentence);
  });

  it('may be as deep as any flow is', () => {
    expect(readFlow(nested(90)).problems).toEqual([]);
  });

  it('may begin with a byte order mark and have lines of Windows', () => {
    expect(readFlow(`\uFEFF${nested(1).replaceAll(',', ',\r\n')}`).problems).toEqual([]);
  });
});
