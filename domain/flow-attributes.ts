import { OWN_ATTRIBUTES } from './own-attributes.ts';

/** A record is no place for whatever a flow collects. */
const MOST = 20;
const LONGEST = 256;

/**
 * What contact flows set besides what a call was asked for with.
 *
 * @param attributes all of the contact
 * @param sent names the call was asked for with; unknown where nobody was told of its contact
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
