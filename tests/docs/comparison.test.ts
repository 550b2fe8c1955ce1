import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStage } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';

const page = readFileSync(join(PROJECT, 'docs/comparison.md'), 'utf8');
const HEAD = '| feature | here |';

/** Feature, what is said of this project, what of each of the others. */
const rows = page
  .split('\n\n')
  .filter((part) => part.startsWith(HEAD))
  .flatMap((table) => table.split('\n').slice(2))
  .map((line) => {
    const [feature = '', here = '', ...others] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { feature, here, others };
  })
  .filter(({ feature }) => feature !== 'who asks');

/** Whether a cell names something that can be looked at: a page or file, a command, a setting of the stage. */
function shows(cell: string): boolean {
  const links = [...cell.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => join(PROJECT, 'docs', link));
  const { file } = loadStage('dev');
  const settings = [...cell.matchAll(/`([a-zA-Z.]+)`/g)].filter(
    ([, name = '']) =>
      name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], file) !== undefined,
  );
  return links.some((path) => existsSync(path)) || /`npm (start|test|run [^`]+)`/.test(cell) || settings.length > 0;
}

describe('the comparison with others', () => {
  it('says yes, partly or no of this project, and of all of the others', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(({ here }) => !/^(yes|partly|no)\b/.test(here))).toEqual([]);
    expect(rows.filter(({ others }) => others.length !== 5)).toEqual([]);
    const cells = rows.flatMap(({ others }) => others);
    expect(cells.filter((cell) => !/^(?:(?:yes|partly|none|no)\b|[–?]$)/.test(cell))).toEqual([]);
  });

  it('shows each yes', () => {
    const claimed = rows.filter(({ here }) => !here.startsWith('no'));
    expect(claimed.filter(({ here }) => !shows(here))).toEqual([]);
  });

  it('says no where it is no', () => {
    const missing = rows.filter(({ here }) => here.startsWith('no')).map(({ feature }) => feature);
    expect(missing.join('\n')).toMatch(/chat[\s\S]*mobile apps[\s\S]*answering machine[\s\S]*predictive/);
  });
});
