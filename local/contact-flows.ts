import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowDocument } from './connect/flow-walker.ts';
import { PROJECT, type Service } from './service.ts';

/** The repository's contact flows as the local instance holds them. */
export interface LocalContactFlows {
  byId: Map<string, { name: string; type: string; document: FlowDocument }>;
  /** What `Ref` of each flow resource is: its ARN. */
  references: Record<string, string>;
}

/** Gives every flow of contact-flows/ an id and fills in the references between them, as deployment does. */
export function localContactFlows(service: Service, accountId: string): LocalContactFlows {
  const folder = join(PROJECT, 'contact-flows');
  const { region, connect } = service.stage.file;
  const flows = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((fileName) => {
      const name = fileName.slice(0, -'.json'.length);
      // The same id at every start, so that sample events can name it.
      const id = `00000000-0000-4000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
      return {
        name,
        id,
        arn: `arn:aws:connect:${region}:${accountId}:instance/${connect.instanceId}/contact-flow/${id}`,
        logicalId: `${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}ContactFlow`,
        text: readFileSync(join(folder, fileName), 'utf8'),
      };
    });
  const references = Object.fromEntries(flows.map(({ logicalId, arn }) => [logicalId, arn]));
  const entry = flows.find(({ name }) => name === connect.contactFlow);
  if (entry) references.EntryContactFlow = entry.arn;

  const byId = new Map(
    flows.map(({ id, name, text }) => {
      const filled = text.replace(/\$\{(\w+)\}/g, (token, reference: string) => references[reference] ?? token);
      const document = JSON.parse(filled) as FlowDocument;
      const type = (document.Metadata as { type?: string } | undefined)?.type ?? 'contactFlow';
      return [id, { name, type, document }] as const;
    }),
  );
  return { byId, references };
}
