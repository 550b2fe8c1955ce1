import { describe, expect, it } from 'vitest';
import { BYE, equals, errors, flowOf, say, setHook, setQueue, type TestBlock, TRANSFER } from '../src/flow-builder.ts';
import type { CallCase } from '../src/simulate/call-case.ts';
import { heardAt, ofKind, QUEUE, simulated, walk } from './simulate-support.ts';

const buffer = (Parameters: Record<string, unknown>): TestBlock => ({
  Type: 'GetParticipantInput',
  Parameters,
  Transitions: { Errors: errors({ NoMatchingError: BYE }) },
});
const START = buffer({ EnableDTMFBuffer: 'True' });

/** A menu where 1 leads on to `to`, and anything else to the end. */
const menu = (Text: string, to: string): TestBlock => ({
  Type: 'GetParticipantInput',
  Parameters: { Text, StoreInput: 'False', InputTimeLimitSeconds: '5' },
  Transitions: {
    NextAction: BYE,
    Conditions: equals({ 1: to }),
    Errors: errors({ InputTimeLimitExceeded: BYE, NoMatchingCondition: BYE, NoMatchingError: BYE }),
  },
});

const number: TestBlock = {
  Type: 'GetParticipantInput',
  Parameters: {
    Text: '番号を',
    StoreInput: 'True',
    InputTimeLimitSeconds: '9',
    InputValidation: { CustomValidation: { MaximumLength: '4' } },
    DTMFConfiguration: { InterdigitTimeLimitSeconds: '3' },
  },
};
const STORED = say('[$.StoredCustomerInput]');

const heard = (blocks: readonly TestBlock[], callCase: CallCase) =>
  heardAt(simulated(flowOf(...blocks), callCase)).map(([, text]) => text);

describe('Set touchtone buffer behavior', () => {
  it.each([
    ['starts', { EnableDTMFBuffer: 'True' }, 'starts'],
    ['stops, and clears', { EnableDTMFBuffer: 'false', StoreInput: 'true', InputEncryption: { Key: 'p' } }, 'stops'],
  ])('%s the buffer and goes on along NextAction, at once', (_name, parameters, did) => {
    const steps = walk(flowOf(buffer(parameters), say('Hello.')));
    expect(steps.slice(0, 3)).toMatchObject([
      { kind: 'buffer', block: 'block 1', did },
      { kind: 'go', edge: { kind: 'next' }, to: 'block 2' },
      { kind: 'say', text: 'Hello.' },
    ]);
  });
});

describe('keys that are buffered', () => {
  it('are used by the next menus, which are not heard', () => {
    const blocks = [START, menu('一', 'block 3'), menu('二', 'block 4'), say('はい')];
    expect(heard(blocks, { pressAhead: '11' })).toEqual(['はい']);
    expect(heard(blocks, { pressAhead: '1', press: ['1'] })).toEqual(['二', 'はい']);
  });

  it('are those, too, that are pressed at one menu and not used by it', () => {
    const blocks = [START, menu('一', 'block 3'), menu('二', 'block 4'), say('はい')];
    expect(heard(blocks, { press: ['11'] })).toEqual(['一', 'はい']);
    const lost = [buffer({ EnableDTMFBuffer: 'False' }), ...blocks.slice(1)];
    expect(heard(lost, { press: ['11'] })).toEqual(['一', '二']);
  });

  it.each([
    ['1234', '[1234]', ['[1234]'], 0],
    ['12#4', 'with the key that ends it', ['[12]'], 0],
    ['12', 'in time for no further key', ['[12]'], 3],
    ['', 'as if there were none', ['番号を', '[Timeout]'], 9],
  ])('%s make a number %s', (pressAhead, _name, texts, seconds) => {
    const call = simulated(flowOf(START, number, STORED), { pressAhead });
    expect(heardAt(call).map(([, text]) => text)).toEqual(texts);
    expect(
      call.lines.flatMap((line) => (line.kind === 'step' && line.step.kind === 'keys' ? [line.step] : [])),
    ).toMatchObject([{ seconds }]);
  });

  it('are completed by those that follow', () => {
    expect(heard([START, number, STORED], { pressAhead: '12', press: ['34'] })).toEqual(['[1234]']);
  });

  it('are 30 at most', () => {
    const all = { ...number, Parameters: { StoreInput: 'True', InputTimeLimitSeconds: '9' } };
    expect(heard([START, all, STORED], { pressAhead: '1'.repeat(40) })).toEqual([`[${'1'.repeat(30)}]`]);
  });

  it('may be stored and are gone then', () => {
    const stop = buffer({ EnableDTMFBuffer: 'False', StoreInput: 'True' });
    expect(heard([START, stop, STORED, menu('一', BYE)], { pressAhead: '12' })).toEqual(['[12]', '一']);
  });

  it('are gone after a question of Lex', () => {
    const ask = {
      Type: 'ConnectParticipantWithLexBot',
      Parameters: { Text: 'どうぞ', LexV2Bot: {} },
      Transitions: { Errors: errors({ NoMatchingCondition: 'block 3' }) },
    };
    expect(heard([START, ask, menu('一', BYE)], { pressAhead: '1' })).toEqual(['どうぞ', '一']);
  });

  it('are gone in a queue', () => {
    const entry = flowOf(START, setHook('CustomerQueue', 'waiting'), setQueue(QUEUE), TRANSFER);
    const call = simulated(entry, { pressAhead: '1', agents: 0 }, { waiting: flowOf(menu('一', BYE)) });
    expect(heardAt(call).map(([, text]) => text)).toEqual(['一']);
  });

  it('skip a prompt that may be skipped', () => {
    const prompt = { Type: 'MessageParticipant', Parameters: { Text: 'ようこそ', SkipWhenDTMFBufferEnabled: 'true' } };
    const blocks = [START, prompt, say('大切なお知らせ')];
    expect(heard(blocks, { pressAhead: '1' })).toEqual(['大切なお知らせ']);
    expect(heard(blocks, {})).toEqual(['ようこそ', '大切なお知らせ']);
    expect(ofKind(walk(flowOf(prompt)), 'say')).toHaveLength(1);
  });
});
