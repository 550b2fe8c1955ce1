import { maskPhones } from './masking.ts';

/** EventBridge and SNS ids are UUIDs; anything plain and short is accepted, but nothing that reads like a number. */
export function usableId(id: unknown): string | undefined {
  const usable = typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9_.:-]{7,127}$/.test(id) && maskPhones(id) === id;
  return usable ? id : undefined;
}

/**
 * The id of the request for a call that we ask for ourselves, which follows from that of the first request; that of the first
 * call is the request's own.
 * @example idOfTry('11111111-2222-4333-8444-555555555555', 2) // '11111111-2222-4333-8444-555555555555.try2'
 */
export const idOfTry = (firstId: string, number: number): string =>
  number === 1 ? firstId : `${firstId}.try${number}`;

/**
 * The id of an event from outside. One that reads like that of a further call is not usable: anyone who may publish to a topic would
 * take its place, and the call would pass for made.
 */
export function usableIdFromOutside(id: unknown): string | undefined {
  const usable = usableId(id);
  return usable === undefined || /\.try\d+$/i.test(usable) ? undefined : usable;
}
