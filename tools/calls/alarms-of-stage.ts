import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { ClientOptions } from './client-options.ts';

/** An alarm of the stage, as far as whoever tries it needs to know. */
export interface StageAlarm {
  /** Without the stage's own beginning. */
  name: string;
  fullName: string;
  state: string;
  /** ARNs of what is told when it rings. */
  topics: string[];
}

/** Somebody who is told, or would be once the subscription is confirmed. */
export interface Subscriber {
  /** `email`, `sms`, `https` … */
  protocol: string;
  endpoint: string;
  isConfirmed: boolean;
}

/** The alarms of a deployed stage. */
export interface Alarms {
  list(): Promise<StageAlarm[]>;
  subscribers(topicArn: string): Promise<Subscriber[]>;
  /**
   * Lets an alarm ring. It returns to what its figures say within a moment.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
   */
  ring(alarm: StageAlarm, reason: string): Promise<void>;
  close(): void;
}

/** SNS writes this in the place of the ARN of a subscription that nobody has confirmed yet. */
const PENDING = 'PendingConfirmation';

/** @param prefix what the names of the stage's alarms begin with: `karte-connect-call-dev-` */
export function alarmsOfStage(prefix: string, optionsOf: (service: string) => ClientOptions): Alarms {
  const cloudWatch = new CloudWatchClient(optionsOf('cloudwatch'));
  const sns = new SNSClient(optionsOf('sns'));
  return {
    async list() {
      const alarms: StageAlarm[] = [];
      let NextToken: string | undefined;
      do {
        const page = await cloudWatch.send(
          new DescribeAlarmsCommand({ AlarmNamePrefix: prefix, ...(NextToken && { NextToken }) }),
        );
        for (const { AlarmName = '', StateValue = '', AlarmActions = [] } of page.MetricAlarms ?? []) {
          const name = AlarmName.slice(prefix.length);
          alarms.push({ name, fullName: AlarmName, state: StateValue, topics: AlarmActions });
        }
        NextToken = page.NextToken;
      } while (NextToken);
      return alarms;
    },

    async subscribers(TopicArn) {
      const subscribers: Subscriber[] = [];
      let NextToken: string | undefined;
      do {
        const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, ...(NextToken && { NextToken }) }));
        for (const { Protocol = '', Endpoint = '', SubscriptionArn } of page.Subscriptions ?? []) {
          subscribers.push({ protocol: Protocol, endpoint: Endpoint, isConfirmed: SubscriptionArn !== PENDING });
        }
        NextToken = page.NextToken;
      } while (NextToken);
      return subscribers;
    },

    async ring({ fullName }, reason) {
      await cloudWatch.send(
        new SetAlarmStateCommand({ AlarmName: fullName, StateValue: 'ALARM', StateReason: reason }),
      );
    },

    close() {
      cloudWatch.destroy();
      sns.destroy();
    },
  };
}
