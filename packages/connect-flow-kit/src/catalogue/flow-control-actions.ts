import {
  adminGuide,
  CONTACT_AND_TRANSFERS,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  EVERYWHERE,
  exports_,
  HOLDS,
  live,
  NO_ERRORS,
  NO_MATCHING_ERROR,
  NO_PARAMETERS,
  QUEUE_OR_AGENT,
  resource,
  TRANSFERS,
  unrestrictedAnd,
  WHISPERS,
} from './shared.ts';
import type { ActionSpec } from './spec.ts';
import { WAIT_ACTION } from './wait-action.ts';

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
  // Not documented; the service accepts it in Compare.
  'KeyExists',
];

/**
 * Blocks that decide where a flow continues.
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
      // Says that conditions can be dynamic.
      adminGuide('check-contact-attributes'),
      exports_('2 published flows compare with a reference'),
      live('a literal, a bare namespace, NoMatchingError, or no NextAction is refused', 'pulumi', 'aicc'),
    ],
  },
  {
    type: 'CheckHoursOfOperation',
    block: 'Check hours of operation',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'written',
    forms: [
      {
        parameters: {
          fields: { HoursOfOperationId: resource('hours of operation') },
          mistaken: { HoursId: 'HoursOfOperationId', HoursOfOperation: 'HoursOfOperationId' },
          // Checking overrides too.
          open: 'doubtful',
          refused: ['CheckOverride'],
        },
        errors: NO_MATCHING_ERROR,
        conditions: {
          operators: ['Equals'],
          operands: ['True', 'False'],
          requiredOperands: ['True', 'False'],
          doubtfulOthers: true,
          min: 2,
        },
      },
    ],
    sources: [
      doc('flow-control-actions-checkhoursofoperation'),
      // Has branches for overrides, which the page above and a live test do not have.
      adminGuide('check-hours-of-operation'),
      live('NoMatchingCondition is refused, and so is a check without both answers', 'aicc'),
      live('there are no branches other than True and False, and no parameter CheckOverride', 'pulumi'),
      exports_('2 of 3 leave the id out: then the hours of the working queue are checked'),
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
      adminGuide('check-staffing'),
      adminGuide('check-queue-status'),
      live('both errors are required for every metric; agent metrics take "greater than 0" only', 'pulumi', 'aicc'),
      live('300 seconds are exported as 300000: OldestContactInQueueAgeSeconds is in milliseconds', 'flowAsCode'),
    ],
  },
  {
    type: 'GetMetricData',
    block: 'Get metrics / Get queue metrics',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            ...QUEUE_OR_AGENT,
            // The page has Voice and Chat; Task and Email are channels, too, and have not been seen refused.
            QueueChannel: { kind: 'word', oneOf: ['Voice', 'Chat', 'Task', 'Email'], dynamic: true },
          },
          atMostOne: [['QueueId', 'AgentId']],
          open: 'doubtful',
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      doc('flow-control-actions-getmetricdata'),
      // Has a setting for metrics of the contact, without its name in the flow language.
      adminGuide('get-queue-metrics'),
    ],
  },
  {
    type: 'DistributeByPercentage',
    block: 'Distribute by percentage',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    doubtfulIn: ['OUTBOUND_WHISPER'],
    next: 'written',
    forms: [
      {
        parameters: NO_PARAMETERS,
        errors: { required: ['NoMatchingCondition'] },
        conditions: {
          operators: ['NumberLessThan'],
          operandPattern: '^([1-9]\\d?|10[01])$',
          operandExpected: 'a number from 1 to 101, the percentages up to here added up, plus one',
          min: 1,
          max: 100,
        },
      },
    ],
    sources: [
      doc('flow-control-actions-distributebypercentage'),
      // Allows outbound whispers, which the page above does not.
      adminGuide('distribute-by-percentage'),
      live(
        'the operator is NumberLessThan, not NumericLessThan; NoMatchingCondition is required',
        'flowAsCode',
        'aicc',
      ),
    ],
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
          mistaken: { Count: 'LoopCount', MaxLoops: 'LoopCount', NumberOfLoops: 'LoopCount' },
          // The loop's name, and a list to iterate over instead of a count.
          open: 'doubtful',
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
    sources: [
      doc('flow-control-actions-loop'),
      // Names loops, and loops over lists; no source says how the language writes either.
      adminGuide('loop'),
      live(
        'NextAction is required besides both conditions; NoMatchingError may be there',
        'pulumi',
        'aicc',
        'flowAsCode',
      ),
      exports_('22 of 22 have NextAction and both conditions'),
    ],
  },
  WAIT_ACTION,
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
    sources: [
      doc('flow-control-actions-transfertoflow'),
      adminGuide('transfer-to-flow'),
      exports_('39 of 39 have NextAction, not taken on success'),
    ],
  },
  {
    type: 'EndFlowExecution',
    block: 'End flow / Resume',
    flowTypes: [...unrestrictedAnd('CONTACT_FLOW', 'CUSTOMER_QUEUE'), ...WHISPERS],
    doubtfulIn: [...HOLDS, ...TRANSFERS],
    next: 'none',
    forms: [{ parameters: NO_PARAMETERS, errors: NO_ERRORS }],
    sources: [
      // Allows whispers and customer queue flows; the guide allows every type of flow.
      doc('flow-control-actions-endflowexecution'),
      adminGuide('end-flow-resume'),
      exports_('2 published contact flows have it, contrary to the page; there it hangs up'),
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
    sources: [doc('flow-control-actions-updateflowattributes'), live('NoMatchingError is required', 'pulumi')],
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
          mistaken: { LoggingBehavior: 'FlowLoggingBehavior' },
        },
        errors: NO_ERRORS,
      },
    ],
    sources: [
      doc('flow-control-actions-updateflowloggingbehavior'),
      live('LoggingBehavior is refused', 'aicc'),
      exports_('38 of 38 have no errors'),
    ],
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
    sources: [
      doc('flow-control-actions-checkoutboundcallstatus'),
      adminGuide('check-call-progress'),
      live('NoMatchingError is required', 'aicc'),
    ],
  },
  {
    type: 'UpdateContactRoutingCriteria',
    block: 'Set routing criteria',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'followed',
    forms: [
      {
        parameters: { fields: { RoutingCriteria: { kind: 'any' } }, required: ['RoutingCriteria'], open: 'doubtful' },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      doc('flow-control-actions-updateroutingcriteria'),
      adminGuide('set-routing-criteria'),
      live('UpdateRoutingCriteria, as the page calls it, is refused', 'pulumi', 'aicc'),
    ],
  },
];
