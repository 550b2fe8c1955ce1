import { CATALOGUE } from '../catalogue/catalogue.ts';
import { graphOf } from '../diff/flow-graph.ts';
import { matchBlocks } from '../diff/match-blocks.ts';
import { type FlowAction, type FlowDocument, isMadeUp } from '../document.ts';
import { textsIn } from '../lint/texts-in.ts';
import { filled, lostTokens, withFormerTokens } from './former-tokens.ts';
import { targetsOf } from './layout.ts';
import { leftOutOf } from './left-out.ts';
import { importNotes } from './notes.ts';
import { type LiteralResource, type ResourceTokens, tokenise } from './tokenise.ts';

export interface ImportedFlow {
  /** As the repository keeps it, apart from layout. */
  flow: FlowDocument;
  /** ARNs without a token: the flow can be deployed to one stage only. */
  literals: LiteralResource[];
  /** What is lost of the designer's records, each as a sentence without a full stop. */
  leftOut: string[];
  /** Text tokens that no longer have a place, each as a sentence without a full stop. */
  lost: string[];
}

/**
 * Takes a flow back from the flow designer: whatever belongs to one instance becomes tokens again, and blocks get the names and
 * the order they have in the repository, so that a pull request shows only what was changed. Notes stay.
 *
 * @param exported the designer's export
 * @param existing the flow in the repository, tokens unreplaced; undefined for a new one
 */
export function importFlow(
  exported: FlowDocument,
  existing: FlowDocument | undefined,
  tokens: ResourceTokens,
): ImportedFlow {
  const { actions, literals } = tokenise(exported, existing, tokens);
  const partners =
    existing === undefined
      ? new Map<string, string>()
      : partnersOf(existing, { ...exported, Actions: actions }, tokens);
  const names = namesOf(actions, partners, existing);
  const renamed = actions.map((action) => rename(action, names));
  const known = new Map(existing?.Actions.map((action) => [action.Identifier, action]));
  const imported: FlowDocument = {
    Version: exported.Version,
    StartAction: names.get(exported.StartAction) ?? exported.StartAction,
    Metadata: { ...exported.Metadata, ...existing?.Metadata, ...describedIn(exported) },
    ...(exported.Settings && { Settings: exported.Settings }),
    Actions: inOrder(renamed, [...known.keys()], names.get(exported.StartAction)).map((action) =>
      likeBefore(action, known.get(action.Identifier), tokens),
    ),
  };
  const Annotations = importNotes(exported, existing, imported, names);
  return {
    flow: { ...imported, Metadata: { ...imported.Metadata, Annotations } },
    leftOut: leftOutOf(exported, names),
    lost: imported.Actions.flatMap(({ Identifier, Parameters }) =>
      lostTokens(Identifier, known.get(Identifier)?.Parameters, Parameters, tokens.texts),
    ),
    literals: literals.map((literal) => ({ ...literal, block: names.get(literal.block) ?? literal.block })),
  };
}

/** A description can be changed in the designer. An export may have none. */
function describedIn({ Metadata }: FlowDocument): { description?: string } {
  const description = Metadata?.description;
  return typeof description === 'string' && description !== '' ? { description } : {};
}

/** Identifier in the export → identifier in the repository. */
function partnersOf(existing: FlowDocument, exported: FlowDocument, { texts }: ResourceTokens): Map<string, string> {
  const filled = { ...existing, Actions: existing.Actions.map((action) => withTexts(action, texts)) };
  const later = graphOf({ ...exported, Actions: exported.Actions.map((action) => withTexts(action, texts)) });
  const pairing = matchBlocks(graphOf(filled), later, 'identifiers');
  return new Map([...pairing.pairs()].map(([before, after]) => [after.identifier, before.identifier]));
}

/** With text tokens filled in, so that a flow with tokens and one without can be compared. */
function withTexts(action: FlowAction, texts: Readonly<Record<string, string>>): FlowAction {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return filled(value, texts);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fill(entry)]));
  };
  return { ...action, Parameters: fill(action.Parameters) as FlowAction['Parameters'] };
}

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language-actions.html */
const LONGEST_IDENTIFIER = 50;

/** A known block keeps its name; a new one that the designer numbered gets a readable one. */
function namesOf(actions: FlowAction[], partners: ReadonlyMap<string, string>, existing: FlowDocument | undefined) {
  const taken = new Set([...(existing?.Actions.map(({ Identifier }) => Identifier) ?? []), ...partners.values()]);
  const names = new Map<string, string>(partners);
  for (const { Identifier, Type } of actions) {
    if (names.has(Identifier)) continue;
    const wanted = isMadeUp(Identifier) ? readable(CATALOGUE.get(Type)?.block ?? Type) : Identifier;
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) {
      name = `${wanted.slice(0, LONGEST_IDENTIFIER - ` ${number}`.length)} ${number}`;
    }
    taken.add(name);
    names.set(Identifier, name);
  }
  return names;
}

/** The designer's name of a block without what an Identifier may not contain. */
const readable = (block: string): string => (block.split(/[(/,]/)[0] ?? block).trim();

function rename(action: FlowAction, names: ReadonlyMap<string, string>): FlowAction {
  const to = (identifier: string): string => names.get(identifier) ?? identifier;
  const { NextAction, Errors, Conditions } = action.Transitions;
  return {
    ...action,
    Identifier: to(action.Identifier),
    Transitions: {
      ...(NextAction !== undefined && { NextAction: to(NextAction) }),
      Errors: Errors.map((error) => ({ ...error, NextAction: to(error.NextAction) })),
      Conditions: Conditions.map((condition) => ({ ...condition, NextAction: to(condition.NextAction) })),
    },
  };
}

/** The known blocks in their former order, each new one after the first that leads to it; a new start comes first. */
function inOrder(actions: FlowAction[], known: string[], start: string | undefined): FlowAction[] {
  const byName = new Map(actions.map((action) => [action.Identifier, action]));
  const ordered = known.flatMap((name) => byName.get(name) ?? []);
  const isStart = ({ Identifier }: FlowAction): boolean => Identifier === start;
  const waiting = actions
    .filter(({ Identifier }) => !known.includes(Identifier))
    .toSorted((a, b) => Number(isStart(b)) - Number(isStart(a)));
  while (waiting.length > 0) {
    const index = waiting.findIndex((action) => ordered.some((before) => leadsTo(before, action.Identifier)));
    const [action] = waiting.splice(Math.max(index, 0), 1);
    if (!action) break;
    const before = ordered.findIndex((candidate) => leadsTo(candidate, action.Identifier));
    const last = before < 0 ? ordered.length : before + 1;
    ordered.splice(isStart(action) ? 0 : last, 0, action);
  }
  return ordered;
}

const leadsTo = (action: FlowAction, identifier: string): boolean => targetsOf(action).includes(identifier);

/** Tokens of texts, keys, errors and numbers written as before, if they say the same. */
function likeBefore(action: FlowAction, before: FlowAction | undefined, { texts }: ResourceTokens): FlowAction {
  if (!before) return action;
  const rank = new Map(before.Transitions.Errors.map(({ ErrorType }, index) => [ErrorType, index]));
  const rankOf = (type: string): number => rank.get(type) ?? rank.size;
  // A message that was moved within its block is still the same one.
  const known = new Map(textsIn(before.Parameters).map(({ text }) => [filled(text, texts), text]));
  const textLike = (text: string, there = text): string => {
    const former = withFormerTokens(text, there, texts);
    return former === there && former !== text ? former : (known.get(filled(text, texts)) ?? former);
  };
  return {
    ...action,
    Parameters: keysLike(action.Parameters, before.Parameters, textLike) as FlowAction['Parameters'],
    Transitions: {
      ...action.Transitions,
      Errors: action.Transitions.Errors.toSorted((a, b) => rankOf(a.ErrorType) - rankOf(b.ErrorType)),
    },
  };
}

function keysLike(value: unknown, before: unknown, textLike: (text: string, there?: string) => string): unknown {
  if (Array.isArray(value))
    return value.map((entry, index) => keysLike(entry, Array.isArray(before) ? before[index] : undefined, textLike));
  if (typeof value === 'string') return textLike(value, typeof before === 'string' ? before : undefined);
  if (typeof value === 'number' && String(value) === before) return before;
  if (typeof value !== 'object' || value === null) return value;
  const old = typeof before === 'object' && before !== null ? (before as Record<string, unknown>) : {};
  const order = Object.keys(old);
  const rankOf = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
      .map(([key, entry]) => [key, keysLike(entry, old[key], textLike)]),
  );
}
