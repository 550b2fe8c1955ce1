import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { arnParts } from './function-arn.ts';
import { PATIENCE } from './patience.ts';

/** Message to the release function. */
export interface ReleaseMessage {
  /** The tick of the chain that this message is (epoch milliseconds); without one it is a nudge from outside the chain. */
  tickAt?: number;
}

/** Wakes the release function now or a little later. */
export interface ReleaseQueue {
  send(message: ReleaseMessage, delaySeconds: number): Promise<void>;
}

/**
 * One client for all invocations of a function, so that they share a connection (`AWS_ENDPOINT_URL_SQS` is honoured).
 */
export const sqsClient = (): SQSClient =>
  // The queue's URL names the AWS endpoint, not the one of a local stack.
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
