import { CATALOGUE } from './catalogue.ts';
import { isMisspelt, wordsOf } from './misspelt.ts';
import { typesOfIdea } from './type-ideas.ts';

/**
 * Type names that no block has, that people and language models write, and whose words do not show which block is meant. Most were seen
 * refused; some are of the flow designer's format from before 2021, others are operations of the API.
 *
 * @see https://github.com/aws-samples/sample-aicc-builder-for-amazon-connect-ai-agent
 */
const GUESSES: Readonly<Record<string, readonly string[]>> = {
  Compare: ['Evaluate'],
  ConnectParticipantWithLexBot: [
    ...['GetParticipantWithLexV2Bot', 'InvokeAgentAction', 'InvokeAmazonQConnect', 'InvokeBedrockAgent'],
    'InvokeQConnect',
  ],
  DisconnectParticipant: ['StopContact'],
  DistributeByPercentage: ['ABTest', 'Distribute', 'Split'],
  EndFlowExecution: ['ResumeFlow'],
  GetCustomerProfile: ['SearchProfiles'],
  GetMetricData: ['GetCurrentMetricData', 'GetRealTimeMetrics'],
  InvokeLambdaFunction: ['InvokeAPI', 'InvokeExternalResource', 'InvokeFunction'],
  MessageParticipant: ['SendMessage', 'TextToSpeech'],
  MessageParticipantIteratively: ['HoldMusic'],
  TransferContactToAgent: ['ConnectToAgent', 'RouteToAgent'],
  TransferContactToQueue: ['EnqueueContact', 'QueueContact'],
  TransferToFlow: ['StartFlow'],
  UpdateContactData: ['SetLanguage', 'UpdateContact'],
  UpdateContactEventHooks: ['SetContactFlow'],
  UpdateContactRoutingBehavior: ['UpdateContactRoutingData'],
  UpdateContactTextToSpeechVoice: ['UpdateContactTextToSpeechManner'],
  UpdateCustomerProfile: ['UpdateCustomerProfileObject'],
  Wait: ['Pause', 'WaitForEvent'],
};

/** What the flow language expresses elsewhere, and not as a block. */
const NO_BLOCKS: readonly { names: readonly string[]; instead: string }[] = [
  {
    names: ['Begin', 'Entry', 'EntryPoint', 'Start', 'StartAction', 'Trigger'],
    instead: 'Remove the block, and let StartAction name the one after it.',
  },
  {
    names: ['Catch', 'Error', 'GoTo', 'Jump'],
    instead: 'Remove the block, and let the transitions that lead to it name the one after it.',
  },
];

/** What to do with a block that does not exist, as a sentence; undefined for any other type. */
export const insteadOfBlock = (type: string): string | undefined =>
  NO_BLOCKS.find(({ names }) => names.some((name) => name.toLowerCase() === type.toLowerCase()))?.instead;

/**
 * The types that a wrong type name may mean: a misspelling, the name of a block in the flow designer, the words of
 * a type in another order or replaced by synonyms, words for what a block does, or a guess that was seen before. Empty if the name
 * resembles nothing known, so that it may be new.
 *
 * @example typesMeantBy('SetContactAttributes') // ['UpdateContactAttributes']
 */
export function typesMeantBy(name: string): readonly string[] {
  const misspelt = [...CATALOGUE.keys()].filter((type) => isMisspelt(name, type));
  if (misspelt.length > 0) return misspelt;
  const guess = Object.keys(GUESSES).filter((type) =>
    GUESSES[type]?.some((guessed) => guessed.toLowerCase() === name.toLowerCase()),
  );
  if (guess.length > 0) return guess;
  const words = tellingWords(wordsOf(name));
  return meanings().get(meaningOf(words)) ?? typesOfIdea(words);
}

/** Words that mean the same as another one in the name of a block. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ...{ set: 'update', change: 'update', modify: 'update' },
  ...{ call: 'invoke', execute: 'invoke', run: 'invoke' },
  ...{ user: 'participant', customer: 'participant', caller: 'participant' },
  ...{ behaviour: 'behavior', tts: 'speech' },
};

/** Words that do not help to identify the block. */
const EMPTY_WORDS = new Set([
  ...['a', 'and', 'aws', 'action', 'amazon', 'block', 'by', 'connect', 'contact', 'execution', 'function'],
  ...['of', 'or', 'the', 'to', 'with'],
]);

/** The significant words of a name, each in the singular. If a name has only insignificant words, all count. */
function tellingWords(words: readonly string[]): string[] {
  const singular = words.map((word) => word.replace(/(?<=..[^su])s$/, ''));
  const telling = singular.filter((word) => !EMPTY_WORDS.has(word));
  return telling.length === 0 ? singular : telling;
}

/** The same for any order of the words and any choice among synonyms. */
const meaningOf = (telling: readonly string[]): string =>
  telling
    .map((word) => SYNONYMS[word] ?? word)
    .toSorted()
    .join(' ');

/** Names of a type: its own and those of its block, with and without what is in brackets. */
function namesOf(type: string, block: string): string[][] {
  const titles = block.split(' / ').flatMap((title) => [title, title.replace(/ \(.*\)/, '')]);
  return [
    wordsOf(type),
    ...titles.map((title) => wordsOf(title.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()))),
  ];
}

let known: ReadonlyMap<string, readonly string[]> | undefined;

/** Every meaning of a name → the types that have it. Built late: hardly any flow has an unknown type. */
function meanings(): ReadonlyMap<string, readonly string[]> {
  known ??= meaningsOfNames();
  return known;
}

function meaningsOfNames(): Map<string, readonly string[]> {
  const meanings = new Map<string, string[]>();
  for (const { type, block } of CATALOGUE.values()) {
    for (const meaning of new Set(namesOf(type, block).map((words) => meaningOf(tellingWords(words))))) {
      meanings.set(meaning, [...(meanings.get(meaning) ?? []), type]);
    }
  }
  return meanings;
}
