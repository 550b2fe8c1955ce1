/** Placeholders in the shipped settings and the guide, by their paths. */
interface ExampleForm {
  field: RegExp;
  example: RegExp;
  /** What belongs there, and where to find it. */
  own: string;
}

/** Those in the shipped settings, the deployment guide and domain/stage-file.ts. */
const ID = /(?:^|\/)0{8}-0{4}-4000-8000-0{8}(?:000[0-2]|[abc]00[12]|d001)$/;
const ACCOUNT = /\b(?:123456789012|0{12})\b/;
/** 050-0000-…, which is assigned to nobody, and the number in KARTE's guide. */
const NUMBER = /^\+81500000\d{4}$|^\+819012345678$/;
/** Reserved for examples. @see https://www.rfc-editor.org/rfc/rfc2606#section-3 */
const SITE = /^https?:\/\/(?:[^/]+\.)?example\.(?:com|net|org)\b/;

const FORMS: readonly ExampleForm[] = [
  {
    field: /^karte\.eventBusName$/,
    example: new RegExp(`${ACCOUNT.source}|/example-project/`),
    own: 'the name of your event source: EventBridge console, Partner event sources, once KARTE has your AWS account',
  },
  {
    field: /^connect\.instanceId$/,
    example: ID,
    own: 'the id of your instance: Amazon Connect console, the part of the instance ARN after instance/',
  },
  {
    field: /^connect\.queues\./,
    example: ID,
    own: 'the id of your queue: Amazon Connect, Routing > Queues, the queue, the part of its ARN after /queue/',
  },
  {
    field: /^connect\.sourcePhoneNumber$/,
    example: NUMBER,
    own: 'a number of your instance: Amazon Connect, Channels > Phone numbers; claiming a Japanese one needs a support case',
  },
  {
    field: /^connect\.flowValues\./,
    example: new RegExp(`^arn:.*${ACCOUNT.source}|${ID.source}`),
    own: 'the ARN of your own: of a prompt, Amazon Connect, Routing > Prompts',
  },
  {
    field: /^create\.hours$/,
    example: ID,
    own: 'the id of your hours: Amazon Connect, Routing > Hours of operation, the part of the ARN after /operating-hours/',
  },
  {
    field: /^availability\.origins\.\d+$/,
    example: SITE,
    own: 'the origin of your pages, as the browser shows it: https:// and the name',
  },
  {
    field: /^alarmTopicArn$/,
    example: ACCOUNT,
    own: 'the ARN of your topic: SNS console, Topics; or null, and nobody is notified of alarms',
  },
];

/** A placeholder in a stage file. */
interface ExampleValue {
  path: string;
  found: string;
  own: string;
}

/**
 * Finds every value in a stage file that is still an example, with what belongs there and where to find it.
 *
 * @param content the parsed YAML, whatever else is wrong with it
 */
export const exampleValues = (content: unknown): ExampleValue[] =>
  textsIn(content).flatMap(({ path, found }) =>
    FORMS.filter(({ field, example }) => field.test(path) && example.test(found)).map(({ own }) => ({
      path,
      found,
      own,
    })),
  );

/** What every stage must set itself. */
const OWN = /^(?:karte\.eventBusName|connect\.(?:instanceId|sourcePhoneNumber|queues\..+))$/;

/** Whether everything that a stage must set itself is still an example, so that the file has not been edited yet. */
export function isAllExamples(content: unknown): boolean {
  const examples = new Set(exampleValues(content).map(({ path }) => path));
  const own = textsIn(content).filter(({ path }) => OWN.test(path));
  return own.length > 0 && own.every(({ path }) => examples.has(path));
}

export const isExampleNumber = (number: string): boolean => NUMBER.test(number);

/** Every string in a file, with its path. */
function textsIn(value: unknown, path: readonly string[] = []): { path: string; found: string }[] {
  if (typeof value === 'string') return [{ path: path.join('.'), found: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}
