import {
  adminGuide,
  BOOLEAN,
  doc,
  everywhereBut,
  live,
  NO_MATCHING_ERROR,
  TEXT_OR_REFERENCE,
  unrestrictedAnd,
} from './shared.ts';
import type { ActionForm, ActionSpec, FieldsSpec } from './spec.ts';

type WaitEvent = 'BotParticipantDisconnected' | 'CustomerReturned';

/**
 * What each wait accepts. The administrator guide describes waits for a function, a case or a tool, whose branches have
 * names of the company's own; no source says how the language writes them.
 */
const WAIT: FieldsSpec = {
  fields: {
    TimeLimitSeconds: { kind: 'number', from: 1, to: 604_800, dynamic: true },
    Events: {
      kind: 'list',
      items: {
        kind: 'word',
        oneOf: ['CustomerReturned', 'BotParticipantDisconnected'],
        doubtfulOthers: true,
        refused: ['LambdaReturned', 'AsyncLambdaCompletion'],
      },
    },
    ContinueExecution: BOOLEAN,
  },
  required: ['TimeLimitSeconds'],
  mistaken: { TimeoutSeconds: 'TimeLimitSeconds' },
  open: 'doubtful',
};

/** A wait that these events end early; each has a branch of its own. */
const waitForm = (...events: WaitEvent[]): ActionForm => ({
  when: events.map((event) => ({ parameter: 'Events', is: [event] })),
  parameters: WAIT,
  errors: {
    required: ['NoMatchingError', ...(events.includes('BotParticipantDisconnected') ? ['ParticipantNotFound'] : [])],
  },
  conditions: {
    operators: ['Equals'],
    operands: ['WaitCompleted', ...events],
    requiredOperands: ['WaitCompleted', ...events],
    doubtfulOthers: true,
    min: 1 + events.length,
  },
});

export const WAIT_ACTION: ActionSpec = {
  type: 'Wait',
  block: 'Wait',
  flowTypes: unrestrictedAnd('CONTACT_FLOW', 'CUSTOMER_QUEUE'),
  doubtfulIn: everywhereBut(unrestrictedAnd('CONTACT_FLOW', 'CUSTOMER_QUEUE')),
  next: 'written',
  forms: [
    {
      when: [{ parameter: 'ContinueExecution', is: ['True'] }],
      parameters: {
        ...WAIT,
        fields: { ...WAIT.fields, MinimumWaitTimeSeconds: TEXT_OR_REFERENCE },
        required: ['TimeLimitSeconds', 'MinimumWaitTimeSeconds'],
      },
      errors: NO_MATCHING_ERROR,
      conditions: {
        operators: ['Equals'],
        operands: ['Continue', 'WaitCompleted'],
        requiredOperands: ['Continue', 'WaitCompleted'],
        doubtfulOthers: true,
        min: 2,
      },
    },
    waitForm('BotParticipantDisconnected', 'CustomerReturned'),
    waitForm('BotParticipantDisconnected'),
    waitForm('CustomerReturned'),
    waitForm(),
  ],
  sources: [
    // Allows every type of flow; the guide allows contact and customer queue flows, and describes more events.
    doc('flow-control-actions-wait'),
    adminGuide('wait'),
    live('the events LambdaReturned and AsyncLambdaCompletion are refused', 'pulumi'),
    live('TimeoutSeconds, as the page has it, is refused', 'pulumi', 'flowAsCode'),
    live(
      'ContinueExecution, which the page leaves out, asks for MinimumWaitTimeSeconds and the answer Continue',
      'pulumi',
    ),
  ],
};
