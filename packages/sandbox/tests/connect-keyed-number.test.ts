import { BYE, equals, errors, flowOf, say } from 'connect-flow-kit/flow-builder';
import { describe, expect, it } from 'vitest';
import { call, contactOf, flowInstance, happened, heard, pass, stopTime } from './connect-model-support.ts';

stopTime();

const NUMBER = (more: Record<string, unknown> = {}) =>
  flowOf(
    {
      Type: 'GetParticipantInput',
      Parameters: {
        Text: '番号をどうぞ。',
        InputTimeLimitSeconds: '8',
        StoreInput: 'True',
        InputValidation: { CustomValidation: { MaximumLength: '6' } },
        ...more,
      },
    },
    say('$.StoredCustomerInput'),
  );

/** Rings, and is picked up at once. */
function answeredCall(flow: Parameters<typeof flowInstance>[0]) {
  const { model } = flowInstance(flow, { answer: 'by-hand' });
  const id = call(model);
  model.answerCall(id);
  return { model, id, keysAsked: () => contactOf(model, id).keysAsked, said: () => heard(contactOf(model, id)).at(-1) };
}

describe('a number that is keyed in', () => {
  const keyIn = async (flow: Parameters<typeof flowInstance>[0], keys: string) => {
    const one = answeredCall(flow);
    await pass(0.5);
    for (const key of keys) {
      expect(one.keysAsked()).toEqual({});
      one.model.pressKey(one.id, key);
      await pass(1);
    }
    return one;
  };

  it.each([
    ['is over with the key that ends it', '4111#', {}, '4111'],
    ['is over when it is as long as it may be', '411122', {}, '411122'],
    ['begins again behind the key that takes it back', '9*411122', {}, '411122'],
    ['is over with the keys the block names', '12##', { DTMFConfiguration: { InputTerminationSequence: '##' } }, '12'],
  ])('%s', async (_name, keys, more, stored) => {
    const { model, id, said, keysAsked } = await keyIn(NUMBER(more), keys);
    expect(said()).toBe(stored);
    expect(keysAsked()).toBeUndefined();
    expect(happened(contactOf(model, id))).toContain('The customer presses some keys.');
  });

  it.each([
    ['five seconds', {}, 5],
    ['as long as the block says', { DTMFConfiguration: { InterdigitTimeLimitSeconds: '2' } }, 2],
  ])('is over %s after its last key', async (_name, more, seconds) => {
    const { said } = await keyIn(NUMBER(more), '41');
    await pass(seconds - 1.1);
    expect(said()).toBe('番号をどうぞ。');
    await pass(0.2);
    expect(said()).toBe('41');
  });

  it('is Timeout where no key comes', async () => {
    const { said } = answeredCall(NUMBER());
    await pass(1 + 8.1);
    expect(said()).toBe('Timeout');
  });
});

it('keys that a flow buffers are used by its next menu, which is not heard', async () => {
  // Prepare
  const { model } = flowInstance(
    flowOf(
      { Type: 'GetParticipantInput', Parameters: { EnableDTMFBuffer: 'True' } },
      say('ようこそお越しくださいました。'),
      {
        Type: 'GetParticipantInput',
        Parameters: { Text: '1を押してください。', StoreInput: 'False', InputTimeLimitSeconds: '5' },
        Transitions: { Conditions: equals({ 1: 'pressed' }), Errors: errors({ NoMatchingError: BYE }) },
      },
      say('押されました。', { Identifier: 'pressed' }),
    ),
    { answer: 'by-hand' },
  );
  const id = call(model);
  model.answerCall(id);

  // Act
  const pressed = model.pressKey(id, '1');
  await pass(10);

  // Assess
  expect(pressed).toBe(true);
  expect(heard(contactOf(model, id))).toEqual(['ようこそお越しくださいました。', '押されました。']);
});
