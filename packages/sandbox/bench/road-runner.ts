import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localStateMachine } from '../state-machine.ts';
import { selfSigned } from './road-certificate.ts';
import type { EndpointOrder, RoadDelays, RoadWorld, Served } from './road-endpoints.ts';
import type { RoadCall, RoadRequest, RoadStep, Spent } from './road-figures.ts';
import { FLOW_ID, type RoadWay } from './road-ways.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Runs calls of an approach against its own endpoints. */
export interface Road {
  /** For the endpoints. */
  port: number;
  /** Three calls, starting from empty tables. */
  run(way: RoadWay): Promise<Record<RoadMoment, RoadCall>>;
  /** CPU time of a function's module load, in milliseconds, without an invocation. */
  load(way: RoadWay, name: string): Promise<number>;
  close(): Promise<void>;
}

/**
 * - `first`: nobody was ever called. Every process is new, the tables are empty, nothing was read from Amazon Connect.
 * - `cold`: every process is new, and cached readings have expired; the tables are in use.
 * - `warm`: the same processes once more, immediately.
 */
export type RoadMoment = 'first' | 'cold' | 'warm';

interface Loaded {
  nodeCpuMs: number;
  /** CPU time of the module load. */
  cpuMs: number;
}

interface Answered extends Spent {
  result?: unknown;
  error?: { name: string; message: string };
  asked?: Spent;
  requests: RoadRequest[];
  maxRssMb: number;
}

const REGION = 'ap-northeast-1';
/** Whom the calls are for. Nothing leaves this machine. */
const NUMBERS: Readonly<Record<RoadMoment, string>> = {
  first: '+819012345678',
  cold: '+818012345678',
  warm: '+817012345678',
};
/** How long after the first call the others come: the number of free agents is read again after two seconds. */
const LATER_MS = 5_000;

/** Starts the end points. */
export async function openRoad(delays: RoadDelays): Promise<Road> {
  const folder = temporaryFolder('road-');
  const { key, certificate } = selfSigned();
  const authority = join(folder.path, 'authority.pem');
  writeFileSync(authority, certificate);
  const endpoints = fork(join(import.meta.dirname, 'road-endpoints.ts'), [], { execArgv: [] });
  const order = <T>(what: EndpointOrder) => answerOf<T>(endpoints, what);
  const { port } = await order<{ port: number }>({ do: 'listen', key, certificate, delays });

  async function start(way: RoadWay, name: string, aheadMs: number): Promise<Environment> {
    const { file, export: exported, environment, memoryMb } = functionOf(way, name);
    const child = fork(join(import.meta.dirname, 'road-process.cjs'), [file, exported, String(aheadMs)], {
      execArgv: [],
      // A function's log does not matter here; if a process dies, its last output is reported.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // As Lambda has it, without anything from this shell.
      env: {
        ...environment,
        AWS_REGION: REGION,
        AWS_DEFAULT_REGION: REGION,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_SESSION_TOKEN: 'local',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        TZ: ':UTC',
        NODE_EXTRA_CA_CERTS: authority,
        NODE_DISABLE_COMPILE_CACHE: '1',
      },
    });
    return { child, loaded: await answerOf<Loaded>(child) };
  }

  return {
    port,
    async run(way) {
      await order({ do: 'begin', world: worldOf(way) });
      const first = await environments(
        (name) => start(way, name, 0),
        (invoke) => callOf(way, NUMBERS.first, 0, invoke, order),
      );
      return environments(
        (name) => start(way, name, LATER_MS),
        async (invoke) => {
          const cold = await callOf(way, NUMBERS.cold, LATER_MS, invoke, order);
          return { first, cold, warm: await callOf(way, NUMBERS.warm, LATER_MS, invoke, order) };
        },
      );
    },
    async load(way, name) {
      const { child, loaded } = await start(way, name, 0);
      await ended(child);
      return loaded.cpuMs;
    },
    async close() {
      await ended(endpoints);
      folder.remove();
    },
  };
}

interface Environment {
  child: ChildProcess;
  loaded: Loaded;
}

/** An invocation of a function by its name. */
type Invoke = (name: string, message: object) => Promise<{ answered: Answered; loaded?: Loaded }>;

/** A process for each function that is invoked, from its first invocation to the end of the work. */
async function environments<T>(
  start: (name: string) => Promise<Environment>,
  work: (invoke: Invoke) => Promise<T>,
): Promise<T> {
  const running = new Map<string, ChildProcess>();
  try {
    return await work(async (name, message) => {
      const known = running.get(name);
      if (known) return { answered: await answerOf<Answered>(known, message) };
      const { child, loaded } = await start(name);
      running.set(name, child);
      return { answered: await answerOf<Answered>(child, message), loaded };
    });
  } finally {
    await Promise.all([...running.values()].map(ended));
  }
}

async function callOf(
  way: RoadWay,
  phone: string,
  aheadMs: number,
  invokeFunction: Invoke,
  order: <T>(what: EndpointOrder) => Promise<T>,
): Promise<RoadCall> {
  const steps: RoadStep[] = [];
  const before = await order<Served>({ do: 'tell' });
  const now = () => Date.now() + aheadMs;

  let failed: unknown;
  const { entered, tasks } = await passThrough(
    way,
    eventFor(phone, new Date(now())),
    async (name, payload) => {
      try {
        return await step(name, payload);
      } catch (error) {
        failed ??= error;
        // Neither retried nor caught: no step may fail here.
        throw Object.assign(new Error('a step failed'), { isRetryable: false, isCatchable: false });
      }
    },
    now,
  ).catch((error: unknown) => {
    throw failed ?? error;
  });

  async function step(name: string, payload: unknown): Promise<unknown> {
    const { memoryMb } = functionOf(way, name);
    const { answered, loaded } = await invokeFunction(name, { payload, context: contextOf(name, memoryMb) });
    const { result, error, ...spent } = answered;
    if (error) throw new Error(`${way.name}: ${name} failed with ${error.name}: ${error.message}`);
    const started = loaded && { nodeCpuMs: loaded.nodeCpuMs, loadCpuMs: loaded.cpuMs };
    steps.push({ state: '', function: name, memoryMb, ...(started && { started }), ...spent });
    return result;
  }

  const { requests, readUnits, writeUnits } = await order<Served>({ do: 'tell' });
  const made = steps.reduce((sum, step) => sum + step.requests.length, 0);
  const arrived = requests - before.requests;
  if (made !== arrived) throw new Error(`${way.name}: the functions made ${made} requests, ${arrived} arrived`);
  return {
    steps: steps.map((step, index) => ({ ...step, state: tasks[index] ?? step.function })),
    states: entered,
    readUnits: readUnits - before.readUnits,
    writeUnits: writeUnits - before.writeUnits,
  };
}

/** Leads the event through the states. @returns how many were entered, and which of them invoke functions */
async function passThrough(
  { name, stateMachine, functions }: RoadWay,
  event: unknown,
  invoke: (name: string, payload: unknown) => Promise<unknown>,
  now: () => number,
): Promise<{ entered: number; tasks: string[] }> {
  if (!stateMachine) {
    for (const only of functions.keys()) await invoke(only, event);
    return { entered: 0, tasks: [...functions.keys()] };
  }
  const machine = localStateMachine({
    service: { stateMachine: { name: 'road', definition: stateMachine }, stage: { file: { region: REGION } } },
    functions: { invoke },
    // For commits before the functions read it themselves.
    references: { EntryContactFlow: FLOW_ID },
    speed: 1,
    now,
  });
  const execution = machine.start(event);
  await execution.done;
  const { status, error, cause, states, output } = execution;
  if (status !== 'SUCCEEDED') throw new Error(`${name}: the execution ended ${status}: ${error} ${cause}`);
  const outcome = (output as { outcome?: string } | undefined)?.outcome;
  if (outcome !== undefined && outcome !== 'call_placed')
    throw new Error(`${name}: no call, but ${JSON.stringify(output)}`);
  const tasks = states.map((visit) => visit.name).filter((state) => stateMachine.States[state]?.Type === 'Task');
  return { entered: states.length, tasks };
}

const worldOf = ({ instance: { instanceId, sourcePhoneNumber, queues }, tables, parameters }: RoadWay): RoadWorld => ({
  tables,
  parameters,
  instanceId,
  sourcePhoneNumber,
  queues,
  region: REGION,
  flowId: FLOW_ID,
});

function functionOf({ name, functions }: RoadWay, wanted: string) {
  const found = functions.get(wanted);
  if (!found) throw new Error(`${name} has no function "${wanted}"`);
  return found;
}

const contextOf = (name: string, memoryMb: number) => ({
  functionName: name,
  functionVersion: '$LATEST',
  memoryLimitInMB: String(memoryMb),
  awsRequestId: randomUUID(),
  invokedFunctionArn: `arn:aws:lambda:${REGION}:000000000000:function:${name}`,
});

/** What EventBridge would deliver now. */
const eventFor = (phone: string, at: Date) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'KARTE Action',
  source: 'aws.partner/karte.io/000000000000/local-project/call',
  account: '000000000000',
  time: at.toISOString(),
  region: REGION,
  resources: ['karte'],
  detail: {
    name: 'karte_ivr_call_request',
    content: { phone_e164: phone, user_type: 'visitor', inquiry_type: 'KARTE Datahubについて', track_id: '48291532' },
  },
});

/** Sends a message, if there is one, and waits for the next one that comes back. Rejects if the process ends instead. */
function answerOf<T>(child: ChildProcess, message?: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void) => {
      child.off('message', told).off('exit', gone);
      then();
    };
    const told = (answer: unknown) => settle(() => resolve(answer as T));
    const gone = (code: number | null) =>
      settle(() => reject(new Error(`a process of the bench ended with ${code}: ${child.stderr?.read() ?? ''}`)));
    child.once('message', told).once('exit', gone);
    if (message) child.send(message);
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
