import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks, typed } from './lint-support.ts';

/** Findings about one block, each as `severity rule`. */
function found(
  type: string,
  parameters: Record<string, unknown>,
  { errors = ['NoMatchingError'], answers = [] as readonly string[], flow = 'contactFlow', end = 'Apologise' } = {},
): string[] {
  const conditions = Object.fromEntries(answers.map((answer) => [answer, end]));
  return lintBlocks([block('Block', type, parameters, next(end, failTo(end, ...errors), conditions))], typed(flow)).map(
    ({ severity, rule }) => `${severity} ${rule}`,
  );
}

const PROMPT = { Text: 'Press 1.' };
const MENU_ERRORS = ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'];
const menu = (parameters: object) =>
  found('GetParticipantInput', { ...parameters }, { errors: MENU_ERRORS, answers: ['1'] });
const lambda = (InvocationType: string, InvocationTimeLimitSeconds: string) =>
  found('InvokeLambdaFunction', { LambdaFunctionARN: '${LookUp}', InvocationType, InvocationTimeLimitSeconds });
const view = (ViewData: object) =>
  found(
    'ShowView',
    { ViewResource: { Id: 'form' }, InvocationTimeLimitSeconds: '400', ViewData },
    { errors: ['NoMatchingCondition', 'NoMatchingError', 'TimeLimitExceeded'] },
  );
const hooks = (parameters: Record<string, unknown>) => found('UpdateContactEventHooks', parameters);

describe('where sources disagree about a parameter, it is a warning', () => {
  it.each<[string, string[]]>([
    ['an input that takes 300 s', menu({ ...PROMPT, StoreInput: 'False', InputTimeLimitSeconds: '300' })],
    ['an input that does not say whether it is stored', menu({ ...PROMPT, InputTimeLimitSeconds: '5' })],
    ['an input without a prompt', menu({ StoreInput: 'False', InputTimeLimitSeconds: '5' })],
    ['an asynchronous function of 60 s', lambda('ASYNCHRONOUS', '60')],
    ['empty texts in what a view shows', view({ Sections: [{ Heading: '' }] })],
    ['a hook that sets none', hooks({ EventHooks: {} })],
    ['an attribute that is an object', found('UpdateContactAttributes', { Attributes: { plan: { a: 'b' } } })],
    [
      'a style that no page has',
      found('UpdateContactTextToSpeechVoice', {
        TextToSpeechVoice: 'Seoyeon',
        TextToSpeechEngine: 'Standard',
        TextToSpeechStyle: 'Standard',
      }),
    ],
    [
      'a setting without a known name',
      found('CheckHoursOfOperation', { CheckOverrides: 'True' }, { answers: ['True', 'False'] }),
    ],
  ])('%s', (_, findings) => {
    expect(findings).toEqual(['warning doubtful-parameter']);
  });

  it('a synchronous function keeps its limit of 8 s', () => {
    expect(lambda('SYNCHRONOUS', '8')).toEqual([]);
    expect(lambda('SYNCHRONOUS', '9')).toEqual(['error wrong-value']);
    expect(lambda('ASYNCHRONOUS', '61')).toEqual(['error wrong-value']);
  });

  it('settings of hooks alone, as a template of AWS has them', () => {
    expect(hooks({ EventHooksConfiguration: { CustomerWhisper: { DisableExecution: 'true' } } })).toEqual([
      'warning doubtful-parameter',
      'warning designer-only-parameter',
    ]);
    expect(hooks({})).toContain('error missing-parameter');
  });
});

describe('where pages disagree about a flow type, it is a warning', () => {
  it.each<[string, string[]]>([
    [
      'shares of the calls in an outbound whisper',
      found('DistributeByPercentage', {}, { errors: ['NoMatchingCondition'], flow: 'outboundWhisper', end: 'Resume' }),
    ],
    [
      'a module in a queue flow',
      found(
        'InvokeFlowModule',
        { FlowModuleId: '${Module}' },
        { errors: ['NoMatchingCondition', 'NoMatchingError'], flow: 'customerQueue' },
      ),
    ],
    [
      'a priority in a queue flow',
      found('UpdateContactRoutingBehavior', { QueuePriority: '1' }, { flow: 'customerQueue' }),
    ],
    [
      'a hook for the queue in a whisper',
      found(
        'UpdateContactEventHooks',
        { EventHooks: { CustomerQueue: '${Flow}' } },
        { flow: 'customerWhisper', end: 'Resume' },
      ),
    ],
  ])('%s', (_, findings) => {
    expect(findings).toContain('warning doubtful-flow-type');
    expect(findings.filter((finding) => finding.includes('flow-type'))).toHaveLength(1);
  });

  it.each(['customerHold', 'agentHold', 'agentTransfer', 'queueTransfer'])('the end of the flow in a %s', (type) => {
    const findings = lintBlocks([block('End', 'EndFlowExecution')], typed(type)).map(({ rule }) => rule);
    expect(findings).toContain('doubtful-flow-type');
    expect(findings).not.toContain('not-in-flow-type');
  });
});

describe('a branch that newer exports always have', () => {
  it('is missed in the invocation of a module', () => {
    expect(found('InvokeFlowModule', { FlowModuleId: '${Module}' })).toEqual(['warning expected-error-branch']);
  });
});
