import {
  BOOLEAN,
  CONTACT_AND_TRANSFERS,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  EVERYWHERE,
  exports_,
  live,
  NO_ERRORS,
  NO_MATCHING_ERROR,
  NO_PARAMETERS,
  OPEN_FORM,
  QUEUE_OR_AGENT,
  resource,
  unrestrictedAnd,
  WHISPERS,
} from './shared.ts';
import type { ActionForm, ActionSpec } from './spec.ts';

const NUMBER_OPERATORS = ['NumberGreaterThan', 'NumberGreaterOrEqualTo', 'NumberLessThan', 'NumberLessOrEqualTo'];

const AGENT_METRICS = ['NumberOfAgentsAvailable', 'NumberOfAgentsStaffed', 'NumberOfAgentsOnline'];

/**
 * Every operator of a condition; each takes exactly one operand.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/flow-language-actions.html
 */
const OPERATORS: readonly string[] = [
  'Equals',
  'TextStartsWith',
  'TextEndsWith',
  'TextContains',
  ...NUMBER_OPERATORS,
  // Not documented; the service takes it on Compare.
  'KeyExists',
];

type WaitEvent = 'BotParticipantDisconnected' | 'CustomerReturned';

/** A wait that these events end early; each has a branch of its own. */
const waitForm = (...events: WaitEvent[]): ActionForm => ({
  when: events.map((event) => ({ parameter: 'Events', is: [event] })),
  parameters: {
    fields: {
      TimeLimitSeconds: { kind: 'number', from: 1, to: 604_800, dynamic: true },
      Events: { kind: 'list', items: { kind: 'word', oneOf: ['CustomerReturned', 'BotParticipantDisconnected'] } },
      ContinueExecution: BOOLEAN,
    },
    required: ['TimeLimitSeconds'],
  },
  errors: {
    required: ['NoMatchingError', ...(events.includes('BotParticipantDisconnected') ? ['ParticipantNotFound'] : [])],
  },
  conditions: {
    operators: ['Equals'],
    operands: ['WaitCompleted', ...events],
    requiredOperands: ['WaitCompleted', ...events],
    min: 1 + events.length,
    max: 1 + events.length,
  },
});

/**
 * Blocks that decide where a flow goes on.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/flow-control-actions.html
 */
export const FLOW_CONTROL_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'Compare',
    block: 'Check contact attributes',
    flowTypes: EVERYWHERE,
    next: 'written',
    forms: [
      {
        parameters: { fields: { ComparisonValue: { kind: 'reference' } }, required: ['ComparisonValue'] },
        errors: { required: ['NoMatchingCondition'] },
        conditions: { operators: OPERATORS, min: 1 },
      },
    ],
    sources: [
      doc('flow-control-actions-compare'),
      // https://docs.aws.amazon.com/connect/latest/adminguide/check-contact-attributes.html: conditions can be dynamic.
      exports_('2 published flows compare with a reference'),
      live('a literal, a bare namespace, NoMatchingError, or no NextAction is refused'),
    ],
  },
  {
    type: 'CheckHoursOfOperation',
    block: 'Check hours of operation',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'written',
    forms: [
      {
        parameters: { fields: { HoursOfOperationId: resource('hours of operation') } },
        errors: NO_MATCHING_ERROR,
        conditions: {
          operators: ['Equals'],
          operands: ['True', 'False'],
          requiredOperands: ['True', 'False'],
          min: 2,
          max: 2,
        },
      },
    ],
    sources: [
      doc('flow-control-actions-checkhoursofoperation'),
      live('NoMatchingCondition is refused'),
      exports_('2 of 3 leave the id out: then the hours of the working queue count'),
    ],
  },
  {
    type: 'CheckMetricData',
    block: 'Check staffing / Check queue status',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'written',
    forms: [
      {
        when: [{ parameter: 'MetricType', is: AGENT_METRICS }],
        parameters: {
          fields: { MetricType: { kind: 'word', oneOf: AGENT_METRICS }, ...QUEUE_OR_AGENT },
          required: ['MetricType'],
          atMostOne: [['QueueId', 'AgentId']],
        },
        errors: { required: ['NoMatchingCondition', 'NoMatchingError'] },
        conditions: { operators: ['NumberGreaterThan'], operands: ['0'], min: 1, max: 1 },
      },
      {
        parameters: {
          fields: {
            MetricType: {
              kind: 'word',
              oneOf: [...AGENT_METRICS, 'OldestContactInQueueAgeSeconds', 'NumberOfContactsInQueue'],
            },
            ...QUEUE_OR_AGENT,
          },
          required: ['MetricType'],
          atMostOne: [['QueueId', 'AgentId']],
        },
        errors: { required: ['NoMatchingCondition', 'NoMatchingError'] },
        conditions: { operators: ['Equals', ...NUMBER_OPERATORS], min: 1 },
      },
    ],
    sources: [
      doc('flow-control-actions-checkmetricdata'),
      live('both errors are required for every metric; agent metrics take "greater than 0" only'),
      live('the operand of OldestContactInQueueAgeSeconds is in milliseconds'),
    ],
  },
  {
    type: 'GetMetricData',
    block: 'Get metrics',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            ...QUEUE_OR_AGENT,
            // The page has Voice and Chat; Task and Email are channels, too, and nobody saw them refused.
            QueueChannel: { kind: 'word', oneOf: ['Voice', 'Chat', 'Task', 'Email'], dynamic: true },
          },
          atMostOne: [['QueueId', 'AgentId']],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('flow-control-actions-getmetricdata')],
  },
  {
    type: 'DistributeByPercentage',
    block: 'Distribute by percentage',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'written',
    forms: [
      {
        parameters: NO_PARAMETERS,
        errors: { required: ['NoMatchingCondition'] },
        conditions: {
          operators: ['NumberLessThan'],
          operandPattern: '^([1-9]\\d?|10[01])$',
          operandExpected: 'a percentage, cumulative, plus one',
          min: 1,
          max: 100,
        },
      },
    ],
    sources: [doc('flow-control-actions-distributebypercentage')],
  },
  {
    type: 'Loop',
    block: 'Loop',
    flowTypes: EVERYWHERE,
    next: 'written',
    forms: [
      {
        parameters: {
          fields: { LoopCount: { kind: 'number', from: 0, to: 100, dynamic: true } },
          required: ['LoopCount'],
        },
        errors: { required: [], optional: ['NoMatchingError'] },
        conditions: {
          operators: ['Equals'],
          operands: ['ContinueLooping', 'DoneLooping'],
          requiredOperands: ['ContinueLooping', 'DoneLooping'],
          min: 2,
          max: 2,
        },
      },
    ],
    sources: [doc('flow-control-actions-loop'), exports_('22 of 22 have NextAction, both conditions, and no errors')],
  },
  {
    type: 'Wait',
    block: 'Wait',
    flowTypes: EVERYWHERE,
    next: 'written',
    forms: [
      {
        when: [{ parameter: 'ContinueExecution', is: ['True'] }],
        parameters: {
          fields: {
            TimeLimitSeconds: { kind: 'number', from: 1, to: 604_800, dynamic: true },
            ContinueExecution: BOOLEAN,
            MinimumWaitTimeSeconds: { kind: 'value', dynamic: true },
          },
          required: ['TimeLimitSeconds', 'MinimumWaitTimeSeconds'],
        },
        errors: NO_MATCHING_ERROR,
        conditions: {
          operators: ['Equals'],
          operands: ['Continue', 'WaitCompleted'],
          requiredOperands: ['Continue', 'WaitCompleted'],
          min: 2,
          max: 2,
        },
      },
      waitForm('BotParticipantDisconnected', 'CustomerReturned'),
      waitForm('BotParticipantDisconnected'),
      waitForm('CustomerReturned'),
      waitForm(),
    ],
    sources: [
      doc('flow-control-actions-wait'),
      live('TimeoutSeconds, as the page has it, is refused'),
      live('ContinueExecution, which the page leaves out, asks for MinimumWaitTimeSeconds and the answer Continue'),
    ],
  },
  {
    type: 'TransferToFlow',
    block: 'Transfer to flow',
    flowTypes: CONTACT_AND_TRANSFERS,
    next: 'written',
    forms: [
      {
        parameters: { fields: { ContactFlowId: resource('flow') }, required: ['ContactFlowId'] },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('flow-control-actions-transfertoflow'), exports_('39 of 39 have NextAction, not taken on success')],
  },
  {
    type: 'EndFlowExecution',
    block: 'End flow / Resume',
    flowTypes: [...unrestrictedAnd('CONTACT_FLOW', 'CUSTOMER_QUEUE'), ...WHISPERS],
    next: 'none',
    forms: [{ parameters: NO_PARAMETERS, errors: NO_ERRORS }],
    sources: [
      doc('flow-control-actions-endflowexecution'),
      // https://docs.aws.amazon.com/connect/latest/adminguide/end-flow-resume.html says the same.
      exports_('2 published contact flows have it, against the page; there it hangs up'),
    ],
  },
  {
    type: 'UpdateFlowAttributes',
    block: 'Set contact attributes (flow)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            FlowAttributes: {
              kind: 'map',
              values: {
                kind: 'object',
                fields: { Value: { kind: 'any' }, Type: { kind: 'word', oneOf: ['String'] } },
                required: ['Value'],
                open: true,
              },
              keyPattern: '^[^$.]+$',
              keyExpected: 'a name without $ and .',
            },
          },
          required: ['FlowAttributes'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('flow-control-actions-updateflowattributes'), live('NoMatchingError is required')],
  },
  {
    type: 'UpdateFlowLoggingBehavior',
    block: 'Set logging behavior',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { FlowLoggingBehavior: { kind: 'word', oneOf: ['Enabled', 'Disabled'] } },
          required: ['FlowLoggingBehavior'],
        },
        errors: NO_ERRORS,
      },
    ],
    sources: [doc('flow-control-actions-updateflowloggingbehavior'), exports_('38 of 38 have no errors')],
  },
  {
    type: 'CheckOutboundCallStatus',
    block: 'Check call progress',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: NO_PARAMETERS,
        errors: NO_MATCHING_ERROR,
        conditions: {
          operators: ['Equals'],
          operands: ['CallAnswered', 'VoicemailBeep', 'VoicemailNoBeep', 'NotDetected'],
          min: 0,
          max: 4,
        },
      },
    ],
    sources: [doc('flow-control-actions-checkoutboundcallstatus')],
  },
  {
    type: 'UpdateContactRoutingCriteria',
    block: 'Set routing criteria',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: { fields: { RoutingCriteria: { kind: 'any' } }, required: ['RoutingCriteria'], open: true },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('flow-control-actions-updateroutingcriteria'), live('the page calls it UpdateRoutingCriteria')],
  },
  {
    type: 'EvaluateDataTableValues',
    block: 'Data table',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [OPEN_FORM],
    sources: [live('seen in an export of all blocks; its parameters are not known')],
  },
];
