import { DescribeContactFlowCommand } from '@aws-sdk/client-connect';
import { type FlowDocument, readFlow } from 'connect-flow-kit';
import { filledFlows } from '../../resources/filled-flows.ts';
import { flowStage } from '../../resources/flow-stage.ts';
import type { Account } from './account.ts';
import type { CheckedStage } from './check.ts';
import { flows } from './listings.ts';
import { idsOf, once } from './stage-answers.ts';

/** A flow of contact-flows/ and its counterpart on the stage's instance. */
interface FlowOfStage {
  /** Its name on the instance. */
  name: string;
  /** Whether calls start with it. */
  isEntry: boolean;
  /** The repository's version, with the ids of the stage filled in. */
  document: FlowDocument;
  /** Id of the flow of this name on the instance; undefined if there is none. */
  deployed: { id: string; state: string; status: string } | undefined;
}

/** Every flow of contact-flows/ as it should be on the stage's instance. */
export const flowsOfStage = (account: Account, stage: CheckedStage): Promise<FlowOfStage[]> =>
  once(account, 'flows of the stage', async () => {
    const { instanceId, queues } = await idsOf(account, stage);
    const listed = new Map((await flows(account, instanceId)).map((flow) => [flow.name, flow]));
    const given = { ...flowStage(stage.name, stage), instanceId, queues };
    const [anyArn = ''] = [...listed.values()].map(({ arn }) => arn);
    const instanceArn = anyArn.replace(/\/contact-flow\/.*$/, '');
    const [, partition, , region, accountId] = instanceArn.split(':');
    const filled = filledFlows(given, {
      // A missing function keeps its name: another check looks for it.
      flow: (name) => listed.get(given.deployedName(name))?.arn ?? '',
      queue: (id) => `${instanceArn}/queue/${id}`,
      function: (name) => `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
    });
    return filled.map(({ name, deployedName, document }) => ({
      name: deployedName,
      isEntry: name === stage.file.connect.contactFlow,
      document,
      deployed: listed.get(deployedName),
    }));
  });

/**
 * The published flow on the instance, without changes that were saved but not published.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeContactFlow.html
 */
export async function publishedFlow(
  account: Account,
  stage: CheckedStage,
  ContactFlowId: string,
): Promise<{ document: FlowDocument; changedAt: Date | undefined }> {
  const { instanceId: InstanceId } = await idsOf(account, stage);
  const { ContactFlow } = await account.connect.send(new DescribeContactFlowCommand({ InstanceId, ContactFlowId }));
  return { document: readFlow(ContactFlow?.Content ?? '').flow, changedAt: ContactFlow?.LastModifiedTime };
}
