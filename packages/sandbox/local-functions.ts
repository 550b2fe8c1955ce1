import { Console } from 'node:console';
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { HISTORY_KEPT_MS, keptLines } from './kept-history.ts';
import type { Service } from './service.ts';
import { lendEnvironment } from './with-environment.ts';

interface Listeners {
  /** Receives every log line. */
  onLog?: ((line: string) => void) | undefined;
  /** Is given every line in CloudWatch's embedded metric format, which in AWS is in the log as well. */
  onMetric?: (line: string) => void;
}

/** Runs the project's own functions unchanged in this process, with the input that Lambda would give them. */
export interface LocalFunctions {
  /** Invokes a function by its name in serverless.yml. Rejects with the function's own error. */
  invoke(name: string, payload: unknown): Promise<unknown>;
  /** Makes a function start cold on its next run, as in a new execution environment of Lambda. */
  renew(name: string): void;
  /** Resolves when no function runs. */
  idle(): Promise<void>;
  /** How often each function ran since the start, and how often it failed. */
  counts: ReadonlyMap<string, { runs: number; errors: number }>;
  /** What the functions logged in the last hour. */
  logs(): string[];
  /** Restores the environment of the process. */
  close(): void;
}

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/**
 * In AWS every run has an environment of its own. Here all share one process: of hundreds at once, each would take so long
 * that its requests run into their time-outs. So many run, the others wait for their turn. The functions take turns: what
 * a thousand requests begin with must not hold up what one of them ends with.
 */
const RUNS_AT_ONCE = 8;

/** Modules below the functions load once in a process, the logger among them: its lines go to the latest stack. */
let takeLine: (line: string) => void = () => undefined;
const LOG = new Writable({
  write(chunk: Buffer, _encoding, done) {
    takeLine(chunk.toString().trimEnd());
    done();
  },
});
const FUNCTIONS_CONSOLE = new Console(LOG, LOG);

/** The same for lines of metrics, which nobody wants to read among the others. */
let takeMetric: (line: string) => void = () => undefined;
const METRIC_LINES = new Writable({
  write(chunk: Buffer, _encoding, done) {
    takeMetric(chunk.toString().trimEnd());
    done();
  },
});
const METRICS_CONSOLE = new Console(METRIC_LINES, METRIC_LINES);

/** A counter makes each stack of this process load the function modules anew, with its own environment. */
let generation = 0;

/**
 * The functions of the service, each loaded when it is first invoked: one request needs few of them. They find their environment in
 * `process.env`, as in Lambda, until they are closed.
 */
export async function loadFunctions(
  service: Service,
  { onLog, onMetric = () => undefined }: Listeners = {},
): Promise<LocalFunctions> {
  // With the last, Powertools writes logs that people can read, and metrics where it is told to alone.
  const giveBack = lendEnvironment({ ...service.stage.environment, POWERTOOLS_DEV: 'true' });
  const lines = keptLines({ keptMs: HISTORY_KEPT_MS, now: Date.now });
  takeLine = (line) => {
    lines.add(line);
    onLog?.(line);
  };
  takeMetric = onMetric;
  generation += 1;
  const query = `?stack=${generation}`;
  /** How often something was begun anew: each time, its modules load once more. */
  let renewals = 0;
  const renewed = new Map<string, number>();
  const handlers = new Map<string, Promise<Handler>>();

  function handlerOf(name: string, { module, export: exported }: Service['functions'][string]): Promise<Handler> {
    const loading = handlers.get(name) ?? load(module, exported, renewed.get(name));
    handlers.set(name, loading);
    return loading;
  }

  async function load(module: string, exported: string, renewal: number | undefined): Promise<Handler> {
    // Another stack may have started since.
    Object.assign(process.env, service.stage.environment);
    const loaded: Record<string, unknown> = await import(
      `${pathToFileURL(module)}${query}${renewal === undefined ? '' : `&renewal=${renewal}`}`
    );
    return loaded[exported] as Handler;
  }

  // Anyone who loaded the logger first in this process: from now on it is the functions'.
  const { logger } = await import('../../adapters/logging.ts');
  Object.assign(logger, { console: FUNCTIONS_CONSOLE });
  const { metrics } = await import('../../adapters/measure.ts');
  const { POWERTOOLS_METRICS_NAMESPACE: namespace } = service.stage.environment;
  Object.assign(metrics, { console: METRICS_CONSOLE, disabled: false, namespace });

  const running = new Set<Promise<unknown>>();
  const counts = new Map<string, { runs: number; errors: number }>();
  function count(name: string, what: 'runs' | 'errors'): void {
    const own = counts.get(name) ?? { runs: 0, errors: 0 };
    own[what] += 1;
    counts.set(name, own);
  }
  const inTurn = atMost(RUNS_AT_ONCE);
  return {
    counts,
    logs: lines.all,
    async invoke(name, payload) {
      const found = service.functions[name];
      if (!found) throw new Error(`serverless.yml has no function "${name}"`);
      const { timeoutSeconds, memoryMb } = found;
      const functionName = `${service.stateMachine.name.replace(/-call-request$/, '')}-${name}`;
      const context = {
        functionName,
        functionVersion: '$LATEST',
        memoryLimitInMB: String(memoryMb),
        awsRequestId: randomUUID(),
        invokedFunctionArn: `arn:aws:lambda:${service.stage.file.region}:000000000000:function:${functionName}`,
        getRemainingTimeInMillis: () => timeoutSeconds * 1000,
      };
      const run = inTurn(name, async () => {
        const handler = await handlerOf(name, found);
        return withTimeout(timeoutSeconds, handler(throughJson(payload), context));
      });
      running.add(run);
      count(name, 'runs');
      try {
        return throughJson(await run);
      } catch (error) {
        count(name, 'errors');
        throw error;
      } finally {
        running.delete(run);
      }
    },
    renew(name) {
      if (!handlers.delete(name)) return;
      renewals += 1;
      renewed.set(name, renewals);
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
    close: giveBack,
  };
}

/** Runs so many at once. Each function has a line of its own, in order of arrival; the lines take turns. */
function atMost(count: number) {
  /** The next in turn comes first. */
  const lines = new Map<string, (() => void)[]>();
  let free = count;

  function join(name: string, turn: () => void): void {
    const line = lines.get(name);
    if (line) line.push(turn);
    else lines.set(name, [turn]);
  }

  function next(): void {
    const [first] = lines;
    if (!first) {
      free += 1;
      return;
    }
    const [name, line] = first;
    const turn = line.shift();
    lines.delete(name);
    if (line.length > 0) lines.set(name, line);
    turn?.();
  }

  return async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((turn) => join(name, turn));
    try {
      return await run();
    } finally {
      next();
    }
  };
}

/** Payloads cross a wire in AWS. */
const throughJson = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

async function withTimeout<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`Task timed out after ${seconds} seconds`);
      error.name = 'Sandbox.Timedout';
      reject(error);
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
