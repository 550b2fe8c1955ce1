import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { arnParts } from './function-arn.ts';

/** What a function gives up by itself. */
interface GivenUp {
  /** What the function was to do, as it can be handed to it again. */
  payload: unknown;
  error: Error;
}

/** The stage's dead-letter queue. */
export interface DeadLetters {
  send(letter: GivenUp): Promise<void>;
}

/**
 * Dead letters in the form in which Lambda writes those of a function that failed for good, so that whatever reads the queue
 * reads these too.
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
