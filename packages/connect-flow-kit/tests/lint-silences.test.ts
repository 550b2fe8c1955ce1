import { describe, expect, it } from 'vitest';
import type { Finding } from '../src/lint/finding.ts';
import { parseSilences } from '../src/lint/parse-silences.ts';
import { type Silence, silence, unusedSilences } from '../src/lint/silences.ts';

const ENTRY: Silence = { file: 'a.json', block: 'Play', rule: 'empty-text', reason: 'It is filled in.', line: 1 };
const FINDING: Finding = { rule: 'empty-text', severity: 'error', block: 'Play', message: 'm', fix: 'f' };
const { block: _, ...ABOUT_THE_FLOW } = FINDING;
const { block: __, ...WITHOUT_BLOCK } = ENTRY;

const parse = (text: string) => parseSilences(text, 'contact-flows/lint.yml');

describe('lint.yml', () => {
  it('holds entries, and knows their lines', () => {
    const text = `# Why so many?
- file: ./a.json
  block: Play
  rule: empty-text
  reason: It is filled in.

- { file: sub/b.json, rule: flow-size, reason: "It was bigger." }
`;
    expect(parse(text)).toEqual([
      { ...ENTRY, line: 2 },
      { file: 'sub/b.json', rule: 'flow-size', reason: 'It was bigger.', line: 7 },
    ]);
  });

  it('may begin with a byte order mark', () => {
    const text = '- { file: a.json, rule: flow-size, reason: "It was bigger." }';
    expect(parse(`\uFEFF${text}`)).toEqual(parse(text));
  });

  it.each(['', '# nothing yet\n', '[]'])('may hold none: %j', (text) => {
    expect(parse(text)).toEqual([]);
  });

  it.each([
    ['{ file: a.json', /^contact-flows\/lint\.yml is not YAML: ./],
    ['file: a.json', /: expected a list of entries with file, block, rule, reason$/],
    ['- a.json', /, line 1: expected an entry with file, block, rule, reason\.$/],
    ['- { file: a.json, rule: x }', /, line 1: reason is missing: say why you live with the finding\.$/],
    ['- { file: a.json, rule: x, reason: " " }', /reason is missing/],
    ['- { file: a.json, rule: x, reason: }', /reason is missing/],
    ['- { rule: x, reason: r }', /file is missing: name the file of the flow/],
    ['- { file: a.json, reason: r }', /rule is missing: name the rule/],
    ['\n- { file: a.json, rule: x, reason: r, block: 1 }', /, line 2: block is not a text: write it in quotes\.$/],
    ['- { file: a.json, rule: x, reason: r, blok: P }', /there is no field blok, only file, block, rule, reason\.$/],
    ['- &a { file: a.json, rule: x, reason: r, block: *a }', /, line 1: block is not a text/],
  ])('is refused: %s', (text, sentence) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ isUsersMistake: true, message: expect.stringMatching(sentence) }),
    );
  });

  it('names every mistake', () => {
    expect(() => parse('- { rule: x, reason: r }\n- { file: a.json, rule: x }')).toThrow(/line 1: .*\n.*line 2: /);
  });
});

describe('an entry', () => {
  it('silences the findings of its rule on its block in its file, and says why', () => {
    expect(silence('a.json', [FINDING, FINDING], [ENTRY])).toEqual({
      findings: [],
      silenced: [FINDING, FINDING].map((finding) => ({ ...finding, reason: 'It is filled in.' })),
    });
  });

  it.each([
    ['file', { file: 'b.json' }],
    ['block', { block: 'Other' }],
    ['rule', { rule: 'flow-size' }],
  ])('does not silence a finding of another %s', (_, other) => {
    expect(silence('a.json', [FINDING], [{ ...ENTRY, ...other }])).toEqual({ findings: [FINDING], silenced: [] });
  });

  it('without a block silences what is said of the flow as a whole, and nothing else', () => {
    expect(silence('a.json', [FINDING, ABOUT_THE_FLOW], [WITHOUT_BLOCK])).toMatchObject({
      findings: [FINDING],
      silenced: [ABOUT_THE_FLOW],
    });
    expect(silence('a.json', [ABOUT_THE_FLOW], [ENTRY]).silenced).toEqual([]);
  });
});

describe('an entry that silences nothing', () => {
  const unused = (entry: Silence, findings: [string, Finding[]][]) =>
    unusedSilences([entry], {
      findings: new Map(findings),
      exists: (file) => file === 'a.json',
      rules: ['empty-text', 'flow-size'],
    });

  it('is told where its file was looked at and has no such finding', () => {
    expect(unused({ ...ENTRY, line: 7 }, [['a.json', []]])).toEqual([
      {
        rule: 'unused-silence',
        severity: 'warning',
        message: 'empty-text does not find anything in block "Play" of a.json',
        fix: 'Delete the entry.',
        line: 7,
      },
    ]);
    expect(unused(WITHOUT_BLOCK, [['a.json', [FINDING]]])[0]?.message).toBe(
      'empty-text does not find anything in a.json as a whole',
    );
  });

  it('is not told where it is of use, or its file was not looked at', () => {
    expect(unused(ENTRY, [['a.json', [FINDING]]])).toEqual([]);
    expect(unused(ENTRY, [['b.json', []]])).toEqual([]);
  });

  it.each([
    ['rule', { rule: 'emty-text' }, 'there is no rule emty-text'],
    ['file', { file: 'c.json' }, 'there is no file c.json'],
  ])('is told where there is no such %s', (_, other, message) => {
    expect(unused({ ...ENTRY, ...other }, [])).toMatchObject([{ message }]);
  });
});
