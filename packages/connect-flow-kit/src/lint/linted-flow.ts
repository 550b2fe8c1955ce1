import { CATALOGUE, formOf, nextOf } from '../catalogue/catalogue.ts';
import type { ActionForm, ActionSpec, NextSpec } from '../catalogue/spec.ts';
import type { FlowDocument, ShapeProblem, Transitions } from '../document.ts';
import type { FlowType } from '../flow-types.ts';
import { parseJson } from '../parse-json.ts';
import { type ParameterProblem, parameterProblems } from './parameter-problems.ts';
import { type PlacedText, textsIn } from './texts-in.ts';

/** One transition written in a flow. */
export interface Way {
  kind: 'next' | 'error' | 'condition';
  /** Its name for people: `NextAction`, `NoMatchingError`, `Equals 1`. */
  name: string;
  /** Identifier it leads to. */
  to: string;
}

/** A block with what the catalogue knows about it. */
export interface Block {
  id: string;
  type: string;
  parameters: Readonly<Record<string, unknown>>;
  /** Every text in the parameters, with the path to it. */
  texts: readonly PlacedText[];
  transitions: Transitions;
  /** Undefined if the type is not in the catalogue. */
  spec: ActionSpec | undefined;
  /** The form of the spec that matches these parameters. */
  form: ActionForm | undefined;
  next: NextSpec;
  /** Every transition written, whatever identifier it names. */
  ways: readonly Way[];
  /** Transitions that a call can take, to blocks that exist: without a NextAction that is only written because it is required. */
  exits: readonly { way: Way; to: Block }[];
  /** How its parameters differ from the catalogue. */
  problems: readonly ParameterProblem[];
  /** Part of it could not be read, so something may seem to be missing. */
  malformed: boolean;
}

/** A flow, ready for the rules. */
export interface LintedFlow {
  document: FlowDocument;
  /** Parts of the file that do not have the form of a flow. */
  shapeProblems: readonly ShapeProblem[];
  type: FlowType | undefined;
  /** Characters of the content, without whitespace added by a formatter. */
  size: number;
  /** In the order of the file; includes all blocks of the same Identifier. */
  blocks: readonly Block[];
  /** The block a call starts with. */
  start: Block | undefined;
  /** The block that a transition to this identifier leads to. */
  find(id: string): Block | undefined;
  /** Does the identifier occur in the file, even as one of a block that could not be read? */
  knows(id: string): boolean;
  /** Contact attributes that are set elsewhere, by name. */
  attributesFromElsewhere: ReadonlySet<string>;
  /** The call comes from another flow, which set voice and queue. */
  continuesCall: boolean;
}

export interface LintOptions {
  /** The text of the file, for its size. */
  text?: string;
  /** If missing, rules about the flow type report nothing. */
  type?: FlowType | undefined;
  /** Contact attributes that something outside this flow sets. */
  attributes?: readonly string[];
  /** Another flow hands its call over to this one. */
  continuesCall?: boolean;
}

/** Does a call start with this flow, so that nothing has happened before it? */
export const startsCall = ({ type, continuesCall }: LintedFlow): boolean => type === 'CONTACT_FLOW' && !continuesCall;

/** Looks every block up once, so that the rules only have to read. */
export function lintedFlow(
  document: FlowDocument,
  shapeProblems: readonly ShapeProblem[],
  { text, type, attributes = [], continuesCall = false }: LintOptions,
): LintedFlow {
  const malformed = new Set(shapeProblems.map(({ block }) => block).filter((id) => id !== undefined));
  const drafts = document.Actions.map((action) => {
    const spec = CATALOGUE.get(action.Type);
    const form = spec && formOf(spec, action.Parameters);
    return {
      id: action.Identifier,
      type: action.Type,
      parameters: action.Parameters,
      texts: textsIn(action.Parameters),
      transitions: action.Transitions,
      spec,
      form,
      next: spec && form ? nextOf(spec, form) : ('followed' as const),
      ways: waysOf(action.Transitions),
      exits: [] as { way: Way; to: Block }[],
      problems: form ? parameterProblems(action.Parameters, form.parameters) : [],
      malformed: malformed.has(action.Identifier),
    };
  });
  const byId = new Map<string, (typeof drafts)[number]>();
  for (const draft of drafts) if (!byId.has(draft.id)) byId.set(draft.id, draft);
  for (const draft of drafts) {
    for (const way of draft.ways) {
      const to = byId.get(way.to);
      const taken = way.kind === 'next' ? draft.next === 'followed' : draft.next !== 'none';
      if (to && taken) draft.exits.push({ way, to });
    }
  }
  return {
    document,
    shapeProblems,
    type,
    size: sizeOf(text, document),
    blocks: drafts,
    start: byId.get(document.StartAction),
    find: (id) => byId.get(id),
    knows: (id) => byId.has(id) || malformed.has(id),
    attributesFromElsewhere: new Set(attributes),
    continuesCall,
  };
}

const waysOf = ({ NextAction, Errors, Conditions }: Transitions): Way[] => [
  ...(NextAction === undefined ? [] : [{ kind: 'next' as const, name: 'NextAction', to: NextAction }]),
  ...Errors.map((error) => ({ kind: 'error' as const, name: error.ErrorType, to: error.NextAction })),
  ...Conditions.map(({ NextAction: to, Condition: { Operator, Operands } }) => ({
    kind: 'condition' as const,
    name: `${Operator} ${Operands.join(', ')}`,
    to,
  })),
];

function sizeOf(text: string | undefined, document: FlowDocument): number {
  const whole: unknown = text === undefined ? document : parseJson(text);
  return JSON.stringify(whole).length;
}
