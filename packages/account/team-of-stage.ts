import { GetCurrentMetricDataCommand } from '@aws-sdk/client-connect';
import type { Account } from './account.ts';
import type { CheckedStage } from './check.ts';
import { queuesOfProfile, routingProfiles, users } from './listings.ts';
import { idsOf, once } from './stage-answers.ts';

/** A routing profile that is in use. */
interface ProfileInUse {
  name: string;
  /** How many users have it. */
  users: number;
  /** Names of the stage's queues that it serves. */
  serves: string[];
}

/** The routing profiles of the instance's users. Unused ones are skipped, as each takes a request. */
export const profilesInUse = (account: Account, stage: CheckedStage): Promise<ProfileInUse[]> =>
  once(account, 'profiles in use', async () => {
    const { instanceId, queues } = await idsOf(account, stage);
    const team = Map.groupBy(await users(account, instanceId), ({ routingProfileId }) => routingProfileId);
    const names = new Map((await routingProfiles(account, instanceId)).map(({ id, name }) => [id, name]));
    const profiles = [];
    for (const [id, members] of team) {
      const offered = await queuesOfProfile(account, instanceId, id);
      const voice = offered.filter(({ channel }) => channel === 'VOICE').map(({ queueId }) => queueId);
      profiles.push({
        name: names.get(id) ?? id,
        users: members.length,
        serves: Object.keys(queues).filter((name) => voice.includes(queues[name] ?? '')),
      });
    }
    return profiles;
  });

/** Agents who serve a queue at this moment. */
interface AgentsNow {
  /** Logged in to the CCP, in any state. */
  online: number;
  /** Free to take a call. */
  available: number;
}

/**
 * By queue name; a queue without a result from Amazon Connect has no agents.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_GetCurrentMetricData.html
 */
export const agentsNow = (account: Account, stage: CheckedStage): Promise<Record<string, AgentsNow>> =>
  once(account, 'agents now', async () => {
    const { instanceId: InstanceId, queues } = await idsOf(account, stage);
    const { MetricResults = [] } = await account.connect.send(
      new GetCurrentMetricDataCommand({
        InstanceId,
        Filters: { Queues: Object.values(queues), Channels: ['VOICE'] },
        Groupings: ['QUEUE'],
        CurrentMetrics: [
          { Name: 'AGENTS_ONLINE', Unit: 'COUNT' },
          { Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' },
        ],
        MaxResults: 100,
      }),
    );
    const of = (queueId: string, name: string) =>
      MetricResults.find(({ Dimensions }) => Dimensions?.Queue?.Id === queueId)?.Collections?.find(
        ({ Metric }) => Metric?.Name === name,
      )?.Value ?? 0;
    return Object.fromEntries(
      Object.entries(queues).map(([name, id]) => [
        name,
        { online: of(id, 'AGENTS_ONLINE'), available: of(id, 'AGENTS_AVAILABLE') },
      ]),
    );
  });
