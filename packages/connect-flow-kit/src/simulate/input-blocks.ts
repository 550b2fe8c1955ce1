import { isObject } from '../document.ts';
import { type Block, numberParameter, type Perform, parameter, resolved, type Work } from './block.ts';
import { bufferKeys, setBuffer, setsBuffer, takeKeys } from './key-buffer.ts';
import { isPhoneNumber } from './phone-input.ts';
import { speak } from './speech-blocks.ts';
import { failure, NEXT, noMatchingError, type Outcome } from './way-out.ts';

/** Somebody who presses a key does so a second after the prompt. */
export const SECONDS_TO_PRESS = 1;

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html */
const NOTHING_STORED = 'Timeout';

/**
 * Seconds for each key after the first, if the block does not say.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html
 */
const SECONDS_BETWEEN_KEYS = 5;

function* askForKeys(block: Block): Work {
  if (setsBuffer(block)) return yield* setBuffer(block);
  const { id, parameters, world } = block;
  const stores = parameter(block, 'StoreInput')?.toLowerCase() === 'true';
  const question = stores ? { block: id } : { block: id, choices: choicesOf(block) };
  const limit = numberParameter(block, 'InputTimeLimitSeconds') ?? 0;
  const { secondsBetween, isEnough } = stores ? numberEntry(block) : ONE_KEY;

  const before = takeKeys(world.contact);
  let after = '';
  if (!isEnough(before)) {
    // Somebody who has begun to enter a number is not prompted again, and has the time limit of the next key.
    const begun = before !== '';
    const prompt = !begun && ['Text', 'SSML', 'PromptId', 'Media'].some((name) => parameters[name] !== undefined);
    const isEnoughNow = (pressed: string): boolean => isEnough(before + pressed);
    const seconds = begun ? secondsBetween : limit;
    yield { kind: 'ask', ...question, prompt, seconds, secondsBetween, isEnough: isEnoughNow };
    if (prompt) {
      const failed = yield* speak(block);
      if (failed !== undefined) return failed;
    }
    after = world.press(question) ?? '';
  }
  const [taken, rest] = split(before + after, isEnough);
  bufferKeys(world.contact, rest);
  const pressed = taken || undefined;
  yield { kind: 'keys', block: id, pressed, seconds: secondsToPress() };
  return stores ? storeInput(block, pressed) : choose(pressed, limit);

  function secondsToPress(): number {
    if (isEnough(before)) return 0;
    if (after !== '') return SECONDS_TO_PRESS;
    return before === '' ? limit : secondsBetween;
  }
}

/** The keys that are used, and those that are left. */
function split(keys: string, isEnough: (pressed: string) => boolean): [taken: string, rest: string] {
  for (let length = 1; length < keys.length; length += 1) {
    if (isEnough(keys.slice(0, length))) return [keys.slice(0, length), keys.slice(length)];
  }
  return [keys, ''];
}

const choicesOf = ({ action }: Block): string[] =>
  action.Transitions.Conditions.flatMap(({ Condition }) => Condition.Operands);

/** A menu accepts one key. */
const ONE_KEY = { secondsBetween: 0, isEnough: (pressed: string): boolean => pressed !== '' };

/** A number ends with the terminating key, or when it has reached its maximum length. */
function numberEntry(block: Block) {
  const { InterdigitTimeLimitSeconds } = settingsOf(block, 'DTMFConfiguration');
  const between = Number(resolved(InterdigitTimeLimitSeconds, block.values)?.text);
  return {
    secondsBetween: between > 0 ? between : SECONDS_BETWEEN_KEYS,
    isEnough: (pressed: string): boolean =>
      pressed.includes(endOf(block)) || inputOf(pressed, block).length >= longestOf(block),
  };
}

const choose = (pressed: string | undefined, limit: number): Outcome =>
  pressed === undefined
    ? failure('InputTimeLimitExceeded', `no key was pressed within ${limit} seconds`)
    : { kind: 'choose', value: pressed, fact: `the customer pressed ${pressed}` };

function storeInput(block: Block, pressed: string | undefined): Outcome {
  const { PhoneNumberValidation: phone } = settingsOf(block, 'InputValidation');
  const input = pressed === undefined ? undefined : inputOf(pressed, block);
  if (input !== undefined && isObject(phone) && !isPhoneNumber(input, phone)) {
    return failure('InvalidPhoneNumber', 'what was pressed is no phone number');
  }
  const { contact } = block.world;
  contact.system = { ...contact.system, StoredCustomerInput: input?.slice(0, longestOf(block)) ?? NOTHING_STORED };
  return NEXT;
}

/** Maximum number of keys in a number; unlimited if not given. */
function longestOf(block: Block): number {
  const { CustomValidation: custom } = settingsOf(block, 'InputValidation');
  const longest = isObject(custom) ? Number(resolved(custom.MaximumLength, block.values)?.text) : Number.NaN;
  return longest > 0 ? longest : Number.POSITIVE_INFINITY;
}

/** The key or keys that end a number. */
const endOf = (block: Block): string =>
  resolved(settingsOf(block, 'DTMFConfiguration').InputTerminationSequence, block.values)?.text || '#';

function settingsOf({ parameters }: Block, name: string): Record<string, unknown> {
  const settings = parameters[name];
  return isObject(settings) ? settings : {};
}

/** The keys that count: those before the terminating key, and after the one that cancels what was pressed. */
function inputOf(pressed: string, block: Block): string {
  const { DisableCancelKey } = settingsOf(block, 'DTMFConfiguration');
  const [ended = ''] = pressed.split(endOf(block));
  return String(DisableCancelKey).toLowerCase() === 'true' ? ended : ended.slice(ended.lastIndexOf('*') + 1);
}

/** What a customer takes to say something. */
const ANSWER_SECONDS = 3;

function* askLex(block: Block): Work {
  const { parameters, world } = block;
  // Keys are not for Lex, and are no longer buffered.
  world.contact.keyBuffer = undefined;
  if (['Text', 'SSML', 'PromptId', 'Media'].some((name) => parameters[name] !== undefined)) {
    const failed = yield* speak(block);
    if (failed !== undefined) return failed;
  } else if (parameters.LexInitializationData === undefined) return noMatchingError('there is nothing to say');
  yield { kind: 'wait', block: block.id, seconds: ANSWER_SECONDS };
  const intent = world.intent();
  if (intent === undefined) return failure('NoMatchingCondition', 'Lex understood no intent');
  world.contact.objects = { ...world.contact.objects, Lex: { IntentName: intent } };
  return { kind: 'choose', value: intent, fact: `Lex understood ${intent}` };
}

/** Blocks that ask the customer. */
export const INPUT_BLOCKS: Readonly<Record<string, Perform>> = {
  GetParticipantInput: askForKeys,
  ConnectParticipantWithLexBot: askLex,
};
