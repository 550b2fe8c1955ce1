import { shortId } from '../../../adapters/shared-state/short-id.ts';

type Item = Readonly<Record<string, unknown>> | undefined;

const SHORT = shortId('').length;
const isDay = (name: string): boolean => /^\d{4}-\d\d-\d\d$/.test(name);

/** Short ids of the requests that an item of a limit counts; none in its total. */
export const requestsIn = (item: Item): ReadonlySet<string> =>
  new Set(Object.keys(item ?? {}).filter((name) => name.length === SHORT));

/** Short ids of the requests that count among the unanswered tries of a number. */
export const triesIn = (item: Item): ReadonlySet<string> =>
  new Set(
    Object.entries(item ?? {}).flatMap(([name, ids]) => (name.startsWith('tries ') ? [...(ids as Set<string>)] : [])),
  );

/** Short ids of the requests that count among the calls of a number, by day. */
export const callsIn = (item: Item): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.entries(item ?? {}).filter((entry): entry is [string, Set<string>] => isDay(entry[0])));
