import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file of contact-flows/, as deployment and the local stack take it. */
export interface ContactFlowFile {
  /** File name without `.json`. */
  name: string;
  /** What other flows write as `${…}` to mean this one: call-me-queue → CallMeQueueContactFlow. */
  token: string;
  /** CloudFormation's and the API's name of the flow type. */
  type: string;
  description: string;
  /** The flow in one line of JSON, tokens unreplaced. */
  content: string;
  /** Tokens of the flows that this one names. */
  tokensUsed: string[];
}

/** A contact flow that cannot be deployed. The message is for the person who wrote the file. */
export class ContactFlowFileError extends Error {
  override readonly name = 'ContactFlowFileError';
}

/** The console's name of a flow type, in `Metadata.type` → the API's. */
const TYPES: Readonly<Record<string, string>> = { contactFlow: 'CONTACT_FLOW', customerQueue: 'CUSTOMER_QUEUE' };

const TOKEN = /\$\{([^}]*)\}/g;

/** Reads every flow of a folder. Throws `ContactFlowFileError` where one is no flow or names one that is not there. */
export function readContactFlows(folder = join(import.meta.dirname, '..', 'contact-flows')): ContactFlowFile[] {
  const flows = readdirSync(folder)
    .filter((fileName) => fileName.endsWith('.json'))
    .map((fileName) => readContactFlow(folder, fileName.slice(0, -'.json'.length)));
  const tokens = flows.map(({ token }) => token);
  for (const { name, tokensUsed } of flows) {
    const unknown = tokensUsed.find((token) => !tokens.includes(token));
    if (unknown !== undefined) {
      throw new ContactFlowFileError(
        `contact-flows/${name}.json: \${${unknown}} names no flow, expected one of ${tokens.join(', ')}.`,
      );
    }
  }
  return flows;
}

function readContactFlow(folder: string, name: string): ContactFlowFile {
  let flow: { Metadata?: { type?: unknown; description?: unknown } };
  try {
    flow = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : '';
    throw new ContactFlowFileError(`contact-flows/${name}.json is not JSON: ${why}`, { cause });
  }
  const { type, description = '' } = flow?.Metadata ?? {};
  const knownType = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (knownType === undefined) {
    throw new ContactFlowFileError(
      `contact-flows/${name}.json: Metadata.type is ${JSON.stringify(type) ?? 'missing'}, expected ${Object.keys(TYPES).join(' or ')}.`,
    );
  }
  const content = JSON.stringify(flow);
  return {
    name,
    token: `${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}ContactFlow`,
    type: knownType,
    description: String(description),
    content,
    tokensUsed: [...new Set([...content.matchAll(TOKEN)].map(([, token = '']) => token))],
  };
}

/** The flow's content with each token replaced. */
export const fillTokens = (content: string, replacement: (token: string) => string): string =>
  content.replace(TOKEN, (_, token: string) => replacement(token));
