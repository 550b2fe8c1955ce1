import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';

/** A subscriber of a topic, confirmed or not. */
export interface TopicSubscription {
  /** `email`, `sms`, `https`, `lambda` … */
  protocol: string;
  /** An address, a number, a URL, the ARN of a function. */
  endpoint: string;
  isConfirmed: boolean;
}

/** SNS's placeholder for the ARN of an unconfirmed subscription. */
const PENDING = 'PendingConfirmation';

/** All subscriptions of a topic. @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
export async function subscriptionsOfTopic(client: SNSClient, TopicArn: string): Promise<TopicSubscription[]> {
  const found: TopicSubscription[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
    for (const { Protocol = '', Endpoint = '', SubscriptionArn } of Subscriptions) {
      found.push({ protocol: Protocol, endpoint: Endpoint, isConfirmed: SubscriptionArn !== PENDING });
    }
  }
  return found;
}
