import { createHash } from 'node:crypto';
import { fillTokens, readContactFlows } from '../resources/contact-flow-files.ts';
import type { ContactFlow } from './connect/model.ts';
import type { Service } from './service.ts';

/** The repository's contact flows as the local instance holds them. */
export interface LocalContactFlows {
  byId: Map<string, ContactFlow>;
  /** What `Ref` of each flow resource is: its ARN. */
  references: Record<string, string>;
}

/** Gives every flow of contact-flows/ an id and fills in the references between them, as deployment does. */
export function localContactFlows(service: Service, accountId: string): LocalContactFlows {
  const { region, connect } = service.stage.file;
  const flows = readContactFlows().map((flow) => {
    // The same id at every start, so that sample events can name it.
    const id = `00000000-0000-4000-8000-${createHash('sha256').update(flow.name).digest('hex').slice(0, 12)}`;
    const arn = `arn:aws:connect:${region}:${accountId}:instance/${connect.instanceId}/contact-flow/${id}`;
    return { ...flow, id, arn };
  });
  const references = Object.fromEntries(flows.map(({ token, arn }) => [token, arn]));
  const byId = new Map(
    flows.map(({ id, name, type, content }) => {
      const document = JSON.parse(fillTokens(content, (token) => references[token] ?? ''));
      return [id, { name, type, document }] as const;
    }),
  );
  const entry = flows.find(({ name }) => name === connect.contactFlow);
  return { byId, references: { ...references, ...(entry && { EntryContactFlow: entry.arn }) } };
}
