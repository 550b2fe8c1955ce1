import { textOf } from './visitor-text.ts';

/**
 * Who somebody is to KARTE: the keys of its Track API, of which one is given.
 * - `user_id`: the firm's own id of a member, as `identify` sent it
 * - `visitor_id`: KARTE's id of a browser
 */
export type KarteKey = { user_id: string } | { visitor_id: string };

/** Longer than any id that somebody made on purpose. */
const MAX_CHARACTERS = 200;

/**
 * The visitor's key out of the content of KARTE's event: `user_id` where there is one, else `visitor_id`. Undefined where
 * neither is filled.
 *
 * @example karteKeyOf({ user_id: 'null', visitor_id: 'vis-0000' }) // { visitor_id: 'vis-0000' }
 */
export function karteKeyOf({ user_id, visitor_id }: Readonly<Record<string, unknown>>): KarteKey | undefined {
  const user = idOf(user_id);
  if (user !== undefined) return { user_id: user };
  const visitor = idOf(visitor_id);
  return visitor === undefined ? undefined : { visitor_id: visitor };
}

/** Compared letter by letter by KARTE: nothing is corrected. */
function idOf(value: unknown): string | undefined {
  const id = textOf(value)?.trim();
  return id === undefined || id.length > MAX_CHARACTERS || /[\p{Cc}\p{Cs}]/u.test(id) ? undefined : id;
}
