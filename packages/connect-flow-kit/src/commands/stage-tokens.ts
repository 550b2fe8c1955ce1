import { complain, UsageError } from '../command-line.ts';
import { type ContactFlowFile, checkTokens, readContactFlows } from '../files/contact-flow-files.ts';
import { tokenValues } from '../files/contact-flow-tokens.ts';
import { foreignNameSentences } from '../files/foreign-names.ts';
import { withoutMissingFunctions } from '../files/missing-functions.ts';
import { deployedFlows } from './deployed-flows.ts';
import { deployedStage, type Project } from './open-project.ts';

/**
 * The flows of a project, and the values of their tokens on a stage's instance. The flows must be deployed: their
 * ARNs are read from Amazon Connect. Says on standard error which texts still name another
 * company. Throws a user's mistake if the stage, the instance or a flow cannot be used.
 */
export async function stageTokens(
  stageName: string,
  project: Project,
): Promise<{ flows: ContactFlowFile[]; values: Record<string, string> }> {
  const stage = await deployedStage(project, stageName);
  const flows = withoutMissingFunctions(readContactFlows(project.root, project.folders.flows), stage);
  const arns = await deployedFlows(stageName, stage);
  const arnOf = (name: string): string => {
    const deployed = stage.deployedName(name);
    const arn = arns.get(deployed);
    if (arn === undefined) {
      throw new UsageError(`the instance has no flow ${deployed}: ${stage.ifNotDeployed}`);
    }
    return arn;
  };
  const { texts, references } = tokenValues(flows, stage, {
    flow: ({ name }) => arnOf(name),
    queue: (id) => `${arnOf(flows[0]?.name ?? '').replace(/\/contact-flow\/.*$/, '')}/queue/${id}`,
    function(name) {
      const [, partition, , region, account] = arnOf(flows[0]?.name ?? '').split(':');
      return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
    },
  });
  checkTokens(flows, { texts, references }, stage.valuesAt);
  for (const sentence of foreignNameSentences(flows, stage)) complain(sentence);
  return { flows, values: { ...texts, ...references } };
}
