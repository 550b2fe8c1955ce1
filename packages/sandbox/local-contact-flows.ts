import { createHash } from 'node:crypto';
import { filledFlows } from '../../resources/filled-flows.ts';
import { flowStage } from '../../resources/flow-stage.ts';
import type { ContactFlow } from './connect/connect-options.ts';
import type { Service } from './service.ts';

/** The repository's contact flows on the local instance. */
export interface LocalContactFlows {
  byId: Map<string, ContactFlow>;
  /** ARN of the flow that calls start with. */
  entryFlow: string;
}

/** Gives every flow of contact-flows/ an id and fills in its tokens, as deployment does. */
export function localContactFlows(service: Service, accountId: string): LocalContactFlows {
  const { file } = service.stage;
  const { connect } = file;
  const instanceArn = `arn:aws:connect:${file.region}:${accountId}:instance/${connect.instanceId}`;
  const arnOf = (name: string): string => `${instanceArn}/contact-flow/${idOf(name)}`;
  const flows = filledFlows(flowStage('local', service.stage), {
    flow: arnOf,
    queue: (id) => `${instanceArn}/queue/${id}`,
    function: (name) => `arn:aws:lambda:${file.region}:${accountId}:function:${name}`,
  });
  const byId = new Map(
    flows.map(({ name, deployedName, type, document }) => [idOf(name), { name: deployedName, type, document }]),
  );
  return { byId, entryFlow: arnOf(connect.contactFlow) };
}

/** The same id at every start, so that sample events can name it. */
const idOf = (name: string): string =>
  `00000000-0000-4000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
