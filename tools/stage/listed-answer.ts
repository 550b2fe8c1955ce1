import { UsageError } from 'connect-flow-kit/command-line';
import type { Choice } from './ask.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A listed resource of an instance. */
export interface Named {
  id: string;
  name: string;
}

export const isId = (text: string): boolean => UUID.test(text);

/** What is wrong with a typed id. */
export const wrongId = (text: string): string | undefined =>
  isId(text) ? undefined : 'expected an id, which is the last part of the ARN';

/** A list as choices: name and id, as names need not be unique. */
export const choicesOf = (items: readonly Named[]): Choice[] =>
  items.map(({ id, name }) => ({ value: id, name: `${name}  ${id}`, short: name }));

/**
 * The item that a flag names, by id or by name. Throws `UsageError` if no item or several items match.
 *
 * @param flag for the error: `--hours`
 * @param also other accepted values
 */
export function namedBy<T extends Named>(flag: string, answer: string, items: readonly T[], also: string[] = []): T {
  const found = items.filter(({ id, name }) => id === answer || name === answer);
  const [one] = found;
  if (found.length > 1) throw new UsageError(`${flag} is ${answer}: ${found.length} have that name, give the id`);
  if (!one) throw notAmong(flag, answer, [...items.map(({ name }) => name), ...also]);
  return one;
}

/** How many an error lists. */
const NAMED = 10;

/** The error for an unexpected answer. */
export function notAmong(flag: string, answer: string, expected: readonly string[]): UsageError {
  const more = expected.length > NAMED ? ` … (${expected.length} in all)` : '';
  const list =
    expected.length === 0 ? 'and there is none' : `expected one of ${expected.slice(0, NAMED).join(', ')}${more}`;
  return new UsageError(`${flag} is ${answer}: ${list}`);
}
