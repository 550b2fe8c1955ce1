import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeenUsers } from '../../tools/phones/seen-users.ts';
import { FUZZ_SEED, fuzzRuns } from '../fuzz-runs.ts';

it('knows every user and their first number, however often its table grows', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ maxLength: 2 }), fc.constantFrom('+819012345678', '+81312345678')), {
        minLength: 20,
        maxLength: 60,
      }),
      (rows) => {
        const users = new SeenUsers(2);
        const known = new Map<string, string>();
        for (const [id, e164] of rows) {
          const first = known.get(id);
          const expected = first === undefined ? 'new' : first === e164 ? 'same number' : 'other number';
          expect(users.add(id, e164)).toBe(expected);
          if (first === undefined) known.set(id, e164);
        }
      },
    ),
    { seed: FUZZ_SEED, numRuns: fuzzRuns(200) },
  );
});

it('tells 100,000 ids of the usual kinds apart', () => {
  const users = new SeenUsers();
  for (let index = 0; index < 50_000; index += 1) {
    for (const id of [`user${index}`, String(index).padStart(8, '0')]) {
      if (users.add(id, '+819012345678') !== 'new') throw new Error(`${id} was taken for another`);
    }
  }
  expect(users.add('user49999', '+819012345678')).toBe('same number');
});
