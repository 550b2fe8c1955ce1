import { isObject } from '../../document.ts';
import { isOurs } from '../../namespaces.ts';
import { referencesIn } from '../../references.ts';
import { attributeWrites } from '../attribute-writes.ts';
import { RUNS_A_MODULE } from '../block-roles.ts';
import { entrances, reachable } from '../circles.ts';
import { block, next, say } from '../example.ts';
import { type Block, startsCall } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import { isFilledInLater } from '../parameter-problems.ts';
import type { Rule } from '../rule.ts';
import { referenceText } from '../texts-in.ts';

const failTo = (then: string, to: string) => next(then, { NoMatchingError: to });

const unsetAttribute: Rule = {
  id: 'unset-attribute',
  severity: 'warning',
  title: 'A flow reads an attribute that nothing sets',
  why: 'It is empty in every call: a prompt has a gap, or a comparison never matches. Attributes count as set if this flow or another flow of the run sets them, or if they are named with --attributes. The rule reports nothing in a module, which reads what its caller sets, where a module is invoked, or, unless such attributes are known, in any flow other than a contact flow that starts the call.',
  source: adminGuide('connect-attrib-list'),
  example: {
    failing: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [
        block(
          'Name the shop',
          'UpdateContactAttributes',
          { Attributes: { shop: 'Kobe' } },
          failTo('Greet', 'Apologise'),
        ),
        say('Greet', 'This is $.Attributes.shopname.', 'Hang up'),
      ],
    },
    fixed: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [
        block(
          'Name the shop',
          'UpdateContactAttributes',
          { Attributes: { shop: 'Kobe' } },
          failTo('Greet', 'Apologise'),
        ),
        say('Greet', 'This is $.Attributes.shop.', 'Hang up'),
      ],
    },
  },
  check: (flow) => {
    if (flow.type === 'MODULE' || (!startsCall(flow) && flow.attributesFromElsewhere.size === 0)) return [];
    const writes = attributeWrites(flow.document).map(({ key }) => key);
    const unforeseeable = writes.some((key) => referencesIn(key).length > 0);
    if (unforeseeable || flow.blocks.some(({ type }) => type === RUNS_A_MODULE)) return [];

    const known = new Set([...writes, ...flow.attributesFromElsewhere]);
    const reported = new Set<string>();
    return flow.blocks.flatMap((one) => {
      const read = one.texts.flatMap(({ text }) => referencesIn(text));
      const unset = read
        .filter(([root, key]) => root === 'Attributes' && key !== undefined && !known.has(key) && !reported.has(key))
        .map(([, key = '']) => key);
      return [...new Set(unset)].map((key) => {
        reported.add(key);
        return {
          block: one,
          message: `it reads $.Attributes.${key}, which nothing sets`,
          fix: `Set it with UpdateContactAttributes, or name it with --attributes ${key} if whatever starts the call sets it.`,
        };
      });
    });
  },
};

const noteDown = (then: string) =>
  block(
    'Note the shop',
    'UpdateFlowAttributes',
    { FlowAttributes: { shop: { Value: 'Kobe' } } },
    failTo(then, 'Apologise'),
  );

const unsetFlowAttribute: Rule = {
  id: 'unset-flow-attribute',
  severity: 'warning',
  title: 'A flow reads a flow attribute that it does not set',
  why: 'It is empty in every call: other flows and modules cannot set it, since a flow attribute exists only in its own flow.',
  source: adminGuide('connect-attrib-list'),
  example: {
    failing: { blocks: [noteDown('Greet'), say('Greet', 'This is $.FlowAttributes.shopname.', 'Hang up')] },
    fixed: { blocks: [noteDown('Greet'), say('Greet', 'This is $.FlowAttributes.shop.', 'Hang up')] },
  },
  check: ({ blocks }) => {
    const writes = blocks
      .filter(({ type }) => type === 'UpdateFlowAttributes')
      .flatMap(({ parameters: { FlowAttributes } }) => (isObject(FlowAttributes) ? Object.keys(FlowAttributes) : []));
    const unforeseeable = writes.some((key) => referencesIn(key).length > 0 || isFilledInLater(key));
    // A block of an unknown type may set some.
    if (unforeseeable || blocks.some(({ spec }) => spec === undefined)) return [];
    const known = new Set(writes);
    return blocks.flatMap((one) => {
      const read = one.texts.flatMap(({ text }) => referencesIn(text));
      const unset = read.filter(([root, key]) => root === 'FlowAttributes' && key !== undefined && !known.has(key));
      return [...new Set(unset.map(([, key = '']) => key))].map((key) => {
        known.add(key);
        return {
          block: one,
          message: `it reads $.FlowAttributes.${key}, which the flow does not set`,
          fix: 'Set it with UpdateFlowAttributes, or read a contact attribute, $.Attributes.….',
        };
      });
    });
  },
};

const STORED_INPUT = '$.StoredCustomerInput';

/** Values that are personal data, whichever attribute they are put into. */
const PERSONAL_VALUES = new Set(['$.CustomerEndpoint.Address', STORED_INPUT, '$.CallbackNumber']);

/** A word in a key that suggests personal data. */
const PERSONAL_KEY =
  /(^|[^a-z])(phone(number)?|telephone|tel|mobile|e?mail(address)?|card(number)?|cvv|cvc|pin|ssn|passw(or)?d|passcode|birth(day|date)?|dob)($|[^a-z])/;

const keep = (Attributes: object) =>
  block('Note', 'UpdateContactAttributes', { Attributes }, failTo('Apologise', 'Apologise'));

const personalAttribute: Rule = {
  id: 'personal-data-in-attributes',
  severity: 'warning',
  title: 'Personal data is put into contact attributes',
  why: 'Contact attributes are kept in the contact record for years, are exported with it, and are shown to every agent.',
  source: adminGuide('security-best-practices'),
  example: {
    failing: { blocks: [keep({ caller: '$.CustomerEndpoint.Address' })] },
    fixed: { blocks: [keep({ request: '$.ContactId' })] },
  },
  check: (flow) => {
    const enteredFrom = entrances(flow);
    return flow.blocks
      .filter(({ type }) => type === 'UpdateContactAttributes')
      .flatMap((one) => {
        const encrypted = inputIsEncrypted(one, enteredFrom);
        const { Attributes } = one.parameters;
        return Object.entries(isObject(Attributes) ? Attributes : {}).flatMap(([key, value]) => {
          // The company's number, a queue's name or a contact's id is not the customer's data, whatever the key suggests.
          const references = referencesIn(String(value))
            .filter(([root = '']) => !isOurs(root))
            .map(referenceText)
            .filter((name) => !(encrypted && name === STORED_INPUT));
          const kept =
            references.find((name) => PERSONAL_VALUES.has(name)) ??
            references.find(() => PERSONAL_KEY.test(wordsOf(key)));
          if (kept === undefined) return [];
          return [
            {
              block: one,
              message: `it keeps ${kept} as the attribute ${key}`,
              fix: 'Keep it out of the contact: pass what a function needs in LambdaInvocationAttributes, or use a flow attribute.',
            },
          ];
        });
      });
  },
};

/** Is the customer's last input before this block stored in encrypted form on every path to it? */
function inputIsEncrypted(one: Block, enteredFrom: (block: Block) => readonly Block[]): boolean {
  const stores = ({ parameters }: Block) => Object.hasOwn(parameters, 'InputValidation');
  const before = reachable(enteredFrom(one), (block) => (stores(block) ? [] : enteredFrom(block)));
  const inputs = [...before].filter(stores);
  return inputs.length > 0 && inputs.every(({ parameters }) => Object.hasOwn(parameters, 'InputEncryption'));
}

/** `cardNumber` and `CARD-NUMBER` as `card_number` and `card-number`; a voice mail is not an address. */
const wordsOf = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/voice[_-]mail/g, 'voicemail');

export const ATTRIBUTE_RULES: readonly Rule[] = [unsetAttribute, unsetFlowAttribute, personalAttribute];
