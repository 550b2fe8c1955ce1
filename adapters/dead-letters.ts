import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { arnParts } from './function-arn.ts';

/** Work that a function itself gives up. */
interface GivenUp {
  /** The function's input, with which it can be invoked again. */
  payload: unknown;
  error: Error;
}

/** The stage's dead-letter queue. */
export interface DeadLetters {
  send(letter: GivenUp): Promise<void>;
}

/**
 * Writes dead letters in Lambda's own format for functions that failed for good, so that readers of the queue understand them, too.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function sqsDeadLetters(functionArn: string, client: SQSClient): DeadLetters {
  const { region, account, name } = arnParts(functionArn);
  const queueName = name.replace(/[A-Za-z]+$/, 'dead-letters');
  return {
    async send({ payload, error }) {
      const body = {
        version: '1.0',
        requestContext: { functionArn, condition: 'GivenUp' },
        requestPayload: payload,
        responsePayload: { errorType: error.name, errorMessage: error.message },
      };
      await client.send(
        new SendMessageCommand({
          QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${queueName}`,
          MessageBody: JSON.stringify(body),
        }),
      );
    },
  };
}
