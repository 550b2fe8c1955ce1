import { isObject } from './json-object.ts';
import { parseJson } from './json-text.ts';
import type { StageSettings } from './stage-settings.ts';

/** Used instead of an id: the stack creates the resource, and its id is only known after the deployment. */
export const CREATE = 'create';

/**
 * Settings as in the functions' environment. Ids may be `CREATE`, so only `withIds` may read them.
 */
export type PackagedSettings = Omit<StageSettings, 'connect'> & {
  readonly connect: Omit<StageSettings['connect'], 'instanceId' | 'queues'> & {
    readonly instanceId: unknown;
    readonly queues: Readonly<Record<string, unknown>>;
  };
};

/** What the stack stores once it is deployed, by resources/ids-parameter.cjs. */
export interface StageIds {
  /** ARN or id of the flow that calls start with. */
  contactFlow: string;
  instanceId?: string;
  queues: Readonly<Record<string, string>>;
  /** By the name of the pool of agents. */
  routingProfiles: Readonly<Record<string, string>>;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FLOW = /^(?:arn:[\w-]+:connect:[\w-]+:\d{12}:instance\/([0-9a-f-]{36})\/contact-flow\/)?[0-9a-f-]{36}$/;

/** Whether there is an id that only the deployed stack knows. */
export const lacksIds = ({ connect: { instanceId, queues } }: IdsOf<PackagedSettings>): boolean =>
  [instanceId, ...Object.values(queues)].includes(CREATE);

/** What is wrong with ids; the message continues a sentence about a parameter, such as "is not JSON". */
export class UnusableIds extends Error {
  override readonly name = 'UnusableIds';
}

/** Reads what the stack stored; undefined if it stored nothing. Throws `UnusableIds`. */
export function readIds(text: string | undefined): StageIds {
  if (text === undefined) throw new UnusableIds('does not exist');
  const ids = jsonOf(text);
  const { contactFlow, instanceId, queues = {}, routingProfiles = {} } = isObject(ids) ? ids : {};
  if (typeof contactFlow !== 'string' || !FLOW.test(contactFlow)) throw new UnusableIds('names no contact flow');
  if (instanceId !== undefined && !isUuid(instanceId)) throw new UnusableIds('has an instance id that is no id');
  return {
    contactFlow,
    ...(instanceId !== undefined && { instanceId }),
    queues: idsByName(queues, 'queue'),
    routingProfiles: idsByName(routingProfiles, 'routing profile'),
  };
}

function idsByName(ids: unknown, what: string): Record<string, string> {
  if (!isObject(ids)) throw new UnusableIds(`has no list of ${what}s`);
  return Object.fromEntries(
    Object.entries(ids).map(([name, id]) => {
      if (!isUuid(id)) throw new UnusableIds(`has an id of the ${what} ${name} that is no id`);
      return [name, id];
    }),
  );
}

/** Settings with all ids filled in. Throws `UnusableIds` if one is missing, or they belong to another stage. */
export function withIds(settings: PackagedSettings, ids: StageIds): StageSettings {
  const { connect } = settings;
  const idOf = (found: unknown, made: string | undefined, what: string): string => {
    if (found !== CREATE) return String(found);
    if (made === undefined) throw new UnusableIds(`has no id of ${what}`);
    return made;
  };
  const instanceId = idOf(connect.instanceId, ids.instanceId, 'the instance');
  entryFlowOf(ids, instanceId);
  const queues = Object.entries(connect.queues).map(([name, found]) => [
    name,
    idOf(found, Object.hasOwn(ids.queues, name) ? ids.queues[name] : undefined, `the queue ${name}`),
  ]);
  return { ...settings, connect: { ...connect, instanceId, queues: Object.fromEntries(queues) } };
}

/** The flow that calls start with. Throws `UnusableIds` if it belongs to another instance, which cannot work. */
export function entryFlowOf({ contactFlow }: StageIds, instanceId: string): string {
  const [, ofInstance = instanceId] = FLOW.exec(contactFlow) ?? [];
  if (ofInstance === instanceId) return contactFlow;
  throw new UnusableIds(`names a contact flow of another instance, ${ofInstance}`);
}

type IdsOf<S extends PackagedSettings> = { connect: Pick<S['connect'], 'instanceId' | 'queues'> };

const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new UnusableIds('is not JSON', { cause: error });
  }
}
