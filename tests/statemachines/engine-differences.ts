/** A part of a definition in Amazon States Language, whatever it says. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A field of a definition and where it stands: `States.StartCall.Retry.0.BackoffRate`. */
interface Field {
  path: string;
  key: string;
  value: Json;
  /** The object or array that has it. */
  within: { [key: string]: Json };
}

/** What the local engine, or the validator of definitions, takes differently from AWS. */
interface EngineDifference {
  what: string;
  source: string;
  /** Whether a field uses it. */
  isMet: (field: Field) => boolean;
}

const STATES_LANGUAGE = 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html';
const RUNNER = 'https://github.com/nibble-4bits/aws-local-stepfunctions/blob/develop/docs/feature-support.md';
const PLUGIN = 'https://github.com/serverless-operations/serverless-step-functions';

/** A timer of Node.js fires at once where it is set for longer. @see https://nodejs.org/api/timers.html */
const LONGEST_TIMER_SECONDS = 2_147_483;

/** Until when a Wait of ours may last, by the path of its moment; each has a limit in the code or the settings. */
const LONGEST_WAIT_SECONDS: Readonly<Record<string, number>> = {
  // functions/book-appointment.ts breaks the wait after 20 days; appointments.maxDays is 30 at most.
  '$.appointment.breakAt': 20 * 86_400,
  '$.appointment.dueAt': 10 * 86_400,
  // whenClosed.maxDelaySeconds, callWithinSeconds, and the pauses before a call of our own.
  '$.opensAt': 345_600,
  '$.notBefore': 86_400,
  '$.turn.wakeAt': 28_800,
};
/** whenClosed.callWithinSeconds at most. */
const LONGEST_TOKEN_SECONDS: Readonly<Record<string, number>> = { '$.waitSeconds': 28_800 };

const isRetrier = ({ path }: Field) => /\.Retry\.\d+\.\w+$/.test(path);
const isCatcher = ({ path }: Field) => /\.Catch\.\d+\.\w+$/.test(path);
const isText = (value: Json, pattern: RegExp) => typeof value === 'string' && pattern.test(value);
const below = (value: Json, least: number) => typeof value === 'number' && value < least;

export const ENGINE_DIFFERENCES: readonly EngineDifference[] = [
  {
    what: 'JSONata is ignored, and so is what belongs to it',
    source: RUNNER,
    isMet: ({ key, value }) =>
      key === 'QueryLanguage' || /^(?:Arguments|Assign|Output|Items|Condition)$/.test(key) || isText(value, /\{%|%\}/),
  },
  {
    what: 'a rule that says "is not" by false never matches',
    source: RUNNER,
    isMet: ({ key, value }) => /^Is[A-Z]/.test(key) && value === false,
  },
  {
    what: 'a wait from 25 days ends at once',
    source: 'https://nodejs.org/api/timers.html#settimeoutcallback-delay-args',
    isMet: ({ path, key, value, within }) => {
      if (within.Type === 'Wait' && /^(?:Seconds|Timestamp)(?:Path)?$/.test(key))
        return key !== 'TimestampPath' || !((LONGEST_WAIT_SECONDS[String(value)] ?? Infinity) <= LONGEST_TIMER_SECONDS);
      // The whole execution's limit is not the runner's: packages/sandbox/state-machine-definition.ts.
      if (path === 'TimeoutSeconds') return false;
      if (key === 'TimeoutSecondsPath')
        return !((LONGEST_TOKEN_SECONDS[String(value)] ?? Infinity) <= LONGEST_TIMER_SECONDS);
      return /^(?:Timeout|Heartbeat|Interval|MaxDelay)Seconds$/.test(key) && Number(value) > LONGEST_TIMER_SECONDS;
    },
  },
  {
    what: 'StringSplit splits by the whole text, not by each of its characters',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html',
    isMet: ({ value }) => isText(value, /States\.StringSplit/),
  },
  {
    what: 'a filter without a hit fails',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html',
    isMet: ({ value }) => isText(value, /\[\?/),
  },
  {
    what: 'a path where a task limits its own time is resolved after its Parameters',
    source: RUNNER,
    isMet: ({ key, within }) => key === 'TimeoutSecondsPath' && !isText(within.Resource ?? null, /\.waitForTaskToken$/),
  },
  {
    what: 'a task without a time limit of its own is given up after 60 seconds',
    source: RUNNER,
    isMet: ({ key, value, within }) =>
      key === 'Type' &&
      value === 'Task' &&
      within.TimeoutSeconds === undefined &&
      within.TimeoutSecondsPath === undefined,
  },
  {
    what: 'a heartbeat is ignored, and the validator takes one that is no shorter than the time limit',
    source: STATES_LANGUAGE,
    isMet: ({ key }) => /^HeartbeatSeconds(?:Path)?$/.test(key),
  },
  {
    what: 'the validator takes a BackoffRate below 1',
    source: STATES_LANGUAGE,
    isMet: (field) => isRetrier(field) && field.key === 'BackoffRate' && below(field.value, 1),
  },
  {
    what: 'the validator takes an IntervalSeconds below 1',
    source: STATES_LANGUAGE,
    isMet: (field) => isRetrier(field) && field.key === 'IntervalSeconds' && below(field.value, 1),
  },
  {
    what: 'the validator takes any word as a JitterStrategy',
    source: STATES_LANGUAGE,
    isMet: (field) => isRetrier(field) && field.key === 'JitterStrategy' && !isText(field.value, /^(?:FULL|NONE)$/),
  },
  {
    what: 'the validator takes a MaxDelaySeconds that is not above IntervalSeconds, or of a year',
    source: STATES_LANGUAGE,
    isMet: (field) =>
      isRetrier(field) &&
      field.key === 'MaxDelaySeconds' &&
      (Number(field.value) <= Number(field.within.IntervalSeconds ?? 1) || Number(field.value) >= 31_622_400),
  },
  {
    what: 'the validator takes States.ALL beside other errors',
    source: STATES_LANGUAGE,
    isMet: (field) =>
      (isRetrier(field) || isCatcher(field)) &&
      Array.isArray(field.value) &&
      field.value.includes('States.ALL') &&
      field.value.length > 1,
  },
  {
    what: 'the validator takes States.ALL before other retriers or catchers',
    source: STATES_LANGUAGE,
    isMet: ({ key, value }) =>
      (key === 'Retry' || key === 'Catch') &&
      Array.isArray(value) &&
      value.slice(0, -1).some((one) => JSON.stringify(one).includes('"States.ALL"')),
  },
  {
    what: 'beside one reference, every ${…} in a text becomes a variable of CloudFormation',
    source: PLUGIN,
    isMet: ({ value }) => isText(value, /\$\{/),
  },
];

/** Where a definition does what an engine takes differently: one sentence each. */
export const differencesMet = (definition: Json): string[] =>
  fieldsOf(definition).flatMap((field) =>
    ENGINE_DIFFERENCES.filter(({ isMet }) => isMet(field)).map(({ what }) => `${field.path}: ${what}`),
  );

function fieldsOf(value: Json, path = ''): Field[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = value as { [key: string]: Json };
  return Object.entries(within).flatMap(([key, one]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return [{ path: here, key, value: one, within }, ...fieldsOf(one, here)];
  });
}
