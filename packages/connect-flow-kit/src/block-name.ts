import { CATALOGUE } from './catalogue/catalogue.ts';
import { type FlowAction, type FlowDocument, isMadeUp, isObject } from './document.ts';
import { promptsOf, shortened, tellingOf, valueInWords } from './review/block-content.ts';

/** Tells a reader which block of a flow is meant, by its Identifier. */
export type BlockNames = (identifier: string) => string;

/**
 * Names of a flow's blocks for people: the Identifier, or where that is a UUID of the flow designer's making, what the block
 * does, such as `prompt "Thank you for…"` or `Set voice Kazuha`. Two blocks that do the same have the same name. An Identifier
 * of no block is its own name.
 */
export function blockNamesOf({ Actions, Metadata }: FlowDocument): BlockNames {
  const blocks = new Map(Actions.map((action) => [action.Identifier, action]));
  const notes = isObject(Metadata?.ActionMetadata) ? Metadata.ActionMetadata : {};
  return (identifier) => {
    const action = isMadeUp(identifier) ? blocks.get(identifier) : undefined;
    return action === undefined ? identifier : deedOf(action, notes[identifier]);
  };
}

/** A block within a sentence: `block "Greet"`, or what it does. */
export function blockInWords(flow: FlowDocument, identifier: string): string {
  const name = blockNamesOf(flow)(identifier);
  return name === identifier ? `block "${identifier}"` : name;
}

/** What the designer calls a block, without what else the name covers: `Set customer queue, whisper, …`. */
export const kindName = (type: string): string => CATALOGUE.get(type)?.block.split(/[(/,]/)[0]?.trim() ?? type;

/** @param noted what the designer notes of the block: names of the queues, flows and prompts whose ids it has */
function deedOf(action: FlowAction, noted: unknown): string {
  const { Type, Parameters } = action;
  const kind = (Object.hasOwn(KINDS, Type) ? KINDS[Type] : undefined) ?? kindName(Type);
  const names = isObject(noted) && isObject(noted.parameters) ? noted.parameters : {};
  const recording = nameIn(names.PromptId);
  if (typeof Parameters.PromptId === 'string' && recording !== undefined) return `${kind} ${recording}`;
  const [prompt] = promptsOf(action);
  if (prompt !== undefined) {
    const words = prompt.replace(/<[^>]*>/g, '').trim();
    return `${kind} ${words === '' ? 'of silence' : `"${shortened(words, CHARACTERS)}"`}`;
  }
  const telling = Object.hasOwn(TELLING, Type) ? TELLING[Type] : undefined;
  const values = tellingOf(action).filter(([name]) => telling === undefined || telling.includes(name));
  const words = values.map(([name, value]) => inNames(value, names[name])).filter((text) => text !== '');
  return words.length === 0 ? kind : `${kind} ${shortened(words.join(', '), CHARACTERS)}`;
}

const CHARACTERS = 30;

/** Shorter or plainer than the designer's names. */
const KINDS: Readonly<Record<string, string>> = {
  MessageParticipant: 'prompt',
  MessageParticipantIteratively: 'loop of prompts',
  GetParticipantInput: 'question',
  ConnectParticipantWithLexBot: 'question to Lex',
  UpdateContactEventHooks: 'Set flow',
};

/** Parameters that tell one block from another, where not all do. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  CreateTask: ['Name'],
  GetParticipantInput: [],
  InvokeFlowModule: ['FlowModuleId'],
  MessageParticipantIteratively: [],
  ShowView: ['ViewResource'],
  UpdateContactAttributes: ['Attributes'],
  UpdateContactTextToSpeechVoice: ['TextToSpeechVoice'],
};

/** A value by the name that the designer notes for it; nothing for an id without one. */
function inNames(value: unknown, noted: unknown): string {
  const name = nameIn(noted);
  if (name !== undefined) return name;
  if (!isObject(value)) return isMadeUp(valueInWords(value)) ? '' : valueInWords(value);
  return Object.entries(value)
    .flatMap(([key, inner]) => {
      const text = inNames(inner, isObject(noted) ? noted[key] : undefined);
      return text.trim() === '' ? [] : [`${key}: ${text}`];
    })
    .join(', ');
}

const nameIn = (noted: unknown): string | undefined =>
  isObject(noted) && typeof noted.displayName === 'string' && noted.displayName !== '' ? noted.displayName : undefined;
