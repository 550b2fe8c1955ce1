import { join } from 'node:path';
import { type FlowDocument, type FlowStage, readFlow } from 'connect-flow-kit';
import {
  checkTokens,
  fillTokens,
  readContactFlows,
  tokenValues,
  withoutMissingFunctions,
} from 'connect-flow-kit/files';

const PROJECT = join(import.meta.dirname, '..');

/** A flow of contact-flows/ as an instance holds it. */
interface FilledFlow {
  /** Of its file, without `.json`. */
  name: string;
  /** What it is called on the instance. */
  deployedName: string;
  /** `CONTACT_FLOW`, `CUSTOMER_QUEUE` … */
  type: string;
  document: FlowDocument;
}

/** What stands for the things that the flows name. */
interface Arns {
  flow(name: string): string;
  queue(id: string): string;
  /** @param name of the function in AWS */
  function(name: string): string;
}

/**
 * The flows of contact-flows/ with everything filled in, as contact-flows.cjs lets CloudFormation do at deployment. Throws an
 * error with `isUsersMistake` for a flow that cannot be deployed.
 */
export function filledFlows(stage: FlowStage, arns: Arns): FilledFlow[] {
  const flows = withoutMissingFunctions(readContactFlows(PROJECT), stage);
  const values = tokenValues(flows, stage, { ...arns, flow: ({ name }) => arns.flow(name) });
  checkTokens(flows, values, stage.valuesAt);
  return flows.map(({ name, type, content }) => ({
    name,
    deployedName: stage.deployedName(name),
    type,
    document: readFlow(fillTokens(content, { ...values.texts, ...values.references })).flow,
  }));
}
