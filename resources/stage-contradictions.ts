import { getCountryCallingCode } from 'libphonenumber-js/max';
import { OTHER_USER_TYPE } from '../domain/call-request.ts';
import type { StageFile } from '../domain/stage-file.ts';
import { cleanInquiry } from '../domain/visitor-text.ts';

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
    ...emptyHours(file.callingHours),
    ...deadRules(file),
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

/** As an interval they would be the whole day: a typing error must not let phones ring at night. */
function emptyHours({ start, end }: StageFile['callingHours']): Contradiction[] {
  if (start !== end) return [];
  const expected = 'another time than callingHours.start; the whole day is start: "00:00", end: "24:00"';
  return [{ path: ['callingHours', 'end'], found: end, expected }];
}

/** Rules of routing that no request can ever match. */
function deadRules({ request, routing: { rules } }: StageFile): Contradiction[] {
  return rules.flatMap(({ userType, inquiryType }, index) => {
    const at = (field: string, found: unknown, expected: string) => [
      { path: ['routing', 'rules', index, ...(field ? [field] : [])], found, expected },
    ];
    if (userType !== undefined && ![...request.userTypes, OTHER_USER_TYPE].includes(userType)) {
      const known = request.userTypes.join(', ');
      return at(
        'userType',
        userType,
        `one of request.userTypes (${known}), or ${OTHER_USER_TYPE}, as every other is carried`,
      );
    }
    if (inquiryType !== undefined && cleanInquiry(inquiryType) === undefined) {
      return at('inquiryType', inquiryType, 'an inquiry_type of which something is left when it is cleaned');
    }
    const earlier = rules
      .slice(0, index)
      .findIndex(
        (rule) =>
          (rule.userType === undefined || rule.userType === userType) &&
          (rule.inquiryType === undefined ||
            (inquiryType !== undefined && cleanInquiry(rule.inquiryType) === cleanInquiry(inquiryType))),
      );
    if (earlier < 0) return [];
    return at('', { userType, inquiryType }, `a rule that routing.rules.${earlier} does not catch before it`);
  });
}
