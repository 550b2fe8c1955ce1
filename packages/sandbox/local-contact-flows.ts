import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readFlow } from 'connect-flow-kit';
import {
  checkTokens,
  fillTokens,
  readContactFlows,
  tokenValues,
  withoutMissingFunctions,
} from 'connect-flow-kit/files';
import { flowStage } from '../../resources/flow-stage.ts';
import type { ContactFlow } from './connect/connect-options.ts';
import type { Service } from './service.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** The repository's contact flows as the local instance holds them. */
interface LocalContactFlows {
  byId: Map<string, ContactFlow>;
  /** ARN of the flow that a call starts with. */
  entryFlow: string;
}

/** Gives every flow of contact-flows/ an id and fills in its tokens, as deployment does. */
export function localContactFlows(service: Service, accountId: string): LocalContactFlows {
  const { file } = service.stage;
  const { connect } = file;
  const instanceArn = `arn:aws:connect:${file.region}:${accountId}:instance/${connect.instanceId}`;
  const arnOf = (name: string): string => `${instanceArn}/contact-flow/${idOf(name)}`;
  const stage = flowStage('local', service.stage);
  const flows = withoutMissingFunctions(readContactFlows(PROJECT), stage);
  const values = tokenValues(flows, stage, {
    flow: ({ name }) => arnOf(name),
    queue: (id) => `${instanceArn}/queue/${id}`,
    function: (name) => `arn:aws:lambda:${file.region}:${accountId}:function:${name}`,
  });
  checkTokens(flows, values, stage.valuesAt);
  const byId = new Map(
    flows.map(({ name, type, content }) => {
      const document = readFlow(fillTokens(content, { ...values.texts, ...values.references })).flow;
      return [idOf(name), { name: stage.deployedName(name), type, document }] as const;
    }),
  );
  return { byId, entryFlow: arnOf(connect.contactFlow) };
}

/** The same id at every start, so that sample events can name it. */
const idOf = (name: string): string =>
  `00000000-0000-4000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
