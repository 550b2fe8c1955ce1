import type { SimulatedCall } from '../simulate/call-case.ts';
import type { FlowStep, LoopMessage } from '../simulate/flow-steps.ts';

/** How a recording is written in a scenario and in a transcript. */
export const recordingInWords = (recording: string): string => `[recording ${recording}]`;

/**
 * Everything one side hears in a call, in order. In a loop, each message counts once, however long it continues, including
 * interruptions that it survives; if they restart it, it counts again.
 */
export const heardIn = ({ lines }: SimulatedCall, listener: 'customer' | 'agent'): string[] =>
  lines.flatMap((line) => (line.kind === 'step' && line.listener === listener ? heardOf(line.step) : []));

/** What is heard of one step; nothing for an empty text. */
export function heardOf(step: FlowStep): string[] {
  switch (step.kind) {
    case 'say':
      return step.text.trim() === '' ? [] : [step.text];
    case 'play':
      return [recordingInWords(step.recording)];
    case 'loop':
      return step.from === undefined ? step.messages.slice(0, step.reached).flatMap(heardOfMessage) : [];
    default:
      return [];
  }
}

function heardOfMessage(message: LoopMessage): string[] {
  if (message.kind === 'silence') return [];
  if (message.kind === 'recording') return [recordingInWords(message.recording)];
  return message.text.trim() === '' ? [] : [message.text];
}
