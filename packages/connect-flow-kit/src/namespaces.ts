/** What one root of references, such as `$.Queue`, refers to. */
interface Namespace {
  /** Amazon Connect or the company decides its content, no matter who calls. */
  ours?: true;
  /** The root is a value itself: `$.Channel`. The others contain values. */
  isValue?: true;
  /** All that can follow the root; if missing, anything. */
  keys?: readonly string[];
}

const ENDPOINT = ['Address', 'Type', 'DisplayName'];

/**
 * Every root that a reference can have.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html
 */
const NAMESPACES: Readonly<Record<string, Namespace>> = {
  AdditionalEmailRecipients: { keys: ['CcList', 'ToList'] },
  Agent: { ours: true, keys: ['ARN', 'FirstName', 'LastName', 'UserName'] },
  AgenticCX: {},
  Attributes: {},
  AwsRegion: { ours: true, isValue: true },
  // In exports, but not documented.
  CallbackNumber: { isValue: true },
  Capabilities: { keys: ['Agent', 'Customer'] },
  Case: {},
  Channel: { ours: true, isValue: true },
  ContactId: { ours: true, isValue: true },
  Customer: {},
  CustomerEndpoint: { keys: ENDPOINT },
  CustomerId: { isValue: true },
  DataTableList: { keys: ['ResultData'] },
  DataTables: {},
  Description: { isValue: true },
  Email: {},
  External: {},
  ExternalTool: {},
  FlowAttributes: {},
  InitialContactId: { ours: true, isValue: true },
  InitiationMethod: { ours: true, isValue: true },
  InstanceARN: { ours: true, isValue: true },
  LambdaInvocation: { keys: ['InvocationId', 'ResultData'] },
  LanguageCode: { ours: true, isValue: true },
  Lex: {},
  Loop: {},
  Media: {},
  MediaStreams: { keys: ['Customer'] },
  Metrics: { ours: true, keys: ['Agents', 'Contact', 'Queue'] },
  Modules: { keys: ['Input', 'Result', 'ResultData'] },
  Name: { isValue: true },
  PreviousContactId: { ours: true, isValue: true },
  Queue: { ours: true, keys: ['ARN', 'Name', 'OutboundCallerId'] },
  References: {},
  RelatedContactId: { ours: true, isValue: true },
  SegmentAttributes: {},
  StoredCustomerInput: { isValue: true },
  SystemEndpoint: { ours: true, keys: ENDPOINT },
  Tags: { isValue: true },
  Task: { ours: true, keys: ['ContactId'] },
  TextToSpeechVoiceId: { ours: true, isValue: true },
  Views: { keys: ['Action', 'ViewResultData'] },
  Wisdom: { ours: true, keys: ['SessionArn'] },
};

const namespace = (root: string): Namespace | undefined =>
  Object.hasOwn(NAMESPACES, root) ? NAMESPACES[root] : undefined;

/** Does the root only contain values, so that it is not one itself? */
export function holdsValues(root: string): boolean {
  const known = namespace(root);
  return known !== undefined && known.isValue === undefined;
}

/** Does Amazon Connect or the company decide the content of the root, no matter who calls? */
export const isOurs = (root: string): boolean => namespace(root)?.ours === true;

/** A reference that points at nothing. */
interface UnknownReference {
  /** The part of it that does not exist, such as `$.Agent.Shoes`. */
  unknown: string;
  /** What can replace it: the likely ones, if there are any. */
  known: readonly string[];
}

/**
 * What is wrong with the root of a reference, or with the key after it; undefined if both exist.
 *
 * @param keys of the reference, as `referencesIn` returns them
 */
export function unknownReference([root = '', key]: readonly string[]): UnknownReference | undefined {
  const known = namespace(root);
  if (known === undefined) return { unknown: `$.${root}`, known: likely(root).map((name) => `$.${name}`) };
  if (key === undefined || known.keys === undefined || known.keys.includes(key)) return undefined;
  return { unknown: `$.${root}.${key}`, known: known.keys.map((name) => `$.${root}.${name}`) };
}

/** Roots in a text that lack the dot of a reference, as in `$External.name`: they are read aloud as they are. */
export const withoutDot = (text: string): string[] =>
  [...text.matchAll(/\$([A-Za-z]+)(?=[.[])/g)]
    .map(([, root = '']) => root)
    .filter((root) => namespace(root) !== undefined);

/** Roots that sound alike: `CustomerInput` is part of `StoredCustomerInput`. */
function likely(root: string): string[] {
  const asked = root.toLowerCase();
  const where = (fits: (name: string) => boolean) => Object.keys(NAMESPACES).filter((name) => fits(name.toLowerCase()));
  const same = where((name) => name === asked);
  const longer = asked.length > 3 ? where((name) => name.includes(asked)) : [];
  const shorter = where((name) => name.length > 3 && asked.includes(name));
  return [same, longer, shorter].find((names) => names.length > 0) ?? [];
}
