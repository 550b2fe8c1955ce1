import { textOf } from './visitor-text.ts';

/**
 * A user in KARTE: the keys of its Track API, one of which is given.
 * - `user_id`: the company's own id of a member, as sent by `identify`
 * - `visitor_id`: KARTE's id of a browser
 */
export type KarteKey = { user_id: string } | { visitor_id: string };

/** Longer than any real id. */
const MAX_CHARACTERS = 200;

/**
 * The visitor's key from the content of KARTE's event: `user_id` if there is one, else `visitor_id`. Undefined if neither is filled in.
 *
 * @example karteKeyOf({ user_id: 'null', visitor_id: 'vis-0000' }) // { visitor_id: 'vis-0000' }
 */
export function karteKeyOf({ user_id, visitor_id }: Readonly<Record<string, unknown>>): KarteKey | undefined {
  const user = idOf(user_id);
  if (user !== undefined) return { user_id: user };
  const visitor = idOf(visitor_id);
  return visitor === undefined ? undefined : { visitor_id: visitor };
}

/** KARTE compares every character, so nothing is corrected. */
function idOf(value: unknown): string | undefined {
  const id = textOf(value)?.trim();
  return id === undefined || id.length > MAX_CHARACTERS || /[\p{Cc}\p{Cs}]/u.test(id) ? undefined : id;
}
