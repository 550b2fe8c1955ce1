import { describe, expect, it } from 'vitest';
import { parseScenarios, UnusableScenariosError } from '../src/scenarios/parse-scenarios.ts';

const PATH = 'contact-flows/scenarios/call-me.yml';

/** A file with one scenario of these lines. */
const fileOf = (...lines: string[]): string => `flow: call-me
scenarios:
  - name: a member reaches an agent
${lines.map((line) => `    ${line}`).join('\n')}
`;

const EXPECTED = ['hears: [はい。]', 'ends: agent'];

/** Each letter is nine times the one before. */
const multiplied = [...'abcdefg']
  .map((letter, index) => `${'bcdefgh'[index]}: &${'bcdefgh'[index]} [${Array(9).fill(`*${letter}`).join()}]`)
  .join('\n');

describe('a scenario file', () => {
  it('may begin with a byte order mark', () => {
    const text = fileOf(...EXPECTED);
    expect(parseScenarios(`\uFEFF${text}`, PATH)).toEqual(parseScenarios(text, PATH));
  });

  it('gives a call, what is heard in it, and its end', () => {
    // Prepare
    const text = fileOf(
      'attributes: { user_type: member, has_inquiry_type: "true" }',
      'agents: 0',
      'press: ["1", ""]',
      'lambda: { find-customer: { name: 山田 } }',
      'hearsNot: [申し訳]',
      ...EXPECTED,
    );

    // Act
    const set = parseScenarios(text, PATH);

    // Assess
    expect(set).toEqual({
      path: PATH,
      flow: 'call-me',
      scenarios: [
        {
          name: 'a member reaches an agent',
          cases: [
            {
              name: 'a member reaches an agent',
              call: {
                attributes: { user_type: 'member', has_inquiry_type: 'true' },
                agents: 0,
                press: ['1', ''],
                lambda: { 'find-customer': { name: '山田' } },
              },
            },
          ],
          expected: { hears: ['はい。'], hearsNot: ['申し訳'], ends: 'agent' },
        },
      ],
    });
  });

  it('fills scenarios from its defaults, and a scenario can take an attribute away', () => {
    // Prepare
    const text = `
defaults:
  attributes: { user_type: member, queue_arn: q }
  agents: 3
  hours: closed
  fail: { A: NoMatchingError }
  lambda: { find: { a: 1 } }
${fileOf('attributes: { user_type: null, inquiry_type: 料金 }', 'agents: 0', 'fail: { B: QueueAtCapacity }', 'lambda: { tell: error }', ...EXPECTED)}`;

    // Act
    const { scenarios } = parseScenarios(text, PATH);

    // Assess
    expect(scenarios[0]?.cases[0]?.call).toEqual({
      attributes: { queue_arn: 'q', inquiry_type: '料金' },
      agents: 0,
      hours: 'closed',
      fail: { A: 'NoMatchingError', B: 'QueueAtCapacity' },
      lambda: { find: { a: 1 }, tell: 'error' },
    });
  });

  it('makes a case of each failure, besides what fails in all of them', () => {
    // Prepare
    const text = fileOf(
      'fail: { A: NoMatchingError }',
      'eachFails:',
      '  - B: NoMatchingError',
      '  - B: QueueAtCapacity',
      ...EXPECTED,
    );

    // Act
    const { scenarios } = parseScenarios(text, PATH);

    // Assess
    expect(scenarios[0]?.cases).toEqual([
      {
        name: 'a member reaches an agent (B: NoMatchingError)',
        failing: 'B: NoMatchingError',
        call: { attributes: {}, fail: { A: 'NoMatchingError', B: 'NoMatchingError' } },
      },
      {
        name: 'a member reaches an agent (B: QueueAtCapacity)',
        failing: 'B: QueueAtCapacity',
        call: { attributes: {}, fail: { A: 'NoMatchingError', B: 'QueueAtCapacity' } },
      },
    ]);
  });
});

describe('a mistake in a scenario file is told in one sentence', () => {
  const inScenario = (field: string, rest: string): string =>
    `${PATH}: scenarios[0].${field} ("a member reaches an agent"): ${rest}`;

  it.each<[string, string, string]>([
    ['no YAML', 'flow: [', `${PATH} is not YAML: `],
    ['two documents', 'flow: a\n---\nflow: b', `${PATH} is not YAML: `],
    ['an alias of nothing', 'flow: *name', `${PATH} is not YAML: `],
    ['an alias within what it names', 'flow: &name [*name]', `${PATH} is not YAML: `],
    ['aliases that multiply', `a: &a [x]\n${multiplied}`, `${PATH} is not YAML: `],
    ['nothing', '', `${PATH}: the file: found null, expected flow and scenarios.`],
    ['no flow', 'scenarios: [{ name: a, hears: [], ends: agent }]', `${PATH}: flow: found nothing, expected the name`],
    ['no scenarios', 'flow: call-me', `${PATH}: scenarios: found nothing, expected a list of scenarios.`],
    ['an empty list', 'flow: call-me\nscenarios: []', `${PATH}: scenarios: found [], expected at least one scenario.`],
    [
      'a field of the file that does not exist',
      `flows: a\n${fileOf(...EXPECTED)}`,
      `${PATH}: flows: found "a", expected no such field, only flow, defaults, scenarios.`,
    ],
    [
      'an expectation among the defaults',
      `defaults: { ends: agent }\n${fileOf(...EXPECTED)}`,
      `${PATH}: defaults.ends: found "agent", expected no such field, only attributes, `,
    ],
    [
      'a misspelled field',
      fileOf('agent: 1', ...EXPECTED),
      inScenario('agent', 'found 1, expected no such field, only name, attributes,'),
    ],
    [
      'no end',
      fileOf('hears: [はい。]'),
      inScenario('ends', 'found nothing, expected how the call ends: agent, goodbye, silence,'),
    ],
    [
      'an end that is none',
      fileOf('hears: [はい。]', 'ends: hangup'),
      inScenario('ends', 'found "hangup", expected how the call ends'),
    ],
    [
      'no expectation',
      fileOf('ends: agent'),
      inScenario('hears', 'found nothing, expected at least one of hears, hearsFirst,'),
    ],
    [
      'an attribute that is no text',
      fileOf('attributes: { has_inquiry_type: true }', ...EXPECTED),
      inScenario('attributes.has_inquiry_type', 'found true, expected a text in quotes, or null for none.'),
    ],
    [
      'a key that is no text',
      fileOf('press: [1]', ...EXPECTED),
      inScenario('press[0]', 'found 1, expected keys in quotes, such as "1".'),
    ],
    [
      'a key that no telephone has',
      fileOf('press: [x]', ...EXPECTED),
      inScenario('press[0]', 'found "x", expected keys in quotes, such as "1".'),
    ],
    [
      'less than no agent',
      fileOf('agents: -1', ...EXPECTED),
      inScenario('agents', 'found -1, expected a number of agents.'),
    ],
    [
      'two failures in one entry',
      fileOf('eachFails: [{ A: NoMatchingError, B: NoMatchingError }]', ...EXPECTED),
      inScenario('eachFails[0]', 'found {"A":"NoMatchingError","B":"NoMatchingError"}, expected one block and'),
    ],
    [
      'a block without error type',
      fileOf('eachFails: [A]', ...EXPECTED),
      inScenario('eachFails[0]', 'found "A", expected one block and the error type it fails with'),
    ],
    [
      'one text where a list must be',
      fileOf('hears: はい。', 'ends: agent'),
      inScenario('hears', 'found "はい。", expected a list of texts.'),
    ],
  ])('%s', (_, text, sentence) => {
    expect(() => parseScenarios(text, PATH)).toThrow(UnusableScenariosError);
    expect(() => parseScenarios(text, PATH)).toThrow(sentence);
  });

  it('two scenarios of the same name', () => {
    const text =
      'flow: f\nscenarios:\n  - { name: a, hears: [], ends: agent }\n  - { name: a, hears: [], ends: agent }\n';
    expect(() => parseScenarios(text, PATH)).toThrow(
      `${PATH}: scenarios[1].name ("a"): found "a", expected a name that no other scenario of the file has.`,
    );
  });

  it('and shows no more of what was found than a reader needs', () => {
    const text = fileOf(`press: ["${'x'.repeat(200)}"]`, ...EXPECTED);
    expect(() => parseScenarios(text, PATH)).toThrow(`found "${'x'.repeat(78)}…, expected keys in quotes`);
  });

  it('and each of several mistakes has a sentence of its own', () => {
    expect(() => parseScenarios(fileOf('agents: x', 'ends: y', 'hears: []'), PATH)).toThrow(/agents.*\n.*ends/);
  });
});
