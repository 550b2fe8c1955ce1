import { dramaNumber, requestId } from '../drama-numbers.ts';
import { type Baseline, runBaseline } from '../simulation/baselines.ts';
import { costOf, type Usage } from '../simulation/prices.ts';
import { type Figures, figuresOf } from '../simulation/report-figures.ts';
import { type Scenario, type ScenarioChanges, scenarioOf } from '../simulation/scenario.ts';
import { type SimulationResult, simulate } from '../simulation/simulate.ts';

/** What one row of the bench is about. */
export interface Row {
  name: string;
  /** What must hold of it. */
  aim: 'enough staff' | 'scarce staff' | 'defaults';
  scenario: Scenario;
}

/** One way of making the calls, measured on a row. */
export interface Measured extends Figures {
  way: 'this project' | Baseline;
  usage: Usage;
  /** US dollars for the whole run. */
  usd: number;
}

/** A target of the project, and how it was met. */
export interface Target {
  says: string;
  measured: string;
  met: boolean;
}

/** Amazon Connect's default quota of StartOutboundVoiceContact. */
export const QUOTA = { callsPerSecond: 2, burst: 5 };

/** Everybody has been logged in for longer than the metrics lag behind when the first request comes. */
const FIRST_ARRIVAL_MS = 60_000;
/** At two calls a second, each for six minutes at most from its turn on until the metrics have seen its end. */
const ENOUGH_AGENTS = 750;
const HOURS = 60 * 60_000;

/** N requests at once, or evenly spread over some seconds, with every limit lifted and staff for all of them. */
export const enoughStaff = (requests: number, overSeconds: number, seed: number): Row => ({
  name: `${requests.toLocaleString('en')} requests ${overSeconds === 0 ? 'at once' : `in ${overSeconds} s`}`,
  aim: 'enough staff',
  scenario: scenarioOf({
    ...base(requests, overSeconds, seed, ENOUGH_AGENTS),
    settings: { ...countries, ...lifted },
    quotas: { activeCalls: 10_000 },
  }),
});

/** Thirty agents with calls of three minutes, and far more people than they can take at once. */
export const scarceStaff = (seed: number): Row => ({
  name: '500 requests in 60 s, 30 agents, 3 min each',
  aim: 'scarce staff',
  scenario: scenarioOf({
    ...base(500, 60, seed, 30),
    settings: { ...countries, ...lifted },
    quotas: { activeCalls: 10_000 },
    customers: { talkSeconds: [180, 180] },
  }),
});

/** What a stage does that was only given its ids. */
export const defaults = (requests: number, seed: number): Row => ({
  name: `${requests.toLocaleString('en')} requests at once, default settings, 30 agents`,
  aim: 'defaults',
  scenario: scenarioOf({ ...base(requests, 0, seed, 30), settings: countries }),
});

/** The numbers that cannot ring are British. */
const countries = { request: { countries: ['JP', 'GB'] } } as const;

const lifted = {
  request: { ...countries.request, maxAgeSeconds: 3 * 60 * 60 },
  limits: {
    callsPerNumberPerDay: null,
    callsPerDay: null,
    requestsPerMinute: null,
    maxConcurrentCalls: null,
  },
} as const;

const base = (requests: number, overSeconds: number, seed: number, agents: number): ScenarioChanges => ({
  seed,
  endsAt: FIRST_ARRIVAL_MS + 6 * HOURS,
  arrivals: Array.from({ length: requests }, (_, index) => ({
    at: FIRST_ARRIVAL_MS + Math.round((index * overSeconds * 1_000) / requests),
    requestId: requestId(index),
    phone: dramaNumber(index),
    userType: index % 2 === 0 ? 'member' : 'visitor',
  })),
  agents: Array.from({ length: agents }, (_, index) => ({
    name: `agent-${index + 1}`,
    queues: ['members', 'visitors'],
    from: 0,
  })),
});

/** States that are entered before a request's place in the line is settled; the waiting room is the last of them. */
const STATES_BEFORE_THE_LINE = 7;
/** Functions that are invoked before. */
const FUNCTIONS_BEFORE_THE_LINE = 4;
/** What a function does there takes no longer than this. */
const LONGEST_WORK_MS = 200;

/** The longest that chance alone can keep one request back behind another, in milliseconds. */
export const jitterOf = ({ delays }: Scenario): number =>
  STATES_BEFORE_THE_LINE * delays.stateSeconds[1] * 1_000 +
  FUNCTIONS_BEFORE_THE_LINE * (delays.invocationMs[1] + LONGEST_WORK_MS);

/** Runs a row in every way. */
export async function measure({ scenario }: Row, ways: readonly Measured['way'][]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const way of ways) {
    if (way === 'this project') {
      const result = await simulate(scenario);
      const figures = figuresOf(result.trace, QUOTA, jitterOf(scenario));
      const usage = usageOf(result, figures);
      measured.push({ way, ...figures, usage, usd: costOf(usage) });
    } else {
      const { trace, usage } = await runBaseline(way, scenario);
      // There is no line: who comes first is settled when the function asks.
      const figures = figuresOf(trace, QUOTA, scenario.delays.invocationMs[1] + scenario.delays.connectMs[1]);
      const retries = way === 'no retry' ? 0 : (figures.asked - figures.requests) / Math.max(1, figures.placed);
      measured.push({ way, ...figures, retriesPerCall: retries, usage, usd: costOf(usage) });
    }
  }
  return measured;
}

/** Lambda's memory, as serverless.yml sets it. */
const GIGABYTES = 0.5;
/** A function computes for about so long, besides waiting for answers. */
export const ASSUMED_COMPUTING_MS = 10;
/** A message is sent, received and deleted. */
const REQUESTS_PER_MESSAGE = 3;

function usageOf({ use }: SimulationResult, { transitions }: Figures): Usage {
  const functions = Object.values(use.functions);
  const invocations = functions.reduce((sum, { invocations: count }) => sum + count, 0);
  const waitedMs = functions.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const tables = Object.values(use.tables);
  return {
    stateTransitions: transitions,
    lambdaRequests: invocations,
    lambdaGbSeconds: ((waitedMs + invocations * ASSUMED_COMPUTING_MS) / 1_000) * GIGABYTES,
    writeUnits: tables.reduce((sum, { write }) => sum + write, 0),
    readUnits: tables.reduce((sum, { read }) => sum + read, 0),
    queueRequests: use.messages * REQUESTS_PER_MESSAGE,
    partnerEvents: use.events,
  };
}

/** How the project's targets are met on a row. */
export function targetsOf({ aim, scenario }: Row, ours: Measured): Target[] {
  const most = (says: string, value: number, limit: number, digits: number): Target => ({
    says: `${says} at most ${limit.toFixed(digits)}`,
    measured: value.toFixed(digits),
    met: value <= limit,
  });
  const none = (says: string, value: number): Target => ({
    says: `${says}: none`,
    measured: String(value),
    met: value === 0,
  });
  const overDial = none('calls beyond the free agents', ours.overDial);
  if (aim === 'scarce staff') {
    const lag = scenario.delays.metricsLagSeconds;
    return [
      allPlaced(ours),
      overDial,
      most("seconds an agent is idle while somebody waits (the metrics' lag and 7 s):", ours.idleSeconds, lag + 7, 1),
    ];
  }
  if (aim === 'defaults') {
    const ended = Object.values(ours.outcomes).reduce((sum, count) => sum + count, 0);
    return [
      { says: 'every request has an outcome', measured: `${ended}`, met: ended === ours.requests },
      none('calls beyond the free agents', ours.overDial),
    ];
  }
  return [
    allPlaced(ours),
    // With fewer, the way to the first call alone takes most of the time.
    ...(ours.requests >= 100
      ? [most('seconds (1.02 × ideal + 5 s):', ours.seconds, 1.02 * ours.idealSeconds + 5, 1)]
      : []),
    throttledBelow(ours, 1),
    none('requests called after one that came later, beyond jitter', ours.overtaken),
    overDial,
    most('states entered per call:', ours.states.max, 12, 0),
  ];
}

const allPlaced = ({ placed, requests }: Measured): Target => ({
  says: 'all calls placed',
  measured: `${placed} of ${requests}`,
  met: placed === requests,
});

function throttledBelow({ throttled, asked }: Measured, percent: number): Target {
  const share = (100 * throttled) / Math.max(1, asked);
  return { says: `throttled attempts below ${percent} %`, measured: `${share.toFixed(2)} %`, met: share < percent };
}
