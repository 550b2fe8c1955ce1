import {
  BOOLEAN,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  EVERYWHERE,
  exports_,
  FIXED,
  live,
  MESSAGE,
  MESSAGE_KEYS,
  NO_ERRORS,
  NO_MATCHING_ERROR,
  NO_PARAMETERS,
  OPEN_FORM,
  unrestrictedAnd,
  WHISPERS,
} from './shared.ts';
import type { ActionSpec, FieldsSpec, Given, ValueSpec } from './spec.ts';

const INPUT_SECONDS: ValueSpec = { kind: 'number', from: 1, to: 180, dynamic: true };

const STORED: Given = { parameter: 'StoreInput', is: ['True'] };

const STORED_INPUT: FieldsSpec = {
  fields: {
    ...MESSAGE,
    StoreInput: BOOLEAN,
    InputTimeLimitSeconds: INPUT_SECONDS,
    InputValidation: {
      kind: 'object',
      fields: {
        CustomValidation: {
          kind: 'object',
          fields: { MaximumLength: { kind: 'number', from: 1, to: 20_000, dynamic: true } },
        },
        PhoneNumberValidation: {
          kind: 'object',
          fields: { NumberFormat: { kind: 'word', oneOf: ['Local', 'E164'] }, CountryCode: FIXED },
          required: ['NumberFormat'],
        },
      },
      exactlyOne: [['CustomValidation', 'PhoneNumberValidation']],
    },
    DTMFConfiguration: {
      kind: 'object',
      fields: {
        InputTerminationSequence: {
          kind: 'value',
          dynamic: true,
          pattern: '^[0-9*#]{1,5}$',
          expected: 'up to five keys',
        },
        DisableCancelKey: BOOLEAN,
        InterdigitTimeLimitSeconds: { kind: 'number', from: 1, to: 20, dynamic: true },
      },
    },
  },
  required: ['StoreInput', 'InputTimeLimitSeconds', 'InputValidation'],
  atMostOne: [MESSAGE_KEYS],
};

/** A phone number cannot be encrypted. */
const ENCRYPTION: ValueSpec = {
  kind: 'object',
  fields: { EncryptionKeyId: FIXED, Key: FIXED },
  required: ['EncryptionKeyId', 'Key'],
};

const LEX: FieldsSpec = {
  fields: {
    ...MESSAGE,
    LexInitializationData: { kind: 'any' },
    LexV2Bot: {
      kind: 'object',
      fields: { AliasArn: { kind: 'value', dynamic: true } },
      required: ['AliasArn'],
    },
    LexBot: { kind: 'object', fields: { Name: FIXED, Region: FIXED, Alias: FIXED } },
    LexSessionAttributes: { kind: 'any' },
    LexTimeoutSeconds: { kind: 'any' },
  },
  exactlyOne: [
    ['LexV2Bot', 'LexBot'],
    [...MESSAGE_KEYS, 'LexInitializationData'],
  ],
};

/** Types of which little more than the name is known. */
const UNKNOWN: readonly { type: string; block: string }[] = [
  { type: 'ConnectParticipantWithAgenticCX', block: 'Connect assistant' },
  { type: 'AuthenticateParticipant', block: 'Authenticate customer' },
  { type: 'RenderMessageTemplate', block: 'Render message template' },
];

/**
 * Blocks that speak to a participant, listen to one, or part with one.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/participant-actions.html
 */
export const PARTICIPANT_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'MessageParticipant',
    block: 'Play prompt',
    flowTypes: [...CONTACT_TRANSFERS_QUEUE, ...WHISPERS],
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { ...MESSAGE, SkipWhenDTMFBufferEnabled: BOOLEAN },
          exactlyOne: [MESSAGE_KEYS],
        },
        errors: { required: [], optional: ['NoMatchingError'] },
      },
    ],
    sources: [
      doc('participant-actions-messageparticipant'),
      live('Text together with SSML: "Only one of these properties may be defined"'),
      exports_('131 of 222 have NoMatchingError; without it the flow is accepted'),
    ],
  },
  {
    type: 'MessageParticipantIteratively',
    block: 'Loop prompts',
    flowTypes: unrestrictedAnd('CUSTOMER_QUEUE', 'CUSTOMER_HOLD', 'AGENT_HOLD'),
    next: 'optional',
    forms: [
      {
        when: [{ parameter: 'InterruptFrequencySeconds', is: true }],
        parameters: {
          fields: {
            Messages: {
              kind: 'list',
              items: { kind: 'object', fields: MESSAGE, exactlyOne: [MESSAGE_KEYS] },
              minItems: 1,
            },
            InterruptFrequencySeconds: { kind: 'number', from: 1, to: 604_800, dynamic: true },
          },
          required: ['Messages'],
        },
        errors: { required: [], optional: ['NoMatchingError'] },
        conditions: { operators: ['Equals'], operands: ['MessagesInterrupted'], min: 1, max: 1 },
      },
      {
        parameters: {
          fields: {
            Messages: {
              kind: 'list',
              items: { kind: 'object', fields: MESSAGE, exactlyOne: [MESSAGE_KEYS] },
              minItems: 1,
            },
          },
          required: ['Messages'],
        },
        errors: { required: [], optional: ['NoMatchingError'] },
      },
    ],
    sources: [
      doc('participant-actions-messageparticipantiteratively'),
      live('the condition stands exactly where InterruptFrequencySeconds is set; NextAction may be missing'),
    ],
  },
  {
    type: 'GetParticipantInput',
    block: 'Get customer input / Store customer input',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'followed',
    forms: [
      {
        when: [STORED, { parameter: 'InputValidation.PhoneNumberValidation', is: true }],
        parameters: STORED_INPUT,
        errors: { required: ['NoMatchingError', 'InvalidPhoneNumber'] },
      },
      {
        when: [STORED],
        parameters: { ...STORED_INPUT, fields: { ...STORED_INPUT.fields, InputEncryption: ENCRYPTION } },
        errors: NO_MATCHING_ERROR,
      },
      {
        parameters: {
          fields: { ...MESSAGE, StoreInput: BOOLEAN, InputTimeLimitSeconds: INPUT_SECONDS },
          required: ['StoreInput', 'InputTimeLimitSeconds'],
          atMostOne: [MESSAGE_KEYS],
        },
        next: 'written',
        errors: { required: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'] },
        conditions: {
          operators: ['Equals'],
          operandPattern: '^[0-9*#]$',
          operandExpected: 'one key: 0–9, * or #',
          min: 0,
        },
      },
    ],
    sources: [
      doc('participant-actions-getparticipantinput'),
      live('a menu without one of its three errors, or with DTMFConfiguration or InputValidation, is refused'),
      live('stored input with InputTimeLimitExceeded or NoMatchingCondition is refused'),
      exports_('29 stored and 10 menu inputs, all of these forms'),
    ],
  },
  {
    type: 'ConnectParticipantWithLexBot',
    block: 'Get customer input (Amazon Lex)',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'written',
    forms: [
      {
        when: [{ parameter: 'LexTimeoutSeconds', is: true }],
        parameters: LEX,
        errors: { required: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'] },
        conditions: { operators: ['Equals'], min: 0 },
      },
      {
        parameters: LEX,
        errors: { required: ['NoMatchingCondition', 'NoMatchingError'] },
        conditions: { operators: ['Equals'], min: 0 },
      },
    ],
    sources: [
      doc('participant-actions-connectparticipantwithlexbot'),
      exports_(
        '31 of 31 have NoMatchingCondition and NoMatchingError; none, without LexTimeoutSeconds, InputTimeLimitExceeded',
      ),
    ],
  },
  {
    type: 'DisconnectParticipant',
    block: 'Disconnect / hang up',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'none',
    forms: [{ parameters: NO_PARAMETERS, errors: NO_ERRORS }],
    sources: [doc('participant-actions-disconnectparticipant'), live('refused in whispers and holds')],
  },
  {
    type: 'ShowView',
    block: 'Show view',
    flowTypes: EVERYWHERE,
    next: 'written',
    forms: [
      {
        parameters: {
          fields: {
            ViewResource: {
              kind: 'object',
              fields: { Id: { kind: 'value', dynamic: true }, Version: { kind: 'value', dynamic: true } },
              required: ['Id'],
              open: true,
            },
            InvocationTimeLimitSeconds: { kind: 'value', dynamic: true },
            ViewData: { kind: 'any', emptyTexts: true },
            SensitiveDataConfiguration: { kind: 'any' },
          },
          required: ['ViewResource', 'InvocationTimeLimitSeconds'],
        },
        errors: { required: ['NoMatchingCondition', 'NoMatchingError', 'TimeLimitExceeded'] },
        conditions: { operators: ['Equals'], min: 0 },
      },
    ],
    sources: [doc('participant-actions-showview'), exports_('ViewData of published guides holds empty texts')],
  },
  ...UNKNOWN.map(
    ({ type, block }): ActionSpec => ({
      type,
      block,
      flowTypes: EVERYWHERE,
      next: 'followed',
      forms: [OPEN_FORM],
      sources: [live('seen in an export of all blocks; its parameters are not known')],
    }),
  ),
];
