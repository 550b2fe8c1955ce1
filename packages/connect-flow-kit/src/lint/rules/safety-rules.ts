import { type FlowDocument, isMadeUp } from '../../document.ts';
import { isOurs } from '../../namespaces.ts';
import { referencesIn } from '../../references.ts';
import { attributeWrites } from '../attribute-writes.ts';
import { block, next } from '../example.ts';
import type { LintedFlow } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import { isFilledInLater, isReference } from '../parameter-problems.ts';
import type { Rule } from '../rule.ts';
import { markupIn, referenceText, textsIn } from '../texts-in.ts';

const failTo = (then: string, to: string) => next(then, { NoMatchingError: to });

/** References in the text whose value may come from outside: a visitor, a caller's equipment or another system. */
function foreignReferences(flow: LintedFlow, text: string): string[] {
  const fixed = attributesSetHereToFixedTexts(flow);
  return referencesIn(text)
    .filter(([root = '', key = '']) => !isOurs(root) && !(root === 'Attributes' && fixed.has(key)))
    .map(referenceText);
}

/** What a flow itself sets, and only to texts written in it, does not come from outside. */
function attributesSetHereToFixedTexts({ document }: LintedFlow): Set<string> {
  const writes = attributeWrites(document);
  const dynamic = new Set(writes.filter(({ value }) => referencesIn(value).length > 0).map(({ key }) => key));
  return new Set(writes.map(({ key }) => key).filter((key) => !dynamic.has(key)));
}

const markup = (Text: string) => block('Greet', 'MessageParticipant', { SSML: Text }, failTo('Hang up', 'Hang up'));

const foreignTextInMarkup: Rule = {
  id: 'foreign-text-in-markup',
  severity: 'warning',
  title: 'A text from outside is put into speech markup',
  why: 'A < or & in it makes the markup invalid, and the block takes its error branch; markup in it takes effect. Plain text has neither problem. If the response of a function is the whole markup, the company writes it itself and nothing is reported.',
  source: adminGuide('supported-ssml-tags'),
  example: {
    failing: { blocks: [markup('<speak>Hello $.External.name<break time="1s"/></speak>')] },
    fixed: {
      blocks: [
        block('Greet', 'MessageParticipant', { Text: 'Hello $.External.name' }, failTo('Pause', 'Pause')),
        { ...markup('<speak><break time="1s"/></speak>'), Identifier: 'Pause' },
      ],
    },
  },
  check: (flow) =>
    flow.blocks.flatMap((one) =>
      markupIn(one.texts).flatMap(({ path, text }) => {
        // A number that the network sent contains no markup.
        const foreign = foreignReferences(flow, text).filter((name) => name !== '$.CustomerEndpoint.Address');
        return foreign.length === 0 || isWrittenByFunction(flow, text)
          ? []
          : [
              {
                block: one,
                message: `${path} is markup and contains ${[...new Set(foreign)].join(', ')}`,
                fix: 'Speak it as Text in a block of its own, or make sure that it contains no < or &.',
              },
            ];
      }),
    ),
};

/** Is the text a function's response and nothing else, possibly through an attribute that the flow sets to it? */
function isWrittenByFunction({ document }: LintedFlow, text: string): boolean {
  const enclosed = /^\s*<speak>([^<]*)<\/speak>\s*$/.exec(text)?.[1];
  if (!isReference((enclosed ?? text).trim())) return false;
  const [[root, key, ...deeper] = []] = referencesIn(text);
  // In tags written in the flow, it may be a mere name.
  if (enclosed !== undefined && ![key, ...deeper].some((name) => IS_A_PROMPT.test(name ?? ''))) return false;
  if (root !== 'Attributes') return ANSWERS.has(root ?? '');
  const values = attributeWrites(document).filter((write) => write.key === key);
  return (
    values.length > 0 &&
    values.every(({ value }) => {
      const read = referencesIn(value);
      return read.length === 0 || (isReference(value) && ANSWERS.has(read[0]?.[0] ?? ''));
    })
  );
}

/** A name that suggests whole sentences. */
const IS_A_PROMPT = /prompt|message|greeting|announcement|ssml/i;

/** What a function of the company returns. */
const ANSWERS = new Set(['External', 'LambdaInvocation']);

const dial = (ThirdPartyPhoneNumber: string) =>
  block(
    'Put through',
    'TransferParticipantToThirdParty',
    { ThirdPartyPhoneNumber, ThirdPartyConnectionTimeLimitSeconds: '30', ContinueFlowExecution: 'False' },
    failTo('Hang up', 'Apologise'),
  );

const foreignNumberDialled: Rule = {
  id: 'foreign-number-dialled',
  severity: 'warning',
  title: 'The number that a call is transferred to comes from outside',
  why: 'Anyone who controls it can make the company pay for calls to numbers of their choice.',
  source: adminGuide('security-best-practices'),
  example: {
    failing: { blocks: [dial('$.StoredCustomerInput')] },
    fixed: { blocks: [dial('+815000000000')] },
  },
  check: (flow) =>
    flow.blocks.flatMap((one) => {
      const number = one.parameters.ThirdPartyPhoneNumber;
      const foreign = typeof number === 'string' ? foreignReferences(flow, number) : [];
      return foreign.map((name) => ({
        block: one,
        message: `it dials ${name}, which comes from outside`,
        fix: 'Write the number, or compare with the numbers that are allowed and write one in each branch.',
      }));
    }),
};

const ask = (LambdaFunctionARN: string) =>
  block(
    'Look up',
    'InvokeLambdaFunction',
    { LambdaFunctionARN, InvocationTimeLimitSeconds: '3' },
    failTo('Apologise', 'Apologise'),
  );

const literalArn: Rule = {
  id: 'literal-arn',
  severity: 'warning',
  title: 'A resource is identified by its ARN',
  why: 'The file then fits only one instance in one account. A token such as ${SalesQueue} is filled in for each stage. Reported once for each flow, but not for an unedited export of the console, which is not deployed by a tool.',
  source: adminGuide('bp-contact-flows'),
  example: {
    failing: { blocks: [ask('arn:aws:lambda:ap-northeast-1:000000000000:function:look-up')] },
    fixed: { blocks: [ask('${LookUpFunction}')] },
  },
  check: ({ blocks, document }) => {
    if (isPlainExport(document)) return [];
    const [first, ...more] = blocks.filter(({ texts }) =>
      texts.some(({ text }) => /\barn:aws[\w-]*:/.test(text) && !text.includes('${')),
    );
    if (!first) return [];
    return [
      {
        block: first,
        message: `it identifies a resource by ARN${more.length > 0 ? ` (blocks that do: ${more.length + 1})` : ''}`,
        fix: 'Write a token such as ${Name}, which is filled in when the flow is deployed.',
      },
    ];
  },
};

/** Fields of Metadata that the flow designer writes into its exports and a repository has no use for. */
const OF_THE_DESIGNER = ['hash', 'status', 'snapToGrid'];

/** Is it an unedited export of the console: with the designer's own records or identifiers, and without any token? */
const isPlainExport = ({ Actions, Metadata = {} }: FlowDocument): boolean =>
  (OF_THE_DESIGNER.some((field) => Object.hasOwn(Metadata, field)) ||
    Actions.some(({ Identifier }) => isMadeUp(Identifier))) &&
  !textsIn(Actions).some(({ text }) => isFilledInLater(text));

export const SAFETY_RULES: readonly Rule[] = [foreignTextInMarkup, foreignNumberDialled, literalArn];
