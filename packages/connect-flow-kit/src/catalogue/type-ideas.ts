/** What a block is for, in the words from which people and language models make up type names. */
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
 * Things that blocks already do. A type that the service adds one day does something new, and a name for it has a word
 * that is not here: so there are few words, and none that could change the meaning (`PauseRecording`,
 * `UpdateAgentAttributes`, `SearchCases`).
 */
const IDEAS: readonly Idea[] = [
  {
    types: ['MessageParticipant'],
    needs: ['prompt message text audio announcement greeting tts ssml say speak announce'],
    may: `play voice file welcome hello goodbye ${PEOPLE}`,
  },
  { types: ['MessageParticipant'], needs: ['play', 'recording sound voice speech welcome'], may: 'file' },
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
  { types: ['GetParticipantInput'], needs: ['play', 'collect get gather', 'digit input'] },
  { types: ['GetParticipantInput'], needs: ['key gather'], may: 'get read press' },
  { types: ['GetParticipantInput'], needs: ['ask'], may: `question ${PEOPLE}` },
  { types: ['GetParticipantInput'], needs: ['menu'], may: `play present show ivr dtmf main ${PEOPLE}` },
  {
    types: ['ConnectParticipantWithLexBot'],
    needs: ['lex'],
    may: `get start invoke call run use launch connect input conversation bot v 2 ${PEOPLE}`,
  },
  {
    types: ['DisconnectParticipant'],
    needs: ['end finish terminate hangup hang drop release disconnect'],
    may: `up call line ${PEOPLE}`,
  },
  { types: ['EndFlowExecution'], needs: ['end exit finish terminate stop quit'], may: 'flow resume' },
  { types: ['EndFlowModuleExecution'], needs: ['end exit finish stop quit return', 'module'], may: 'flow from' },
  { types: ['TransferContactToQueue'], needs: [QUEUE_WORDS, 'queue'], may: 'call customer caller agent in into' },
  { types: ['TransferContactToQueue'], needs: ['queue enqueue'], may: 'add call customer caller' },
  { types: ['TransferContactToAgent'], needs: ['transfer send put route', 'agent'], may: 'call customer caller' },
  {
    types: ['TransferContactToQueue', 'TransferParticipantToThirdParty', 'TransferToFlow'],
    needs: ['transfer forward'],
    may: 'call customer caller',
  },
  {
    types: ['TransferParticipantToThirdParty'],
    needs: ['dial transfer forward send route call', 'number phone telephone external third pstn'],
    may: 'party call customer caller out outbound number',
  },
  {
    types: ['TransferToFlow'],
    needs: ['transfer go goto jump switch route run execute', 'flow'],
    may: 'call another next',
  },
  { types: ['InvokeFlowModule', 'TransferToFlow'], needs: ['call invoke run execute start', 'flow'] },
  {
    types: ['CompleteOutboundCall', 'TransferParticipantToThirdParty'],
    needs: ['make place start', 'call'],
    may: 'outbound phone',
  },
  { types: ['UpdateContactTargetQueue'], needs: [CHANGE, 'queue'], may: 'target working call id' },
  {
    types: ['CheckHoursOfOperation'],
    needs: ['hour schedule open opening'],
    may: 'check is are verify validate evaluate test operation operating business office working service time if we',
  },
  { types: ['CheckHoursOfOperation'], needs: ['check', 'time'], may: 'day date' },
  {
    types: ['CheckMetricData'],
    needs: ['check test is are', 'metric staffing staff staffed agent availability available capacity queue'],
    may: 'metric status availability available capacity depth size length agent queue data in',
  },
  { types: ['CheckMetricData'], needs: ['queue agent', 'status staffing capacity availability available'] },
  { types: ['CheckMetricData', 'GetMetricData'], needs: ['queue', 'metric'] },
  { types: ['GetMetricData'], needs: ['get load read fetch retrieve', 'metric'], may: 'queue data' },
  {
    types: ['UpdateContactAttributes'],
    needs: [`${CHANGE} put add store save write create`, 'attribute variable var'],
    may: `call user-defined custom ${PEOPLE}`,
  },
  {
    types: ['UpdateFlowAttributes'],
    needs: [`${CHANGE} put add store save write create`, 'attribute variable var', 'flow'],
  },
  {
    types: ['Compare'],
    needs: ['attribute condition conditional value variable expression decision if switch branch'],
    may: `check compare evaluate test branch decide on if else case ${PEOPLE}`,
  },
  {
    types: ['InvokeLambdaFunction'],
    needs: ['lambda'],
    may: 'invoke invocation call run execute trigger start use sync',
  },
  {
    types: ['InvokeLambdaFunction'],
    needs: ['invoke execute run', 'third external'],
    may: 'party api service endpoint',
  },
  { types: ['InvokeFlowModule'], needs: ['invoke call run execute start use', 'module'], may: 'flow' },
  {
    types: ['UpdateContactTextToSpeechVoice'],
    needs: [`${CHANGE} use configure`, 'voice tts speech'],
    may: 'text voice language setting polly',
  },
  {
    types: ['UpdateContactRecordingBehavior'],
    needs: [`${SWITCH} record`, 'recording record call'],
    may: 'call audio behavior analytics and',
  },
  { types: ['UpdateFlowLoggingBehavior'], needs: [SWITCH, 'logging log'], may: 'flow behavior' },
  {
    types: ['UpdateContactMediaStreamingBehavior'],
    needs: [SWITCH, 'stream streaming'],
    may: 'media audio kinesis behavior',
  },
  { types: ['UpdateContactMediaStreamingBehavior'], needs: ['media', 'stream streaming'] },
  { types: ['UpdateContactRoutingBehavior'], needs: [`${CHANGE} adjust`, 'priority'], may: 'routing queue call' },
  {
    types: ['CreateCallbackContact'],
    needs: ['create schedule request set offer queue enqueue', 'callback'],
    may: 'queue',
  },
  { types: ['CreateCallbackContact'], needs: ['callback'], may: 'request queue for' },
  { types: ['UpdateContactCallbackNumber'], needs: [CHANGE, 'callback', 'number'], may: 'phone' },
  {
    types: ['UpdatePreviousContactParticipantState'],
    needs: ['hold'],
    may: `put place set start on agent call ${PEOPLE}`,
  },
  {
    types: ['UpdateContactEventHooks'],
    needs: [CHANGE, 'whisper hook'],
    may: 'agent customer event flow outbound message',
  },
  { types: ['UpdateContactEventHooks'], needs: ['whisper'], may: 'play agent customer outbound flow message' },
  { types: ['UpdateContactEventHooks'], needs: [CHANGE, 'queue hold disconnect', 'flow music customer'], may: 'agent' },
  { types: ['TagContact'], needs: ['tag'], may: 'add set apply put create call' },
  { types: ['UntagContact'], needs: ['remove delete clear', 'tag'], may: 'call' },
  { types: ['CreateTask'], needs: ['create start open add new send', 'task'] },
  { types: ['StartOutboundChatContact'], needs: ['send', 'sms whatsapp'], may: 'message text' },
  { types: ['StartOutboundEmailContact'], needs: ['send', 'email mail'], may: 'message' },
  { types: ['AuthenticateParticipant'], needs: ['authenticate'], may: PEOPLE },
  { types: ['CreateCase'], needs: ['open start add new', 'case'], may: 'create' },
  {
    types: ['DistributeByPercentage'],
    needs: ['percentage percent random traffic ab'],
    may: 'distribute distribution split route',
  },
  { types: ['GetCustomerProfile'], needs: ['get find load fetch retrieve lookup', 'profile customer'] },
  { types: ['CreateCustomerProfile'], needs: ['create add put new', 'profile'], may: 'customer' },
  { types: ['UpdateCustomerProfile'], needs: ['update set change', 'profile'], may: 'customer' },
  { types: ['ShowView'], needs: ['show display open present', 'view'] },
  { types: ['Loop'], needs: ['loop iterate repeat'], may: 'for while until counter count' },
  { types: ['Wait'], needs: ['wait delay sleep'], may: 'time second for' },
];

/**
 * The types whose idea consists of these words and no others.
 *
 * @param words the significant words of a name, in lower case, each in the singular
 */
export const typesOfIdea = (words: readonly string[]): readonly string[] => [
  ...new Set(IDEAS.filter((idea) => expresses(words, idea)).flatMap(({ types }) => types)),
];

const has = (group: string, word: string): boolean => group.split(' ').includes(word);

const expresses = (words: readonly string[], { needs, may = '' }: Idea): boolean =>
  needs.every((group) => words.some((word) => has(group, word))) &&
  words.every((word) => has(may, word) || needs.some((group) => has(group, word)));
