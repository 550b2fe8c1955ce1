import { CloudWatchClient, paginateDescribeAlarms, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { SNSClient } from '@aws-sdk/client-sns';
import { subscriptionsOfTopic, type TopicSubscription } from '../../packages/account/topic-subscriptions.ts';
import type { ClientOptions } from './client-options.ts';

/** An alarm of the stage, as far as anyone who tries it needs to know. */
export interface StageAlarm {
  /** Without the stage's own beginning. */
  name: string;
  fullName: string;
  state: string;
  /** ARNs of what is told when it rings. */
  topics: string[];
}

/** The alarms of a deployed stage. */
export interface Alarms {
  list(): Promise<StageAlarm[]>;
  subscribers(topicArn: string): Promise<TopicSubscription[]>;
  /**
   * Lets an alarm ring. It returns to what its figures say within a moment.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
   */
  ring(alarm: StageAlarm, reason: string): Promise<void>;
  close(): void;
}

/** @param prefix what the names of the stage's alarms begin with: `karte-connect-call-dev-` */
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
