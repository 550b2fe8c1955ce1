import { afterEach, expect, it } from 'vitest';
import { lendEnvironment, withEnvironment } from '../with-environment.ts';

const found = { ...process.env };
const NAMES = ['OWN_OF_TEST', 'LENT_TO_TEST', 'ALSO_LENT_TO_TEST'];
const now = () => NAMES.map((name) => process.env[name]);

afterEach(() => {
  for (const name of NAMES) delete process.env[name];
  expect(process.env).toEqual(found);
});

it('a process has its own environment back when the last is returned of what it was lent', () => {
  process.env.OWN_OF_TEST = 'own';
  const first = lendEnvironment({ OWN_OF_TEST: 'first', LENT_TO_TEST: 'first' });
  const second = lendEnvironment({ OWN_OF_TEST: 'second', ALSO_LENT_TO_TEST: 'second' });
  expect(now()).toEqual(['second', 'first', 'second']);
  first();
  first();
  expect(now()).toEqual(['second', 'first', 'second']);
  second();
  expect(now()).toEqual(['own', undefined, undefined]);
});

it('a module that cannot be loaded leaves the environment as it was', async () => {
  const loading = withEnvironment({ LENT_TO_TEST: 'x' }, async () => {
    throw new Error(process.env.LENT_TO_TEST);
  });
  await expect(loading).rejects.toThrow('x');
  expect(now()).toEqual([undefined, undefined, undefined]);
});
