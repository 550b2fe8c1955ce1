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

/** A flow of contact-flows/ as on an instance. */
interface FilledFlow {
  /** Name of its file, without `.json`. */
  name: string;
  /** Its name on the instance. */
  deployedName: string;
  /** `CONTACT_FLOW`, `CUSTOMER_QUEUE` … */
  type: string;
  document: FlowDocument;
}

/** Values for the resources that the flows refer to. */
interface Arns {
  flow(name: string): string;
  queue(id: string): string;
  /** @param name of the function in AWS */
  function(name: string): string;
}

/**
 * The flows of contact-flows/ with everything filled in, as CloudFormation does at deployment (contact-flows.cjs). Throws an error
 * with `isUsersMistake` for a flow that cannot be deployed.
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
