import {
  ConnectClient,
  DescribeQueueCommand,
  GetCurrentMetricDataCommand,
  GetEffectiveHoursOfOperationsCommand,
  type GetEffectiveHoursOfOperationsCommandOutput,
  StartOutboundVoiceContactCommand,
} from '@aws-sdk/client-connect';
import type { QueueSnapshot } from '../domain/admission.ts';
import { CallError } from '../domain/errors.ts';
import { JAPANESE_CALENDAR, type OpenInterval } from '../domain/opening-hours.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { asCallErrors } from './connect-failures.ts';

/** The parameters of StartOutboundVoiceContact. */
export interface OutboundCall {
  contactFlowId: string;
  /** E.164. */
  destination: string;
  /** The same for every attempt of a request: for 7 days, Amazon Connect answers a repeat with the first contact's id. */
  clientToken: string;
  attributes: Record<string, string>;
  /** Shown to the agent in the Contact Control Panel. */
  name: string;
  description: string;
  /** Seconds until the phone stops ringing, 15–60; Amazon Connect's default is 60. */
  ringTimeoutSeconds?: number;
}

/** This project's use of Amazon Connect. Every failure is a `CallError`. */
export interface Connect {
  /**
   * @param from first day of the opening hours to read, YYYY-MM-DD
   * @param to last day
   */
  readQueue(queueId: string, from: string, to: string): Promise<QueueSnapshot>;
  /** AGENTS_AVAILABLE of every queue of the stage, by queue id; a missing queue has no agents. */
  readAgents(): Promise<Record<string, number>>;
  /** Places a call, with one request. A refusal proves that no call was placed; the token may be used again. */
  startCall(call: OutboundCall): Promise<{ contactId: string }>;
}

/** The SDK makes a single attempt: the state machine retries, with longer pauses and the same token. */
export const CLIENT_OPTIONS = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 6_000, throwOnRequestTimeout: true },
};

/** Amazon Connect through the AWS SDK (`AWS_ENDPOINT_URL_CONNECT` is honoured). */
export function amazonConnect(settings: StageSettings['connect'], client = new ConnectClient(CLIENT_OPTIONS)): Connect {
  const { instanceId: InstanceId, sourcePhoneNumber: SourcePhoneNumber } = settings;

  async function readAgents(): Promise<Record<string, number>> {
    const { MetricResults = [] } = await client.send(
      new GetCurrentMetricDataCommand({
        InstanceId,
        Filters: { Queues: Object.values(settings.queues), Channels: ['VOICE'] },
        Groupings: ['QUEUE'],
        CurrentMetrics: [{ Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' }],
        MaxResults: 100,
      }),
    );
    return Object.fromEntries(
      MetricResults.map(({ Dimensions, Collections }) => [
        Dimensions?.Queue?.Id ?? '',
        Collections?.find(({ Metric }) => Metric?.Name === 'AGENTS_AVAILABLE')?.Value ?? 0,
      ]),
    );
  }

  async function readQueue(queueId: string, from: string, to: string): Promise<QueueSnapshot> {
    const { Queue } = await client.send(new DescribeQueueCommand({ InstanceId, QueueId: queueId }));
    const queueArn = Queue?.QueueArn;
    const hoursId = Queue?.HoursOfOperationId;
    if (!queueArn || !hoursId)
      throw new CallError('ConnectRequestRejected', 'the queue has no ARN or no opening hours');
    const hours = await client.send(
      new GetEffectiveHoursOfOperationsCommand({
        InstanceId,
        HoursOfOperationId: hoursId,
        FromDate: from,
        ToDate: to,
      }),
    );
    return {
      queueArn,
      enabled: Queue?.Status === 'ENABLED',
      openingHours: openingHoursIn(hours),
    };
  }

  return {
    readQueue: (queueId, from, to) => asCallErrors(() => readQueue(queueId, from, to)),
    readAgents: () => asCallErrors(readAgents),

    startCall: (call) =>
      asCallErrors(async function startOutboundVoiceContact() {
        // Without one, Amazon Connect would use the queue's number, which is for calls by agents.
        if (SourcePhoneNumber === null) {
          throw new CallError('ConnectRequestRejected', 'the settings have no number to call from');
        }
        const { ContactId: contactId } = await client.send(
          new StartOutboundVoiceContactCommand({
            InstanceId,
            ContactFlowId: call.contactFlowId,
            DestinationPhoneNumber: call.destination,
            SourcePhoneNumber,
            ClientToken: call.clientToken,
            Attributes: call.attributes,
            Name: call.name,
            Description: call.description,
            ...(call.ringTimeoutSeconds !== undefined && { RingTimeoutInSeconds: call.ringTimeoutSeconds }),
          }),
        );
        if (!contactId) throw new CallError('ConnectUnavailable', 'Amazon Connect answered without a contact id');
        return { contactId };
      }),
  };
}

/** Opening hours from Amazon Connect, with overrides applied. */
export const openingHoursIn = ({
  TimeZone,
  EffectiveHoursOfOperationList: days = [],
}: Pick<
  GetEffectiveHoursOfOperationsCommandOutput,
  'TimeZone' | 'EffectiveHoursOfOperationList'
>): QueueSnapshot['openingHours'] => ({
  timeZone: TimeZone ?? JAPANESE_CALENDAR,
  intervals: days.flatMap(({ Date: date, OperationalHours = [] }) =>
    OperationalHours.flatMap(({ Start, End }): OpenInterval[] =>
      date && Start && End ? [{ date, start: minutes(Start), end: minutes(End) }] : [],
    ),
  ),
});

const minutes = ({ Hours, Minutes }: { Hours: number | undefined; Minutes: number | undefined }): number =>
  (Hours ?? 0) * 60 + (Minutes ?? 0);
