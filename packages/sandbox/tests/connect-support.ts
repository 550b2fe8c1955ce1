import type { FlowDocument } from 'connect-flow-kit';
import {
  equals,
  errors,
  flowOf,
  loop,
  say,
  setHook,
  setQueue,
  setVoice,
  TRANSFER,
} from 'connect-flow-kit/flow-builder';
import type { ConnectOptions } from '../connect/connect-options.ts';
import { type ConnectModel, createConnectModel } from '../connect/model.ts';

export const INSTANCE = '00000000-0000-4000-8000-000000000001';
export const INSTANCE_ARN = `arn:aws:connect:ap-northeast-1:123456789012:instance/${INSTANCE}`;
export const QUEUE = '00000000-0000-4000-8000-00000000a001';
export const OTHER_QUEUE = '00000000-0000-4000-8000-00000000a002';
export const QUEUE_ARN = `${INSTANCE_ARN}/queue/${QUEUE}`;
export const FLOW = '00000000-0000-4000-8000-00000000f001';
export const QUEUE_FLOW = '00000000-0000-4000-8000-00000000f002';
export const NOWHERE = '00000000-0000-4000-8000-00000000dead';
export const CUSTOMER = '+819012345678';
export const SOURCE = '+815000000000';

/** Thanks, reads the inquiry back where there is one, and transfers. */
export const GREETING_FLOW: FlowDocument = flowOf(
  setVoice('Kazuha', 'Neural'),
  setHook('CustomerQueue', `${INSTANCE_ARN}/contact-flow/${QUEUE_FLOW}`),
  say('いつもKARTEをご利用いただきありがとうございます。', { Identifier: 'Thank' }),
  {
    Type: 'Compare',
    Parameters: { ComparisonValue: '$.Attributes.has_inquiry_type' },
    Transitions: {
      Conditions: equals({ true: 'Read inquiry' }),
      Errors: errors({ NoMatchingCondition: 'Announce agent' }),
    },
  },
  say('$.Attributes.inquiry_type', { Identifier: 'Read inquiry' }),
  say('のお問い合わせですね。オペレーターにおつなぎします。', { Transitions: { NextAction: 'Set queue' } }),
  say('オペレーターにおつなぎします。', { Identifier: 'Announce agent' }),
  { ...setQueue('$.Attributes.queue_arn'), Identifier: 'Set queue' },
  { ...TRANSFER, Identifier: 'Transfer', Transitions: { Errors: errors({ NoMatchingError: 'Apologise' }) } },
  say('申し訳ございません。ただいまお電話が大変混み合っております。', { Identifier: 'Apologise' }),
);

/** Asks for patience as long as the visitor waits. */
const WAITING_FLOW: FlowDocument = flowOf({
  ...loop([
    { Text: 'ただいまオペレーターにおつなぎしております。' },
    { Text: 'お待たせしております。もうしばらくお待ちください。' },
  ]),
  Identifier: 'Keep waiting',
});

/** What the call path sends along with a call. */
export const ATTRIBUTES = {
  user_type: 'member',
  has_inquiry_type: 'true',
  inquiry_type: '料金について',
  queue_arn: QUEUE_ARN,
};

export const REQUEST = {
  InstanceId: INSTANCE,
  ContactFlowId: FLOW,
  DestinationPhoneNumber: CUSTOMER,
  SourcePhoneNumber: SOURCE,
  Attributes: ATTRIBUTES,
};

/** An instance with two flows and two queues, a thousand times faster than real time. */
export function testModel(options: Partial<ConnectOptions> = {}): ConnectModel {
  return createConnectModel({
    instanceId: INSTANCE,
    region: 'ap-northeast-1',
    accountId: '123456789012',
    sourcePhoneNumbers: [SOURCE],
    queues: [
      { id: QUEUE, name: 'support' },
      { id: OTHER_QUEUE, name: 'sales' },
    ],
    flows: new Map([
      [FLOW, { name: 'greeting', type: 'CONTACT_FLOW', document: GREETING_FLOW }],
      [QUEUE_FLOW, { name: 'waiting', type: 'CUSTOMER_QUEUE', document: WAITING_FLOW }],
    ]),
    speed: 1_000,
    ...options,
  });
}
