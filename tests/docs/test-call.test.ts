import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IN_ORDER } from '../../packages/account/checks/doctor/in-order.ts';
import { PROJECT } from '../run-command.ts';

describe.each(['docs/test-call.md', 'docs/test-call.ja.md'])('%s', (page) => {
  const text = readFileSync(join(PROJECT, page), 'utf8');

  it("names the doctor's questions in the doctor's order", () => {
    const at = IN_ORDER.map(({ heading }) => text.indexOf(`*${heading}*`));
    expect(at).not.toContain(-1);
    expect(at.toSorted((one, other) => one - other)).toEqual(at);
  });

  it('numbers its steps, each with what is expected and what to do otherwise', () => {
    const steps = (
      text
        .split(/^## /m)
        .slice(1, -1)
        .join('')
        .match(/^\| \d+ \|.*$/gm) ?? []
    ).map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(steps.map(([number]) => Number(number))).toEqual(steps.map((_, index) => index + 1));
    expect(steps.length).toBeGreaterThan(20);
    expect(steps.filter((cells) => cells.length !== 4 || cells.includes(''))).toEqual([]);
  });
});
