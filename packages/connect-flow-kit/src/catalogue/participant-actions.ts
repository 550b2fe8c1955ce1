import {
  adminGuide,
  BOOLEAN,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  everywhereBut,
  exports_,
  FIXED,
  live,
  MESSAGE,
  MESSAGE_KEYS,
  NO_ERRORS,
  NO_MATCHING_ERROR,
  NO_PARAMETERS,
  TEXT_OR_REFERENCE,
  unrestrictedAnd,
  WHISPERS,
} from './shared.ts';
import type { ActionSpec, FieldsSpec, Given, ValueSpec } from './spec.ts';

/** The guide allows 180 seconds at most, the page of the action sets no limit; a production instance had 300. */
const INPUT_SECONDS: ValueSpec = { kind: 'number', from: 1, to: 2_147_483_647, dynamic: true, doubtfulAbove: 180 };

const STORED: Given = { parameter: 'StoreInput', is: ['True'] };

const NUMBER_FORMAT = 'InputValidation.PhoneNumberValidation';

/** What stored input accepts; a phone number has these fields as well. */
const storedInput = (...phoneNumber: string[]): FieldsSpec => ({
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
          fields: {
            NumberFormat: { kind: 'word', oneOf: ['Local', 'E164'] },
            CountryCode: { kind: 'value', dynamic: false, pattern: '^[A-Z]{2}$', expected: 'two letters, such as JP' },
          },
          required: ['NumberFormat', ...phoneNumber],
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
  doubtfulAtLeastOne: [MESSAGE_KEYS],
});

/** A phone number cannot be encrypted. */
const ENCRYPTION: ValueSpec = {
  kind: 'object',
  fields: { EncryptionKeyId: TEXT_OR_REFERENCE, Key: TEXT_OR_REFERENCE },
  required: ['EncryptionKeyId', 'Key'],
};

/** The buffer for keys that are pressed before they are asked for: it is turned on, or stopped and emptied. */
const TOUCHTONE_BUFFER: FieldsSpec = {
  fields: { EnableDTMFBuffer: BOOLEAN, StoreInput: BOOLEAN, InputEncryption: ENCRYPTION },
  required: ['EnableDTMFBuffer'],
};

const WHERE_INPUT_IS_TAKEN = [...CONTACT_TRANSFERS_QUEUE, 'OUTBOUND_WHISPER'] as const;

/** Prompts of a loop; the last one is for a loop that is interrupted. */
const LOOP_PROMPTS: Record<string, ValueSpec> = {
  Messages: {
    kind: 'list',
    items: { kind: 'object', fields: MESSAGE, exactlyOne: [MESSAGE_KEYS] },
    minItems: 1,
  },
  ContinueMessagingDuringInterrupt: BOOLEAN,
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
    LexSessionAttributes: { kind: 'map', values: { kind: 'any' } },
    LexTimeoutSeconds: {
      kind: 'object',
      fields: { Text: { kind: 'number', from: 0, to: 2_147_483_647, dynamic: true } },
      open: true,
    },
  },
  exactlyOne: [
    ['LexV2Bot', 'LexBot'],
    [...MESSAGE_KEYS, 'LexInitializationData'],
  ],
  mistaken: { BotAliasArn: 'LexV2Bot', SessionAttributes: 'LexSessionAttributes' },
};

/**
 * Blocks that speak to a participant, listen to one, or disconnect one.
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
      adminGuide('play'),
      live('Text together with SSML: "Only one of these properties may be defined"', 'aicc'),
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
            ...LOOP_PROMPTS,
            InterruptFrequencySeconds: { kind: 'number', from: 1, to: 604_800, dynamic: true },
          },
          required: ['Messages'],
        },
        errors: { required: [], optional: ['NoMatchingError'] },
        conditions: { operators: ['Equals'], operands: ['MessagesInterrupted'], min: 1, max: 1 },
      },
      {
        parameters: { fields: LOOP_PROMPTS, required: ['Messages'] },
        errors: { required: [], optional: ['NoMatchingError'] },
      },
    ],
    sources: [
      doc('participant-actions-messageparticipantiteratively'),
      adminGuide('loop-prompts'),
      live(
        'the condition stands exactly where InterruptFrequencySeconds is set; NextAction may be missing',
        'flowAsCode',
      ),
      exports_('a published template of AWS has ContinueMessagingDuringInterrupt, which the guide describes'),
    ],
  },
  {
    type: 'GetParticipantInput',
    block: 'Get customer input / Store customer input / Set touchtone buffer behavior',
    flowTypes: WHERE_INPUT_IS_TAKEN,
    next: 'followed',
    forms: [
      {
        when: [{ parameter: 'EnableDTMFBuffer', is: true }],
        parameters: TOUCHTONE_BUFFER,
        errors: NO_MATCHING_ERROR,
      },
      {
        when: [STORED, { parameter: `${NUMBER_FORMAT}.NumberFormat`, is: ['Local'] }],
        parameters: storedInput('CountryCode'),
        errors: { required: ['NoMatchingError', 'InvalidPhoneNumber'] },
      },
      {
        when: [STORED, { parameter: NUMBER_FORMAT, is: true }],
        parameters: storedInput(),
        errors: { required: ['NoMatchingError', 'InvalidPhoneNumber'] },
      },
      {
        when: [STORED],
        parameters: { ...storedInput(), fields: { ...storedInput().fields, InputEncryption: ENCRYPTION } },
        errors: NO_MATCHING_ERROR,
      },
      {
        parameters: {
          fields: { ...MESSAGE, StoreInput: BOOLEAN, InputTimeLimitSeconds: INPUT_SECONDS },
          required: ['InputTimeLimitSeconds'],
          doubtfullyRequired: ['StoreInput'],
          atMostOne: [MESSAGE_KEYS],
          doubtfulAtLeastOne: [MESSAGE_KEYS],
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
      // Both allow outbound whispers since October 2025; the page above does not yet.
      adminGuide('get-customer-input'),
      adminGuide('store-customer-input'),
      adminGuide('set-touchtone-buffer-behavior'),
      live('a menu without one of its three errors, or with DTMFConfiguration or InputValidation, is refused', 'aicc'),
      live(
        'stored input with InputTimeLimitExceeded or NoMatchingCondition is refused',
        'pulumi',
        'aicc',
        'flowAsCode',
      ),
      live('without StoreInput, or without a prompt, the block is refused', 'aicc'),
      live('without StoreInput the block is taken as a menu', 'flowAsCode'),
      exports_('7 menus of a production instance have a time limit of 300 seconds'),
      exports_('29 stored and 10 menu inputs, all of these forms'),
    ],
  },
  {
    type: 'ConnectParticipantWithLexBot',
    block: 'Get customer input (Amazon Lex)',
    flowTypes: WHERE_INPUT_IS_TAKEN,
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
      // Allows outbound whispers since October 2025.
      adminGuide('get-customer-input'),
      live('both errors, a bot and one message are required; BotAliasArn and SessionAttributes are refused', 'aicc'),
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
    sources: [
      doc('participant-actions-disconnectparticipant'),
      adminGuide('disconnect-hang-up'),
      live('refused in whispers and holds', 'pulumi'),
    ],
  },
  {
    type: 'ShowView',
    block: 'Show view',
    flowTypes: unrestrictedAnd('CONTACT_FLOW'),
    doubtfulIn: everywhereBut(unrestrictedAnd('CONTACT_FLOW')),
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
            // The designer exports a limit that was left empty as undefined.
            InvocationTimeLimitSeconds: {
              kind: 'value',
              dynamic: true,
              pattern: '^([1-9][0-9]*|undefined)$',
              expected: 'a number of seconds',
            },
            ViewData: { kind: 'any', doubtfulEmptyTexts: true },
            SensitiveDataConfiguration: { kind: 'any' },
          },
          required: ['ViewResource', 'InvocationTimeLimitSeconds'],
        },
        errors: { required: ['NoMatchingCondition', 'NoMatchingError', 'TimeLimitExceeded'] },
        conditions: { operators: ['Equals'], min: 0 },
      },
    ],
    sources: [
      // Also allows customer queue flows, which the guide does not.
      doc('participant-actions-showview'),
      adminGuide('show-view-block'),
      live('an empty text in ViewData is refused', 'pulumi'),
      live('without the time limit or one of the three errors it is refused', 'flowAsCode'),
      exports_('ViewData of published guides contains empty texts'),
    ],
  },
];
