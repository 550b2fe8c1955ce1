import {
  type ConnectClient,
  DescribeContactCommand,
  DescribeQueueCommand,
  GetCurrentMetricDataCommand,
  GetEffectiveHoursOfOperationsCommand,
  ListAssociatedContactsCommand,
  StartOutboundVoiceContactCommand,
} from '@aws-sdk/client-connect';
import { ConnectError, NoAnswer } from '../connect/connect-errors.ts';
import type { MetricRequest } from '../connect/current-metrics.ts';
import type { ConnectModel } from '../connect/model.ts';
import type { OutboundRequest } from '../connect/outbound-request.ts';
import { type Reach, serviceError, timeoutError } from './outside.ts';
import type { TraceRecorder } from './trace.ts';

/** The adapter's client waits this long for a response. */
const TIMEOUT_MS = 6_000;

interface Options {
  model: ConnectModel;
  connectMs: readonly [number, number];
  trace: TraceRecorder;
  /** How many calls have been placed so far. */
  placed(): number;
  /** Is nothing ever reported about the contact? */
  isUntold(contactId: string): boolean;
  /** Is called when StartOutboundVoiceContact has accepted a call. */
  accepted(): void;
}

/** Amazon Connect as one invocation sees it: the local model behind the client that the adapter expects. */
export function connectClientFor(reach: Reach, options: Options): ConnectClient {
  const { luck, pause } = reach;
  const { model, connectMs, trace, placed, isUntold } = options;

  async function send(command: unknown): Promise<unknown> {
    await pause(luck.between('connect delay', connectMs));
    try {
      return await (command instanceof StartOutboundVoiceContactCommand ? start(command) : read(command));
    } finally {
      await reach.answered();
    }
  }

  async function start({ input }: StartOutboundVoiceContactCommand): Promise<{ ContactId: string }> {
    const request = input as OutboundRequest;
    const requestId = request.Attributes?.request_id ?? '';
    const asked = (result: string, contactId?: string) =>
      trace.add({ kind: 'asked', requestId, result, ...(contactId !== undefined && { contactId }) });
    let answer: { ContactId: string };
    const before = placed();
    try {
      await disturb(
        'start',
        reach.faults.startThrottled,
        reach.faults.startTimeoutBefore,
        reach.faults.startUnavailable,
      );
      answer = model.startOutbound(request);
    } catch (error) {
      asked(error instanceof NoAnswer ? 'no-answer' : (error as Error).name);
      throw await asSdkError(error);
    }
    options.accepted();
    if (luck.happens('start time-out after', reach.faults.startTimeoutAfter)) {
      reach.fault('startTimeoutAfter');
      asked('no-answer', answer.ContactId);
      throw await asSdkError(new NoAnswer());
    }
    asked(placed() > before ? 'accepted' : 'repeated', answer.ContactId);
    return answer;
  }

  async function read(command: unknown): Promise<unknown> {
    try {
      const contactId = contactIn(command);
      if (contactId !== undefined && isUntold(contactId)) {
        reach.fault('callUntold', contactId);
        throw serviceError('ResourceNotFoundException', 404);
      }
      await disturb('read', reach.faults.readThrottled, reach.faults.readTimeout, 0, contactId);
      return answerOf(command);
    } catch (error) {
      throw await asSdkError(error);
    }
  }

  function answerOf(command: unknown): unknown {
    if (command instanceof GetCurrentMetricDataCommand) return model.currentMetricData(command.input as MetricRequest);
    if (command instanceof DescribeQueueCommand) {
      return model.describeQueue(command.input.InstanceId ?? '', command.input.QueueId ?? '');
    }
    if (command instanceof GetEffectiveHoursOfOperationsCommand) {
      const { InstanceId = '', HoursOfOperationId = '', FromDate = '', ToDate = '' } = command.input;
      return model.effectiveHours(InstanceId, HoursOfOperationId, FromDate, ToDate);
    }
    if (command instanceof DescribeContactCommand) {
      return withDates(model.describeContact(command.input.InstanceId ?? '', command.input.ContactId ?? ''));
    }
    if (command instanceof ListAssociatedContactsCommand) {
      return withDates(model.associatedContacts(command.input.InstanceId ?? '', command.input.ContactId ?? ''));
    }
    throw new Error(`the simulated Amazon Connect does not know ${(command as object).constructor.name}`);
  }

  /** What goes wrong before Amazon Connect has done anything. */
  async function disturb(
    what: 'start' | 'read',
    throttled: number,
    timeout: number,
    unavailable: number,
    contactId?: string,
  ): Promise<void> {
    if (luck.happens(`${what} throttled`, throttled)) {
      reach.fault(`${what}Throttled`, contactId);
      throw serviceError(what === 'start' ? 'TooManyRequestsException' : 'ThrottlingException', 429);
    }
    if (luck.happens(`${what} unavailable`, unavailable)) {
      reach.fault(`${what}Unavailable`);
      throw serviceError('InternalServiceException', 500);
    }
    if (luck.happens(`${what} time-out`, timeout)) {
      reach.fault(what === 'start' ? 'startTimeoutBefore' : 'readTimeout', contactId);
      throw new NoAnswer();
    }
  }

  async function asSdkError(error: unknown): Promise<Error> {
    if (error instanceof ConnectError) return serviceError(error.name, error.status);
    if (!(error instanceof NoAnswer)) return error as Error;
    await pause(TIMEOUT_MS);
    return timeoutError();
  }

  return { send } as unknown as ConnectClient;
}

/** The contact that a request asks about. */
const contactIn = (command: unknown): string | undefined =>
  command instanceof DescribeContactCommand || command instanceof ListAssociatedContactsCommand
    ? command.input.ContactId
    : undefined;

/** On the wire there are epoch seconds, in the SDK dates. */
const withDates = (answer: object): unknown =>
  JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key.endsWith('Timestamp') && typeof value === 'number' ? new Date(value * 1_000) : value,
  );
