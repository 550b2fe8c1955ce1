import { describe, expect, it } from 'vitest';
import type { ContactFlowFile } from '../src/files/contact-flow-files.ts';
import { tokensIn } from '../src/files/contact-flow-tokens.ts';
import { withoutMissingFunctions } from '../src/files/missing-functions.ts';

const block = (Identifier: string, Type: string, Transitions: object = {}, Parameters: object = {}) => ({
  ...{ Identifier, Type, Parameters, Transitions },
});
const ask = (id: string, token: string, next: string, failed?: string) =>
  block(
    id,
    'InvokeLambdaFunction',
    {
      NextAction: next,
      ...(failed !== undefined && { Errors: [{ NextAction: failed, ErrorType: 'NoMatchingError' }] }),
    },
    { LambdaFunctionARN: `\${${token}}`, InvocationTimeLimitSeconds: '3' },
  );
const say = (id: string, next: string) => block(id, 'MessageParticipant', { NextAction: next }, { Text: id });
const BYE = block('Bye', 'DisconnectParticipant');

function file(start: string, ...blocks: ReturnType<typeof block>[]): ContactFlowFile {
  const content = JSON.stringify({
    Version: '2019-10-30',
    StartAction: start,
    Metadata: { ActionMetadata: Object.fromEntries(blocks.map(({ Identifier }) => [Identifier, {}])) },
    Actions: blocks,
  });
  const named = { name: 'a', path: 'contact-flows/a.json', token: 'AContactFlow', description: '' };
  return { ...named, type: 'CONTACT_FLOW', content, tokensUsed: tokensIn(content) };
}

/** Of the flow as a stage has it: where it starts, its blocks, and their places in the designer. */
function left(flow: ContactFlowFile, functions: Record<string, string | null>) {
  const [one = flow] = withoutMissingFunctions([flow], { functions });
  const { StartAction, Actions, Metadata } = JSON.parse(one.content);
  const blocks = Actions.map(({ Identifier }: { Identifier: string }) => Identifier);
  expect(Object.keys(Metadata.ActionMetadata)).toEqual(blocks);
  return { start: StartAction, blocks, actions: Actions, tokensUsed: one.tokensUsed };
}

describe('a flow that asks a function', () => {
  const flow = file(
    'Greet',
    say('Greet', 'Ask'),
    ask('Ask', 'LookUpFunction', 'Known', 'Anybody'),
    block('Known', 'Compare', { NextAction: 'Anybody', Conditions: [{ NextAction: 'Hello you' }] }),
    say('Hello you', 'Bye'),
    say('Anybody', 'Bye'),
    BYE,
  );

  it('stays as it is where the stage has it, or no one said whether', () => {
    expect(withoutMissingFunctions([flow], { functions: { LookUpFunction: 'look-up' } })).toEqual([flow]);
    expect(withoutMissingFunctions([flow], {})).toEqual([flow]);
    expect(withoutMissingFunctions([flow], { functions: { OtherFunction: null } })).toEqual([flow]);
  });

  it('goes on as after its failure where the stage has it not, without what only its answer leads to', () => {
    const { start, blocks, actions, tokensUsed } = left(flow, { LookUpFunction: null });
    expect([start, blocks, tokensUsed]).toEqual(['Greet', ['Greet', 'Anybody', 'Bye'], []]);
    expect(actions[0].Transitions).toEqual({ NextAction: 'Anybody' });
  });

  it('may begin with it, ask several one after the other, and be led to them by conditions and errors', () => {
    const many = file(
      'First',
      ask('First', 'AFunction', 'Bye', 'Second'),
      ask('Second', 'BFunction', 'Menu', 'Menu'),
      block('Menu', 'Compare', {
        NextAction: 'Third',
        Conditions: [{ NextAction: 'Third', Condition: { Operator: 'Equals', Operands: ['1'] } }],
        Errors: [{ NextAction: 'Third', ErrorType: 'NoMatchingCondition' }],
      }),
      ask('Third', 'AFunction', 'Bye'),
      BYE,
    );
    const { start, blocks, actions } = left(many, { AFunction: null, BFunction: null });
    expect([start, blocks]).toEqual(['Menu', ['Menu', 'Bye']]);
    expect(actions[0].Transitions).toMatchObject({
      ...{ NextAction: 'Bye', Conditions: [{ NextAction: 'Bye' }], Errors: [{ NextAction: 'Bye' }] },
    });
  });

  it('that fails into itself is led round once, and not for ever', () => {
    const round = file('Greet', say('Greet', 'Ask'), ask('Ask', 'AFunction', 'Bye', 'Ask'), BYE);
    expect(left(round, { AFunction: null }).start).toBe('Greet');
  });
});
