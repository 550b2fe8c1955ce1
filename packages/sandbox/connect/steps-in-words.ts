import type { FlowStep } from 'connect-flow-kit';

/** A step of a flow in the transcript, besides what is heard; undefined if it is not shown. */
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

/** A key pressed for a menu may be shown; a longer number is the customer's own business. */
function keysInWords(pressed: string | undefined): string {
  if (pressed === undefined) return 'The customer presses no key.';
  return pressed.length === 1 ? `The customer presses ${pressed}.` : 'The customer presses some keys.';
}
