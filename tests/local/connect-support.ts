import { readFileSync } from 'node:fs';
import type { FlowDocument } from '../../local/connect/flow-walker.ts';
import { type ConnectModel, type ConnectOptions, createConnectModel } from '../../local/connect/model.ts';

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

/** A flow of contact-flows/, its references to other flows filled in. */
export function repositoryFlow(name: string): FlowDocument {
  const text = readFileSync(new URL(`../../contact-flows/${name}.json`, import.meta.url), 'utf8');
  const filled = text.replaceAll('${CallMeQueueContactFlow}', `${INSTANCE_ARN}/contact-flow/${QUEUE_FLOW}`);
  return JSON.parse(filled) as FlowDocument;
}

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

/** An instance with the repository's flows and two queues, a thousand times faster than life. */
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
      [FLOW, { name: 'call-me', type: 'CONTACT_FLOW', document: repositoryFlow('call-me') }],
      [QUEUE_FLOW, { name: 'call-me-queue', type: 'CUSTOMER_QUEUE', document: repositoryFlow('call-me-queue') }],
    ]),
    speed: 1_000,
    ...options,
  });
}
