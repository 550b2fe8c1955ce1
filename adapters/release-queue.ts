import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { arnParts } from './function-arn.ts';
import { PATIENCE } from './patience.ts';

/** What the release function is told. */
export interface ReleaseMessage {
  /** The tick of the chain this message is (epoch milliseconds); without one it is a nudge from outside the chain. */
  tickAt?: number;
}

/** Wakes the release function now or a little later. */
export interface ReleaseQueue {
  send(message: ReleaseMessage, delaySeconds: number): Promise<void>;
}

/**
 * One for all invocations of a function: a client of each would open a connection of its own (`AWS_ENDPOINT_URL_SQS` is
 * honoured).
 */
export const sqsClient = (): SQSClient =>
  // The queue's URL names the service's own endpoint, which is not where a local stack listens.
  new SQSClient({ ...PATIENCE, useQueueUrlAsEndpoint: false });

/** The queue in Amazon SQS, in the account and region of the calling function. */
export function sqsReleaseQueue(functionArn: string | undefined, queueName: string, client: SQSClient): ReleaseQueue {
  const { region, account } = arnParts(functionArn);
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${queueName}`;
  return {
    async send(message, delaySeconds) {
      await client.send(
        new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message), DelaySeconds: delaySeconds }),
      );
    },
  };
}
