import { CATALOGUE } from './catalogue.ts';
import { isMisspelt, wordsOf } from './misspelt.ts';

/**
 * Names of no block that people and language models write, and whose words are not those of the right one. Most were
 * seen refused; some are of the flow designer's format from before 2021, others are operations of the API.
 *
 * @see https://github.com/aws-samples/sample-aicc-builder-for-amazon-connect-ai-agent
 */
const GUESSES: Readonly<Record<string, readonly string[]>> = {
  Compare: ['Branch', 'CheckCondition', 'CheckValue', 'Condition', 'Evaluate', 'EvaluateCondition', 'If', 'Switch'],
  CheckHoursOfOperation: ['CheckBusinessHours', 'CheckHours', 'CheckOpeningHours', 'CheckSchedule'],
  CheckMetricData: ['CheckAgents', 'CheckAvailability', 'CheckMetrics', 'CheckQueue', 'CheckQueueCapacity'],
  ConnectParticipantWithLexBot: [
    ...['ConnectLexBot', 'ConnectToLex', 'ConnectToLexBot', 'GetParticipantWithLexV2Bot', 'InvokeAgentAction'],
    ...['InvokeAmazonQConnect', 'InvokeBedrockAgent', 'InvokeLex', 'InvokeLexBot', 'InvokeQConnect', 'LexBot'],
  ],
  CreateCallbackContact: ['CreateCallback', 'QueueCallback', 'RequestCallback', 'SetCallback'],
  CreateCustomerProfile: ['CreateProfile', 'PutCustomerProfile'],
  CreateTask: ['StartTaskContact'],
  DisconnectParticipant: ['EndCall', 'Hangup', 'StopContact', 'Terminate', 'TerminateCall'],
  DistributeByPercentage: [
    'ABTest',
    'Distribute',
    'DistributeByPercent',
    'PercentageSplit',
    'Random',
    'Split',
    'SplitByPercentage',
  ],
  EndFlowExecution: ['ExitFlow', 'ResumeFlow', 'StopFlow', 'TerminateFlow'],
  EndFlowModuleExecution: ['EndModule', 'ExitModule', 'ReturnFromFlowModule'],
  GetCustomerProfile: ['GetProfile', 'LookupCustomerProfile', 'SearchProfiles'],
  GetMetricData: ['GetCurrentMetricData', 'GetRealTimeMetrics'],
  GetParticipantInput: ['CollectDigits', 'CollectInput', 'GatherInput', 'GetDigits', 'GetDTMF', 'GetInput', 'Menu'],
  InvokeFlowModule: ['CallModule', 'RunModule'],
  InvokeLambdaFunction: ['InvokeAPI', 'InvokeExternalResource', 'InvokeFunction'],
  MessageParticipant: [
    ...[
      'Announce',
      'Message',
      'PlayAudio',
      'PlayAudioPrompt',
      'PlayMessage',
      'PlayText',
      'PlayTextToSpeech',
      'Prompt',
      'Say',
      'SayText',
    ],
    ...['SendMessage', 'Speak', 'SpeakText'],
  ],
  MessageParticipantIteratively: ['HoldMusic', 'LoopMessages', 'PlayHoldMusic', 'PlayMusic'],
  TagContact: ['SetContactTags', 'SetTags'],
  TransferContactToAgent: ['ConnectToAgent', 'RouteToAgent'],
  TransferContactToQueue: ['EnqueueContact', 'QueueContact', 'RouteToQueue', 'Transfer', 'TransferContact'],
  TransferParticipantToThirdParty: ['ExternalTransfer', 'TransferToExternal', 'TransferToExternalNumber'],
  TransferToFlow: ['GoToFlow', 'StartFlow'],
  UpdateContactAttributes: ['SetAttribute', 'SetVariable'],
  UpdateContactData: ['SetLanguage', 'UpdateContact'],
  UpdateContactEventHooks: ['SetContactFlow', 'SetEventHook'],
  UpdateContactMediaStreamingBehavior: ['StartContactStreaming', 'StartStreaming', 'StopStreaming'],
  UpdateContactRecordingBehavior: [
    ...['EnableRecording', 'RecordCall', 'SetCallRecording', 'SetRecording', 'StartContactRecording'],
    ...['StartRecording', 'StopRecording'],
  ],
  UpdateContactRoutingBehavior: ['ChangePriority', 'SetPriority', 'SetQueuePriority', 'UpdateContactRoutingData'],
  UpdateContactTargetQueue: ['SelectQueue', 'SetQueue', 'SetTargetQueue', 'UpdateQueue'],
  UpdateContactTextToSpeechVoice: ['ChangeVoice', 'SetTTSVoice', 'UpdateContactTextToSpeechManner'],
  UpdateCustomerProfile: ['UpdateCustomerProfileObject', 'UpdateProfile'],
  UpdateFlowLoggingBehavior: ['EnableLogging', 'SetFlowLogging', 'SetLogging'],
  UpdatePreviousContactParticipantState: ['HoldAgent', 'HoldContact', 'HoldCustomer', 'HoldParticipant'],
  Wait: ['Delay', 'Pause', 'Sleep', 'WaitForEvent'],
};

/** A flow's beginning, which is no block at all. */
const BEGINNINGS = new Set(['Begin', 'Entry', 'EntryPoint', 'Start', 'Trigger']);

export const isBeginning = (type: string): boolean => BEGINNINGS.has(type);

/**
 * The types that are meant by the name of none: a slip of spelling, the name of a block in the flow designer, the words of
 * a type in other order or with others of the same meaning, or a guess that was seen before. Empty where the name is like
 * nothing known, so that it may be new.
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
  return MEANINGS.get(meaningOf(wordsOf(name))) ?? [];
}

/** Words that say the same of a block as another one. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ...{ set: 'update', change: 'update', modify: 'update' },
  ...{ call: 'invoke', execute: 'invoke', run: 'invoke' },
  ...{ user: 'participant', customer: 'participant', caller: 'participant' },
  ...{ behaviour: 'behavior', tts: 'speech' },
};

/** Words that tell nothing about which block it is. */
const EMPTY_WORDS = new Set([
  ...['a', 'and', 'aws', 'action', 'amazon', 'block', 'by', 'connect', 'contact', 'execution', 'function'],
  ...['of', 'or', 'the', 'to', 'with'],
]);

/** The words that count, whatever their order, number (one or many) and which of several words of one meaning it is. */
function meaningOf(words: readonly string[]): string {
  const singular = words.map((word) => word.replace(/(?<=...[^s])s$/, ''));
  const telling = singular.filter((word) => !EMPTY_WORDS.has(word)).map((word) => SYNONYMS[word] ?? word);
  // Of a name of empty words alone, all count.
  return (telling.length === 0 ? singular : telling).toSorted().join(' ');
}

/** Names of a type: its own, and those of its block, with and without what stands in brackets. */
function namesOf(type: string, block: string): string[][] {
  const titles = block.split(' / ').flatMap((title) => [title, title.replace(/ \(.*\)/, '')]);
  return [
    wordsOf(type),
    ...titles.map((title) => wordsOf(title.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()))),
  ];
}

/** Every meaning of a name → the types that have it. */
const MEANINGS: ReadonlyMap<string, readonly string[]> = (() => {
  const meanings = new Map<string, string[]>();
  for (const { type, block } of CATALOGUE.values()) {
    for (const meaning of new Set(namesOf(type, block).map(meaningOf))) {
      meanings.set(meaning, [...(meanings.get(meaning) ?? []), type]);
    }
  }
  return meanings;
})();
