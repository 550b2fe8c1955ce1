import type { FlowStep } from 'connect-flow-kit';

/** What a step of a flow is in the transcript, besides what is heard; undefined if it is nothing. */
export function stepInWords(step: FlowStep): string | undefined {
  switch (step.kind) {
    case 'keys':
      return keysInWords(step.pressed);
    case 'dial':
      return 'Amazon Connect calls an external number.';
    case 'callback':
      return 'A callback is arranged.';
  }
}

/** What was pressed for a menu may be told; a longer number is the customer's own business. */
function keysInWords(pressed: string | undefined): string {
  if (pressed === undefined) return 'The customer presses no key.';
  return pressed.length === 1 ? `The customer presses ${pressed}.` : 'The customer presses some keys.';
}
