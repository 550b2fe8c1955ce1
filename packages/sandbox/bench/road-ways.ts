import { join } from 'node:path';
import { build } from 'esbuild';
import type { StateMachineDefinition, TableProperties } from '../service.ts';
import { bundlesOf } from './built-functions.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A function as the bench runs it. */
interface RoadFunction {
  /** The bundle, a CommonJS file. */
  file: string;
  /** The name under which it exports the handler. */
  export: string;
  environment: Readonly<Record<string, string>>;
  memoryMb: number;
}

/** The instance that the functions call. */
interface RoadInstance {
  instanceId: string;
  sourcePhoneNumber: string;
  /** Queue id by name. */
  queues: Readonly<Record<string, string>>;
}

/** One approach from an event to a call: functions, and the state machine that orders them. */
export interface RoadWay {
  name: string;
  /** Description of what it is. */
  says: string;
  /** By their names in serverless.yml. */
  functions: ReadonlyMap<string, RoadFunction>;
  /** Undefined if the event goes to the only function. */
  stateMachine?: StateMachineDefinition;
  tables: readonly TableProperties[];
  instance: RoadInstance;
  /** From Parameter Store, by name. */
  parameters: Readonly<Record<string, string>>;
  dispose(): void;
}

/** For the flow that `Ref` refers to in every state machine here. */
export const FLOW_ID = '00000000-0000-4000-8000-0000000000f1';

/**
 * This project at a commit, packaged as that commit says, with the settings of its stage `local`.
 *
 * @param ref undefined: the files as they are now
 * @param port of the endpoints
 */
export async function projectWay(name: string, ref: string | undefined, port: number): Promise<RoadWay> {
  const built = await bundlesOf(ref, port);
  const functions = new Map(
    [...built.functions].map(([key, { file, export: exported, environment, memoryMb }]) => [
      key,
      { file, export: exported, environment: overTls(environment), memoryMb },
    ]),
  );
  const environment = [...functions.values()][0]?.environment ?? {};
  const { connect } = JSON.parse(environment.STAGE_SETTINGS ?? '') as { connect: RoadInstance };
  return {
    name,
    says: `this project, ${built.says}`,
    functions,
    stateMachine: built.stateMachine(),
    tables: built.tables(),
    instance: connect,
    // None in commits whose state machine passes the flow on.
    parameters: { [environment.IDS_PARAMETER ?? '']: JSON.stringify({ contactFlow: FLOW_ID }) },
    dispose: built.dispose,
  };
}

const overTls = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      name.startsWith('AWS_ENDPOINT_URL_') ? value.replace('http:', 'https:') : value,
    ]),
  );

/** Lambda's own default. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const LAMBDA_MB = 128;
/** The Serverless Framework's default for a function. */
const FRAMEWORK_MB = 1_024;

/** In the order of their states. */
const NAIVE = ['naive-validate', 'naive-hours', 'naive-agents', 'naive-call', 'naive-record'];

/**
 * What this project is compared with: the function of KARTE's guide, and a state machine of five functions as a first
 * draft would have it. Bundled with esbuild's defaults.
 *
 * @param project whose instance and tables they use
 */
export async function otherWays({ functions, instance, tables }: RoadWay): Promise<readonly RoadWay[]> {
  const { path: folder, remove: dispose } = temporaryFolder('road-others-');
  await build({
    entryPoints: ['guide-function', ...NAIVE].map((name) => join(import.meta.dirname, 'road-others', `${name}.ts`)),
    bundle: true,
    platform: 'node',
    target: 'node24',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    logLevel: 'error',
  });
  const [{ environment: projects } = { environment: {} }] = functions.values();
  const environment = {
    ...Object.fromEntries(Object.entries(projects).filter(([name]) => /^AWS_ENDPOINT_URL_|^CALLS_TABLE$/.test(name))),
    INSTANCE_ID: instance.instanceId,
    CONTACT_FLOW_ID: FLOW_ID,
    SOURCE_PHONE_NUMBER: instance.sourcePhoneNumber,
    QUEUE_ID: Object.values(instance.queues)[0] ?? '',
  };
  const bundled = (name: string, memoryMb: number): [string, RoadFunction] => [
    camelCase(name),
    { file: join(folder, `${name}.cjs`), export: 'handler', environment, memoryMb },
  ];
  return [
    {
      name: "guide's function",
      says: `the function of KARTE's guide, written in JavaScript, with Lambda's default of ${LAMBDA_MB} MB`,
      functions: new Map([bundled('guide-function', LAMBDA_MB)]),
      tables,
      instance,
      parameters: {},
      dispose,
    },
    {
      name: 'naive state machine',
      says: `five functions in a row (validate, hours, agents, call, record) as in a first draft, bundled with esbuild's defaults, with the Serverless Framework's default of ${FRAMEWORK_MB.toLocaleString('en')} MB`,
      functions: new Map(NAIVE.map((name) => bundled(name, FRAMEWORK_MB))),
      stateMachine: oneAfterTheOther(NAIVE.map(camelCase)),
      tables,
      instance,
      parameters: {},
      dispose,
    },
  ];
}

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function oneAfterTheOther(names: readonly string[]): StateMachineDefinition {
  const stateOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  const task = (name: string, next: string | undefined) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: { 'Fn::GetAtt': [`${stateOf(name)}LambdaFunction`, 'Arn'] }, 'Payload.$': '$' },
    OutputPath: '$.Payload',
    ...(next === undefined ? { End: true } : { Next: stateOf(next) }),
  });
  return {
    StartAt: stateOf(names[0] ?? ''),
    States: Object.fromEntries(names.map((name, index) => [stateOf(name), task(name, names[index + 1])])),
  };
}
