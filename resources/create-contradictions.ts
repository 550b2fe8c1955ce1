import { CREATE } from '../domain/created-ids.ts';
import type { StageFile } from '../domain/stage-file.ts';

/** Fields about what the stack makes that are right by themselves and wrong beside another. */
export function createContradictions(file: StageFile): { path: string[]; found: unknown; expected: string }[] {
  return [...instanceAlias(file), ...queuesElsewhere(file), ...hoursOfQueues(file), ...indistinctNames(file)];
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
