import { getCountryCallingCode } from 'libphonenumber-js/max';
import type { StageFile } from '../domain/stage-file.ts';

/** `expected` reads on after "expected ". */
interface Contradiction {
  path: (string | number)[];
  found: unknown;
  expected: string;
}

/** Fields that are right by themselves and wrong beside another. */
export function contradictions(file: StageFile): Contradiction[] {
  return [
    ...unknownQueues(file),
    ...unpooledQueues(file),
    ...foreignPrefixes(file.request),
    ...exhaustedBurst(file.pacing),
    ...missingKeys(file.signature),
  ];
}

function unknownQueues({ connect, routing, agents }: StageFile): Contradiction[] {
  const names = Object.keys(connect.queues);
  const expected = `the name of a queue under connect.queues (${names.join(', ')})`;
  return [
    { path: ['routing', 'default'], found: routing.default },
    ...routing.rules.map(({ queue }, index) => ({ path: ['routing', 'rules', index, 'queue'], found: queue })),
    ...agents.pools.flatMap((pool, index) =>
      pool.map((queue, place) => ({ path: ['agents', 'pools', index, place], found: queue })),
    ),
  ]
    .filter(({ found }) => !names.includes(found))
    .map((named) => ({ ...named, expected }));
}

/** Agents of a queue are counted in its pool: in two pools they would be counted twice, in none never. */
function unpooledQueues({ connect, agents: { pools } }: StageFile): Contradiction[] {
  const pooled = pools.flat();
  return Object.keys(connect.queues)
    .map((queue) => ({ queue, times: pooled.filter((name) => name === queue).length }))
    .filter(({ times }) => times !== 1)
    .map(({ queue, times }) => ({
      path: ['agents', 'pools'],
      found: pools,
      expected: `every queue in one pool: ${queue} is in ${times === 0 ? 'none' : times}`,
    }));
}

/** "+090" or "+90" instead of "+8190" would refuse everybody, or nobody. */
function foreignPrefixes({ countries, allowedPrefixes, refusedPrefixes }: StageFile['request']): Contradiction[] {
  const codes = [...new Set(countries.map((country) => `+${getCountryCallingCode(country)}`))];
  const isForeign = (prefix: string) => prefix.startsWith('+') && !codes.some((code) => prefix.startsWith(code));
  return Object.entries({ allowedPrefixes, refusedPrefixes }).flatMap(([field, prefixes]) =>
    prefixes.flatMap((prefix, index) =>
      isForeign(prefix)
        ? [
            {
              path: ['request', field, index],
              found: prefix,
              expected: `the beginning of a number of request.countries (${codes.join('…, ')}…)`,
            },
          ]
        : [],
    ),
  );
}

function exhaustedBurst({ burst, keptForJitter }: StageFile['pacing']): Contradiction[] {
  if (keptForJitter < burst) return [];
  return [{ path: ['pacing', 'keptForJitter'], found: keptForJitter, expected: `less than pacing.burst (${burst})` }];
}

function missingKeys({ mode, secretName }: StageFile['signature']): Contradiction[] {
  if (mode === 'off' || secretName !== null) return [];
  const expected = `the name of a secret in AWS Secrets Manager, as signature.mode is ${mode}`;
  return [{ path: ['signature', 'secretName'], found: secretName, expected }];
}
