import { type Block, parameter, type Work } from './block.ts';
import type { ContactState } from './flow-world.ts';
import { NEXT } from './way-out.ts';

/**
 * Maximum number of keys; more are ignored.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/touchtone-buffering.html
 */
const MOST_KEYS = 30;

/** "Set touchtone buffer behavior" is an input action that has no prompt. */
export const setsBuffer = ({ parameters }: Block): boolean =>
  parameters.EnableDTMFBuffer !== undefined &&
  ['Text', 'SSML', 'PromptId', 'Media', 'InputTimeLimitSeconds'].every((name) => parameters[name] === undefined);

/**
 * Starts to buffer keys, or stops and clears the buffer, whose keys may be stored first. Neither takes any time.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/set-touchtone-buffer-behavior.html
 */
export function* setBuffer(block: Block): Work {
  const { id, world } = block;
  const { contact } = world;
  if (parameter(block, 'EnableDTMFBuffer')?.toLowerCase() === 'true') {
    if (contact.keyBuffer === undefined) {
      contact.keyBuffer = '';
      bufferKeys(contact, world.pressAhead?.() ?? '');
    }
    yield { kind: 'buffer', block: id, did: 'starts' };
    return NEXT;
  }
  if (parameter(block, 'StoreInput')?.toLowerCase() === 'true') {
    contact.system = { ...contact.system, StoredCustomerInput: contact.keyBuffer ?? '' };
  }
  contact.keyBuffer = undefined;
  yield { kind: 'buffer', block: id, did: 'stops' };
  return NEXT;
}

/** Keys pressed while nothing asks for them; they are lost if they are not buffered. */
export function bufferKeys(contact: ContactState, keys: string): void {
  if (contact.keyBuffer !== undefined) contact.keyBuffer = (contact.keyBuffer + keys).slice(0, MOST_KEYS);
}

/** Takes all keys out of the buffer. */
export function takeKeys(contact: ContactState): string {
  const keys = contact.keyBuffer ?? '';
  if (keys !== '') contact.keyBuffer = '';
  return keys;
}
