import { OWN_ATTRIBUTES } from './own-attributes.ts';

/** A record must not store everything that a flow may collect. */
const MOST = 20;
const LONGEST = 256;

/**
 * Attributes set by contact flows, besides those of the request.
 *
 * @param attributes all of the contact
 * @param sent names of the request's attributes; undefined if the contact was never linked to its request
 */
export function flowAttributes(
  attributes: Readonly<Record<string, string>>,
  sent: ReadonlySet<string> = OWN_ATTRIBUTES,
): Record<string, string> {
  const set = Object.entries(attributes).filter(([name]) => !sent.has(name) && !OWN_ATTRIBUTES.has(name));
  return Object.fromEntries(
    set.slice(0, MOST).map(([name, value]) => [name.slice(0, LONGEST), value.slice(0, LONGEST)]),
  );
}
