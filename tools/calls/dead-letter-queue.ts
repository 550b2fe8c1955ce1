import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { ClientOptions } from './client-options.ts';
import { type DeadLetter, deadLetterOf } from './dead-letter.ts';

/** The stage's dead letters, and the targets their contents were meant for. */
export interface DeadLetterQueue {
  /**
   * Reads every letter and passes them to a callback. Meanwhile no other reader sees them; those that are not deleted are back
   * in the queue afterwards.
   */
  whileReading<T>(work: (letters: readonly DeadLetter[]) => Promise<T>, told?: (count: number) => void): Promise<T>;
  delete(letter: DeadLetter): Promise<void>;
  /** Starts an execution of the stage's state machine with a KARTE event. */
  start(event: unknown): Promise<void>;
  /** Invokes a function with an event as its rule would. */
  invoke(functionName: string, payload: unknown): Promise<void>;
  close(): void;
}

/** Longer than any command takes. */
const HIDDEN_SECONDS = 120;

/**
 * @param prefix of the stage's resource names, such as `karte-connect-call-dev`
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export async function deadLetterQueue({
  prefix,
  stateMachineName,
  optionsOf,
}: {
  prefix: string;
  stateMachineName: string;
  optionsOf: (service: string) => ClientOptions;
}): Promise<DeadLetterQueue> {
  // The queue's URL names the AWS endpoint, not the one of a local stack.
  const sqs = new SQSClient({ ...optionsOf('sqs'), useQueueUrlAsEndpoint: false });
  const states = new SFNClient(optionsOf('states'));
  const lambda = new LambdaClient(optionsOf('lambda'));
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: `${prefix}-dead-letters` }));
  const receipts = new Map<string, string>();

  async function receive(told: (count: number) => void): Promise<DeadLetter[]> {
    const messages = new Map<string, Message>();
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: HIDDEN_SECONDS,
          // Long polling asks all servers of the queue; without it, an empty response proves nothing.
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['SentTimestamp'],
          MessageAttributeNames: ['All'],
        }),
      );
      const isNew = Messages.some(({ MessageId = '' }) => !messages.has(MessageId));
      for (const message of Messages) {
        messages.set(message.MessageId ?? '', message);
        receipts.set(message.MessageId ?? '', message.ReceiptHandle ?? '');
      }
      told(messages.size);
      if (!isNew) break;
    }
    return [...messages.values()]
      .map(({ MessageId = '', Body = '', Attributes, MessageAttributes = {} }) =>
        deadLetterOf({
          id: MessageId,
          sentAt: new Date(Number(Attributes?.SentTimestamp)).toISOString(),
          body: Body,
          attributes: Object.fromEntries(
            Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
          ),
        }),
      )
      .sort((a, b) => a.sentAt.localeCompare(b.sentAt));
  }

  return {
    async whileReading(work, told = () => undefined) {
      try {
        return await work(await receive(told));
      } finally {
        for (const ReceiptHandle of receipts.values()) {
          await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
        }
        receipts.clear();
      }
    },

    async delete({ id }) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipts.get(id) }));
      receipts.delete(id);
    },

    async start(event) {
      const { region } = optionsOf('states');
      await states.send(
        new StartExecutionCommand({
          stateMachineArn: `arn:${partitionOf(QueueUrl)}:states:${region}:${accountOf(QueueUrl)}:stateMachine:${stateMachineName}`,
          name: `redriven_${randomUUID()}`,
          input: JSON.stringify(event),
        }),
      );
    },

    async invoke(functionName, payload) {
      await lambda.send(
        new InvokeCommand({
          FunctionName: functionName,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify(payload)),
        }),
      );
    },

    close() {
      for (const client of [sqs, states, lambda]) client.destroy();
    },
  };
}

/** `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`: the account of the queue is that of the state machine. */
const accountOf = (queueUrl: string): string => queueUrl.split('/').at(-2) ?? '';

const partitionOf = (queueUrl: string): string =>
  new URL(queueUrl).hostname.endsWith('.amazonaws.com.cn') ? 'aws-cn' : 'aws';
