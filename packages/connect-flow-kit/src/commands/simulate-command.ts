import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { blockNamesOf } from '../block-name.ts';
import { EXIT, oneOf, print, UsageError, wholeNumber } from '../command-line.ts';
import { isObject } from '../document.ts';
import { fillTokens } from '../files/contact-flow-tokens.ts';
import { parseJson } from '../parse-json.ts';
import type { CallCase, SimulatedCall } from '../simulate/call-case.ts';
import { simulateCall } from '../simulate/simulate-call.ts';
import { renderTimeline } from '../simulate/timeline.ts';
import type { FlowsCommand } from './flows-command.ts';
import { type Project, stageNamed } from './open-project.ts';
import { type FlowLibrary, flowOfText, type LoadedFlow, libraryOf, loadFlow, projectFlows } from './repository.ts';

function help({ command, stages }: Project): string {
  return `Plays one call through a flow, at once and without AWS, and shows what is heard and why.

  ${command} simulate <flow> [options]

${callHelp(stages)}
  --json                     print one JSON document and nothing else
  --help                     this text

Exit code: 0 the call was simulated, 1 it was dropped, ended in silence or never ends, 2 the input cannot be used.
`;
}

/** What a command that plays one call says about its options. */
export const callHelp = (
  stages: Project['stages'],
): string => `  <flow>                     a flow's JSON file, or the name of a flow of this repository (call-me)

The customer
  --attribute NAME=VALUE     a contact attribute that the call starts with; may be repeated
  --inbound                  the customer calls; otherwise the customer is called
  --answer human|voicemail   who picks up (default human); a voicemail presses no key
  --press KEYS               what is pressed each time the flow asks, such as 1,2; nothing between commas is silence
  --press-ahead KEYS         what is pressed without being asked, as soon as the flow buffers keys

The contact centre
  --agents N                 agents who are free (default 1; 0 with --agent-after)
  --staffed N                agents at work, including busy ones (default: as many as are free, 1 with --agent-after)
  --agent-after SECONDS      an agent becomes free after this long in the queue (default never)
  --agent-misses N           agents whose phone rings for 20 s and who do not take the call before one does (default 0)
  --waiting N                contacts already in the queue (default 0)
  --queue-full               the queue accepts no more contacts
  --hours open|closed        opening hours (default open)
  --hold SECONDS             the agent puts the customer on hold for this long

Everything else
  --lambda FILE              responses of Lambda functions: a JSON object by name or ARN (* for all); "error" is a failure
  --data-tables FILE         content of data tables: a JSON object, values by query, a list of rows by group
  --fail BLOCK=ERRORTYPE     makes a block fail; <flow>/<block> if several flows have it; may be repeated
  --percent N                1–100, drawn when a flow distributes contacts (default 1)
  --intent NAME              the intent that Lex recognises (default none)
  --stage NAME               the stage whose texts are spoken for tokens such as \${CompanyName}${stages?.default === undefined ? '' : ` (default ${stages.default})`}
  --flow REFERENCE=FILE      the flow for an id or ARN in an export; may be repeated. Flows in the same folder are
                             found by name`;

/** Options of every command that plays one call. */
export const CALL_OPTIONS = {
  attribute: { type: 'string', multiple: true },
  inbound: { type: 'boolean', default: false },
  answer: { type: 'string', default: 'human' },
  press: { type: 'string' },
  'press-ahead': { type: 'string' },
  agents: { type: 'string' },
  staffed: { type: 'string' },
  'agent-after': { type: 'string' },
  'agent-misses': { type: 'string' },
  waiting: { type: 'string' },
  'queue-full': { type: 'boolean', default: false },
  hours: { type: 'string', default: 'open' },
  hold: { type: 'string' },
  lambda: { type: 'string' },
  'data-tables': { type: 'string' },
  fail: { type: 'string', multiple: true },
  percent: { type: 'string' },
  intent: { type: 'string' },
  flow: { type: 'string', multiple: true },
  stage: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof CALL_OPTIONS }>>['values'];

/** Nothing may last longer than a day. */
const MAX_SECONDS = 86_400;

export const simulate: FlowsCommand = {
  summary: 'plays one call through a flow: what is heard, and why',
  help,
  async run(args, project) {
    const { values, positionals } = parseArgs({
      args,
      options: { ...CALL_OPTIONS, json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const { entry, library, call, unknown } = await makeCall('simulate', positionals, values, project);
    if (values.json) print(`${JSON.stringify({ flow: entry.name, ...call }, null, 2)}\n`);
    else print(`${[...report(entry, call, library, project), ...unknownFlows(unknown, library)].join('\n')}\n`);
    return wentWrong(call) ? EXIT.problems : EXIT.fine;
  },
};

/** One call as the options of a command describe it. */
interface MadeCall {
  entry: LoadedFlow;
  library: FlowLibrary;
  call: SimulatedCall;
  /** Flows that the call should have gone through but that are unknown here. */
  unknown: ReadonlySet<string>;
}

/** Makes the call that a command was asked for. Throws `UsageError` if the options are unusable. */
export async function makeCall(
  command: string,
  [name, ...more]: readonly string[],
  values: Values,
  project: Project,
): Promise<MadeCall> {
  if (name === undefined || more.length > 0) {
    throw new UsageError(`expected one flow: ${project.command} ${command} call-me (--help shows all)`);
  }
  const { entry, library } = loadFlows(name, values.flow ?? [], await textsOf(values.stage, project), project);
  const callCase = caseOf(values);
  checkBlocks(Object.keys(callCase.fail ?? {}), library.flows);
  const unknown = new Set<string>();
  const call = simulateCall(entry, callCase, (reference) => {
    const flow = library.find(reference);
    if (flow === undefined) unknown.add(reference);
    return flow;
  });
  return { entry, library, call, unknown };
}

/** What is spoken for the tokens of a stage; without a stage they stay as they are. */
async function textsOf(stage: string | undefined, project: Project): Promise<Readonly<Record<string, string>>> {
  const name = stage ?? project.stages?.default;
  return name === undefined ? {} : (await stageNamed(project, name)).flowValues;
}

/** The flow to start with, and those it can continue in. */
function loadFlows(
  name: string,
  mapped: readonly string[],
  texts: Readonly<Record<string, string>>,
  project: Project,
): { entry: LoadedFlow; library: FlowLibrary } {
  const withTexts = ({ path, text }: LoadedFlow) => flowOfText(path, fillTokens(text, texts));
  const isPath = name.includes('/') || name.endsWith('.json') || existsSync(name);
  const neighbours = (isPath ? flowsBeside(name) : projectFlows(project).flows).map(withTexts);
  const entry = isPath ? withTexts(loadFlow(name)) : neighbours.find((flow) => flow.name === name);
  if (entry === undefined) {
    const known = neighbours.map((flow) => flow.name).join(', ');
    throw new UsageError(`there is no flow ${name}: give the path of its file, or one of ${known}`);
  }
  const named = libraryOf(neighbours);
  const byReference = new Map(
    mapped.map((text) => {
      const [reference, path] = splitPair('--flow', text, 'REFERENCE=FILE');
      return [reference, withTexts(loadFlow(path))];
    }),
  );
  const find = (reference: string) => byReference.get(reference) ?? named.find(reference);
  return { entry, library: { flows: [entry, ...neighbours, ...byReference.values()], find } };
}

/** A block that is to fail but that no flow has is a typing mistake. */
function checkBlocks(failing: readonly string[], flows: readonly LoadedFlow[]): void {
  const known = new Set(
    flows.flatMap(({ name, document }) =>
      document.Actions.flatMap(({ Identifier }) => [Identifier, `${name}/${Identifier}`]),
    ),
  );
  const unknown = failing.find((block) => !known.has(block));
  if (unknown !== undefined) throw new UsageError(`--fail names block "${unknown}", which no flow here has`);
}

/** The flows in the folder of a file. Files that contain no flow are skipped. */
function flowsBeside(path: string): LoadedFlow[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      try {
        return [loadFlow(join(folder, file))];
      } catch (error) {
        if (error instanceof UsageError) return [];
        throw error;
      }
    });
}

function caseOf(values: Values): CallCase {
  const number = (option: string, value: string | undefined, to: number, from = 0): number | undefined =>
    value === undefined ? undefined : wholeNumber(option, value, from, to);
  const options = {
    agents: number('--agents', values.agents, 1_000),
    staffed: number('--staffed', values.staffed, 1_000),
    agentAfterSeconds: number('--agent-after', values['agent-after'], MAX_SECONDS),
    agentMisses: number('--agent-misses', values['agent-misses'], 1_000),
    waiting: number('--waiting', values.waiting, 1_000),
    holdSeconds: number('--hold', values.hold, MAX_SECONDS),
    percent: number('--percent', values.percent, 100, 1),
    intent: values.intent,
    press: values.press?.split(',').map((keys) => keysOf('--press', keys)),
    pressAhead: values['press-ahead'] === undefined ? undefined : keysOf('--press-ahead', values['press-ahead']),
    lambda: values.lambda === undefined ? undefined : readStubs(values.lambda, '{"function-name": {"key": "value"}}'),
    dataTables:
      values['data-tables'] === undefined
        ? undefined
        : readStubs(values['data-tables'], '{"query": {"attribute": "value"}}'),
  };
  return {
    attributes: pairs('--attribute', values.attribute, 'NAME=VALUE'),
    initiation: values.inbound ? 'INBOUND' : 'API',
    answer: oneOf('--answer', values.answer, ['human', 'voicemail'] as const),
    hours: oneOf('--hours', values.hours, ['open', 'closed'] as const),
    queueFull: values['queue-full'],
    fail: pairs('--fail', values.fail, 'BLOCK=ERRORTYPE'),
    ...(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<CallCase>),
  };
}

/** Keys of a telephone; an empty text is silence. */
function keysOf(option: string, keys: string): string {
  if (/^[0-9*#]*$/.test(keys)) return keys;
  throw new UsageError(`${option} has "${keys}": a telephone has the keys 0 to 9, * and #`);
}

const pairs = (option: string, texts: readonly string[] | undefined, form: string): Record<string, string> =>
  Object.fromEntries((texts ?? []).map((text) => splitPair(option, text, form)));

function splitPair(option: string, text: string, form: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`${option} is ${text}: expected ${form}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** @param form of the object, for somebody who gave another file */
function readStubs(path: string, form: string): Record<string, unknown> {
  let stubs: unknown;
  try {
    stubs = parseJson(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`${path} cannot be read as JSON: give a file with one object, ${form}`);
  }
  if (!isObject(stubs)) throw new UsageError(`${path} is not a JSON object: expected ${form}`);
  return stubs;
}

function report(entry: LoadedFlow, call: SimulatedCall, library: FlowLibrary, { command }: Project): string[] {
  const names = new Map(library.flows.map(({ name, document }) => [name, blockNamesOf(document)]));
  const lines = renderTimeline(call, {
    flow: (reference) => library.find(reference)?.name ?? reference,
    block: (flow, identifier) => names.get(flow)?.(identifier) ?? identifier,
  });
  if (entry.problems.length === 0) return lines;
  const count = entry.problems.length === 1 ? '1 part' : `${entry.problems.length} parts`;
  return [...lines, '', `${entry.path} has ${count} without the form of a flow; ${command} lint names them.`];
}

/** The call went as if these flows did not exist, although in Amazon Connect they may well exist. */
export function unknownFlows(references: ReadonlySet<string>, library: FlowLibrary): string[] {
  // A module is looked up with its version or alias, and then without.
  const asWritten = [...references].filter(
    (reference) =>
      reference !== '' &&
      library.find(reference.replace(/:[^:/]*$/, '')) === undefined &&
      ![...references].some((other) => other.startsWith(`${reference}:`)),
  );
  const lines = asWritten.map((reference) => `  --flow '${reference}=<file>'`);
  return lines.length === 0 ? [] : ['', 'Flows that are not known here. To hear them, give their files:', ...lines];
}

/** Dropped, ended silently, or given up before any queue: the customer deserved better. */
function wentWrong({ end, lines }: SimulatedCall): boolean {
  if (end === 'silence') return true;
  return (
    end === 'waiting' &&
    !lines.some((line) => line.kind === 'step' && (line.step.kind === 'enter-queue' || line.step.kind === 'loop'))
  );
}
