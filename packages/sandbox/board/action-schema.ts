import * as z from 'zod';
import { FAULT_KINDS } from '../connect/connect-faults.ts';
import { DEFAULT_QUOTAS, type Operation } from '../connect/quotas.ts';
import type { BoardAction } from './protocol.ts';

/** More at once than anybody can follow. */
const LARGEST_CROWD = 1_000;

const operations = Object.keys(DEFAULT_QUOTAS.rates) as [Operation, ...Operation[]];
const id = z.string('expected an id').min(1, 'expected an id').max(200, 'expected an id');
const clock = z
  .string('expected a time of day such as 09:00')
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time of day such as 09:00');
const whole = (most: number) => {
  const expected = `expected a whole number from 1 to ${most}`;
  return z.int(expected).min(1, expected).max(most, expected);
};
const yesOrNo = z.boolean('expected true or false');
const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, `expected one of ${words.join(', ')}`);
const bare = <const T extends string>(name: T) => z.strictObject({ do: z.literal(name) });

/** The same limit as that of the command. */
const why = z
  .string('give a reason, which is kept in the history')
  .trim()
  .min(1, 'give a reason, which is kept in the history')
  .max(500, 'too long: 500 characters at most');

const ACTIONS = [
  bare('add-agent'),
  z.strictObject({ do: z.literal('remove-agent'), agent: id }),
  z.strictObject({ do: z.literal('set-agent'), agent: id, status: oneOf(['available', 'offline', 'break']) }),
  z.strictObject({
    do: z.literal('set-queue'),
    queue: id,
    enabled: yesOrNo.exactOptional(),
    open: yesOrNo.exactOptional(),
    hours: z.strictObject({ start: clock, end: clock }).nullable().exactOptional(),
  }),
  z.strictObject({ do: z.literal('call-in'), queue: id }),
  z.strictObject({ do: z.literal('call-back'), contact: id }),
  z.strictObject({
    do: z.literal('add-fault'),
    kind: oneOf(FAULT_KINDS),
    operation: oneOf(operations),
    times: whole(1_000),
  }),
  bare('clear-faults'),
  z.strictObject({ do: z.literal('stop'), why }),
  z.strictObject({ do: z.literal('resume'), why }),
  z.strictObject({
    do: z.literal('set-answer'),
    answer: oneOf(['human', 'by-hand', 'voicemail', 'no-answer', 'busy', 'unreachable']),
  }),
  z.strictObject({ do: z.literal('answer'), contact: id }),
  z.strictObject({
    do: z.literal('press'),
    contact: id,
    key: z.string('expected one key').regex(/^[0-9*#]$/, 'expected one of the keys 0–9, * and #'),
  }),
  z.strictObject({ do: z.literal('hang-up'), contact: id }),
  z.strictObject({ do: z.literal('transfer'), contact: id }),
  z.strictObject({ do: z.literal('set-karte'), oncePerAccess: yesOrNo }),
  z.strictObject({ do: z.literal('send-sample'), name: id }),
  z.strictObject({ do: z.literal('crowd'), count: whole(LARGEST_CROWD) }),
] as const;

const names = ACTIONS.map(({ shape }) => shape.do.value).join(', ');

/** The body of `POST /board/actions`. */
export const ACTION: z.ZodType<BoardAction> = z.discriminatedUnion('do', ACTIONS, `expected one of ${names}`);
