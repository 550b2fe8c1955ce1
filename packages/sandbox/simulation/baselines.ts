import type { Usage } from '../../../resources/prices.ts';
import { RETRIES_AFTER } from '../function-events.ts';
import { type BaselineWorld, baselineWorld, type Invocation } from './baseline-world.ts';
import { BOTO3 } from './boto3.ts';
import { type VirtualClock, virtualClock } from './clock.ts';
import type { Luck } from './random.ts';
import type { Arrival, Scenario } from './scenario.ts';
import type { Trace } from './trace.ts';

/**
 * What the path is compared with, on the same arrivals, agents and customers. None of them checks agents, limits or
 * opening hours.
 *
 * - `guide's function`: the function of KARTE's guide as it is set up there. It sends its request through boto3, which retries by
 *   itself; if it fails, Lambda runs it twice more; and if it takes longer than Lambda's default timeout of three seconds,
 *   it fails.
 * - `guide's function, 15 min`: the same with Lambda's longest time limit, so that nothing cuts boto3 short.
 * - `asks once`: a function that asks Amazon Connect once for each event, and never again.
 * - `jitter only`: a state machine of one Task with retries and full jitter, until the call is accepted or the request is
 *   too old.
 */
export type Baseline = "guide's function" | "guide's function, 15 min" | 'asks once' | 'jitter only';

interface BaselineResult {
  trace: Trace;
  usage: Usage;
}

/** Places the call of one request, whose event has arrived. */
type Way = (arrival: Arrival, own: Luck) => Promise<void>;

/**
 * Lambda's defaults for a function.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
const LAMBDA_DEFAULTS = { timeoutMs: 3_000, gigabytes: 0.125 };
const LONGEST_TIMEOUT_MS = 900_000;
/** 512 MB, which is little for a function that starts while a visitor waits, and cheap. */
const GIGABYTES = 0.5;
/** For `jitter only`: 1 s, doubled each time, one minute at most; each drawn between zero and that. */
const FIRST_RETRY_SECONDS = 1;
const LONGEST_RETRY_SECONDS = 60;
/** Its client waits this long for a response, as the project's own does. */
const ANSWER_TIMEOUT_MS = 6_000;

/** Runs a baseline on a scenario, as far as it applies to one: of the faults, only lost responses do. */
export async function runBaseline(baseline: Baseline, scenario: Scenario): Promise<BaselineResult> {
  const clock = virtualClock(Date.parse(scenario.startsAt));
  const uninstall = clock.install();
  try {
    const isOfGuide = baseline.startsWith('guide');
    const world = baselineWorld(scenario, clock, isOfGuide ? LAMBDA_DEFAULTS.gigabytes : GIGABYTES);
    const way = wayOf(baseline, scenario, world, clock);
    const { trace, usage, luckFor } = world;
    for (const arrival of scenario.arrivals) {
      clock.after(arrival.at, async () => {
        const { requestId, phone } = arrival;
        const own = luckFor(requestId);
        trace.add({ kind: 'arrived', requestId, phone });
        usage.partnerEvents += 1;
        await clock.pause(own.between('event', scenario.delays.eventMs));
        trace.add({ kind: 'delivered', requestId, executionId: `baseline:${requestId}` });
        await way(arrival, own);
      });
    }
    await clock.run(Date.parse(scenario.startsAt) + scenario.endsAt);
    world.model.close();
    return { trace: trace.entries, usage };
  } finally {
    uninstall();
  }
}

function wayOf(baseline: Baseline, scenario: Scenario, world: BaselineWorld, clock: VirtualClock): Way {
  switch (baseline) {
    case "guide's function":
      return guideFunction(LAMBDA_DEFAULTS.timeoutMs, scenario, world, clock);
    case "guide's function, 15 min":
      return guideFunction(LONGEST_TIMEOUT_MS, scenario, world, clock);
    case 'asks once':
      return asksOnce(scenario, world, clock);
    case 'jitter only':
      return jitterOnly(scenario, world, clock);
  }
}

/** From the queue of asynchronous invocations, which retries if the concurrency is used up. */
async function invokedAsynchronously(world: BaselineWorld, clock: VirtualClock, own: Luck): Promise<Invocation> {
  for (let pauseMs = 1_000; ; pauseMs = Math.min(2 * pauseMs, 300_000)) {
    const invocation = world.invoke(own);
    if (invocation) return invocation;
    await clock.pause(pauseMs);
  }
}

/** KARTE's guide: rule, SNS topic, function. SNS takes no time here. */
function guideFunction(timeoutMs: number, { delays }: Scenario, world: BaselineWorld, clock: VirtualClock): Way {
  /** One run of the function. @returns whether it ended without an error, in time */
  async function run(arrival: Arrival, own: Luck, clientToken: string): Promise<boolean> {
    const end = clock.now() + timeoutMs;
    const inTime = async (milliseconds: number): Promise<boolean> => {
      const left = end - clock.now();
      await clock.pause(Math.min(milliseconds, left));
      return milliseconds <= left;
    };
    for (let attempt = 1; attempt <= BOTO3.attempts; attempt += 1) {
      // The request arrives after half of the time: a function that is cut off later has requested the call.
      const halfMs = own.between('connect delay', delays.connectMs) / 2;
      if (!(await inTime(halfMs))) return false;
      const { status } = world.ask(arrival, clientToken, own);
      if (!(await inTime(status === undefined ? BOTO3.readTimeoutMs : halfMs))) return false;
      if (status === 200) return true;
      if (status !== undefined && !BOTO3.repeats(status)) return false;
      if (attempt === BOTO3.attempts) return false;
      if (!(await inTime(own.between('retry', [0, BOTO3.longestPauseMs(attempt)])))) return false;
    }
    return false;
  }

  return async (arrival, own) => {
    for (const [index, pauseSeconds] of [0, ...RETRIES_AFTER].entries()) {
      await clock.pause(pauseSeconds * 1_000);
      const invocation = await invokedAsynchronously(world, clock, own);
      await clock.pause(invocation.startMs);
      const runsUntil = clock.now() + timeoutMs;
      // The guide's code sets no token. boto3 makes one for each run and keeps it for the attempts of that run.
      const succeeded = await run(arrival, own, `${arrival.requestId} ${index}`);
      invocation.end(clock.now() >= runsUntil);
      if (succeeded) return;
    }
  };
}

function asksOnce({ delays }: Scenario, world: BaselineWorld, clock: VirtualClock): Way {
  return async (arrival, own) => {
    const invocation = await invokedAsynchronously(world, clock, own);
    await clock.pause(invocation.startMs + own.between('connect delay', delays.connectMs));
    world.ask(arrival, arrival.requestId, own);
    invocation.end();
  };
}

function jitterOnly({ delays }: Scenario, world: BaselineWorld, clock: VirtualClock): Way {
  const { trace, usage } = world;
  return async (arrival, own) => {
    const { requestId } = arrival;
    usage.stateTransitions += 1;
    trace.add({ kind: 'entered', requestId, executionId: `baseline:${requestId}`, state: 'StartCall' });
    const deadline = clock.now() + world.maxAgeMs;
    for (let attempt = 0; ; attempt += 1) {
      const invocation = world.invoke(own);
      if (invocation) {
        await clock.pause(invocation.startMs + own.between('connect delay', delays.connectMs));
        const { status } = world.ask(arrival, requestId, own);
        if (status === undefined) await clock.pause(ANSWER_TIMEOUT_MS);
        invocation.end();
        if (status === 200) return;
      }
      const most = Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** attempt);
      const waitMs = own.between('retry', [0, most]) * 1_000;
      if (clock.now() + waitMs > deadline) return;
      usage.stateTransitions += 1;
      await clock.pause(waitMs);
    }
  };
}
