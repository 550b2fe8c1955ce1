import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../src/document.ts';
import { BYE, equals, errors, flowOf, loop, say, setHook, setQueue, setVoice, TRANSFER } from '../src/flow-builder.ts';
import { runScenario } from '../src/scenarios/run-scenario.ts';
import type { CallCase, CallEnd } from '../src/simulate/call-case.ts';
import { testCaseOf } from '../src/test-cases/test-case.ts';
import type { Observation, TestContent } from '../src/test-cases/testing-language.ts';

const QUEUE = '${SupportQueue}';
const ARN = 'arn:aws:lambda:ap-northeast-1:000000000000:function:look-up';
const toBye = (...types: string[]) => errors(Object.fromEntries(types.map((type) => [type, BYE])));

const ask = {
  Type: 'GetParticipantInput',
  Parameters: { Text: 'Press 1.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
  Transitions: { Conditions: equals({ 1: 'queue' }), Errors: toBye('NoMatchingError', 'NoMatchingCondition') },
};
const transfer = {
  ...TRANSFER,
  Transitions: { Errors: errors({ QueueAtCapacity: 'sorry', NoMatchingError: 'sorry' }) },
};
const MENU = flowOf(
  say('Welcome.'),
  ask,
  { ...setQueue(QUEUE), Identifier: 'queue' },
  { ...transfer, Identifier: 'transfer' },
  { ...say('Sorry.'), Identifier: 'sorry' },
);

/** Translates one call through a flow. */
function translate(flow: FlowDocument, call: CallCase, ends: CallEnd = 'agent') {
  const entry = { name: 'my-flow', document: flow };
  const wait = { name: 'wait', document: flowOf(loop([{ Text: 'Please wait.' }])) };
  const find = (name: string) => [entry, wait].find((one) => one.name === name);
  const scenario = { name: 'a call', cases: [{ name: 'a call', call }], expected: { ends } };
  const [result] = runScenario(scenario, entry, find);
  if (result === undefined) throw new Error('no result');
  return testCaseOf(result, find);
}

function observationsOf(flow: FlowDocument, call: CallCase): Observation[] {
  const translation = translate(flow, call);
  if (!('testCase' in translation)) throw new Error(translation.cannot.join());
  const { Observations }: TestContent = JSON.parse(translation.testCase.Content);
  return Observations;
}

const reasons = (flow: FlowDocument, call: CallCase, ends?: CallEnd) => {
  const translation = translate(flow, call, ends);
  return 'cannot' in translation ? translation.cannot : [];
};

describe('a scenario as a test case of Amazon Connect', () => {
  it('waits for what is heard, presses the keys then, and ends at the transfer', () => {
    // Act
    const observations = observationsOf(MENU, { press: ['1'] });
    // Assess
    expect(observations.map(({ Event }) => [Event.Type, Event.Properties])).toEqual([
      ['TestInitiated', {}],
      ['MessageReceived', { Text: 'Welcome.', MatchingCriteria: { Type: 'Similarity' } }],
      ['MessageReceived', { Text: 'Press 1.', MatchingCriteria: { Type: 'Similarity' } }],
      ['FlowActionStarted', { ActionType: 'TransferContactToQueue', ActionParameters: { QueueId: QUEUE } }],
    ]);
    expect(observations[2]?.Actions).toMatchObject([
      {
        Type: 'SendInstruction',
        Parameters: { Actor: 'Customer', Instruction: { Type: 'DtmfInput', Properties: { Value: '1' } } },
        Transitions: {},
      },
    ]);
    expect(observations.at(-1)?.Actions).toMatchObject([
      { Type: 'TestControl', Parameters: { ActionType: 'TestControl', Command: { Type: 'EndTest' } } },
    ]);
  });

  it('leads from one observation to the next, each with a name of its own', () => {
    const observations = observationsOf(MENU, { press: ['1'] });
    const names = observations.map(({ Identifier }) => Identifier);
    expect(new Set(names).size).toBe(names.length);
    expect(observations.map(({ Transitions }) => Transitions.NextObservations)).toEqual([
      ...names.slice(1).map((name) => [name]),
      [],
    ]);
  });

  it('starts at the flow, with the attributes of the call', () => {
    const translation = translate(MENU, { press: ['1'], attributes: { user_type: 'member' } });
    expect(translation).toMatchObject({
      testCase: {
        Name: 'a call',
        Status: 'PUBLISHED',
        EntryPoint: { Type: 'VOICE_CALL', VoiceCallEntryPointParameters: { FlowId: '${MyFlowContactFlow}' } },
        InitializationData: '{"Attributes":{"user_type":"member"},"SegmentAttributes":{}}',
      },
    });
  });

  it('lets a queue be full, and a function answer or fail', () => {
    const lookUp = {
      Type: 'InvokeLambdaFunction',
      Identifier: 'look up',
      Parameters: { LambdaFunctionARN: ARN, InvocationTimeLimitSeconds: '3' },
      Transitions: { Errors: errors({ NoMatchingError: 'sorry' }) },
    };
    const flow = flowOf(lookUp, say('$.External.name'), ...MENU.Actions.slice(2, 5));
    const overrides = (call: CallCase) => observationsOf(flow, call)[0]?.Actions;
    const response = (Response: object) => ({
      Parameters: { Behavior: { Properties: { Strategy: { Type: 'MockResponse', Response } } } },
    });
    expect(overrides({ lambda: { '*': { name: 'Apple' } }, queueFull: true })).toMatchObject([
      response({ Type: 'ExecutionResult', ExecutionResult: { LoadedData: '{"name":"Apple"}' } }),
      response({ Type: 'Error', Error: { Value: 'QueueAtCapacity' } }),
    ]);
    const failed = [response({ Type: 'Error', Error: { Value: 'NoMatchingError' } })];
    expect(overrides({ fail: { 'look up': 'NoMatchingError' } })?.slice(0, 1)).toMatchObject(failed);
  });

  it('tells what the instance must be like', () => {
    const asks = { Type: 'Compare', Parameters: { ComparisonValue: '$.InitiationMethod' } };
    const who = {
      ...asks,
      Transitions: { Conditions: equals({ INBOUND: BYE }), Errors: errors({ NoMatchingCondition: 'hours' }) },
    };
    const hours = {
      Type: 'CheckHoursOfOperation',
      Identifier: 'hours',
      Transitions: { Conditions: equals({ True: 'hello', False: BYE }), Errors: toBye('NoMatchingError') },
    };
    const flow = flowOf(setQueue(QUEUE), who, hours, { ...say('Hello.'), Identifier: 'hello' });
    expect(translate(flow, {}, 'goodbye')).toMatchObject({
      needs: [expect.stringContaining('does not count as one that comes in'), 'it is within the opening hours'],
    });
  });
});

describe('no test case', () => {
  it.each<[string, FlowDocument, CallCase, CallEnd, string]>([
    ['a voicemail', MENU, { answer: 'voicemail' }, 'silence', 'a test knows no voicemail'],
    [
      'a block that nothing makes fail',
      flowOf(setVoice('Kazuha', 'Neural', { Identifier: 'voice' }), say('Hello.')),
      { fail: { voice: 'NoMatchingError' } },
      'silence',
      'nothing makes a block of type UpdateContactTextToSpeechVoice fail',
    ],
    [
      'what is heard in the queue',
      flowOf(setHook('CustomerQueue', 'wait'), setQueue(QUEUE), transfer, { ...say('Sorry.'), Identifier: 'sorry' }),
      { agentAfterSeconds: 60 },
      'agent',
      'it is about what comes after the transfer to the queue, where a test must end: it would reach an agent',
    ],
    [
      'a number that would be called',
      flowOf(say('One moment.'), {
        Type: 'TransferParticipantToThirdParty',
        Identifier: 'dial',
        Parameters: { ThirdPartyPhoneNumber: '+815000000000', ContinueFlowExecution: 'False' },
      }),
      {},
      'transferred',
      '"dial" would call an external number',
    ],
    [
      'a call that is dropped',
      flowOf(),
      {},
      'silence',
      'that a call is dropped without a word is no event to wait for',
    ],
  ])('is made of %s', (_, flow, call, ends, reason) => {
    expect(reasons(flow, call, ends)).toContain(reason);
  });
});
