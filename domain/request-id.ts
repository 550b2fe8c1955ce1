import { maskPhones } from './masking.ts';

/** EventBridge and SNS ids are UUIDs; anything plain and short is accepted, unless it looks like a telephone number. */
export function usableId(id: unknown): string | undefined {
  const usable = typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9_.:-]{7,127}$/.test(id) && maskPhones(id) === id;
  return usable ? id : undefined;
}

/**
 * The id of our own request for a further call, derived from that of the first request; for the first call, the request's own id.
 * @example idOfTry('11111111-2222-4333-8444-555555555555', 2) // '11111111-2222-4333-8444-555555555555.try2'
 */
export const idOfTry = (firstId: string, number: number): string =>
  number === 1 ? firstId : `${firstId}.try${number}`;

/**
 * The id of an event from outside. One that looks like that of a further call is rejected: otherwise a publisher to a topic could take
 * its place, and the call would count as made.
 */
export function usableIdFromOutside(id: unknown): string | undefined {
  const usable = usableId(id);
  return usable === undefined || /\.try\d+$/i.test(usable) ? undefined : usable;
}
