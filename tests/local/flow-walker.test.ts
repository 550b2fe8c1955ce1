import { describe, expect, it } from 'vitest';
import {
  type FlowAction,
  type FlowDocument,
  type FlowStep,
  type FlowWorld,
  flowWalker,
} from '../../local/connect/flow-walker.ts';
import { ATTRIBUTES, CUSTOMER, INSTANCE_ARN, QUEUE_ARN, QUEUE_FLOW, repositoryFlow } from './connect-support.ts';

const CALL_ME = repositoryFlow('call-me');
const QUEUE_FLOW_DOCUMENT = repositoryFlow('call-me-queue');

const worldOf = (change: Partial<FlowWorld> = {}): FlowWorld => ({
  attributes: ATTRIBUTES,
  system: { 'CustomerEndpoint.Address': CUSTOMER },
  queueExists: (queue) => queue === QUEUE_ARN,
  queueHasRoom: () => true,
  ...change,
});

const walk = (flow: FlowDocument, change: Partial<FlowWorld> = {}): FlowStep[] => [
  ...flowWalker.walk(flow, worldOf(change)),
];

const said = (steps: FlowStep[]): string[] => steps.flatMap((step) => (step.kind === 'say' ? [step.text] : []));

/** A flow of these actions, each leading to the next; the first is the start, the last hangs up. */
function flowOf(...actions: Partial<FlowAction>[]): FlowDocument {
  const named = actions.map((action, index) => ({ Identifier: `block ${index + 1}`, Type: '', ...action }));
  return {
    Version: '2019-10-30',
    StartAction: 'block 1',
    Actions: [
      ...named.map((action, index) => ({
        ...action,
        Transitions: { NextAction: named[index + 1]?.Identifier ?? 'bye', ...action.Transitions },
      })),
      { Identifier: 'bye', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
    ],
  };
}

const prompt = (Text: string): Partial<FlowAction> => ({ Type: 'MessageParticipant', Parameters: { Text } });
const setVoice = (TextToSpeechVoice: string, TextToSpeechEngine?: string): Partial<FlowAction> => ({
  Type: 'UpdateContactTextToSpeechVoice',
  Parameters: { TextToSpeechVoice, ...(TextToSpeechEngine && { TextToSpeechEngine }) },
  Transitions: { Errors: [{ ErrorType: 'NoMatchingError', NextAction: 'bye' }] },
});

describe('the flow a visitor hears', () => {
  it.each([
    ['member', 'いつもKARTEをご利用いただきありがとうございます。'],
    ['visitor', 'KARTEの利用をご検討いただきありがとうございます。'],
    ['other', 'お問い合わせいただきありがとうございます。'],
    ['Member', 'お問い合わせいただきありがとうございます。'],
  ])('greets user_type "%s" and reads the inquiry back', (user_type, greeting) => {
    // Act
    const steps = walk(CALL_ME, { attributes: { ...ATTRIBUTES, user_type } });

    // Assess
    expect(said(steps)).toEqual([greeting, '料金について', 'のお問い合わせですね。オペレーターにおつなぎします。']);
    expect(steps.at(-1)).toEqual({ kind: 'enter-queue', block: 'Transfer to queue', queue: QUEUE_ARN });
  });

  it('leaves the inquiry out where there is none', () => {
    const steps = walk(CALL_ME, { attributes: { user_type: 'member', queue_arn: QUEUE_ARN } });
    expect(said(steps)).toEqual([
      'いつもKARTEをご利用いただきありがとうございます。',
      'オペレーターにおつなぎします。',
    ]);
  });

  it('sets a Japanese voice, the flow for the queue and the queue, and says why it branched', () => {
    // Act
    const steps = walk(CALL_ME);

    // Assess
    expect(steps.filter(({ kind }) => kind !== 'say')).toEqual([
      { kind: 'voice', block: 'Set Japanese voice', voice: 'Kazuha', engine: 'Neural' },
      {
        kind: 'hook',
        block: 'Set waiting flow',
        hook: 'CustomerQueue',
        flow: `${INSTANCE_ARN}/contact-flow/${QUEUE_FLOW}`,
      },
      {
        kind: 'branch',
        block: 'Check user type',
        to: 'Thank member',
        because: '$.Attributes.user_type is "member": Equals "member"',
      },
      {
        kind: 'branch',
        block: 'Is there an inquiry',
        to: 'Read inquiry',
        because: '$.Attributes.has_inquiry_type is "true": Equals "true"',
      },
      { kind: 'target-queue', block: 'Set working queue', queue: QUEUE_ARN },
      { kind: 'enter-queue', block: 'Transfer to queue', queue: QUEUE_ARN },
    ]);
    expect(steps.filter((step) => step.kind === 'say').every(({ voice }) => voice === 'Kazuha')).toBe(true);
  });

  it('apologises where the queue is full', () => {
    const steps = walk(CALL_ME, { queueHasRoom: () => false });
    expect(said(steps).at(-1)).toContain('大変混み合っております');
    expect(steps.at(-1)).toMatchObject({ kind: 'hang-up', block: 'Hang up' });
  });

  it('apologises where the queue does not exist', () => {
    const steps = walk(CALL_ME, { attributes: { ...ATTRIBUTES, queue_arn: 'support' } });
    expect(said(steps).at(-1)).toContain('おつなぎできません');
    expect(steps).toContainEqual({
      kind: 'branch',
      block: 'Set working queue',
      to: 'Apologise',
      because: 'NoMatchingError: there is no queue "support"',
    });
  });

  const errorBranches = [CALL_ME, QUEUE_FLOW_DOCUMENT].flatMap((flow) =>
    flow.Actions.flatMap(({ Identifier, Transitions }) =>
      (Transitions?.Errors ?? [])
        // NoMatchingCondition is no failure, and nothing can be said where an apology itself fails.
        .filter(({ ErrorType }) => ErrorType !== 'NoMatchingCondition' && !Identifier.startsWith('Apologise'))
        .map(({ ErrorType }) => ({ flow, block: Identifier, error: ErrorType })),
    ),
  );

  it.each(errorBranches)('apologises and hangs up when "$block" fails with $error', ({ flow, block, error }) => {
    // Prepare: each greeting is on the way of its own user type.
    const user_type = { 'Thank visitor': 'visitor', 'Thank everybody else': 'other' }[block] ?? 'member';
    const has_inquiry_type = block === 'Announce agent' ? 'false' : 'true';

    // Act
    const steps = walk(flow, {
      attributes: { ...ATTRIBUTES, user_type, has_inquiry_type },
      failAt: (identifier) => (identifier === block ? error : undefined),
    });

    // Assess
    expect(steps).toContainEqual(expect.objectContaining({ kind: 'branch', block, because: `${error}: injected` }));
    expect(said(steps).at(-1)).toContain('申し訳ございません');
    expect(steps.at(-1)).toEqual({ kind: 'hang-up', block: 'Hang up', because: 'the flow ends the call' });
  });

  it('loops its messages while the visitor waits, with the voice of the contact', () => {
    const steps = walk(QUEUE_FLOW_DOCUMENT, { voice: { voice: 'Takumi', engine: 'Neural' } });
    expect(steps).toEqual([
      {
        kind: 'loop',
        block: 'Keep waiting',
        messages: [expect.stringContaining('このままお待ちください'), expect.stringContaining('お待たせしております')],
        interruptAfterSeconds: undefined,
        voice: 'Takumi',
        engine: 'Neural',
      },
    ]);
  });
});

describe('references', () => {
  it.each([
    ['an attribute', '$.Attributes.user_type様', 'member様'],
    ['brackets', "$['Attributes']['user_type'] and $.Attributes.['user_type']", 'member and member'],
    ['a system value', 'お電話番号は$.CustomerEndpoint.Addressです', `お電話番号は${CUSTOMER}です`],
    ['an attribute that does not exist', 'a$.Attributes.nothing.b', 'a'],
    ['a name that every object has', '[$.Attributes.constructor]', '[]'],
    ['no reference', '$5 and $.', '$5 and $.'],
  ])('resolves %s', (_name, text, heard) => {
    expect(said(walk(flowOf(prompt(text))))).toEqual([heard]);
  });

  it('does not resolve what a value brings along', () => {
    const attributes = { inquiry_type: '$.CustomerEndpoint.Address' };
    expect(said(walk(flowOf(prompt('$.Attributes.inquiry_type')), { attributes }))).toEqual([
      '$.CustomerEndpoint.Address',
    ]);
  });
});

describe('voices', () => {
  it.each([
    ['Mizuki', undefined, 'Standard'],
    ['Mizuki', 'standard', 'Standard'],
    ['Takumi', 'Standard', 'Standard'],
    ['Takumi', 'neural', 'Neural'],
    ['Kazuha', 'Neural', 'Neural'],
    ['Tomoko', 'NEURAL', 'Neural'],
  ])('%s speaks with the engine %s', (voice, asked, engine) => {
    const [, said] = walk(flowOf(setVoice(voice, asked), prompt('はい')));
    expect(said).toMatchObject({ kind: 'say', voice, engine });
  });

  it.each([
    ['Mizuki', 'Neural'],
    ['Takumi', 'Generative'],
    ['Kazuha', undefined],
    ['Kazuha', 'Standard'],
    ['Tomoko', 'Generative'],
    ['Hanako', 'Neural'],
    ['constructor', 'Neural'],
  ])('%s with the engine %s takes the error branch, with the default voice', (voice, engine) => {
    const steps = walk(flowOf(setVoice(voice, engine), prompt('はい')));
    expect(steps).toMatchObject([
      { kind: 'voice', voice: 'Joanna', engine: 'Standard' },
      { kind: 'branch', to: 'bye', because: expect.stringMatching(/^NoMatchingError: /) },
      { kind: 'hang-up' },
    ]);
  });

  it('goes on with the default voice where there is no error branch', () => {
    const steps = walk(
      flowOf(setVoice('Takumi', 'Neural'), { ...setVoice('Kazuha'), Transitions: {} }, prompt('はい')),
    );
    expect(steps).toContainEqual(expect.objectContaining({ kind: 'say', voice: 'Joanna', engine: 'Standard' }));
  });

  it('is Joanna until one is set', () => {
    expect(walk(flowOf(prompt('はい')))[0]).toMatchObject({ voice: 'Joanna', engine: 'Standard' });
  });
});

describe('comparisons', () => {
  it.each([
    ['Equals', '5', '5', true],
    ['Equals', 'A', 'a', false],
    ['TextStartsWith', '料金について', '料金', true],
    ['TextEndsWith', '料金について', '料金', false],
    ['TextContains', 'about a price', 'a p', true],
    ['NumberGreaterThan', '10', '9', true],
    ['NumberGreaterThan', '9', '9', false],
    ['NumberGreaterOrEqualTo', '9', '9', true],
    ['NumberLessThan', '-1', '0', true],
    ['NumberLessOrEqualTo', '1', '0', false],
    ['NumberLessThan', '', '1', false],
    ['NumberGreaterThan', 'many', '1', false],
    ['Exists', '1', '1', false],
  ])('%s: "%s" against "%s" is %s', (Operator, value, operand, holds) => {
    // Prepare
    const flow = flowOf(
      {
        Type: 'Compare',
        Parameters: { ComparisonValue: '$.Attributes.value' },
        Transitions: { Conditions: [{ NextAction: 'bye', Condition: { Operator, Operands: [operand] } }] },
      },
      prompt('none held'),
    );

    // Act
    const steps = walk(flow, { attributes: { value } });

    // Assess
    expect(said(steps)).toEqual(holds ? [] : ['none held']);
  });
});

describe('other blocks', () => {
  it('reports a block it does not know and follows NextAction', () => {
    const steps = walk(flowOf({ Type: 'InvokeLambdaFunction' }, prompt('after')));
    expect(steps[0]).toEqual({ kind: 'unknown', block: 'block 1', type: 'InvokeLambdaFunction', to: 'block 2' });
    expect(said(steps)).toEqual(['after']);
  });

  it('fails a transfer without a queue', () => {
    const Errors = [{ ErrorType: 'NoMatchingError', NextAction: 'bye' }];
    const [branch] = walk(flowOf({ Type: 'TransferContactToQueue', Transitions: { Errors } }));
    expect(branch).toMatchObject({ kind: 'branch', because: 'NoMatchingError: no queue was set' });
  });

  it('transfers to the queue the call was asked for with', () => {
    const steps = walk(flowOf({ Type: 'TransferContactToQueue' }), { targetQueue: QUEUE_ARN });
    expect(steps).toEqual([{ kind: 'enter-queue', block: 'block 1', queue: QUEUE_ARN }]);
  });

  it('fails a hook without a flow', () => {
    const [hangUp] = walk(flowOf({ Type: 'UpdateContactEventHooks', Parameters: { EventHooks: {} } }));
    expect(hangUp).toMatchObject({ kind: 'branch', because: 'NoMatchingError: there is no flow to set' });
  });

  it('fails a prompt that is too long', () => {
    const [branch] = walk(flowOf({ ...prompt('あ'.repeat(3_001)) }));
    expect(branch).toMatchObject({ kind: 'branch', because: 'NoMatchingError: the prompt has 3001 characters' });
  });

  it('says what is between the tags of SSML and names recordings', () => {
    const ssml = { Type: 'MessageParticipant', Parameters: { SSML: '<speak>はい<break time="1s"/>。</speak>' } };
    const recording = { Type: 'MessageParticipant', Parameters: { PromptId: 'welcome' } };
    expect(said(walk(flowOf(ssml, recording)))).toEqual(['はい。', '[recording welcome]']);
  });

  it('goes on after a loop that is interrupted', () => {
    const steps = walk(
      flowOf(
        {
          Type: 'MessageParticipantIteratively',
          Parameters: { Messages: [{ Text: '音楽' }], InterruptFrequencySeconds: '30' },
          Transitions: {
            NextAction: 'bye',
            Conditions: [
              { NextAction: 'block 2', Condition: { Operator: 'Equals', Operands: ['MessagesInterrupted'] } },
            ],
          },
        },
        prompt('お待たせしております'),
      ),
    );
    expect(steps[0]).toMatchObject({ kind: 'loop', messages: ['音楽'], interruptAfterSeconds: 30 });
    expect(said(steps)).toEqual(['お待たせしております']);
  });

  it('ends a flow without hanging up', () => {
    expect(walk(flowOf({ Type: 'EndFlowExecution' }))).toEqual([{ kind: 'end', block: 'block 1' }]);
  });
});

describe('a flow that is broken', () => {
  it.each([
    ['starts nowhere', { ...flowOf(), StartAction: 'gone' }, 'the flow has no block "gone"'],
    [
      'leads nowhere',
      flowOf({ ...prompt('はい'), Transitions: { NextAction: 'gone' } }),
      'the flow has no block "gone"',
    ],
    [
      'stops in the middle',
      { ...flowOf(), StartAction: 'a', Actions: [{ Identifier: 'a', Type: 'Wait' }] },
      'block "a" leads nowhere',
    ],
    [
      'goes round without a word',
      flowOf(
        { Type: 'Wait', Transitions: { NextAction: 'block 2' } },
        { Type: 'Wait', Transitions: { NextAction: 'block 1' } },
      ),
      'the flow went through 1000 blocks and found no end',
    ],
    ['is empty', { Version: '2019-10-30', StartAction: 'a', Actions: [] }, 'the flow has no block "a"'],
  ])('hangs up where it %s', (_name, flow, because) => {
    expect(walk(flow).at(-1)).toMatchObject({ kind: 'hang-up', because });
  });

  it('survives parameters of the wrong kind', () => {
    const types = CALL_ME.Actions.map(({ Type }) => Type).concat('MessageParticipantIteratively');
    for (const Type of types) {
      for (const Parameters of [{}, { Text: 1, EventHooks: 'x', Messages: 'x', QueueId: null, ComparisonValue: [] }]) {
        expect(() => walk(flowOf({ Type, Parameters }))).not.toThrow();
      }
    }
  });
});
