import { createHash, randomUUID } from 'node:crypto';
import type { DeadLetter } from './event-bus.ts';
import type { Service } from './service.ts';

/** Amazon SQS' operations on the stage's dead-letter queue: reading, returning and deleting messages. */
export type QueueOperations = Record<string, (body: Record<string, unknown>) => unknown>;

const ACCOUNT = '000000000000';

/** The message was deleted. */
export class MessageNotInflight extends Error {
  override readonly name = 'MessageNotInflight';
}

/**
 * The dead-letter queue of the local stack, as EventBridge and Lambda fill the stage's: the event with the reason in
 * attributes, or the record of a function that failed.
 *
 * @param letters of the stack; deleted ones are removed
 * @param url of the stack
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function deadLetterOperations(letters: DeadLetter[], service: Service, url: string): QueueOperations {
  const prefix = service.stateMachine.name.replace(/call-request$/, '');
  const { region } = service.stage.file;
  const queueName = `${prefix}dead-letters`;
  const ids = new WeakMap<DeadLetter, string>();
  const hiddenUntil = new Map<string, number>();

  const idOf = (letter: DeadLetter): string => {
    const id = ids.get(letter) ?? randomUUID();
    ids.set(letter, id);
    return id;
  };
  const arn = (name: string) => `arn:aws:lambda:${region}:${ACCOUNT}:function:${prefix}${name}`;

  function messageOf(letter: DeadLetter) {
    const { event, errorCode, errorMessage, function: name } = letter;
    const body = JSON.stringify(
      name === undefined
        ? event
        : {
            version: '1.0',
            requestContext: { functionArn: `${arn(name)}:$LATEST`, condition: 'RetriesExhausted' },
            requestPayload: event,
            responsePayload: { errorType: errorCode, errorMessage },
          },
    );
    const attributes = {
      TARGET_ARN: `arn:aws:states:${region}:${ACCOUNT}:stateMachine:${service.stateMachine.name}`,
      ERROR_CODE: errorCode,
      ERROR_MESSAGE: errorMessage,
    };
    const id = idOf(letter);
    return {
      MessageId: id,
      ReceiptHandle: id,
      Body: body,
      MD5OfBody: createHash('md5').update(body).digest('hex'),
      Attributes: { SentTimestamp: String(letter.at) },
      ...(name === undefined && {
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: 'String', StringValue }]),
        ),
      }),
    };
  }

  return {
    /** A function gives up by itself, in the form of Lambda's own letters. */
    SendMessage({ MessageBody }) {
      const body = String(MessageBody);
      const { requestContext, requestPayload, responsePayload } = JSON.parse(body);
      const { errorType, errorMessage } = responsePayload;
      const name = String(requestContext.functionArn).split('-').at(-1) ?? '';
      const letter = { event: requestPayload, errorCode: errorType, errorMessage, function: name, at: Date.now() };
      letters.push(letter);
      return { MessageId: idOf(letter), MD5OfMessageBody: createHash('md5').update(body).digest('hex') };
    },

    GetQueueUrl: () => ({ QueueUrl: `${url}/aws/sqs/${ACCOUNT}/${queueName}` }),

    ReceiveMessage({ MaxNumberOfMessages = 1, VisibilityTimeout = 30 }) {
      const now = Date.now();
      const visible = letters.filter((letter) => (hiddenUntil.get(idOf(letter)) ?? 0) <= now);
      const taken = visible.slice(0, Number(MaxNumberOfMessages));
      for (const letter of taken) hiddenUntil.set(idOf(letter), now + Number(VisibilityTimeout) * 1000);
      return taken.length === 0 ? {} : { Messages: taken.map(messageOf) };
    },

    ChangeMessageVisibility({ ReceiptHandle, VisibilityTimeout }) {
      if (!hiddenUntil.has(String(ReceiptHandle))) throw new MessageNotInflight('there is no such message');
      hiddenUntil.set(String(ReceiptHandle), Date.now() + Number(VisibilityTimeout) * 1000);
      return {};
    },

    DeleteMessage({ ReceiptHandle }) {
      const place = letters.findIndex((letter) => idOf(letter) === ReceiptHandle);
      if (place >= 0) letters.splice(place, 1);
      hiddenUntil.delete(String(ReceiptHandle));
      return {};
    },
  };
}
