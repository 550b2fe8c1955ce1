import { describe, expect, it } from 'vitest';
import { BYE, END, equals, errors, flowOf, loop, say, setHook, setQueue, TRANSFER } from '../src/flow-builder.ts';
import type { CallCase } from '../src/simulate/call-case.ts';
import { eventsOf, heardAt, QUEUE, simulated } from './simulate-support.ts';

/** Seven characters: a second of speech. */
const SECOND = 'あいうえおかき';

const toQueue = [setQueue(QUEUE), TRANSFER];

describe('time', () => {
  it('passes with what is heard', () => {
    const call = simulated(flowOf(say(SECOND), say(SECOND.repeat(2)), say('はい')));
    expect(heardAt(call)).toEqual([
      [0, SECOND],
      [1, SECOND.repeat(2)],
      [3, 'はい'],
    ]);
  });

  it('passes while no key is pressed', () => {
    const menu = {
      Type: 'GetParticipantInput',
      Parameters: { Text: SECOND, InputTimeLimitSeconds: '8', StoreInput: 'False' },
      Transitions: { Conditions: equals({ 1: 'on' }), Errors: errors({ NoMatchingError: 'on' }) },
    };
    const flow = flowOf(menu, say('はい', { Identifier: 'on' }));
    expect(heardAt(simulated(flow)).at(-1)).toEqual([9, 'はい']);
    expect(heardAt(simulated(flow, { press: ['1'] })).at(-1)).toEqual([2, 'はい']);
    expect(heardAt(simulated(flow, { press: ['1'], answer: 'voicemail' })).at(-1)).toEqual([9, 'はい']);
  });
});

it('a customer who talks to Lex takes time to answer', () => {
  const ask = {
    Type: 'ConnectParticipantWithLexBot',
    Parameters: { Text: SECOND, LexV2Bot: { AliasArn: 'bot' } },
    Transitions: { Errors: errors({ NoMatchingCondition: 'on', NoMatchingError: 'on' }) },
  };
  expect(heardAt(simulated(flowOf(ask, say('はい', { Identifier: 'on' })))).at(-1)).toEqual([4, 'はい']);
});

it('a call that is transferred to an agent ends with that agent', () => {
  expect(simulated(flowOf(say(SECOND), { Type: 'TransferContactToAgent' }))).toMatchObject({ end: 'agent' });
});

it('keys are pressed in the order in which the flow asks', () => {
  const ask = (on: string) => ({
    Type: 'GetParticipantInput',
    Parameters: { StoreInput: 'False', InputTimeLimitSeconds: '5' },
    Transitions: { Conditions: equals({ 1: on }), Errors: errors({ NoMatchingError: on }) },
  });
  const call = simulated(flowOf(ask('block 2'), ask('block 3'), ask(BYE)), { press: ['1', '', '1', '1'] });
  const keys = call.lines.flatMap((line) =>
    line.kind === 'step' && line.step.kind === 'keys' ? [line.step.pressed] : [],
  );
  expect(keys).toEqual(['1', undefined, '1']);
});

describe('the end of a call', () => {
  const hangUp = (...blocks: Parameters<typeof flowOf>) => simulated(flowOf(...blocks));
  const silence = { Type: 'MessageParticipant', Parameters: { SSML: '<speak><break time="3s"/></speak>' } };
  const attribute = { Type: 'UpdateContactAttributes', Parameters: { Attributes: { outcome: 'closed' } } };

  it.each([
    ['goodbye', 'after a word', [say('さようなら')]],
    ['goodbye', 'after a word and something nobody notices', [say('さようなら'), attribute]],
    ['goodbye', 'after a recording', [{ Type: 'MessageParticipant', Parameters: { PromptId: 'bye' } }]],
    ['silence', 'without any word', []],
    ['silence', 'long after a word', [say('少々お待ちください'), silence]],
    ['silence', 'after a text in which nothing is left', [say('$.Attributes.nothing')]],
    ['silence', 'in the middle, broken', [say('はい', { Transitions: { NextAction: 'gone' } })]],
    [
      'transferred',
      'outside',
      [{ Type: 'TransferParticipantToThirdParty', Parameters: { ThirdPartyPhoneNumber: '+815000000000' } }],
    ],
    ['callback', 'after a callback was arranged', [setQueue(QUEUE), { Type: 'CreateCallbackContact' }, say('では')]],
    ['over', 'in a flow that ends without hanging up', [say('さようなら'), END]],
  ] as const)('is %s %s', (end, _name, blocks) => {
    expect(hangUp(...blocks).end).toBe(end);
  });

  it.each([
    ['goodbye', 'contactFlow'],
    ['over', 'agentWhisper'],
  ])('is %s of a %s that speaks and ends without hanging up', (end, type) => {
    expect(simulated({ ...flowOf(say('さようなら'), END), Metadata: { type } }).end).toBe(end);
  });

  it.each([
    ['goodbye', 'words of which the last cannot be spoken', say('失礼いたします'), BYE],
    ['silence', 'words after which another prompt leads to another end', say('おつなぎします'), 'end'],
    ['silence', 'words after which nobody can be reached', TRANSFER, BYE],
  ])('is %s after %s', (end, _name, block, to) => {
    // Prepare
    const fails = { ...block, Transitions: { NextAction: BYE, Errors: errors({ NoMatchingError: to }) } };
    const flow = flowOf(say('申し訳ございません'), fails, { Identifier: 'end', Type: 'DisconnectParticipant' });
    // Act and assess
    expect(simulated(flow, { fail: { 'block 2': 'NoMatchingError' } }).end).toBe(end);
  });

  it('says which block dropped the call', () => {
    expect(hangUp(say('はい', { Transitions: { NextAction: 'gone' } })).because).toBe(
      'The call is dropped: flow "entry" has no block "gone".',
    );
    const made = { Identifier: '00000000-0000-4000-8000-000000000001', Transitions: { NextAction: undefined } };
    expect(hangUp(setQueue('q'), { ...setQueue('other'), ...made } as never).because).toBe(
      'The call is dropped: Set working queue other leads nowhere.',
    );
  });

  it('comes with the attributes and the edges that were taken', () => {
    const call = simulated(flowOf(attribute), { attributes: { a: '1' } });
    expect(call.attributes).toEqual({ a: '1', outcome: 'closed' });
    expect(call.taken).toEqual([{ flow: 'entry', block: 'block 1', edge: { kind: 'next' }, to: BYE }]);
  });
});

describe('the contact centre', () => {
  const staffed = flowOf(
    setQueue(QUEUE),
    {
      Type: 'CheckMetricData',
      Parameters: { MetricType: 'NumberOfAgentsStaffed' },
      Transitions: {
        Conditions: [{ NextAction: BYE, Condition: { Operator: 'NumberGreaterThan', Operands: ['0'] } }],
        Errors: errors({ NoMatchingCondition: 'nobody' }),
      },
    },
    say('誰もおりません', { Identifier: 'nobody' }),
  );

  it.each([
    [{}, false],
    [{ agents: 0 }, true],
    [{ agents: 0, staffed: 1 }, false],
    [{ agentAfterSeconds: 60 }, false],
    [{ agentAfterSeconds: 60, staffed: 0 }, true],
  ] as [CallCase, boolean][])('with %j: nobody at work is %s', (callCase, nobody) => {
    expect(heardAt(simulated(staffed, callCase))).toHaveLength(nobody ? 1 : 0);
  });

  it.each([
    ['closed', 'いいえ'],
    ['open', 'はい'],
  ] as const)('that is %s says so', (hours, heard) => {
    const check = {
      Type: 'CheckHoursOfOperation',
      Transitions: { Conditions: equals({ True: 'yes', False: 'no' }) },
    };
    const flow = flowOf(
      setQueue(QUEUE),
      check,
      say('はい', { Identifier: 'yes', Transitions: { NextAction: BYE } }),
      say('いいえ', { Identifier: 'no' }),
    );
    expect(heardAt(simulated(flow, { hours }))).toEqual([[0, heard]]);
  });

  it('may have a full queue', () => {
    const transfer = { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: 'full' }) } };
    const flow = flowOf(setQueue(QUEUE), transfer, say('満員です', { Identifier: 'full' }));
    expect(simulated(flow, { queueFull: true }).end).toBe('goodbye');
    expect(simulated(flow).end).toBe('agent');
  });

  it('has functions that answer by name, by ARN or at all', () => {
    const ask = {
      Type: 'InvokeLambdaFunction',
      Parameters: { LambdaFunctionARN: 'arn:aws:lambda:a:1:function:look-up:live' },
    };
    const flow = flowOf(ask, say('$.External.name'));
    for (const name of ['arn:aws:lambda:a:1:function:look-up:live', 'look-up', '*']) {
      expect(heardAt(simulated(flow, { lambda: { [name]: { name: '山田' } } }))).toEqual([[0, '山田']]);
    }
    expect(heardAt(simulated(flow))).toEqual([[0, '']]);
  });

  it('lets blocks fail, by name or by flow and name', () => {
    const flow = flowOf(
      say('はい', { Transitions: { Errors: errors({ NoMatchingError: 'sorry' }) } }),
      say('すみません', { Identifier: 'sorry' }),
    );
    expect(heardAt(simulated(flow, { fail: { 'block 1': 'NoMatchingError' } }))).toEqual([[0, 'すみません']]);
    expect(heardAt(simulated(flow, { fail: { 'entry/block 1': 'NoMatchingError' } }))).toEqual([[0, 'すみません']]);
    expect(heardAt(simulated(flow, { fail: { 'other/block 1': 'NoMatchingError' } }))).toHaveLength(2);
  });

  it.each([
    [{}, 'API'],
    [{ initiation: 'INBOUND' }, 'INBOUND'],
  ] as [CallCase, string][])('knows with %j that the call began by %s', (callCase, method) => {
    expect(heardAt(simulated(flowOf(say('$.InitiationMethod')), callCase))).toEqual([[0, method]]);
  });
});

describe('an agent', () => {
  const whisper = flowOf(say(SECOND), END);
  const entry = (...hooks: [string, string][]) =>
    flowOf(...hooks.map(([hook, flow]) => setHook(hook, flow)), ...toQueue);

  it('hears the whisper first, the customer the next', () => {
    const call = simulated(
      entry(['AgentWhisper', 'to agent'], ['CustomerWhisper', 'to customer']),
      {},
      {
        'to agent': whisper,
        'to customer': whisper,
      },
    );
    expect(heardAt(call, 'agent')).toEqual([[0, SECOND]]);
    expect(heardAt(call, 'customer')).toEqual([[1, SECOND]]);
    expect(call.lines.at(-1)).toMatchObject({ at: 2, text: 'The customer and the agent talk.' });
    expect(call.end).toBe('agent');
  });

  it('talks though a whisper breaks off', () => {
    const broken = flowOf(say('はい', { Transitions: { NextAction: 'gone' } }));
    expect(simulated(entry(['AgentWhisper', 'w']), {}, { w: broken }).end).toBe('agent');
  });

  it('puts the customer on hold, and both hear their flows meanwhile', () => {
    // Prepare
    const hold = flowOf(loop([{ Text: SECOND }], 4), say('お待ちください', { Transitions: { NextAction: 'block 1' } }));
    const flows = { hold, 'agent hold': flowOf(say(SECOND), say('保留中')) };

    // Act
    const call = simulated(entry(['CustomerHold', 'hold'], ['AgentHold', 'agent hold']), { holdSeconds: 6 }, flows);

    // Assess
    expect(heardAt(call, 'customer')).toEqual([[4, 'お待ちください']]);
    expect(heardAt(call, 'agent')).toEqual([
      [0, SECOND],
      [1, '保留中'],
    ]);
    expect(call.lines.map(({ at }) => at)).toEqual(call.lines.map(({ at }) => at).sort((a, b) => a - b));
    expect(call.lines.at(-1)).toMatchObject({ at: 6, text: 'The agent is back.' });
  });

  it('plays the default hold flow where none was set', () => {
    expect(eventsOf(simulated(entry(), { holdSeconds: 6 }))).toContain("Amazon Connect's default hold flow plays.");
  });

  it('leaves the customer to the disconnect flow', () => {
    const call = simulated(entry(['CustomerRemaining', 'survey']), {}, { survey: whisper });
    expect(eventsOf(call)).toContain('When the agent hangs up, flow "survey" continues for the customer.');
  });
});

it('lines name the flow they come from, through modules and transfers', () => {
  // Prepare
  const inner = flowOf(say('中'), { Type: 'EndFlowModuleExecution', Transitions: {} });
  const entry = flowOf({ Type: 'InvokeFlowModule', Parameters: { FlowModuleId: 'module' } }, say('後'), {
    Type: 'TransferToFlow',
    Parameters: { ContactFlowId: 'next' },
  });

  // Act
  const call = simulated(entry, {}, { module: inner, next: flowOf(say('次')) });

  // Assess
  const said = call.lines.flatMap((line) =>
    line.kind === 'step' && line.step.kind === 'say' ? [[line.flow, line.step.text]] : [],
  );
  expect(said).toEqual([
    ['module', '中'],
    ['entry', '後'],
    ['next', '次'],
  ]);
  expect(call.taken.map(({ flow, block }) => `${flow}/${block}`)).toEqual([
    'module/block 1',
    'entry/block 1',
    'entry/block 2',
    'next/block 1',
  ]);
});

describe('a flow without end', () => {
  it('is given up after an hour where time passes in it', () => {
    const call = simulated(flowOf(say(SECOND, { Transitions: { NextAction: 'block 1' } })));
    expect(call).toMatchObject({
      end: 'waiting',
      because: 'The flow continues forever: it was given up after 3600 seconds.',
    });
  });

  it('is given up where next to no time passes', () => {
    const moment = { Type: 'MessageParticipant', Parameters: { SSML: '<speak><break time="1ms"/></speak>' } };
    const call = simulated(flowOf({ ...moment, Transitions: { NextAction: 'block 1' } }));
    expect(call.end).toBe('waiting');
    expect(call.lines.length).toBeLessThan(10_100);
  });
});

describe('what a case says of the contact centre', () => {
  it.each<[string, string, CallCase]>([
    ['agents online: 3', 'NumberOfAgentsOnline', { agents: 1, staffed: 3 }],
    ['agents available: 1', 'NumberOfAgentsAvailable', { agents: 1, staffed: 3 }],
    ['the oldest contact waits for 120000 ms', 'OldestContactInQueueAgeSeconds', { waiting: 2 }],
  ])('is %s to a flow that asks for %s', (fact, MetricType, callCase) => {
    const check = {
      Type: 'CheckMetricData',
      Parameters: { MetricType },
      Transitions: { Errors: errors({ NoMatchingCondition: BYE, NoMatchingError: BYE }) },
    };
    const reasons = simulated(flowOf(setQueue(QUEUE), check), callCase).lines.flatMap((line) =>
      line.kind === 'step' && line.step.kind === 'go' && line.step.because !== undefined ? [line.step.because] : [],
    );
    expect(reasons).toEqual([fact]);
  });
});
