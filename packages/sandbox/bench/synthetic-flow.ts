import type { FlowAction, FlowDocument } from 'connect-flow-kit';

type Transitions = FlowAction['Transitions'];

/** Blocks before and after the sections, and blocks of one section. */
const FRAME = 6;
const SECTION = 8;

/**
 * A flow of this many blocks as somebody could have built it: a voice; sections that greet by an attribute, ask for a key, ask
 * again up to twice and note the answer; notices to fill up; finally the queue, with apologies.
 *
 * @param blocks at least 14
 */
export function syntheticFlow(blocks: number): FlowDocument {
  const sections = Math.floor((blocks - FRAME) / SECTION);
  const notices = blocks - FRAME - sections * SECTION;
  const notice = (index: number): string => (index < notices ? `Notice ${index}` : 'Set queue');
  const section = (index: number): string => (index < sections ? `Introduce ${index}` : notice(0));
  return {
    Version: '2019-10-30',
    StartAction: 'Set voice',
    Metadata: { name: `synthetic-${blocks}`, type: 'contactFlow' },
    Actions: [
      block(
        'Set voice',
        'UpdateContactTextToSpeechVoice',
        { TextToSpeechVoice: 'Kazuha', TextToSpeechEngine: 'Neural' },
        ways(section(0), { NoMatchingError: 'Apologise' }),
      ),
      ...Array.from({ length: sections }, (_, index) => sectionOf(index, section(index + 1))).flat(),
      ...Array.from({ length: notices }, (_, index) =>
        say(notice(index), `お知らせの${index}番です。`, notice(index + 1)),
      ),
      block(
        'Set queue',
        'UpdateContactTargetQueue',
        { QueueId: '$.Attributes.queue_arn' },
        ways('Transfer', { NoMatchingError: 'Apologise' }),
      ),
      block(
        'Transfer',
        'TransferContactToQueue',
        {},
        ways('Hang up', { QueueAtCapacity: 'Apologise for full queue', NoMatchingError: 'Apologise' }),
      ),
      say('Apologise for full queue', '申し訳ございません。大変混み合っております。', 'Hang up', 'Hang up'),
      say('Apologise', '申し訳ございません。おつなぎできません。', 'Hang up', 'Hang up'),
      {
        Identifier: 'Hang up',
        Type: 'DisconnectParticipant',
        Parameters: {},
        Transitions: { Errors: [], Conditions: [] },
      },
    ],
  };
}

function sectionOf(index: number, next: string): FlowAction[] {
  const [greet, member, others, ask, note, explain, again] = [
    `Check type ${index}`,
    `Greet member ${index}`,
    `Greet others ${index}`,
    `Ask ${index}`,
    `Note answer ${index}`,
    `Explain ${index}`,
    `Ask again ${index}`,
  ] as const;
  return [
    say(`Introduce ${index}`, `ご案内の${index}番です。`, greet),
    block(
      greet,
      'Compare',
      { ComparisonValue: '$.Attributes.user_type' },
      ways(others, { NoMatchingCondition: others }, { member }),
    ),
    say(member, `会員様へのご案内の${index}番です。`, ask),
    say(others, `みなさまへのご案内の${index}番です。`, ask),
    block(
      ask,
      'GetParticipantInput',
      {
        Text: `${index}番について。よろしければ1を、詳しくは2を押してください。`,
        StoreInput: 'False',
        InputTimeLimitSeconds: '5',
      },
      ways(
        'Apologise',
        { InputTimeLimitExceeded: again, NoMatchingCondition: again, NoMatchingError: 'Apologise' },
        { 1: note, 2: explain },
      ),
    ),
    block(
      note,
      'UpdateContactAttributes',
      { Attributes: { [`answer_${index}`]: 'yes' }, TargetContact: 'Current' },
      ways(next, { NoMatchingError: 'Apologise' }),
    ),
    say(explain, `${index}番について詳しくご説明いたします。`, next),
    block(again, 'Loop', { LoopCount: '2' }, ways(next, {}, { ContinueLooping: ask, DoneLooping: next })),
  ];
}

const say = (identifier: string, Text: string, next: string, onError = 'Apologise'): FlowAction =>
  block(identifier, 'MessageParticipant', { Text }, ways(next, { NoMatchingError: onError }));

const block = (
  Identifier: string,
  Type: string,
  Parameters: Record<string, unknown>,
  Transitions: Transitions,
): FlowAction => ({ Identifier, Type, Parameters, Transitions });

/** @param errors error type → block @param equals operand → block */
const ways = (
  NextAction: string,
  errors: Record<string, string>,
  equals: Record<string, string> = {},
): Transitions => ({
  NextAction,
  Errors: Object.entries(errors).map(([ErrorType, target]) => ({ NextAction: target, ErrorType })),
  Conditions: Object.entries(equals).map(([operand, target]) => ({
    NextAction: target,
    Condition: { Operator: 'Equals', Operands: [operand] },
  })),
});
