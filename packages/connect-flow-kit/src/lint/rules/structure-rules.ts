import { doc, live } from '../../catalogue/shared.ts';
import { flowTypeNamed } from '../../flow-types.ts';
import { groupBy } from '../../group-by.ts';
import { say } from '../example.ts';
import type { LintedFlow } from '../linted-flow.ts';
import { apiReference } from '../pages.ts';
import type { Rule } from '../rule.ts';

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language-example.html */
const MAX_BLOCKS = 250;

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContactFlow.html */
const MAX_CHARACTERS = 256_000;

const welcome = say('Welcome', 'Thank you for your call.', 'Hang up');

const malformedDocument: Rule = {
  id: 'malformed-document',
  severity: 'error',
  title: 'Part of the file does not have the form of a flow',
  why: 'The service reads only the documented fields, each of its own type, and refuses the flow otherwise.',
  source: doc('flow-language'),
  example: {
    failing: { blocks: [welcome], document: { Version: '2024-01-01' } },
    fixed: { blocks: [welcome], document: { Version: '2019-10-30' } },
  },
  check: ({ shapeProblems, find }) =>
    shapeProblems.map(({ path, block: id, message }) => ({
      ...(id !== undefined && { block: find(id) ?? { id, type: '' } }),
      message: `${path}: ${message}`,
      fix: `Correct ${path}.`,
    })),
};

const danglingStart: Rule = {
  id: 'dangling-start',
  severity: 'error',
  title: 'StartAction does not name a block of the flow',
  why: 'The call would have nowhere to start.',
  source: doc('flow-language'),
  example: {
    failing: { blocks: [welcome], document: { StartAction: 'Greeting' } },
    fixed: { blocks: [welcome], document: { StartAction: 'Welcome' } },
  },
  check: ({ document: { StartAction }, knows }) =>
    // An empty one could not be read, and is reported as such.
    StartAction === '' || knows(StartAction)
      ? []
      : [
          {
            message: `StartAction is "${StartAction}", but no block has that Identifier`,
            fix: 'Write the Identifier of the block that the call starts with.',
          },
        ],
};

const danglingTransition: Rule = {
  id: 'dangling-transition',
  severity: 'error',
  title: 'A transition leads to a block that does not exist',
  why: 'The service refuses a flow with an unconnected branch.',
  source: live('a NextAction that names no block is refused'),
  example: {
    failing: { blocks: [say('Welcome', 'Thank you for your call.', 'Hangup')] },
    fixed: { blocks: [welcome] },
  },
  check: ({ blocks, knows }) => {
    const unconnected = blocks.filter(({ ways }) => ways.some(({ to }) => to === ''));
    const isDraft = unconnected.length > MANY_UNCONNECTED;
    return [
      ...(isDraft ? unconnected.slice(0, 1) : []).map((first) => ({
        block: first,
        message: `it has an empty branch, and so do ${unconnected.length - 1} more blocks: the flow is a draft that is not connected yet`,
        fix: 'Connect every branch in the flow designer, and export the flow again.',
      })),
      ...blocks.flatMap((from) => {
        const open = groupBy(
          from.ways.filter(({ to }) => !knows(to) && !(isDraft && to === '')),
          ({ to }) => to,
        );
        return [...open].map(([to, ways]) => ({
          block: from,
          message:
            to === ''
              ? `${ways.map(({ name }) => name).join(', ')} is empty and leads to no block`
              : `${ways.map(({ name }) => name).join(', ')} leads to "${to}", and no block has that Identifier`,
          fix: 'Write the Identifier of a block of this flow.',
        }));
      }),
    ];
  },
};

/** Nobody forgets more blocks than this: the flow was saved before they were connected. */
const MANY_UNCONNECTED = 5;

const duplicateIdentifier: Rule = {
  id: 'duplicate-identifier',
  severity: 'error',
  title: 'Two blocks have the same Identifier',
  why: 'A transition to it could mean either.',
  source: doc('flow-language-actions'),
  example: {
    failing: { blocks: [say('Welcome', 'Good morning.', 'Hang up'), say('Welcome', 'Good evening.', 'Hang up')] },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'Good-bye'), say('Good-bye', 'Good-bye.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    [...groupBy(blocks, ({ id }) => id).values()].flatMap((same) =>
      same.slice(1).map((extra) => ({
        block: extra,
        message: `${same.length} blocks have the Identifier "${extra.id}"`,
        fix: 'Give each block an Identifier of its own, and correct the transitions that meant this one.',
      })),
    ),
};

const FORBIDDEN_CHARACTERS = /[%:(\\/)=$,;[\]{}]/g;
const FORBIDDEN_NAMES = new Set([
  ...['__proto__', 'constructor', '__defineGetter__', '__defineSetter__', 'toString', 'hasOwnProperty'],
  ...['isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString', 'valueOf'],
]);

const unusableIdentifier: Rule = {
  id: 'unusable-identifier',
  severity: 'error',
  title: 'An Identifier is too long, or contains a character or word that is not allowed',
  why: 'An Identifier has at most 50 characters, none of % : ( \\ / ) = $ , ; [ ] { }, and is not a name that every JavaScript object has.',
  source: doc('flow-language-actions'),
  example: {
    failing: { blocks: [say('Welcome (morning)', 'Good morning.', 'Hang up')] },
    fixed: { blocks: [say('Welcome - morning', 'Good morning.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const characters = [...new Set(one.id.match(FORBIDDEN_CHARACTERS))];
      const wrongs = [
        ...(one.id.length > 50 ? [`has ${one.id.length} characters, more than 50`] : []),
        ...(characters.length > 0 ? [`holds ${characters.join(' ')}`] : []),
        ...(FORBIDDEN_NAMES.has(one.id) ? ['is a word that is not allowed'] : []),
      ];
      return wrongs.map((what) => ({
        block: one,
        message: `its Identifier ${what}`,
        fix: 'Rename the block, and correct the transitions that lead to it.',
      }));
    }),
};

const tooManyBlocks: Rule = {
  id: 'too-many-blocks',
  severity: 'error',
  title: `The flow has more than ${MAX_BLOCKS} blocks`,
  why: `The service takes ${MAX_BLOCKS} at most.`,
  source: doc('flow-language-example'),
  example: {
    // Built late: only the tests need so many blocks.
    get failing() {
      return { blocks: chain(MAX_BLOCKS) };
    },
    get fixed() {
      return { blocks: chain(MAX_BLOCKS - 1) };
    },
  },
  check: ({ blocks }) =>
    blocks.length > MAX_BLOCKS
      ? [
          {
            message: `the flow has ${blocks.length} blocks, but only ${MAX_BLOCKS} are allowed`,
            fix: 'Move part of it into another flow or a module.',
          },
        ]
      : [],
};

/** A flow of this many prompts in a row; the end of the call is one block more. */
function chain(length: number): object[] {
  return Array.from({ length }, (_, index) =>
    say(`Prompt ${index + 1}`, 'Good morning.', index + 1 < length ? `Prompt ${index + 2}` : 'Hang up'),
  );
}

const tooLong: Rule = {
  id: 'too-long-content',
  severity: 'error',
  title: 'The content of the flow has more than 256,000 characters',
  why: 'The service refuses it. Whitespace added by a formatter is not counted here.',
  source: apiReference('API_CreateContactFlow'),
  example: {
    failing: { blocks: [welcome], document: { Metadata: { description: 'x'.repeat(MAX_CHARACTERS) } } },
    fixed: { blocks: [welcome], document: { Metadata: { description: 'Greets.' } } },
  },
  check: ({ size }) =>
    size > MAX_CHARACTERS
      ? [
          {
            message: `the content has ${size} characters, but only ${MAX_CHARACTERS} are allowed`,
            fix: 'Shorten Metadata, or move part of the flow into another flow or a module.',
          },
        ]
      : [],
};

const moduleSettings: Rule = {
  id: 'module-settings',
  severity: 'error',
  title: 'A flow has Settings, or a module lacks them',
  why: 'Settings contain the parameters of a module; a flow has none.',
  source: live('Settings is required in the content of a module and refused in that of a flow'),
  example: {
    failing: { blocks: [welcome], document: { Metadata: { type: 'contactFlow' }, Settings: { InputParameters: [] } } },
    fixed: { blocks: [welcome], document: { Metadata: { type: 'contactFlow' } } },
  },
  check: (flow) => {
    const named = namedType(flow);
    const hasSettings = flow.document.Settings !== undefined;
    if (hasSettings && named !== undefined && named !== 'MODULE') {
      return [{ message: `the flow is a ${named} and has Settings, which only a module has`, fix: 'Remove Settings.' }];
    }
    if (!hasSettings && named === 'MODULE') {
      return [
        {
          message: 'the module has no Settings',
          fix: 'Add "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []}.',
        },
      ];
    }
    return [];
  },
};

/** The type that was given or that the designer wrote; whether there are Settings does not count here. */
const namedType = ({ type, document: { Metadata } }: LintedFlow) =>
  type === 'MODULE' ? (flowTypeNamed(Metadata?.type) ?? type) : type;

export const STRUCTURE_RULES: readonly Rule[] = [
  malformedDocument,
  danglingStart,
  danglingTransition,
  duplicateIdentifier,
  unusableIdentifier,
  tooManyBlocks,
  tooLong,
  moduleSettings,
];
