import { paginateListContactFlowVersions } from '@aws-sdk/client-connect';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { hasFlowVersions } from '../../../resources/connect-regions.ts';
import type { Account } from '../account.ts';
import type { Check } from '../check.ts';
import { counted } from '../counted.ts';
import { executionsOf, idsOf } from '../stage-answers.ts';

/** How many execution histories are examined. */
const HISTORIES = 10;
/** Longest delay of a state transition in the simulation. */
const JITTER_MS = 1_500;
/** Write and read units per second of a new on-demand table. */
const WARM = { write: 4_000, read: 12_000 };

/** Step Functions, DynamoDB and CloudFormation, as the stage uses them. */
export const PLATFORM_CHECKS: readonly Check[] = [
  {
    id: 'list-executions',
    title: 'Executions are listed with the most recent first',
    permissions: ['lambda:GetFunctionConfiguration', 'states:ListExecutions'],
    async ask(account, stage) {
      const starts = (await executionsOf(account, stage)).map(({ startDate }) => startDate?.getTime() ?? 0);
      if (starts.length < 2) return few(starts.length);
      const isInOrder = starts.every((start, index) => index === 0 || start <= (starts[index - 1] ?? 0));
      const seen = `${starts.length} executions on a page`;
      return isInOrder
        ? { state: 'fine', seen: `${seen}, in this order` }
        : { state: 'problem', seen: `${seen}, in another order`, nextStep: 'Report this: sweepCalls relies on it.' };
    },
  },
  {
    id: 'state-jitter',
    title: `A state is entered within ${JITTER_MS / 1_000} s of the end of the one before`,
    permissions: ['lambda:GetFunctionConfiguration', 'states:ListExecutions', 'states:GetExecutionHistory'],
    async ask(account, stage) {
      const ended = (await executionsOf(account, stage)).filter(({ stopDate }) => stopDate).slice(0, HISTORIES);
      const pauses = [];
      for (const { executionArn } of ended) pauses.push(...(await pausesOf(account, executionArn ?? '')));
      if (pauses.length === 0) return few(ended.length);
      const longest = Math.max(...pauses);
      const seen = `${longest} ms at most, in ${counted(pauses.length, 'step')} of ${counted(ended.length, 'execution')}`;
      return longest <= JITTER_MS
        ? { state: 'fine', seen }
        : { state: 'problem', seen, nextStep: 'Report this: visitors wait longer than docs/performance.md says.' };
    },
  },
  {
    id: 'versions-of-contact-flows',
    title: 'CloudFormation created a version of the flow that calls start with',
    permissions: ['ssm:GetParameter', 'connect:ListContactFlowVersions'],
    async ask(account, stage) {
      if (!stage.file.connect.flowVersions) {
        return {
          state: 'unchecked',
          seen: 'connect.flowVersions is false',
          nextStep: hasFlowVersions(account.region)
            ? 'Set it to true and deploy.'
            : `Nothing to do: CloudFormation does not support flow versions in ${account.region}.`,
        };
      }
      const { instanceId: InstanceId, contactFlow: ContactFlowId } = await idsOf(account, stage);
      if (ContactFlowId === undefined) {
        return {
          state: 'unchecked',
          seen: 'the stack does not give the id of the flow',
          nextStep: `Deploy the stage: npx sls deploy --stage ${stage.name}.`,
        };
      }
      let versions = 0;
      const pages = paginateListContactFlowVersions({ client: account.connect }, { InstanceId, ContactFlowId });
      // $LATEST is in the list, too.
      for await (const { ContactFlowVersionSummaryList = [] } of pages) {
        versions += ContactFlowVersionSummaryList.filter(({ Version }) => (Version ?? 0) > 0).length;
      }
      return versions > 0
        ? { state: 'fine', seen: counted(versions, 'version') }
        : {
            state: 'problem',
            seen: 'it has no version',
            nextStep: 'Set connect.flowVersions to false, and report this.',
          };
    },
  },
  {
    id: 'dynamodb-partition-throughput',
    title: 'The guards table has the throughput of a new table',
    permissions: ['dynamodb:DescribeTable'],
    async ask(account, stage) {
      const { GUARDS_TABLE: TableName = '' } = stage.environment;
      const { Table } = await account.dynamodb.send(new DescribeTableCommand({ TableName }));
      const { WriteUnitsPerSecond: write = 0, ReadUnitsPerSecond: read = 0 } = Table?.WarmThroughput ?? {};
      if (write === 0) {
        return {
          state: 'unchecked',
          seen: 'DynamoDB does not return warm throughput',
          nextStep: 'Check in the console.',
        };
      }
      const seen = `${write} write and ${read} read units a second`;
      return write >= WARM.write && read >= WARM.read
        ? { state: 'fine', seen }
        : { state: 'problem', seen: `${seen}, less than ${WARM.write} and ${WARM.read}`, nextStep: 'Report this.' };
    },
  },
];

const few = (count: number) => ({
  state: 'unchecked' as const,
  seen: `the stage has ${count === 0 ? 'no execution' : 'one execution'}`,
  nextStep: 'Send some requests, and run this again.',
});

/** Milliseconds between the end of a state and the beginning of the next, for each step. Reads no data of the execution. */
async function pausesOf({ stepFunctions }: Account, executionArn: string): Promise<number[]> {
  const { events = [] } = await stepFunctions.send(
    new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false, maxResults: 1_000 }),
  );
  return events.flatMap(({ type, timestamp }, index) => {
    const before = events[index - 1];
    const isStep = type?.endsWith('StateEntered') && before?.type?.endsWith('StateExited');
    return isStep && timestamp && before?.timestamp ? [timestamp.getTime() - before.timestamp.getTime()] : [];
  });
}
