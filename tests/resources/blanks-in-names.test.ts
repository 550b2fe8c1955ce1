import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkStage } from '../../resources/load-stage.ts';

/** The full example of a stage, which the docstring of the schema shows. */
const EXAMPLE = (() => {
  const source = readFileSync(join(import.meta.dirname, '../../domain/stage-file.ts'), 'utf8');
  const lines = /@example\n([\s\S]*?)\n \*\/\nexport const StageFile/.exec(source)?.[1] ?? '';
  return parse(lines.replace(/^ \* ?/gm, '')) as object;
})();

type Path = (string | number)[];

/** The place of every text of the example. */
const textsIn = (value: unknown, path: Path = []): Path[] => {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) =>
    textsIn(inside, [...path, Array.isArray(value) ? Number(key) : key]),
  );
};

const BLANKS = [
  ['a blank', ' '],
  ['a no-break space', '\u00a0'],
  ['an ideographic blank', '\u3000'],
  ['a line feed', '\n'],
] as const;

/** These are spoken, and no name of anything. */
const isSpoken = (path: Path) => path[1] === 'flowValues' && path[2] !== 'HoldMusic';

/** The example, with a blank around one of its texts. */
function spoilt(path: Path, spoil: (text: string) => string): object {
  const copy = structuredClone(EXAMPLE);
  const last = path.at(-1) ?? '';
  const group = path.slice(0, -1).reduce<object>((at, key) => Reflect.get(at, key) as object, copy);
  Reflect.set(group, last, spoil(String(Reflect.get(group, last))));
  return copy;
}

describe('a blank around a text of a stage file', () => {
  it('is no mistake of the example itself', () => {
    expect(() => checkStage(EXAMPLE, 'prod')).not.toThrow();
    expect(textsIn(EXAMPLE).length).toBeGreaterThan(25);
  });

  it.each(
    textsIn(EXAMPLE)
      .filter((path) => !isSpoken(path))
      .map((path) => [path.join('.'), path] as const),
  )('is refused, with the text that has it: %s', (name, path) => {
    for (const [, blank] of BLANKS) {
      expect(() =>
        checkStage(
          spoilt(path, (text) => `${text}${blank}`),
          'prod',
        ),
      ).toThrow(`${name}: found "`);
      expect(() =>
        checkStage(
          spoilt(path, (text) => `${blank}${text}`),
          'prod',
        ),
      ).toThrow(`${name}: found "`);
    }
  });
});
