import { errors, flowOf, say } from 'connect-flow-kit/flow-builder';
import { describe, expect, it, vi } from 'vitest';
import type { ConnectOptions } from '../connect/connect-options.ts';
import { call, contactOf, flowInstance, happened, heard, instance, pass, stopTime } from './connect-model-support.ts';
import { CUSTOMER, INSTANCE_ARN, QUEUE, SOURCE } from './connect-support.ts';

stopTime();

const LOOK_UP = 'arn:aws:lambda:ap-northeast-1:123456789012:function:look-up';
/** Says what a function answers, or that it did not. */
const ASKING = flowOf(
  {
    Type: 'InvokeLambdaFunction',
    Parameters: { LambdaFunctionARN: LOOK_UP, InvocationTimeLimitSeconds: '4' },
    Transitions: { Errors: errors({ NoMatchingError: 'Nobody' }) },
  },
  say('$.External.name', { Transitions: { NextAction: 'Bye' } }),
  say('nobody', { Identifier: 'Nobody', Transitions: { NextAction: 'Bye' } }),
  { Identifier: 'Bye', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
);

/** A customer whom we called in vain calls back. */
async function callsBack(options: Partial<ConnectOptions>) {
  const world = flowInstance(ASKING, { answer: 'no-answer', ...options });
  const ours = call(world.model);
  await pass(61);
  const id = world.model.callBack(ours) ?? '';
  await pass(0.1);
  return { ...world, ours, id };
}

describe('a customer who calls back', () => {
  it('hears the flow of our call, which is told who calls', async () => {
    const askFunction = vi.fn(async () => ({ name: 'member' }));
    const { events, id, model } = await callsBack({ askFunction });
    await pass(1.1);
    expect(heard(contactOf(model, id))).toEqual(['member']);
    expect(happened(contactOf(model, id))[0]).toBe('The customer calls back.');
    expect(askFunction).toHaveBeenCalledExactlyOnceWith(LOOK_UP, {
      Name: 'ContactFlowEvent',
      Details: {
        ContactData: {
          ...{ Attributes: {}, Channel: 'VOICE', ContactId: id, InitialContactId: id, PreviousContactId: id },
          ...{ InitiationMethod: 'INBOUND', InstanceARN: INSTANCE_ARN, Queue: null },
          CustomerEndpoint: { Address: CUSTOMER, Type: 'TELEPHONE_NUMBER' },
          SystemEndpoint: { Address: SOURCE, Type: 'TELEPHONE_NUMBER' },
        },
        Parameters: {},
      },
    });
    const theirs = events.filter(({ detail }) => detail.contactId === id);
    expect(theirs[0]?.detail).toMatchObject({ eventType: 'INITIATED', initiationMethod: 'INBOUND' });
  });

  it.each<[string, ConnectOptions['askFunction']]>([
    ['fails', async () => Promise.reject(new Error('no table'))],
    ['answers too late', () => new Promise(() => undefined)],
    ['is not there', undefined],
  ])('goes on without a function that %s', async (_name, askFunction) => {
    const { id, model } = await callsBack({ ...(askFunction && { askFunction }) });
    await pass(4);
    expect(heard(contactOf(model, id))).toEqual(['nobody']);
  });

  it('who hangs up before the function has answered hears nothing any more', async () => {
    let answer = (_name: object): void => undefined;
    const { id, model } = await callsBack({ askFunction: () => new Promise((resolve) => (answer = resolve)) });
    model.hangUp(id);
    answer({ name: 'member' });
    await pass(10);
    expect(contactOf(model, id)).toMatchObject({ state: 'ended', disconnectReason: 'CUSTOMER_DISCONNECT' });
    expect(heard(contactOf(model, id))).toEqual([]);
  });

  it('gets no line where all are taken, and nobody calls back whom we did not call', async () => {
    const { model } = instance({ quotas: { activeCalls: 1 } });
    const theirs = model.callIn({ queueId: QUEUE }) ?? '';
    expect(model.callBack(theirs)).toBeUndefined();
    expect(model.callBack('nobody')).toBeUndefined();
  });
});
