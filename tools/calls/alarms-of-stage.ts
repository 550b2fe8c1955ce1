import { CloudWatchClient, paginateDescribeAlarms, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { SNSClient } from '@aws-sdk/client-sns';
import { subscriptionsOfTopic, type TopicSubscription } from '../../packages/account/topic-subscriptions.ts';
import type { ClientOptions } from './client-options.ts';

/** An alarm of the stage, as far as testing it needs. */
export interface StageAlarm {
  /** Without the stage's prefix. */
  name: string;
  fullName: string;
  state: string;
  /** ARNs of its alarm actions. */
  topics: string[];
}

/** The alarms of a deployed stage. */
export interface Alarms {
  list(): Promise<StageAlarm[]>;
  subscribers(topicArn: string): Promise<TopicSubscription[]>;
  /**
   * Sets off an alarm. It returns to the state of its metrics within moments.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
   */
  ring(alarm: StageAlarm, reason: string): Promise<void>;
  close(): void;
}

/** @param prefix of the names of the stage's alarms: `karte-connect-call-dev-` */
export function alarmsOfStage(prefix: string, optionsOf: (service: string) => ClientOptions): Alarms {
  const cloudWatch = new CloudWatchClient(optionsOf('cloudwatch'));
  const sns = new SNSClient(optionsOf('sns'));
  return {
    async list() {
      const alarms: StageAlarm[] = [];
      for await (const { MetricAlarms = [] } of paginateDescribeAlarms(
        { client: cloudWatch },
        { AlarmNamePrefix: prefix },
      )) {
        for (const { AlarmName = '', StateValue = '', AlarmActions = [] } of MetricAlarms) {
          const name = AlarmName.slice(prefix.length);
          alarms.push({ name, fullName: AlarmName, state: StateValue, topics: AlarmActions });
        }
      }
      return alarms;
    },

    subscribers: (topicArn) => subscriptionsOfTopic(sns, topicArn),

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
