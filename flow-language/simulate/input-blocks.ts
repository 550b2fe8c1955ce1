import { isObject } from '../document.ts';
import { type Block, numberParameter, type Perform, parameter, resolved, type Work } from './block.ts';
import { isPhoneNumber } from './phone-input.ts';
import { speak } from './speech-blocks.ts';
import { failure, NEXT, noMatchingError } from './transitions.ts';

/** Somebody who presses a key does so a second after the prompt. */
const SECONDS_TO_PRESS = 1;

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html */
const NOTHING_STORED = 'Timeout';

function* askForKeys(block: Block): Work {
  const { parameters } = block;
  if (['Text', 'SSML', 'PromptId', 'Media'].some((name) => parameters[name] !== undefined)) {
    const failed = yield* speak(block);
    if (failed !== undefined) return failed;
  }
  return parameter(block, 'StoreInput')?.toLowerCase() === 'true' ? yield* storeInput(block) : yield* menu(block);
}

function* menu(block: Block): Work {
  const { id, action, world } = block;
  const choices = action.Transitions.Conditions.flatMap(({ Condition }) => Condition.Operands);
  // A menu hears one key.
  const pressed = world.press({ block: id, choices })?.charAt(0) || undefined;
  const limit = numberParameter(block, 'InputTimeLimitSeconds') ?? 0;
  yield { kind: 'keys', block: id, pressed, seconds: pressed === undefined ? limit : SECONDS_TO_PRESS };
  if (pressed === undefined) return failure('InputTimeLimitExceeded', `no key was pressed within ${limit} seconds`);
  return { kind: 'choose', value: pressed, fact: `the customer pressed ${pressed}` };
}

function* storeInput(block: Block): Work {
  const { id, parameters, world } = block;
  const { contact } = world;
  const pressed = world.press({ block: id }) || undefined;
  const limit = numberParameter(block, 'InputTimeLimitSeconds') ?? 0;
  yield { kind: 'keys', block: id, pressed, seconds: pressed === undefined ? limit : SECONDS_TO_PRESS };

  const validation = isObject(parameters.InputValidation) ? parameters.InputValidation : {};
  const { PhoneNumberValidation: phone, CustomValidation: custom } = validation;
  const input = pressed === undefined ? undefined : inputOf(pressed, block);
  if (input !== undefined && isObject(phone) && !isPhoneNumber(input, phone)) {
    return failure('InvalidPhoneNumber', 'what was pressed is no phone number');
  }
  const longest = isObject(custom) ? Number(resolved(custom.MaximumLength, block.values)?.text) : Number.NaN;
  const stored = longest > 0 ? input?.slice(0, longest) : input;
  contact.system = { ...contact.system, StoredCustomerInput: stored ?? NOTHING_STORED };
  return NEXT;
}

/** The keys that count: those before the one that ends the input, and behind the one that takes back what was pressed. */
function inputOf(pressed: string, { parameters, values }: Block): string {
  const settings = isObject(parameters.DTMFConfiguration) ? parameters.DTMFConfiguration : {};
  const end = resolved(settings.InputTerminationSequence, values)?.text || '#';
  const [ended = ''] = pressed.split(end);
  return String(settings.DisableCancelKey).toLowerCase() === 'true' ? ended : ended.slice(ended.lastIndexOf('*') + 1);
}

/** What a customer takes to say something. */
const ANSWER_SECONDS = 3;

function* askLex(block: Block): Work {
  const { parameters, world } = block;
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
