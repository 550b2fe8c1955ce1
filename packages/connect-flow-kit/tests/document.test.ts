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
    ['a comment', '// greets\n{ "Version": "2019-10-30" }', 'is not JSON, which has no comments: Unexpected token'],
    [
      'what describe-contact-flow answers',
      JSON.stringify({ ContactFlow: { Name: 'call-me', Content: nested(1) } }),
      'the flow is the text in ContactFlow.Content',
    ],
    ['hardly any end', nested(20_000), 'is no flow: it is nested more than 100 levels deep'],
  ])('is refused with a sentence where it has %s', (_, text, sentence) => {
    expect(() => readFlow(text)).toThrow(UnreadableFlowError);
    expect(() => readFlow(text)).toThrow(sentence);
  });

  it.each([
    ['{"identifier":"a"}', 'identifier: found "a", expected the name Identifier, which is written with a capital'],
    [
      '{"Identifier":"a","Type":"b","transitions":{}}',
      'expected the name Transitions, which is written with a capital',
    ],
    [
      '{"Identifier":"a","Type":"b","Transitions":{"Conditions":[{"NextAction":"a","Condition":{"Operator":"Equals","Operands":[18]}}]}}',
      'found [18], expected texts in quotes, ["18"]',
    ],
  ])('is told of what is written otherwise: %s', (action, sentence) => {
    const { problems } = readFlow(`{"Version":"2019-10-30","StartAction":"a","Actions":[${action}]}`);
    expect(problems.map(({ path, message }) => `${path}: ${message}`).join()).toContain(sentence);
    expect(problems).toHaveLength(1);
  });

  it('may be as deep as any flow is', () => {
    expect(readFlow(nested(90)).problems).toEqual([]);
  });

  it('may begin with a byte order mark and have lines of Windows', () => {
    expect(readFlow(`\uFEFF${nested(1).replaceAll(',', ',\r\n')}`).problems).toEqual([]);
  });
});
