import { flowTypeOf } from '../flow-types.ts';
import { type Block, numberParameter, parameter, type Work } from './block.ts';
import { passed } from './speech-blocks.ts';
import { noMatchingError } from './way-out.ts';

/** Results of every Wait, and of those in chats. Any other is that of an event: an asynchronous function has returned. */
const NO_EVENTS: readonly string[] = ['WaitCompleted', 'Continue', 'CustomerReturned', 'BotParticipantDisconnected'];

/**
 * Wait: a voice call takes the error branch, unless it keeps running while waiting or waits for an event, and only in an
 * inbound flow. Keep running: the Continue branch is run, and when it reaches End flow / Resume, the rest of the time
 * passes. The event is assumed to have happened, since no function takes any time here.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/wait.html
 */
export function* wait(block: Block): Work {
  const { id, action, frame } = block;
  const { waiting } = frame;
  if (waiting?.block === id) {
    delete frame.waiting;
    const left = Math.max(0, waiting.secondsLeft);
    yield { kind: 'wait', block: id, seconds: left };
    return passed(block, left, 'WaitCompleted');
  }
  const answers = action.Transitions.Conditions.flatMap(({ Condition }) => Condition.Operands);
  const event = answers.find((answer) => !NO_EVENTS.includes(answer));
  const keepsRunning = parameter(block, 'ContinueExecution')?.toLowerCase() === 'true';
  if (flowTypeOf(frame.flow.document) === 'CUSTOMER_QUEUE' || (event === undefined && !keepsRunning)) {
    return noMatchingError('a voice call cannot wait here');
  }
  if (event !== undefined) return { kind: 'choose', value: event, fact: 'what it waits for has happened' };
  frame.waiting = { block: id, secondsLeft: numberParameter(block, 'TimeLimitSeconds') ?? 0 };
  return { kind: 'choose', value: 'Continue', fact: 'the flow goes on while it waits' };
}
