import { describe, expect, it } from 'vitest';
import { BYE, equals, errors, flowOf, say, type TestBlock } from '../src/flow-builder.ts';
import { ofKind, said, simulated, walk } from './simulate-support.ts';

describe('a menu', () => {
  const menu = (Errors: Record<string, string>): TestBlock => ({
    Type: 'GetParticipantInput',
    Parameters: { Text: '1か2を押してください。', StoreInput: 'False', InputTimeLimitSeconds: '8' },
    Transitions: { Conditions: equals({ 1: 'one', 2: 'two' }), Errors: errors(Errors) },
  });
  const flow = flowOf(
    menu({ InputTimeLimitExceeded: 'silent', NoMatchingCondition: 'other', NoMatchingError: 'failed' }),
    ...['one', 'two', 'silent', 'other', 'failed'].map((Identifier) =>
      say(Identifier, { Identifier, Transitions: { NextAction: BYE } }),
    ),
  );

  it.each([
    ['1', 'one', 'the customer pressed 1'],
    ['2', 'two', 'the customer pressed 2'],
    ['25', 'two', 'the customer pressed 2'],
    ['9', 'other', 'the customer pressed 9'],
    ['', 'silent', 'no key was pressed within 8 seconds'],
    [undefined, 'silent', 'no key was pressed within 8 seconds'],
  ])('goes with %s to %s', (pressed, to, because) => {
    const steps = walk(flow, { press: () => pressed });
    expect(said(steps)).toEqual(['1か2を押してください。', to]);
    expect(ofKind(steps, 'go')[0]).toMatchObject({ to, because });
  });

  it('waits as long as it may for a key, and a second for one that comes', () => {
    expect(ofKind(walk(flow), 'keys')).toEqual([{ kind: 'keys', block: 'block 1', pressed: undefined, seconds: 8 }]);
    expect(ofKind(walk(flow, { press: () => '1' }), 'keys')).toMatchObject([{ pressed: '1', seconds: 1 }]);
  });

  it('asks the customer with the keys it knows, after its prompt', () => {
    const asked: unknown[] = [];
    walk(flow, {
      press(question) {
        asked.push(question);
        return undefined;
      },
    });
    expect(asked).toEqual([{ block: 'block 1', choices: ['1', '2'] }]);
  });

  it('falls back to NoMatchingError for silence and for other keys', () => {
    const sparse = flowOf(menu({ NoMatchingError: BYE }));
    expect(ofKind(walk(sparse), 'go')).toMatchObject(
      [{ edge: { errorType: 'NoMatchingError' }, because: /^InputTimeLimitExceeded: / }].map((go) => ({
        ...go,
        because: expect.stringMatching(go.because),
      })),
    );
    expect(ofKind(walk(sparse, { press: () => '9' }), 'go')).toMatchObject([
      { because: 'NoMatchingCondition: the customer pressed 9' },
    ]);
  });

  it('may ask without a word', () => {
    const silent = flowOf({
      ...menu({ NoMatchingError: BYE }),
      Parameters: { StoreInput: 'False', InputTimeLimitSeconds: '8' },
    });
    expect(walk(silent).slice(0, 2)).toMatchObject([{ kind: 'ask', prompt: false }, { kind: 'keys' }]);
  });
});

describe('stored input', () => {
  const store = (InputValidation: object = { CustomValidation: { MaximumLength: '10' } }, more: object = {}) =>
    flowOf(
      {
        Type: 'GetParticipantInput',
        Parameters: {
          Text: '番号をどうぞ。',
          StoreInput: 'True',
          InputTimeLimitSeconds: '5',
          InputValidation,
          ...more,
        },
        Transitions: { Errors: errors({ InvalidPhoneNumber: 'invalid', NoMatchingError: 'failed' }) },
      },
      say('$.StoredCustomerInput', { Transitions: { NextAction: BYE } }),
      say('番号が違います', { Identifier: 'invalid', Transitions: { NextAction: BYE } }),
      say('失敗', { Identifier: 'failed' }),
    );

  it('can be used afterwards', () => {
    expect(said(walk(store(), { press: () => '4111' }))).toEqual(['番号をどうぞ。', '4111']);
  });

  it.each<[string, object, string]>([
    ['4111#9', {}, '4111'],
    ['4111#9##1', { DTMFConfiguration: { InputTerminationSequence: '##' } }, '4111#9'],
    ['12*34', {}, '34'],
    ['12*34', { DTMFConfiguration: { DisableCancelKey: 'True' } }, '12*34'],
    ['123456789012', {}, '1234567890'],
  ])('of the keys %s with %j is %s', (pressed, more, stored) => {
    expect(said(walk(store(undefined, more), { press: () => pressed })).at(-1)).toBe(stored);
  });

  it('is Timeout where nothing was pressed, along the same way', () => {
    expect(said(walk(store()))).toEqual(['番号をどうぞ。', 'Timeout']);
  });

  it.each([
    ['Local', 'JP', '0312345678', true],
    ['Local', '+81', '0312345678', true],
    ['Local', 'JP', '12', false],
    ['Local', 'Nowhere', '0312345678', false],
    ['E164', undefined, '81312345678', true],
    ['E164', undefined, '0312345678', false],
  ])('as a %s phone number of %s: %s is %s', (NumberFormat, CountryCode, pressed, valid) => {
    const flow = store({ PhoneNumberValidation: { NumberFormat, CountryCode } });
    expect(said(walk(flow, { press: () => pressed })).at(-1)).toBe(valid ? pressed : '番号が違います');
  });
});

describe('anyone who lets the keys come one by one', () => {
  const asked = (parameters: Record<string, unknown>, Transitions: TestBlock['Transitions'] = {}) =>
    ofKind(
      walk(
        flowOf({
          Type: 'GetParticipantInput',
          Parameters: { Text: 'どうぞ。', InputTimeLimitSeconds: '8', ...parameters },
          Transitions,
        }),
      ),
      'ask',
    )[0];

  it('is told before the prompt what a menu waits for', () => {
    const menu = asked({ StoreInput: 'False' }, { Conditions: equals({ 1: BYE, 2: BYE }) });
    expect(menu).toMatchObject({ choices: ['1', '2'], prompt: true, seconds: 8 });
    expect(['', '1'].map((pressed) => menu?.isEnough(pressed))).toEqual([false, true]);
  });

  it.each<[string, object, string, boolean]>([
    ['no end', {}, '4111', false],
    ['its end', {}, '4111#', true],
    ['an end of its own', { DTMFConfiguration: { InputTerminationSequence: '##' } }, '4111#', false],
    ['all its digits', { InputValidation: { CustomValidation: { MaximumLength: '4' } } }, '4111', true],
    ['digits taken back', { InputValidation: { CustomValidation: { MaximumLength: '4' } } }, '411*11', false],
  ])('is told when a number with %s is complete', (_name, more, pressed, enough) => {
    expect(asked({ StoreInput: 'True', ...more })?.isEnough(pressed)).toBe(enough);
  });

  it.each([
    [{}, 5],
    [{ DTMFConfiguration: { InterdigitTimeLimitSeconds: '2' } }, 2],
  ])('is told the seconds between the keys of a number with %j: %d', (more, secondsBetween) => {
    expect(asked({ StoreInput: 'True', ...more })).toMatchObject({ secondsBetween });
  });

  it('leaves the call that is simulated as it was', () => {
    const { lines } = simulated(
      flowOf(say('はい。'), { Type: 'GetParticipantInput', Parameters: { Text: 'どうぞ。' } }),
    );
    expect(JSON.stringify(lines)).not.toContain('"ask"');
  });
});

describe('Lex', () => {
  const ask = flowOf(
    {
      Type: 'ConnectParticipantWithLexBot',
      Parameters: { Text: 'ご用件をどうぞ。', LexV2Bot: { AliasArn: 'bot' } },
      Transitions: {
        Conditions: equals({ Price: 'price' }),
        Errors: errors({ NoMatchingCondition: BYE, NoMatchingError: BYE }),
      },
    },
    say('$.Lex.IntentName', { Identifier: 'price' }),
  );

  it.each([
    ['Price', ['ご用件をどうぞ。', 'Price']],
    ['Weather', ['ご用件をどうぞ。']],
    [undefined, ['ご用件をどうぞ。']],
  ])('that understands %s lets hear %j', (intent, heard) => {
    expect(said(walk(ask, { intent: () => intent }))).toEqual(heard);
  });
});
