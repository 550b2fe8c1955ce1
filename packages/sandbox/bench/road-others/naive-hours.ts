import { ConnectClient, DescribeQueueCommand, GetEffectiveHoursOfOperationsCommand } from '@aws-sdk/client-connect';

const connect = new ConnectClient();

/** Is the queue open today? */
async function handler(state: object): Promise<object> {
  const InstanceId = process.env.INSTANCE_ID;
  const { Queue } = await connect.send(new DescribeQueueCommand({ InstanceId, QueueId: process.env.QUEUE_ID }));
  const today = new Date().toISOString().slice(0, 10);
  const hours = await connect.send(
    new GetEffectiveHoursOfOperationsCommand({
      InstanceId,
      HoursOfOperationId: Queue?.HoursOfOperationId,
      FromDate: today,
      ToDate: today,
    }),
  );
  if (!hours.EffectiveHoursOfOperationList?.length) throw new Error('the queue is closed');
  return state;
}

export { handler };
