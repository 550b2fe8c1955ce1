import { CATALOGUE, formOf, nextOf } from '../catalogue/catalogue.ts';
import { type FlowAction, isObject } from '../document.ts';
import { recordingInWords } from '../scenarios/heard.ts';
import { transitionsOf } from '../scenarios/transitions.ts';

/** What a block does, for a reader. */
export type BlockKind = 'prompt' | 'decision' | 'action' | 'end';

export function kindOf(action: FlowAction): BlockKind {
  if (leavesTheFlow(action)) return 'end';
  // A loop of prompts that is interrupted has a condition, but nothing to decide.
  if (action.Transitions.Conditions.length > 0 && !Array.isArray(action.Parameters.Messages)) return 'decision';
  return promptsOf(action).length > 0 ? 'prompt' : 'action';
}

/** Nothing of the flow comes after the block has done its work. */
function leavesTheFlow(action: FlowAction): boolean {
  const spec = CATALOGUE.get(action.Type);
  if (spec === undefined) return transitionsOf(action).length === 0;
  const next = nextOf(spec, formOf(spec, action.Parameters));
  return next === 'none' || (next === 'written' && formOf(spec, action.Parameters).conditions === undefined);
}

/** The texts and recordings a block plays, as written. */
export function promptsOf({ Parameters }: FlowAction): string[] {
  const messages = Array.isArray(Parameters.Messages) ? Parameters.Messages.filter(isObject) : [Parameters];
  return messages.flatMap(({ Text, SSML, PromptId, Media }) => {
    const text = [Text, SSML].find((written) => typeof written === 'string');
    if (typeof text === 'string') return [text];
    const recording = isObject(Media) ? Media.Uri : PromptId;
    return typeof recording === 'string' ? [recordingInWords(recording)] : [];
  });
}

const CHARACTERS = 20;
const NAME_CHARACTERS = 40;

/** A few words about what a block does, next to its name; nothing if the name must suffice. */
export function shortContentOf(action: FlowAction): string[] {
  const [prompt, ...others] = promptsOf(action);
  if (prompt !== undefined) {
    const more = others.length === 0 ? [] : [`and ${others.length} more`];
    const words = prompt.replace(/<[^>]*>/g, '').trim();
    const recording = /^\[recording (.*)\]$/s.exec(words);
    if (recording) return [`recording ${valueInWords(recording[1])}`, ...more];
    return [words === '' ? 'silence' : `「${shortened(words, CHARACTERS)}」`, ...more];
  }
  const values = tellingOf(action);
  return values.length === 0 ? [] : [values.map(([, value]) => valueInWords(value)).join(', ')];
}

/** The parameters that say what a block is about. */
export function tellingOf({ Type, Parameters }: FlowAction): [name: string, value: unknown][] {
  const telling = Object.hasOwn(TELLING, Type) ? TELLING[Type] : undefined;
  return Object.entries(Parameters).filter(([name]) => telling === undefined || telling.includes(name));
}

/** Parameters that say what a block is about, if not all of them do. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  InvokeLambdaFunction: ['LambdaFunctionARN'],
  CreateCallbackContact: ['QueueId'],
  TransferParticipantToThirdParty: ['ThirdPartyPhoneNumber'],
  UpdateContactRecordingBehavior: [],
  UpdateContactRecordingAndAnalyticsBehavior: [],
  ConnectParticipantWithLexBot: [],
};

/** A value in few words: for a reference, token or ARN, its last name. */
export function valueInWords(value: unknown): string {
  if (isObject(value)) {
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${valueInWords(inner)}`)
      .join(', ');
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const reference = /^\$\.Attributes\.([\w-]+)$|^\$\{([^}]+)\}$|^arn:.*[:/](.+)$/.exec(text);
  return shortened(reference?.[1] ?? reference?.[2] ?? reference?.[3] ?? text, NAME_CHARACTERS);
}

/** The beginning of a text. A reference or token counts as one piece, and is shown as its last name in braces. */
export function shortened(text: string, characters: number): string {
  const pieces = text.match(/\$\{[^}]*\}|\$(?:\.[\w-]+|\.?\['[^']*'\])+|./gsu) ?? [];
  let short = '';
  for (const [index, piece] of pieces.entries()) {
    const shown = piece.length > 2 ? `{${/[\w-]+(?=(?:\}|'\])?$)/.exec(piece)?.[0] ?? piece}}` : piece;
    if (index > 0 && short.length + shown.length > characters) return `${short}…`;
    short += shown;
  }
  return short;
}
