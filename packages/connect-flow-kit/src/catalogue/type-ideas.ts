/** What a block is for, in the words that people and language models make names of types from. */
interface Idea {
  /** The types that do it. */
  types: readonly string[];
  /** A name for it has a word of each of these groups … */
  needs: readonly string[];
  /** … and no others but these. */
  may?: string;
}

const QUEUE_WORDS = 'transfer send route put place move enqueue';
const CHANGE = 'set update change select choose assign pick specify';
const SWITCH = 'set update enable disable start stop begin turn on off toggle configure';
const PEOPLE = 'participant customer caller user';

/**
 * Things that blocks already do. A type that the service gets one day does something new, and a name for that has a word
 * that is not here: so the words are few, and none is here that could make another thing of it (`PauseRecording`,
 * `UpdateAgentAttributes`, `SearchCases`).
 */
const IDEAS: readonly Idea[] = [
  {
    types: ['MessageParticipant'],
    needs: ['prompt message text audio announcement greeting speech say speak announce'],
    may: `play say speak announce ${PEOPLE}`,
  },
  {
    types: ['MessageParticipantIteratively'],
    needs: ['play loop repeat', 'loop repeat music iteratively'],
    may: 'hold prompt message audio queue',
  },
  {
    types: ['GetParticipantInput'],
    needs: ['input digit dtmf keypad keypress touchtone selection choice'],
    may: `get collect gather capture read receive store prompt ask request menu key tone ivr for ${PEOPLE}`,
  },
  { types: ['GetParticipantInput'], needs: ['menu'], may: `play present show ivr dtmf main ${PEOPLE}` },
  {
    types: ['ConnectParticipantWithLexBot'],
    needs: ['lex'],
    may: `get start invoke call run use launch connect input bot chatbot v2 2 ${PEOPLE}`,
  },
  {
    types: ['DisconnectParticipant'],
    needs: ['end finish terminate hangup hang drop release disconnect'],
    may: `up call line ${PEOPLE}`,
  },
  { types: ['EndFlowExecution'], needs: ['end exit finish terminate stop quit'], may: 'flow' },
  { types: ['EndFlowModuleExecution'], needs: ['end exit finish stop quit return', 'module'], may: 'flow from' },
  { types: ['TransferContactToQueue'], needs: [QUEUE_WORDS, 'queue'], may: 'call customer caller in into' },
  { types: ['TransferContactToAgent'], needs: ['transfer send put route', 'agent'], may: 'call customer caller' },
  {
    types: ['TransferContactToQueue', 'TransferParticipantToThirdParty', 'TransferToFlow'],
    needs: ['transfer forward'],
    may: 'call customer caller',
  },
  {
    types: ['TransferParticipantToThirdParty'],
    needs: ['dial transfer forward send route', 'number phone telephone external third pstn'],
    may: 'party call customer caller out outbound number',
  },
  {
    types: ['TransferToFlow'],
    needs: ['transfer go goto jump switch route run execute', 'flow'],
    may: 'call another next',
  },
  { types: ['UpdateContactTargetQueue'], needs: [CHANGE, 'queue'], may: 'target working call' },
  {
    types: ['CheckHoursOfOperation'],
    needs: ['hour schedule open opening'],
    may: 'check is are verify validate evaluate test operation operating business office working time if we',
  },
  {
    types: ['CheckMetricData'],
    needs: ['check test is are', 'metric staffing staff staffed agent availability available capacity queue'],
    may: 'metric status availability available capacity depth size length agent queue data',
  },
  { types: ['CheckMetricData'], needs: ['queue agent', 'status staffing capacity availability'] },
  { types: ['GetMetricData'], needs: ['get load read fetch retrieve', 'metric'], may: 'queue data' },
  {
    types: ['UpdateContactAttributes'],
    needs: [`${CHANGE} put add store save write create`, 'attribute variable'],
    may: `call user-defined custom ${PEOPLE}`,
  },
  {
    types: ['UpdateFlowAttributes'],
    needs: [`${CHANGE} put add store save write create`, 'attribute variable', 'flow'],
  },
  {
    types: ['Compare'],
    needs: ['attribute condition conditional value variable expression decision if switch branch'],
    may: `check compare evaluate test branch decide on if ${PEOPLE}`,
  },
  {
    types: ['InvokeLambdaFunction'],
    needs: ['lambda'],
    may: 'invoke call run execute trigger start use function',
  },
  { types: ['InvokeFlowModule'], needs: ['invoke call run execute start use', 'module'], may: 'flow' },
  {
    types: ['UpdateContactTextToSpeechVoice'],
    needs: [`${CHANGE} use configure`, 'voice tts speech'],
    may: 'text voice',
  },
  {
    types: ['UpdateContactRecordingBehavior'],
    needs: [`${SWITCH} record`, 'recording record call'],
    may: 'call audio behavior analytics and',
  },
  { types: ['UpdateFlowLoggingBehavior'], needs: [SWITCH, 'logging log'], may: 'flow behavior' },
  { types: ['UpdateContactMediaStreamingBehavior'], needs: [SWITCH, 'stream streaming'], may: 'media audio behavior' },
  { types: ['UpdateContactRoutingBehavior'], needs: [`${CHANGE} adjust`, 'priority'], may: 'routing queue call' },
  {
    types: ['CreateCallbackContact'],
    needs: ['create schedule request set offer queue enqueue', 'callback'],
    may: 'queue',
  },
  {
    types: ['UpdatePreviousContactParticipantState'],
    needs: ['hold'],
    may: `put place set on agent call ${PEOPLE}`,
  },
  { types: ['UpdateContactEventHooks'], needs: [CHANGE, 'whisper hook'], may: 'agent customer event flow outbound' },
  { types: ['TagContact'], needs: ['add set apply put create', 'tag'], may: 'call' },
  { types: ['UntagContact'], needs: ['remove delete clear', 'tag'], may: 'call' },
  { types: ['CreateTask'], needs: ['create start open add new', 'task'] },
  { types: ['CreateCase'], needs: ['open start add new', 'case'] },
  { types: ['DistributeByPercentage'], needs: ['percentage percent random traffic'], may: 'distribute split route' },
  { types: ['GetCustomerProfile'], needs: ['get find load fetch retrieve lookup', 'profile'], may: 'customer' },
  { types: ['CreateCustomerProfile'], needs: ['create add put new', 'profile'], may: 'customer' },
  { types: ['UpdateCustomerProfile'], needs: ['update set change', 'profile'], may: 'customer' },
  { types: ['Wait'], needs: ['wait delay pause sleep'], may: 'time second for' },
];

/**
 * The types whose idea is made up of these words, and of no others.
 *
 * @param words those of a name that tell, in lower case, each in the singular
 */
export const typesOfIdea = (words: readonly string[]): readonly string[] => [
  ...new Set(IDEAS.filter((idea) => expresses(words, idea)).flatMap(({ types }) => types)),
];

const has = (group: string, word: string): boolean => group.split(' ').includes(word);

const expresses = (words: readonly string[], { needs, may = '' }: Idea): boolean =>
  needs.every((group) => words.some((word) => has(group, word))) &&
  words.every((word) => has(may, word) || needs.some((group) => has(group, word)));
