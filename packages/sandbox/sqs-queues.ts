import { createHash, randomUUID } from 'node:crypto';
import { awsJsonEndpoint, type ServiceRefusal } from './aws-json.ts';
import { createTimers } from './connect/timers.ts';
import { MessageNotInflight, type QueueOperations } from './local-dead-letters.ts';
import type { LocalFunctions } from './local-functions.ts';
import type { FunctionQueue } from './service.ts';

/** A message that waits for its delivery or was given up. */
interface Message {
  queueName: string;
  messageId: string;
  body: string;
  /** How often it was delivered. */
  receives: number;
}

/** The queues that functions read, in memory. */
export interface LocalQueues {
  /** SendMessage. Throws where there is no such queue. */
  send(queueName: string, body: string, delaySeconds?: number): Message;
  /** Messages of a queue that were not delivered yet. */
  waiting(queueName: string): number;
  /** Messages the function failed on so often that they were given up. */
  deadLetters: readonly Message[];
  /** Drops every message. */
  close(): void;
}

/** There is no queue of that name. */
class QueueDoesNotExist extends Error {
  override readonly name = 'QueueDoesNotExist';
}

/**
 * Standard queues, each read by one function with a batch of one. A message that the function failed on comes again after
 * the visibility time-out.
 *
 * @param speed delays and visibility time-outs are divided by it
 */
export function localQueues(
  queues: readonly FunctionQueue[],
  functions: Pick<LocalFunctions, 'invoke'>,
  speed: number,
): LocalQueues {
  const timers = createTimers(speed);
  const deadLetters: Message[] = [];
  const waiting = new Set<Message>();

  async function deliver(queue: FunctionQueue, message: Message): Promise<void> {
    message.receives += 1;
    try {
      await functions.invoke(queue.function, { Records: [recordOf(queue, message)] });
    } catch {
      // The function has logged why; close() leaves the message undelivered.
      if (message.receives >= queue.maxReceiveCount) deadLetters.push(message);
      else deliverAfter(queue, message, queue.visibilitySeconds);
    }
  }

  function deliverAfter(queue: FunctionQueue, message: Message, seconds: number): void {
    waiting.add(message);
    timers.after(seconds, () => {
      waiting.delete(message);
      void deliver(queue, message);
    });
  }

  return {
    deadLetters,
    waiting: (name) => [...waiting].filter(({ queueName }) => queueName === name).length,
    send(queueName, body, delaySeconds = 0) {
      const queue = queues.find(({ name }) => name === queueName);
      if (!queue) throw new QueueDoesNotExist(`there is no queue ${queueName}`);
      const message = { queueName, messageId: randomUUID(), body, receives: 0 };
      deliverAfter(queue, message, delaySeconds);
      return message;
    },
    close: () => timers.close(),
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const recordOf = ({ name }: FunctionQueue, { messageId, body, receives }: Message) => ({
  messageId,
  receiptHandle: randomUUID(),
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(Date.now()),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(Date.now()),
  },
  messageAttributes: {},
  md5OfBody: md5(body),
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:ap-northeast-1:000000000000:${name}`,
  awsRegion: 'ap-northeast-1',
});

/** The SDK checks that the service has understood the body. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * SQS' SendMessage, of the queue's URL only the name counts; and what people do with dead letters.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const queuesEndpoint = (queues: LocalQueues, deadLetters: QueueOperations) =>
  awsJsonEndpoint({
    target: 'AmazonSQS',
    version: '1.0',
    isRefusal: (error): error is ServiceRefusal =>
      error instanceof QueueDoesNotExist || error instanceof MessageNotInflight,
    operations: {
      ...deadLetters,
      SendMessage(message) {
        const { QueueUrl, MessageBody, DelaySeconds = 0 } = message;
        const name = String(QueueUrl).split('/').at(-1) ?? '';
        if (/-dead-letters$/.test(name)) return deadLetters.SendMessage?.(message);
        const { messageId, body } = queues.send(name, String(MessageBody), Number(DelaySeconds));
        return { MessageId: messageId, MD5OfMessageBody: md5(body) };
      },
    },
  });
