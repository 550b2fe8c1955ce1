import { unknownReference } from '../../namespaces.ts';
import { referencesIn } from '../../references.ts';
import { RUNS_A_MODULE } from '../block-roles.ts';
import { reachable } from '../circles.ts';
import { block, next, say } from '../example.ts';
import { type Block, startsCall } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Rule } from '../rule.ts';
import { referenceText, textsIn } from '../texts-in.ts';

/** Every reference in a block, in its parameters and in what it compares with. */
const referencesOf = ({ parameters, transitions }: Block): string[][] =>
  [
    ...textsIn(parameters).map(({ text }) => text),
    ...transitions.Conditions.flatMap(({ Condition: { Operands } }) => Operands),
  ].flatMap(referencesIn);

const unknownNamespace: Rule = {
  id: 'unknown-reference',
  severity: 'warning',
  title: 'A reference points at something that does not exist',
  why: 'It is empty in every call: a prompt has a gap, a comparison never holds. Reported once for each; campaigns have references of their own and are passed over.',
  source: adminGuide('connect-attrib-list'),
  example: {
    failing: { blocks: [say('Welcome', 'Your number is $.Customer.PhoneNumber, $.Caller.Name.', 'Hang up')] },
    mended: { blocks: [say('Welcome', 'Your number is $.Customer.PhoneNumber.', 'Hang up')] },
  },
  check: ({ blocks, type }) => {
    if (type === 'CAMPAIGN') return [];
    const reported = new Set<string>();
    return blocks.flatMap((one) =>
      referencesOf(one).flatMap((keys) => {
        // An amount such as $.50 is none.
        const found = /^[A-Za-z]/.test(keys[0] ?? '') ? unknownReference(keys) : undefined;
        if (!found || reported.has(found.unknown)) return [];
        reported.add(found.unknown);
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
    );
  },
};

/** A result that blocks of the call leave for those after them. */
interface Result {
  /** What a reference to it begins with. */
  root: string;
  /** The next keys it can have; any where it is missing. */
  keys?: readonly string[];
  /** The types that leave it. */
  types: readonly string[];
  /** Which blocks of these types do; all where it is missing. */
  leavesIt?(block: Block): boolean;
  /** What it takes, for people. */
  needs: string;
}

const answers = ({ parameters: { InvocationType } }: Block): boolean =>
  String(InvocationType).toUpperCase() !== 'ASYNCHRONOUS';
const stores = ({ parameters: { StoreInput } }: Block): boolean => String(StoreInput).toLowerCase() !== 'false';
const LAMBDA = {
  types: ['InvokeLambdaFunction'],
  leavesIt: answers,
  needs: 'an InvokeLambdaFunction that answers (an asynchronous one does not)',
};

/**
 * Not among them is what stays with the contact: profiles, cases, media streams, a session of Wisdom.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html
 */
const RESULTS: readonly Result[] = [
  { root: 'External', ...LAMBDA },
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
  title: 'A result is read, and no block before it can have left one',
  why: 'It is empty in every call. So are $.External where no function has answered ($.External holds nothing of an asynchronous one), $.StoredCustomerInput where nothing was stored, $.Metrics, $.Lex and the like. Reported once for each in a contact flow that starts the call; the rule keeps silent behind a module and behind blocks of a type that is not known.',
  source: adminGuide('connect-attrib-list'),
  example: {
    failing: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [ask('ASYNCHRONOUS'), say('Greet', 'Hello $.External.name.', 'Hang up')],
    },
    mended: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [ask('SYNCHRONOUS'), say('Greet', 'Hello $.External.name.', 'Hang up')],
    },
  },
  check: (flow) => {
    if (!startsCall(flow) || !flow.start) return [];
    const exitsOf = ({ exits }: Block): Block[] => exits.map(({ to }) => to);
    const inCalls = reachable([flow.start], exitsOf);
    return RESULTS.flatMap(({ root, keys, types, leavesIt, needs }) => {
      const leave = ({ type, spec, exits, ...rest }: Block): Block[] => {
        if (spec === undefined || type === RUNS_A_MODULE) return exits.map(({ to }) => to);
        if (!types.includes(type) || leavesIt?.({ type, spec, exits, ...rest }) === false) return [];
        return exits.filter(({ way: { name } }) => name !== 'NoMatchingError').map(({ to }) => to);
      };
      const afterIt = reachable(flow.blocks.flatMap(leave), exitsOf);
      const reads = (one: Block): string | undefined =>
        referencesOf(one)
          .filter(([first, key = '']) => first === root && (keys === undefined || keys.includes(key)))
          .map(referenceText)[0];
      const readers = flow.blocks.filter((one) => inCalls.has(one) && !afterIt.has(one) && reads(one) !== undefined);
      const [first, ...more] = readers;
      if (!first) return [];
      return [
        {
          block: first,
          message: `it reads ${reads(first)}, and no way to it passes ${needs}${more.length > 0 ? ` (blocks that do: ${more.length + 1})` : ''}`,
          fix: `Put ${needs} before it, or read something else.`,
        },
      ];
    });
  },
};

export const REFERENCE_RULES: readonly Rule[] = [unknownNamespace, unsetResult];
