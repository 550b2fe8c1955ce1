import { UsageError } from 'connect-flow-kit/command-line';
import type { ListedEventSource } from '../../packages/account/listings.ts';
import type { Asker } from './ask.ts';
import { notAmong } from './listed-answer.ts';
import type { Listed } from './on-account.ts';

/** Prefix of KARTE's event sources. Other partners' sources do not matter here. */
export const KARTE_SOURCES = 'aws.partner/karte.io/';

const FLAG = '--event-source';
const BUS = '--event-bus';
const OTHER = 'other';

/** Meaning of the states of a source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EventSource.html */
const STATES: Readonly<Record<string, string>> = {
  PENDING: 'pending: nobody has associated it with an event bus yet',
  ACTIVE: 'active: its event bus exists',
  DELETED: 'deleted by KARTE: create it again in KARTE’s Amazon EventBridge plug-in',
};

const wrongSource = (text: string): string | undefined =>
  /^aws\.partner\/karte\.io(?:\/[.\-_A-Za-z0-9]+){3}$/.test(text)
    ? undefined
    : `expected ${KARTE_SOURCES}<AWS account>/<KARTE project>/<name>`;

/** Where KARTE's events come from, and whether the stack associates it. */
interface EventSourceAnswer {
  name: string;
  createBus: boolean;
}

/** @param flags name of the source, and `create` or `exists` for its bus; asks if undefined */
export async function eventSourceAnswer(
  asker: Asker,
  flags: { source?: string | undefined; bus?: string | undefined },
  { items, why }: Listed<ListedEventSource>,
): Promise<EventSourceAnswer> {
  const name = flags.source ?? (await chosenSource(asker, items));
  const wrong = wrongSource(name);
  if (wrong) throw new UsageError(`${FLAG} is ${name}: ${wrong}`);
  const found = items.find((source) => source.name === name);
  if (found?.state === 'DELETED') throw new UsageError(`${FLAG} is ${name}, which is ${STATES.DELETED}`);
  if (flags.source !== undefined && why === undefined && items.length > 0 && !found) {
    throw notAmong(
      FLAG,
      name,
      items.map((source) => source.name),
    );
  }
  return { name, createBus: await createsBus(asker, flags.bus, found?.state) };
}

async function chosenSource(asker: Asker, items: readonly ListedEventSource[]): Promise<string> {
  const chosen =
    items.length === 0
      ? OTHER
      : await asker.one(FLAG, 'Which event source of KARTE?', [
          ...items.map(({ name, state }) => ({
            value: name,
            name: `${name}  ${state.toLowerCase()}`,
            short: name,
            description: STATES[state] ?? state,
            ...(state === 'DELETED' && { disabled: '(by KARTE: create it again there)' }),
          })),
          { value: OTHER, name: 'another one, which KARTE creates later' },
        ]);
  return chosen === OTHER ? asker.text(FLAG, 'Name of KARTE’s event source:', wrongSource, KARTE_SOURCES) : chosen;
}

async function createsBus(asker: Asker, flag: string | undefined, state: string | undefined): Promise<boolean> {
  if (flag !== undefined && flag !== 'create' && flag !== 'exists') throw notAmong(BUS, flag, ['create', 'exists']);
  if (flag === 'exists' && state === 'PENDING') {
    throw new UsageError(`${BUS} is exists, but the event source is ${STATES.PENDING}: expected create`);
  }
  if (flag !== undefined) return flag === 'create';
  if (state === 'ACTIVE') return false;
  const answer = await asker.one(BUS, 'Who associates the event source with an event bus?', [
    { value: 'create', name: 'create: the stack does' },
    { value: 'exists', name: 'exists: by hand, before the first deployment' },
  ]);
  return answer === 'create';
}
