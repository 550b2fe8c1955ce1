import { isObject } from '../document.ts';
import { type Block, numberParameter, type Perform, parameter, type Work } from './block.ts';
import type { FlowStep } from './flow-steps.ts';
import { begunWithin, FIRST_MESSAGE, heardOf, placeAfter } from './speech.ts';
import { passed } from './speech-blocks.ts';
import { noMatchingError, OVER } from './way-out.ts';

function* loopPrompts(block: Block): Work {
  const { id, parameters, values, world, frame } = block;
  const from = frame.resumeAt ?? FIRST_MESSAGE;
  delete frame.resumeAt;
  const written = Array.isArray(parameters.Messages) ? parameters.Messages : [];
  const heard = written.map((message) => heardOf(isObject(message) ? message : {}, values));
  const problem = heard.find((message) => typeof message === 'string');
  if (problem !== undefined) return noMatchingError(problem);
  const messages = heard.filter((message) => typeof message !== 'string');
  if (messages.length === 0) return noMatchingError('there is nothing to say');

  const seconds = numberParameter(block, 'InterruptFrequencySeconds');
  const interruptAfterSeconds = seconds !== undefined && seconds > 0 ? seconds : undefined;
  const continues = parameter(block, 'ContinueMessagingDuringInterrupt')?.toLowerCase() === 'true';
  const reached = continues ? messages.length : begunWithin(interruptAfterSeconds, messages, world.secondsPerCharacter);
  const resumed = from !== FIRST_MESSAGE && { from };
  const some = reached < messages.length && { reached };
  yield { kind: 'loop', block: id, messages, interruptAfterSeconds, ...some, ...resumed, ...world.contact.voice };
  if (interruptAfterSeconds === undefined) return OVER;
  const at = placeAfter(interruptAfterSeconds, messages, from, world.secondsPerCharacter);
  frame.interrupted = {
    block: id,
    continues,
    at,
    next: { message: (at.message + 1) % messages.length, seconds: 0 },
    heardElse: false,
  };
  return passed(block, interruptAfterSeconds, 'MessagesInterrupted');
}

/**
 * End flow / Resume. If a Loop prompts block was interrupted before, its prompts start again. With "Continue prompts during interrupt",
 * they continue with the next one, or, if nothing else was heard, as if nothing had happened. If a Wait keeps running, it
 * continues. Otherwise, the flow is over and the contact stays where it is.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/loop-prompts.html
 */
function* endFlow({ id, frame }: Block): Work {
  const { interrupted, waiting } = frame;
  if (waiting !== undefined) return { kind: 'resume', to: waiting.block };
  if (interrupted === undefined) {
    yield { kind: 'end', block: id };
    return OVER;
  }
  const { block: to, continues, heardElse, at, next } = interrupted;
  delete frame.interrupted;
  if (continues) frame.resumeAt = heardElse ? next : at;
  yield { kind: 'resume', block: id, to, how: continues ? (heardElse ? 'next' : 'on') : 'again' };
  return { kind: 'resume', to };
}

/** Does a step interrupt prompts that would continue meanwhile? */
export const breaksIntoPrompts = ({ kind }: FlowStep): boolean =>
  kind === 'say' || kind === 'play' || kind === 'ask' || kind === 'wait';

/** Looping prompts, and what returns a flow to them. */
export const LOOP_PROMPTS_BLOCKS: Readonly<Record<string, Perform>> = {
  MessageParticipantIteratively: loopPrompts,
  EndFlowExecution: endFlow,
};
