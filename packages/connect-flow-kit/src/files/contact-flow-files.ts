import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FLOW_FOLDER, type ValuesAt } from '../config.ts';
import { readFlow, UnreadableFlowError } from '../document.ts';
import { FLOW_TYPES, type FlowType, flowTypeOf } from '../flow-types.ts';
import { lintFlow, lintSentences } from '../lint/lint.ts';
import { type Silence, silence } from '../lint/silences.ts';
import { parseJson } from '../parse-json.ts';
import { flowToken, type TokenValues, tokensIn } from './contact-flow-tokens.ts';
import { readLintFile } from './lint-file.ts';

/** A file that contains a flow, in the form in which it is deployed. */
export interface ContactFlowFile {
  /** File name without `.json`. */
  name: string;
  /** Relative to the project's root folder: `contact-flows/call-me.json`. */
  path: string;
  /** What other flows write as `${…}` to refer to this one: call-me-queue → CallMeQueueContactFlow. */
  token: string;
  type: FlowType;
  description: string;
  /** The flow in one line of JSON, tokens unreplaced. */
  content: string;
  tokensUsed: string[];
}

/** A contact flow that cannot be deployed. The message is for the person who wrote the file. */
class ContactFlowFileError extends Error {
  override readonly name = 'ContactFlowFileError';
  readonly isUsersMistake = true;
}

/** Warnings about what the flow designer accepts but CloudFormation does not. */
const REFUSED_AT_DEPLOYMENT = ['designer-only-parameter', 'resource-by-name'];

/**
 * Reads every flow of a folder. Throws `ContactFlowFileError` if one is not a flow, or if Amazon Connect would refuse it and no
 * `lint.yml` says that it does not.
 *
 * @param root the project's root folder
 * @param folder the folder of the flows, relative to it
 */
export function readContactFlows(root: string, folder = FLOW_FOLDER): ContactFlowFile[] {
  const silences = readLintFile(root, folder)?.silences ?? [];
  return readdirSync(join(root, folder))
    .filter((fileName) => fileName.endsWith('.json'))
    .map((fileName) => readContactFlow(root, `${folder}/${fileName}`, silences));
}

/** The result of reading a text, by name and silences: a process may read the same flows hundreds of times. */
const known = new Map<string, ContactFlowFile>();

function readContactFlow(root: string, file: string, silences: readonly Silence[]): ContactFlowFile {
  const text = readFileSync(join(root, file), 'utf8');
  const key = JSON.stringify([file, text, silences]);
  const flow = known.get(key) ?? checkedFlow(file, text, silences);
  known.set(key, flow);
  return flow;
}

function checkedFlow(file: string, text: string, silences: readonly Silence[]): ContactFlowFile {
  const name = basename(file, '.json');
  const read = parse(file, text);
  const { flow } = read;
  const type = flowTypeOf(flow);
  if (type === 'MODULE') {
    throw new ContactFlowFileError(`${file}: Settings make it a flow module, which is not deployed: remove the file.`);
  }
  if (type === undefined) {
    const found = JSON.stringify(flow.Metadata?.type) ?? 'missing';
    const types = FLOW_TYPES.filter((known) => known !== 'MODULE');
    throw new ContactFlowFileError(`${file}: Metadata.type is ${found}, expected one of ${types.join(', ')}.`);
  }
  const { findings } = silence(basename(file), lintFlow(read, { text, type }), silences);
  const refused = findings.filter(({ severity, rule }) => severity === 'error' || REFUSED_AT_DEPLOYMENT.includes(rule));
  if (refused.length > 0) throw new ContactFlowFileError(lintSentences(file, refused).join('\n'));
  const content = JSON.stringify(parseJson(text));
  return {
    name,
    path: file,
    token: flowToken(name),
    type,
    description: String(flow.Metadata?.description ?? ''),
    content,
    tokensUsed: tokensIn(content),
  };
}

function parse(file: string, text: string) {
  try {
    return readFlow(text);
  } catch (error) {
    if (error instanceof UnreadableFlowError)
      throw new ContactFlowFileError(`${file} ${error.message}.`, { cause: error });
    throw error;
  }
}

/**
 * Throws `ContactFlowFileError` for the first token without a value on the stage, and for flows in a circle.
 *
 * @param valuesAt where a value can be added
 */
export function checkTokens(
  flows: readonly ContactFlowFile[],
  values: TokenValues<unknown>,
  { setting, file }: ValuesAt,
): void {
  for (const { path, tokensUsed } of flows) {
    const unknown = tokensUsed.find(
      (token) => !Object.hasOwn(values.texts, token) && !Object.hasOwn(values.references, token),
    );
    if (unknown !== undefined) {
      throw new ContactFlowFileError(
        `${path}: \${${unknown}} has no value: add ${unknown} to ${setting} of ${file}, or write one of ` +
          `${Object.keys(values.references).join(', ')}.`,
      );
    }
  }
  const circle = flowsInACircle(flows);
  if (circle !== undefined) {
    throw new ContactFlowFileError(
      `${circle.join(' names ')}: CloudFormation cannot create flows in a ` +
        'circle, since each needs the ARN of the other first; let one of them read it from a contact attribute.',
    );
  }
}

/** Paths of flows that each refer to the next, and the last to the first; undefined if there is no such circle. */
function flowsInACircle(flows: readonly ContactFlowFile[]): string[] | undefined {
  const byToken = new Map(flows.map((flow) => [flow.token, flow]));
  const sound = new Set<ContactFlowFile>();
  const follow = (flow: ContactFlowFile, way: ContactFlowFile[]): string[] | undefined => {
    if (way.includes(flow)) return [...way.slice(way.indexOf(flow)), flow].map(({ path }) => path);
    if (sound.has(flow)) return undefined;
    for (const token of flow.tokensUsed) {
      const next = byToken.get(token);
      const circle = next && follow(next, [...way, flow]);
      if (circle) return circle;
    }
    sound.add(flow);
    return undefined;
  };
  for (const flow of flows) {
    const circle = follow(flow, []);
    if (circle) return circle;
  }
  return undefined;
}
