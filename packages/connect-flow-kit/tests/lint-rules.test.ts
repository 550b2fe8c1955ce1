import { describe, expect, it } from 'vitest';
import { readFlow } from '../src/document.ts';
import { flowTypeOf } from '../src/flow-types.ts';
import { type ExampleFlow, exampleText } from '../src/lint/example.ts';
import { lintFlow } from '../src/lint/lint.ts';
import { RULES } from '../src/lint/rules.ts';
import { rulesPage } from '../src/lint/rules-page.ts';

/** Ids of the rules that a flow breaks, each once. */
function brokenBy(example: ExampleFlow): string[] {
  const text = exampleText(example);
  const read = readFlow(text);
  const findings = lintFlow(read, { text, type: flowTypeOf(read.flow) });
  return [...new Set(findings.map(({ rule }) => rule))];
}

describe.each(RULES)('$id', ({ id, example }) => {
  it('is the one rule that its failing example breaks', () => {
    expect(brokenBy(example.failing)).toEqual([id]);
  });

  it('has a fixed example with nothing wrong', () => {
    expect(brokenBy(example.fixed)).toEqual([]);
  });
});

describe('the rules', () => {
  it('have ids of their own', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are sentences: a title without full stop, a reason with one', () => {
    for (const { title, why } of RULES) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(why).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('are all told on their page, errors first', () => {
    const page = rulesPage('npx flows', 'Written anew by each build.');
    const ids = (severity: string) => RULES.filter((rule) => rule.severity === severity).map(({ id }) => id);
    expect([...page.matchAll(/^### (.*)$/gm)].map(([, id]) => id)).toEqual([
      ...ids('error'),
      ...ids('warning'),
      ...['unknown-token', 'repeated-name', 'unused-silence'],
    ]);
    expect(page).toContain('`npx flows lint` looks for these');
    expect(page).toContain('\n\nWritten anew by each build.\n\n');
  });
});
