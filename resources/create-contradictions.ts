import { CREATE } from '../domain/created-ids.ts';
import type { StageFile } from '../domain/stage-file.ts';
import { closedDayContradictions } from './closed-days-of-stage.ts';
import { idsDocument } from './ids-document.ts';

/** Fields about what the stack creates that are valid by themselves but contradict another. */
export function createContradictions(file: StageFile): { path: string[]; found: unknown; expected: string }[] {
  return [
    ...instanceAlias(file),
    ...queuesElsewhere(file),
    ...hoursOfQueues(file),
    ...indistinctNames(file),
    ...tooManyIds(file),
    ...longNames(file),
    ...crowdedPools(file),
    ...closedDayContradictions(file),
  ];
}

/** The name of an instance cannot be changed later, so it must be given and is never generated. */
function instanceAlias({ connect: { instanceId }, create: { instanceAlias: found } }: StageFile) {
  const isMade = instanceId === CREATE;
  if (isMade === (found !== null)) return [];
  const expected = isMade
    ? 'a name for the instance that the stack creates (connect.instanceId is create), such as example-call-centre'
    : 'null, as connect.instanceId names an existing instance';
  return [{ path: ['create', 'instanceAlias'], found, expected }];
}

/** An instance that the stack has yet to create is empty. */
function queuesElsewhere({ connect: { instanceId, queues }, create: { hours } }: StageFile) {
  if (instanceId !== CREATE) return [];
  const because = 'as the stack creates the instance (connect.instanceId is create)';
  return [
    ...Object.entries(queues)
      .filter(([, id]) => id !== CREATE)
      .map(([name, found]) => ({ path: ['connect', 'queues', name], found, expected: `create, ${because}` })),
    ...(typeof hours === 'string'
      ? [{ path: ['create', 'hours'], found: hours, expected: `days, start and end, ${because}` }]
      : []),
  ];
}

function hoursOfQueues({ connect: { queues }, create: { hours } }: StageFile) {
  const made = Object.keys(queues).filter((name) => queues[name] === CREATE);
  const at = (field: string[], found: unknown, expected: string) => [
    { path: ['create', 'hours', ...field], found, expected },
  ];
  if (made.length === 0) {
    return hours === null
      ? []
      : at([], hours, 'null, as no queue of connect.queues is create: existing ones have their own');
  }
  if (hours === null)
    return at([], hours, `hours of operation for the queues that are create in connect.queues: ${made.join(', ')}`);
  // In Amazon Connect, hours cannot cross midnight, and equal times would mean the whole day.
  return typeof hours === 'object' && hours.end <= hours.start
    ? at(
        ['end'],
        hours.end,
        `a time after create.hours.start (${hours.start}); for hours that cross midnight, give their id`,
      )
    : [];
}

/** CloudFormation's names have no hyphens. */
function indistinctNames({ connect: { queues }, create: { routingProfiles } }: StageFile) {
  if (!routingProfiles && !Object.values(queues).includes(CREATE)) return [];
  const names = Object.keys(queues);
  const bare = names.map((name) => name.replaceAll('-', ''));
  return names.flatMap((name, index) => {
    const earlier = bare.indexOf(bare[index] ?? '');
    const expected = `a name that differs from ${names[earlier]} in more than hyphens`;
    return earlier === index ? [] : [{ path: ['connect', 'queues'], found: name, expected }];
  });
}

/** Size limit of a free parameter in Systems Manager. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MOST_BYTES = 4_096;
const ID = '00000000-0000-4000-8000-000000000000';
const ARN = `arn:aws-us-gov:connect:ap-northeast-1:000000000000:instance/${ID}/contact-flow/${ID}`;

/** One parameter gives the functions the ids of what the stack creates. */
function tooManyIds(file: StageFile) {
  const ids = { instance: ID, contactFlow: ARN, queue: () => ID, routingProfile: () => ID };
  const bytes = Buffer.byteLength(idsDocument(file, ids));
  if (bytes <= MOST_BYTES) return [];
  const expected = `fewer, or shorter names: the ids of what the stack creates take ${bytes} bytes, and the parameter for them at most ${MOST_BYTES}`;
  return [{ path: ['connect', 'queues'], found: `${Object.keys(file.connect.queues).length} queues`, expected }];
}

/** Amazon Connect takes 127 characters; karte-connect-call-, a stage and a slash take 40 of them. */
const MAX_QUEUE_NAME = 87;

function longNames({ connect: { queues }, create: { routingProfiles } }: StageFile) {
  return Object.entries(queues)
    .filter(([name, id]) => (routingProfiles || id === CREATE) && name.length > MAX_QUEUE_NAME)
    .map(([found]) => ({
      path: ['connect', 'queues'],
      found,
      expected: `a name of at most ${MAX_QUEUE_NAME} characters: queues and routing profiles of the stack are named after it`,
    }));
}

/**
 * Limit of CreateRoutingProfile, which CloudFormation calls.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateRoutingProfile.html QueueConfigs
 */
const MOST_QUEUES_OF_PROFILE = 10;

function crowdedPools({ agents: { pools }, create: { routingProfiles } }: StageFile) {
  if (!routingProfiles) return [];
  return pools.flatMap((pool, index) => {
    if (pool.length <= MOST_QUEUES_OF_PROFILE) return [];
    const expected = `at most ${MOST_QUEUES_OF_PROFILE} queues in a pool, as a routing profile cannot be created with more (create.routingProfiles is true); or create the profiles by hand`;
    return [{ path: ['agents', 'pools', String(index)], found: `${pool.length} queues`, expected }];
  });
}
