import { isObject } from '../../document.ts';
import { unknownReference, withoutDot } from '../../namespaces.ts';
import { referencesIn } from '../../references.ts';
import { RUNS_A_MODULE } from '../block-roles.ts';
import { reachable } from '../circles.ts';
import { block, next, say } from '../example.ts';
import { type Block, startsCall } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Rule } from '../rule.ts';
import { referenceText } from '../texts-in.ts';

/** Every text of a block that can contain references: its parameters and the operands it compares with. */
const textsOf = ({ texts, transitions }: Block): string[] => [
  ...texts.map(({ text }) => text),
  ...transitions.Conditions.flatMap(({ Condition: { Operands } }) => Operands),
];

const referencesOf = (block: Block): string[][] => textsOf(block).flatMap(referencesIn);

const unknownNamespace: Rule = {
  id: 'unknown-reference',
  severity: 'warning',
  title: 'A reference points at something that does not exist',
  why: 'It is empty in every call: a prompt has a gap, or a comparison never matches. Each is reported once; campaigns have references of their own and are not checked.',
  source: adminGuide('connect-attrib-list'),
  example: {
    failing: { blocks: [say('Welcome', 'Your number is $.Customer.PhoneNumber, $.Caller.Name.', 'Hang up')] },
    fixed: { blocks: [say('Welcome', 'Your number is $.Customer.PhoneNumber.', 'Hang up')] },
  },
  check: ({ blocks, type }) => {
    if (type === 'CAMPAIGN') return [];
    const reported = new Set<string>();
    const once = (part: string): boolean => !reported.has(part) && reported.add(part).has(part);
    return blocks.flatMap((one) => [
      ...referencesOf(one).flatMap((keys) => {
        // An amount such as $.50 is not a reference.
        const found = /^[A-Za-z]/.test(keys[0] ?? '') ? unknownReference(keys) : undefined;
        if (!found || !once(found.unknown)) return [];
        return [
          {
            block: one,
            message: `it reads ${found.unknown}, which does not exist`,
            fix:
              found.known.length > 0
                ? `Write ${found.known.join(' or ')}.`
                : 'Write one that Amazon Connect knows; what a flow sets itself is $.Attributes.… or $.FlowAttributes.….',
          },
        ];
      }),
      ...textsOf(one)
        .flatMap(withoutDot)
        .filter((root) => once(`$${root}`))
        .map((root) => ({
          block: one,
          message: `it says $${root}, which is not a reference without a dot after the $`,
          fix: `Write $.${root}.`,
        })),
    ]);
  },
};

/** A result that blocks of the call leave for later blocks. */
interface Result {
  /** What a reference to it begins with. */
  root: string;
  /** The next keys it can have; if missing, any. */
  keys?: readonly string[];
  /** The types that leave it. */
  types: readonly string[];
  /** Only what is nested more than one key deep. */
  nested?: true;
  /** Which blocks of these types do; if missing, all. */
  leavesIt?(block: Block): boolean;
  /** What it takes, for people. */
  needs: string;
}

const answers = ({ parameters: { InvocationType } }: Block): boolean =>
  String(InvocationType).toUpperCase() !== 'ASYNCHRONOUS';
/** A map of texts has no nesting. Blocks from before 2023 do not say what they return. */
const answersInDepth = (one: Block): boolean =>
  answers(one) &&
  !(isObject(one.parameters.ResponseValidation) && one.parameters.ResponseValidation.ResponseType === 'STRING_MAP');
const stores = ({ parameters: { StoreInput } }: Block): boolean => String(StoreInput).toLowerCase() !== 'false';
const PROFILES = [
  ...['AssociateContactToCustomerProfile', 'AuthenticateParticipant', 'CreateCustomerProfile', 'GetCustomerProfile'],
  ...['GetCalculatedAttributesForCustomerProfile', 'GetCustomerProfileObject', 'UpdateCustomerProfile'],
];
const LAMBDA = {
  types: ['InvokeLambdaFunction'],
  leavesIt: answers,
  needs: 'an InvokeLambdaFunction that answers (an asynchronous one does not)',
};

/**
 * Results that stay with the contact, such as media streams and a Wisdom session, are not among them.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html
 */
const RESULTS: readonly Result[] = [
  { root: 'External', ...LAMBDA },
  {
    root: 'External',
    nested: true,
    types: ['InvokeLambdaFunction'],
    leavesIt: answersInDepth,
    needs: 'an InvokeLambdaFunction whose ResponseType is "JSON"',
  },
  { root: 'LambdaInvocation', keys: ['ResultData'], ...LAMBDA },
  {
    root: 'LambdaInvocation',
    keys: ['InvocationId'],
    types: ['InvokeLambdaFunction'],
    needs: 'an InvokeLambdaFunction',
  },
  {
    root: 'StoredCustomerInput',
    types: ['GetParticipantInput'],
    leavesIt: stores,
    needs: 'a GetParticipantInput with StoreInput "True"',
  },
  { root: 'Metrics', types: ['GetMetricData'], needs: 'a GetMetricData' },
  {
    root: 'Lex',
    types: ['ConnectParticipantWithLexBot', 'ConnectParticipantWithAgenticCX'],
    needs: 'a ConnectParticipantWithLexBot',
  },
  { root: 'DataTables', types: ['EvaluateDataTableValues'], needs: 'an EvaluateDataTableValues' },
  { root: 'DataTableList', types: ['ListDataTableValues'], needs: 'a ListDataTableValues' },
  { root: 'Loop', types: ['Loop'], needs: 'a Loop' },
  { root: 'Customer', types: PROFILES, needs: 'a GetCustomerProfile' },
  { root: 'Case', types: ['GetCase', 'CreateCase', 'UpdateCase'], needs: 'a GetCase' },
  { root: 'Views', types: ['ShowView'], needs: 'a ShowView' },
  { root: 'Modules', keys: ['Result', 'ResultData'], types: [RUNS_A_MODULE], needs: `an ${RUNS_A_MODULE}` },
];

const ask = (InvocationType: string) =>
  block(
    'Look up',
    'InvokeLambdaFunction',
    { LambdaFunctionARN: '${LookUpFunction}', InvocationTimeLimitSeconds: '3', InvocationType },
    next('Greet', { NoMatchingError: 'Apologise' }),
  );

const unsetResult: Rule = {
  id: 'unset-result',
  severity: 'warning',
  title: 'A flow reads a result that no earlier block can have left',
  why: 'It is empty in every call. So are $.External if no function has responded (the response of an asynchronous one is not in $.External), $.StoredCustomerInput if nothing was stored, $.Metrics, $.Lex and the like. Each is reported once in a contact flow that starts the call; the rule reports nothing after a module or after blocks of an unknown type.',
  source: adminGuide('connect-attrib-list'),
  example: {
    failing: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [ask('ASYNCHRONOUS'), say('Greet', 'Hello $.External.name.', 'Hang up')],
    },
    fixed: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [ask('SYNCHRONOUS'), say('Greet', 'Hello $.External.name.', 'Hang up')],
    },
  },
  check: (flow) => {
    if (!startsCall(flow) || !flow.start) return [];
    const exitsOf = ({ exits }: Block): Block[] => exits.map(({ to }) => to);
    const inCalls = reachable([flow.start], exitsOf);
    const reading = flow.blocks
      .filter((one) => inCalls.has(one))
      .map((one) => ({ one, references: referencesOf(one) }))
      .filter(({ references }) => references.length > 0);
    const reported = new Set<Block>();
    return RESULTS.flatMap((result) => {
      const reads = reading.flatMap(({ one, references }) => {
        const read = reported.has(one) ? undefined : readIn(references, result);
        return read === undefined ? [] : [{ one, read }];
      });
      if (reads.length === 0) return [];
      const afterIt = reachable(
        flow.blocks.flatMap((one) => leftBy(one, result)),
        exitsOf,
      );
      const readers = reads.filter(({ one }) => !afterIt.has(one));
      const [first, ...more] = readers;
      if (!first) return [];
      if (result.root === 'External') for (const { one } of readers) reported.add(one);
      return [
        {
          block: first.one,
          message: `it reads ${first.read}, but no path to it passes ${result.needs}${more.length > 0 ? ` (blocks that do: ${more.length + 1})` : ''}`,
          fix: `Put ${result.needs} before it, or read something else.`,
        },
      ];
    });
  },
};

/** Where the call continues with the result, even of a block that may leave anything. */
function leftBy(one: Block, { types, leavesIt }: Result): Block[] {
  if (one.spec === undefined || one.type === RUNS_A_MODULE) return one.exits.map(({ to }) => to);
  if (!types.includes(one.type) || leavesIt?.(one) === false) return [];
  return one.exits.filter(({ way: { name } }) => name !== 'NoMatchingError').map(({ to }) => to);
}

/** The first reference to the result among those of a block. */
const readIn = (references: readonly string[][], { root, keys, nested }: Result): string | undefined =>
  references
    .filter(
      ([first, key = '', ...deeper]) =>
        first === root && (keys === undefined || keys.includes(key)) && (!nested || deeper.length > 0),
    )
    .map(referenceText)[0];

export const REFERENCE_RULES: readonly Rule[] = [unknownNamespace, unsetResult];
