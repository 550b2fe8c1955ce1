import { describe, expect, it } from 'vitest';
import { commandHere } from '../../../tests/run-command.ts';
import { compareWithEventRuler, deployedPatterns, isExplained } from '../event-parity.ts';
import type { EventPattern } from '../event-pattern.ts';

const RULES = deployedPatterns();
const groups = compareWithEventRuler(RULES);
const answers = groups.flatMap((group) => group.answers);
/** Where a pattern has lists of values, `$or` as a field of its own left out: the field's path. */
const fieldsOf = (pattern: EventPattern, path = ''): string[] =>
  Object.entries(pattern).flatMap(([field, wanted]) => {
    if (!Array.isArray(wanted)) return fieldsOf(wanted as EventPattern, `${path}${field}.`);
    // A field of two alternatives is one field: an event takes one of them.
    const alternatives = wanted as EventPattern[];
    return field === '$or' ? [...new Set(alternatives.flatMap((one) => fieldsOf(one, path)))] : [`${path}${field}`];
  });

describe("the local matcher of event patterns, beside AWS's own", () => {
  it('answers every recorded event alike, or differently for a reason that is known', () => {
    expect(answers.length).toBeGreaterThan(300);
    expect(answers.filter((answer) => !isExplained(answer))).toEqual([]);
  });

  it('gives a reason only where the two still differ', () => {
    const known = answers.filter((answer) => answer.known !== undefined);
    expect(known.length).toBeGreaterThan(0);
    expect(known.filter(({ ours, eventRuler }) => ours === eventRuler)).toEqual([]);
  });
});

describe('the rules that are deployed', () => {
  it.each([...RULES.keys()])('have their own answers, of events that match and of others: %s', (rule) => {
    const own = groups.find((group) => group.rule === rule)?.answers ?? [];
    expect(own.filter(({ eventRuler }) => eventRuler).length, 'ask event-ruler: CONTRIBUTING.md').toBeGreaterThan(2);
    expect(own.filter(({ eventRuler }) => !eventRuler).length, 'ask event-ruler: CONTRIBUTING.md').toBeGreaterThan(2);
  });

  it('keep away from what the two matchers take differently: no exists, no field in and beside an $or', () => {
    for (const pattern of RULES.values()) {
      expect(JSON.stringify(pattern)).not.toContain('"exists"');
      const fields = fieldsOf(pattern);
      expect(fields).toEqual([...new Set(fields)]);
    }
    expect(fieldsOf({ a: { b: [1], $or: [{ b: [2] }, { c: [3] }] } })).toEqual(['a.b', 'a.b', 'a.c']);
  });
});

describe('npm run parity', () => {
  it('prints what both say to each event of each rule, and is content', async () => {
    // Act
    const { code, stdout } = await commandHere('parity', []);
    // Assess
    for (const rule of RULES.keys()) expect(stdout).toContain(`${rule}\n  ours     event-ruler\n`);
    expect(stdout).toContain('  matches  matches      karte: detail array of objects\n');
    expect(stdout).toContain('  -        -            settle: alias\n');
    expect(stdout).toMatch(/^ {11}DIFFERENT: AWS adds the values of both places together/m);
    expect(stdout).toMatch(
      /\n\d+ events: \d+ as event-ruler, 2 different for a known reason, 0 for none; rules without an answer: 0\.\n$/,
    );
    expect(code).toBe(0);
  });

  it('prints the same as JSON', async () => {
    const { code, stdout } = await commandHere('parity', ['--json']);
    expect(JSON.parse(stdout)).toEqual(groups);
    expect(code).toBe(0);
  });

  it('notices a pattern that nobody asked AWS about', () => {
    const changed = new Map([...RULES, ['settleExecution', { source: ['aws.states'] }]]);
    const found = compareWithEventRuler(changed);
    expect(found.find(({ rule }) => rule === 'settleExecution')).toMatchObject({ deployed: true, answers: [] });
    expect(found.find(({ rule }) => rule === 'settle: of no rule today')?.answers).toHaveLength(10);
  });
});
