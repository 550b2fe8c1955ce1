import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getCountryCallingCode } from 'libphonenumber-js/max';
import { toldQueues } from '../domain/availability.ts';
import { OTHER_USER_TYPE } from '../domain/call-request.ts';
import { FLOW_VALUES, type StageFile } from '../domain/stage-file.ts';
import { OTHER_INQUIRY_TYPE } from '../domain/unlisted.ts';
import { cleanInquiry } from '../domain/visitor-text.ts';
import { foreignFlowValues, foreignTopic, unclaimableNumber, unknownRegion } from './aws-contradictions.ts';
import { createContradictions } from './create-contradictions.ts';
import { didYouMean } from './near-names.ts';

/** `expected` continues the sentence after "expected ". */
interface Contradiction {
  path: (string | number)[];
  found: unknown;
  expected: string;
}

interface Rule {
  /** All paths that it reads; it is skipped if one of them is broken. */
  reads: string[];
  find(file: StageFile, stage: string): Contradiction[];
}

const RULES: readonly Rule[] = [
  { reads: ['region'], find: unknownRegion },
  { reads: ['region', 'alarmTopicArn'], find: foreignTopic },
  { reads: ['connect.sourcePhoneNumber'], find: unclaimableNumber },
  { reads: ['connect.contactFlow'], find: ({ connect }) => missingFlow(connect) },
  { reads: ['region', 'connect.instanceId', 'connect.flowValues'], find: foreignFlowValues },
  { reads: ['connect.flowValues'], find: ({ connect }) => unknownMusic(connect) },
  { reads: ['connect.queues', 'routing', 'agents.pools'], find: unknownQueues },
  { reads: ['connect.queues', 'agents.pools'], find: unpooledQueues },
  { reads: ['request'], find: ({ request }) => foreignPrefixes(request) },
  { reads: ['pacing'], find: ({ pacing }) => exhaustedBurst(pacing) },
  { reads: ['signature'], find: ({ signature }) => missingKeys(signature) },
  { reads: ['callingHours'], find: ({ callingHours }) => emptyHours(callingHours) },
  { reads: ['request'], find: ({ request }) => unspeakableInquiries(request) },
  { reads: ['retryUnanswered', 'limits'], find: uselessTries },
  { reads: ['request', 'routing'], find: deadRules },
  { reads: ['pacing', 'limits'], find: tooManyLeases },
  { reads: ['availability'], find: plainOrigins },
  { reads: ['availability', 'connect.queues', 'routing'], find: tooManyTold },
  { reads: ['connect.instanceId', 'connect.queues', 'create', 'agents.pools'], find: createContradictions },
];

/**
 * Fields that are valid by themselves, but contradict another, the stage or AWS.
 *
 * @param broken paths of invalid fields: checks that read them are skipped
 */
export const contradictions = (file: StageFile, stage: string, broken: readonly string[]): Contradiction[] =>
  RULES.filter(({ reads }) => !reads.some((read) => broken.some((path) => overlap(read, path)))).flatMap(({ find }) =>
    find(file, stage),
  );

const overlap = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);

const FLOWS = join(import.meta.dirname, '../contact-flows');

function missingFlow({ contactFlow }: StageFile['connect']): Contradiction[] {
  if (existsSync(join(FLOWS, `${contactFlow}.json`))) return [];
  const known = readdirSync(FLOWS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
  const expected = `the name of a file in contact-flows/ (${known.join(', ')})${didYouMean(contactFlow, known)}`;
  return [{ path: ['connect', 'contactFlow'], found: contactFlow, expected }];
}

/** Amazon Connect identifies a recording by its id, while people know its name. */
function unknownMusic({ flowValues: { HoldMusic = FLOW_VALUES.HoldMusic } }: StageFile['connect']): Contradiction[] {
  if (
    HoldMusic === FLOW_VALUES.HoldMusic ||
    /^(?:arn:.+\/prompt\/)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(HoldMusic)
  ) {
    return [];
  }
  const expected = `the id or ARN of a prompt of the instance, or ${FLOW_VALUES.HoldMusic}`;
  return [{ path: ['connect', 'flowValues', 'HoldMusic'], found: HoldMusic, expected }];
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
    .map((named) => ({ ...named, expected: `${expected}${didYouMean(named.found, names)}` }));
}

/** The agents of a queue are counted in its pool: in two pools they would count twice, in none not at all. */
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

/** Equal times would mean the whole day: a typing error must not make phones ring at night. */
function emptyHours({ start, end }: StageFile['callingHours']): Contradiction[] {
  if (start !== end) return [];
  const expected = 'another time than callingHours.start; the whole day is start: "00:00", end: "24:00"';
  return [{ path: ['callingHours', 'end'], found: end, expected }];
}

/** A retry that a limit refuses, or that falls into the pause after the previous call, would never ring. */
function uselessTries({ retryUnanswered, limits }: StageFile): Contradiction[] {
  const { times, afterSeconds } = retryUnanswered;
  const { triesPerNumberPerDay, missedPauseSeconds } = limits;
  if (times === 0) return [];
  const at = (field: string, found: unknown, expected: string) => [
    { path: ['retryUnanswered', field], found, expected },
  ];
  return [
    ...(triesPerNumberPerDay !== null && times >= triesPerNumberPerDay
      ? at(
          'times',
          times,
          `less than limits.triesPerNumberPerDay (${triesPerNumberPerDay}), which counts the first call, too`,
        )
      : []),
    ...(afterSeconds < missedPauseSeconds
      ? at('afterSeconds', afterSeconds, `at least limits.missedPauseSeconds (${missedPauseSeconds})`)
      : []),
  ];
}

/** Read units per second of a table partition, and bytes that a query reads with one. */
const PARTITION_READS = 3_000;
const BYTES_PER_READ = 4_096;
/** An item of the leases table: tests/adapters/call-leases.test.ts. */
const LEASE_BYTES = 250;
/** How often a call causes all leases to be read: at its request, when it leaves the waiting line, and at its end. */
const READS_PER_CALL = 5;
/** Longest time from the request to the agent; a lease stays for as long after its end. */
const WAY_SECONDS = 180;
const LEFT_SECONDS = 60;

/**
 * All leases are in one partition, and taking one reads all of them, so the load on the table depends on how many calls are in
 * progress, and how many start per second.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
function tooManyLeases({ pacing: { callsPerSecond }, limits: { maxConcurrentCalls } }: StageFile): Contradiction[] {
  const readable = (rate: number) => (PARTITION_READS * BYTES_PER_READ) / (rate * READS_PER_CALL * LEASE_BYTES);
  const mostAt = (rate: number) => Math.floor(readable(rate) - rate * LEFT_SECONDS);
  const because = 'every call reads the leases of all others, and the read throughput of a table is limited';
  if (mostAt(callsPerSecond) < 1) {
    const fastest = Math.floor(Math.sqrt(readable(1) / LEFT_SECONDS) * 10) / 10;
    const expected = `at most ${fastest}: ${because}`;
    return [{ path: ['pacing', 'callsPerSecond'], found: callsPerSecond, expected }];
  }
  if ((maxConcurrentCalls ?? callsPerSecond * WAY_SECONDS) <= mostAt(callsPerSecond)) return [];
  const expected = `at most ${mostAt(callsPerSecond)} with pacing.callsPerSecond ${callsPerSecond}: ${because}`;
  return [{ path: ['limits', 'maxConcurrentCalls'], found: maxConcurrentCalls, expected }];
}

/** Anybody on the network can change plain HTTP. */
function plainOrigins({ availability }: StageFile, stage: string): Contradiction[] {
  if (stage === 'local') return [];
  return (availability?.origins ?? []).flatMap((origin, index) =>
    origin.startsWith('https:')
      ? []
      : [
          {
            path: ['availability', 'origins', index],
            found: origin,
            expected: 'an origin that begins with https:// (http://localhost is only for the stage "local")',
          },
        ],
  );
}

/** Twice as many requests in 30 s are a sixth of the account's API rate of Amazon Connect. */
const MOST_TOLD = 10;

function tooManyTold(file: StageFile): Contradiction[] {
  const told = file.availability ? toldQueues(file) : [];
  if (told.length <= MOST_TOLD) return [];
  const expected = `null, as routing leads to more than ${MOST_TOLD} queues: reading them all would exhaust Amazon Connect's quota`;
  return [{ path: ['availability'], found: `${told.length} queues`, expected }];
}

const SPOKEN = 'an inquiry_type that contains a letter or digit, and no telephone number or address';

/** Inquiry types that no request can have, or that are listed twice. */
function unspeakableInquiries({ inquiryTypes: listed }: StageFile['request']): Contradiction[] {
  const inquiryTypes = listed ?? [];
  const clean = inquiryTypes.map(cleanInquiry);
  return clean.flatMap((inquiry, index) => {
    const earlier = clean.indexOf(inquiry);
    const expected = inquiry === undefined ? SPOKEN : `a different text from request.inquiryTypes.${earlier}`;
    const isRight = inquiry !== undefined && earlier === index;
    return isRight ? [] : [{ path: ['request', 'inquiryTypes', index], found: inquiryTypes[index], expected }];
  });
}

/** Routing rules that no request can ever match. */
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
        `one of request.userTypes (${known}), or ${OTHER_USER_TYPE}, which all others become`,
      );
    }
    if (inquiryType !== undefined && cleanInquiry(inquiryType) === undefined)
      return at('inquiryType', inquiryType, SPOKEN);
    const listed = request.inquiryTypes && [...request.inquiryTypes.map(cleanInquiry), OTHER_INQUIRY_TYPE];
    if (inquiryType !== undefined && listed?.includes(cleanInquiry(inquiryType)) === false) {
      const expected = `one of request.inquiryTypes, or ${OTHER_INQUIRY_TYPE}, which all others become`;
      return at('inquiryType', inquiryType, expected);
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
    return at('', { userType, inquiryType }, `a rule that routing.rules.${earlier} does not already cover`);
  });
}
