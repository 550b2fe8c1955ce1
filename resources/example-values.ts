/** Values of the shipped settings and of the guide that stand for a person's own, by where they stand. */
interface ExampleForm {
  field: RegExp;
  example: RegExp;
  /** What belongs there, and where it is found. */
  own: string;
}

/** Those of the shipped settings, the guide to a deployment and domain/stage-file.ts; anyone who tries something may have others. */
const ID = /(?:^|\/)0{8}-0{4}-4000-8000-0{8}(?:000[0-2]|[abc]00[12]|d001)$/;
const ACCOUNT = /\b(?:123456789012|0{12})\b/;
/** 050-0000-…, which nobody has, and the number of KARTE's guide. */
const NUMBER = /^\+81500000\d{4}$|^\+819012345678$/;
/** Reserved for examples. @see https://www.rfc-editor.org/rfc/rfc2606#section-3 */
const SITE = /^https?:\/\/(?:[^/]+\.)?example\.(?:com|net|org)\b/;

const FORMS: readonly ExampleForm[] = [
  {
    field: /^karte\.eventBusName$/,
    example: new RegExp(`${ACCOUNT.source}|/example-project/`),
    own: 'the name of your event source: EventBridge console, Partner event sources, once KARTE has been given your AWS account',
  },
  {
    field: /^connect\.instanceId$/,
    example: ID,
    own: 'the id of your instance: Amazon Connect console, the part of the instance ARN behind instance/',
  },
  {
    field: /^connect\.queues\./,
    example: ID,
    own: 'the id of your queue: Amazon Connect, Routing > Queues, the queue, the part of its ARN behind /queue/',
  },
  {
    field: /^connect\.sourcePhoneNumber$/,
    example: NUMBER,
    own: 'a number of your instance: Amazon Connect, Channels > Phone numbers; to claim a Japanese one takes a support case',
  },
  {
    field: /^connect\.flowValues\./,
    example: new RegExp(`^arn:.*${ACCOUNT.source}|${ID.source}`),
    own: 'the ARN of your own: of a prompt, Amazon Connect, Routing > Prompts',
  },
  {
    field: /^create\.hours$/,
    example: ID,
    own: 'the id of your hours: Amazon Connect, Routing > Hours of operation, the part of the ARN behind /operating-hours/',
  },
  {
    field: /^availability\.origins\.\d+$/,
    example: SITE,
    own: 'the origin of your pages, as the browser shows it: https:// and the name',
  },
  {
    field: /^alarmTopicArn$/,
    example: ACCOUNT,
    own: 'the ARN of your topic: SNS console, Topics; or null, and nobody is told of alarms',
  },
];

/** A value of a stage file that is an example. */
interface ExampleValue {
  path: string;
  found: string;
  own: string;
}

/**
 * Finds every value in a stage file that is still an example, with what belongs there and where that is found.
 *
 * @param content the file as YAML has it, whatever else is wrong with it
 */
export const exampleValues = (content: unknown): ExampleValue[] =>
  textsIn(content).flatMap(({ path, found }) =>
    FORMS.filter(({ field, example }) => field.test(path) && example.test(found)).map(({ own }) => ({
      path,
      found,
      own,
    })),
  );

/** What every stage must have of its own. */
const OWN = /^(?:karte\.eventBusName|connect\.(?:instanceId|sourcePhoneNumber|queues\..+))$/;

/** Whether all that a stage must have of its own is still an example: nobody has written the file's settings yet. */
export function isAllExamples(content: unknown): boolean {
  const examples = new Set(exampleValues(content).map(({ path }) => path));
  const own = textsIn(content).filter(({ path }) => OWN.test(path));
  return own.length > 0 && own.every(({ path }) => examples.has(path));
}

export const isExampleNumber = (number: string): boolean => NUMBER.test(number);

/** Every text of a file, with the path to it. */
function textsIn(value: unknown, path: readonly string[] = []): { path: string; found: string }[] {
  if (typeof value === 'string') return [{ path: path.join('.'), found: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}
