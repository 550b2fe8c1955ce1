import { ConnectClient, GetCurrentMetricDataCommand } from '@aws-sdk/client-connect';

const connect = new ConnectClient();

/** Is an agent free? */
async function handler(state: object): Promise<object> {
  const { MetricResults = [] } = await connect.send(
    new GetCurrentMetricDataCommand({
      InstanceId: process.env.INSTANCE_ID,
      Filters: { Queues: [process.env.QUEUE_ID ?? ''], Channels: ['VOICE'] },
      CurrentMetrics: [{ Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' }],
    }),
  );
  const free = MetricResults[0]?.Collections?.[0]?.Value ?? 0;
  if (free < 1) throw new Error('no agent is free');
  return state;
}

export { handler };
