import { CREATE } from '../domain/created-ids.ts';
import type { StageFile } from '../domain/stage-file.ts';
import { closedDayContradictions } from './closed-days-of-stage.ts';
import { idsDocument } from './ids-document.ts';

/** Fields about what the stack makes that are right by themselves and wrong beside another. */
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

/** The name of an instance cannot be changed later: it is asked for, and never made up. */
function instanceAlias({ connect: { instanceId }, create: { instanceAlias: found } }: StageFile) {
  const isMade = instanceId === CREATE;
  if (isMade === (found !== null)) return [];
  const expected = isMade
    ? 'a name for the instance that the stack makes (connect.instanceId is create), such as example-call-centre'
    : 'null, as connect.instanceId names an instance that exists';
  return [{ path: ['create', 'instanceAlias'], found, expected }];
}

/** What the stack is yet to make has nothing in it. */
function queuesElsewhere({ connect: { instanceId, queues }, create: { hours } }: StageFile) {
  if (instanceId !== CREATE) return [];
  const because = 'as the stack makes the instance (connect.instanceId is create)';
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
    return hours === null ? [] : at([], hours, 'null, as no queue of connect.queues is create: others have their own');
  }
  if (hours === null)
    return at([], hours, `hours of operation for what is create in connect.queues: ${made.join(', ')}`);
  // Amazon Connect knows each day by itself, and the same time twice would be the whole day.
  return typeof hours === 'object' && hours.end <= hours.start
    ? at(['end'], hours.end, `a time after create.hours.start (${hours.start}); for hours over midnight give their id`)
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

/** What a parameter of Systems Manager takes that costs nothing. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MOST_BYTES = 4_096;
const ID = '00000000-0000-4000-8000-000000000000';
const ARN = `arn:aws-us-gov:connect:ap-northeast-1:000000000000:instance/${ID}/contact-flow/${ID}`;

/** The functions are told the ids of what the stack makes by one parameter. */
function tooManyIds(file: StageFile) {
  const ids = { instance: ID, contactFlow: ARN, queue: () => ID, routingProfile: () => ID };
  const bytes = Buffer.byteLength(idsDocument(file, ids));
  if (bytes <= MOST_BYTES) return [];
  const expected = `fewer, or shorter names: the ids of what the stack makes take ${bytes} bytes of the parameter that tells them to the functions, of ${MOST_BYTES}`;
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
      expected: `a name of at most ${MAX_QUEUE_NAME} characters: queues and routing profiles of the stack are called after it`,
    }));
}

/**
 * What CreateRoutingProfile, which CloudFormation asks, takes at once.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateRoutingProfile.html QueueConfigs
 */
const MOST_QUEUES_OF_PROFILE = 10;

function crowdedPools({ agents: { pools }, create: { routingProfiles } }: StageFile) {
  if (!routingProfiles) return [];
  return pools.flatMap((pool, index) => {
    if (pool.length <= MOST_QUEUES_OF_PROFILE) return [];
    const expected = `at most ${MOST_QUEUES_OF_PROFILE} queues in a pool, as a routing profile is made with no more (create.routingProfiles is true); or make the profiles by hand`;
    return [{ path: ['agents', 'pools', String(index)], found: `${pool.length} queues`, expected }];
  });
}
