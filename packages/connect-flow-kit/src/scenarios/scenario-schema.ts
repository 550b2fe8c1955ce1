import * as z from 'zod';
import type { CallCase, CallEnd } from '../simulate/call-case.ts';

const text = (expected: string) => z.string(expected).min(1, expected);
const heard = z.array(text('a text'), 'a list of texts');
const count = (expected: string) => z.int(expected).min(0, expected);
const seconds = count('a whole number of seconds');

const keys = z.string('keys in quotes, such as "1"').regex(/^[0-9*#]*$/, 'keys in quotes, such as "1"');

/** The fields of CallCase, as a scenario file writes them. */
const CASE_FIELDS = {
  /** null removes an attribute of `defaults`. */
  attributes: z
    .record(z.string(), z.string('a text in quotes, or null for none').nullable(), 'attributes by name')
    .exactOptional(),
  initiation: z.enum(['API', 'INBOUND'], 'API or INBOUND').exactOptional(),
  answer: z.enum(['human', 'voicemail'], 'human or voicemail').exactOptional(),
  agents: count('a number of agents').exactOptional(),
  staffed: count('a number of agents').exactOptional(),
  agentAfterSeconds: seconds.exactOptional(),
  agentMisses: count('a number of agents').exactOptional(),
  waiting: count('a number of contacts').exactOptional(),
  queueFull: z.boolean('true or false').exactOptional(),
  hours: z.enum(['open', 'closed'], 'open or closed').exactOptional(),
  press: z.array(keys, 'a list of keys').exactOptional(),
  pressAhead: keys.exactOptional(),
  holdSeconds: seconds.exactOptional(),
  lambda: z.record(z.string(), z.json(), 'an answer for each function').exactOptional(),
  dataTables: z.record(z.string(), z.json(), 'values for each query, rows for each group').exactOptional(),
  fail: z.record(z.string(), text('an error type'), 'an error type for each block').exactOptional(),
  percent: z
    .int('a percentage from 1 to 100')
    .min(1, 'a percentage from 1 to 100')
    .max(100, 'a percentage from 1 to 100')
    .exactOptional(),
  intent: text('the name of an intent').exactOptional(),
} satisfies Record<keyof CallCase, z.ZodType>;

const ONE_FAILURE = 'one block and the error type it fails with, such as Set working queue: NoMatchingError';

const EXPECTATIONS = {
  /** All that the customer hears, word for word and in order; a recording as `[recording …]`, a loop's messages once until it starts again. */
  hears: heard.exactOptional(),
  hearsFirst: text('a text').exactOptional(),
  hearsLast: text('a text').exactOptional(),
  /** Must not occur in anything that the customer hears. */
  hearsNot: heard.exactOptional(),
  /** All that the agent hears before the customer. */
  agentHears: heard.exactOptional(),
};

const ENDS = {
  agent: 'agent',
  goodbye: 'goodbye',
  silence: 'silence',
  transferred: 'transferred',
  callback: 'callback',
  waiting: 'waiting',
  over: 'over',
} as const satisfies { [End in CallEnd]: End };

const SOME_EXPECTATION = `at least one of ${Object.keys(EXPECTATIONS).join(', ')}: a scenario says what is heard`;

const Scenario = z
  .strictObject({
    name: text('what the scenario shows, in words'),
    ...CASE_FIELDS,
    /** One call for each entry, in which that block fails. */
    eachFails: z
      .array(
        z
          .record(z.string(), text('an error type'), ONE_FAILURE)
          .refine((entry) => Object.keys(entry).length === 1, ONE_FAILURE),
        `a list: ${ONE_FAILURE}`,
      )
      .min(1, `a list: ${ONE_FAILURE}`)
      .exactOptional(),
    ...EXPECTATIONS,
    ends: z.enum(ENDS, `how the call ends: ${Object.keys(ENDS).join(', ')}`),
  })
  .refine((scenario) => Object.keys(EXPECTATIONS).some((name) => Object.hasOwn(scenario, name)), {
    error: SOME_EXPECTATION,
    path: ['hears'],
  });

/**
 * Calls that a flow must handle, one file per flow that a call can start with. A scenario is a call (all fields of
 * `CallCase`), what is heard in it, and how it ends. It must say both. In words, with an example: `SCENARIO_HELP`.
 */
export const ScenarioFile = z
  .strictObject(
    {
      /** Name of the flow's file without `.json`. */
      flow: text('the name of a flow'),
      /** Applies to every scenario that does not say otherwise; attributes, lambda and fail are merged by key. */
      defaults: z.strictObject(CASE_FIELDS, 'fields of a call').exactOptional(),
      scenarios: z.array(Scenario, 'a list of scenarios').min(1, 'at least one scenario'),
    },
    'flow and scenarios',
  )
  .check(({ value, issues }) => {
    const names = value.scenarios.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) < index) {
        issues.push({
          code: 'custom',
          path: ['scenarios', index, 'name'],
          message: 'a name that no other scenario of the file has',
          input: name,
        });
      }
    }
  });

export type ScenarioFile = z.infer<typeof ScenarioFile>;

/** Names of the fields of each level, for somebody who wrote one that does not exist. */
export const FIELDS = {
  file: Object.keys(ScenarioFile.shape),
  defaults: Object.keys(CASE_FIELDS),
  scenario: Object.keys(Scenario.shape),
};
