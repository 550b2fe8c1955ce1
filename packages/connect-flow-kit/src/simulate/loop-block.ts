import { isObject } from '../document.ts';
import { referenced } from '../references.ts';
import { type Block, type BlockEnd, numberParameter } from './block.ts';
import { noMatchingError } from './way-out.ts';

/**
 * Loop: a number of rounds, or one for each element of a list, then Complete once; then it starts again. The counter lives as
 * long as the call. With a name, `$.Loop.<name>` gives the round.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/loop.html
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-control-actions-loop.html
 */
export function loop(block: Block): BlockEnd {
  const { id, frame, world } = block;
  const { contact } = world;
  const list = listOf(block);
  const rounds = list?.length ?? numberParameter(block, 'LoopCount');
  if (rounds === undefined) return noMatchingError('there is neither a number of rounds nor a list');

  const key = `${frame.flow.name}/${id}`;
  const { [key]: done = 0, ...others } = contact.rounds;
  const over = done >= rounds;
  contact.rounds = over ? others : { ...others, [key]: done + 1 };
  const name = nameOf(block);
  if (name !== undefined) {
    const round = list === undefined ? { Index: done } : { Index: done, Element: list[done], Elements: list };
    const { [name]: _, ...loops } = isObject(contact.objects.Loop) ? contact.objects.Loop : {};
    contact.objects = { ...contact.objects, Loop: over ? loops : { ...loops, [name]: round } };
  }
  return over
    ? { kind: 'choose', value: 'DoneLooping', fact: `${rounds} of ${rounds} rounds are done` }
    : { kind: 'choose', value: 'ContinueLooping', fact: `round ${done + 1} of ${rounds}` };
}

/** The list to iterate over. No page says how it is written, so whichever parameter is a list counts, whatever its name. */
const listOf = ({ parameters, values }: Block): readonly unknown[] | undefined =>
  Object.values(parameters)
    .map((value) => (typeof value === 'string' && value.startsWith('$') ? referenced(value, values) : value))
    .find((value) => Array.isArray(value));

/** "Loop name", whose parameter no page names either. */
function nameOf({ parameters }: Block): string | undefined {
  const name = Object.entries(parameters).find(([key]) => key.endsWith('Name'))?.[1];
  return typeof name === 'string' ? name : undefined;
}
