import { costOf, type Usage } from '../../../resources/prices.ts';
import { readService } from '../service.ts';
import { runBaseline } from '../simulation/baselines.ts';
import { functionTimes } from '../simulation/cold-starts.ts';
import { type Figures, figuresOf } from '../simulation/report-figures.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { type SimulationResult, simulate } from '../simulation/simulate.ts';
import { QUOTA, type Row, type Way } from './burst-rows.ts';

/** An approach, measured on a row. */
export interface Measured extends Figures {
  way: Way;
  usage: Usage;
  /** US dollars for the whole run. */
  usd: number;
}

/** States that are entered before a request's place in line is settled; the waiting room is the last of them. */
const STATES_BEFORE_THE_LINE = 5;
/** Functions that are invoked before. */
const FUNCTIONS_BEFORE_THE_LINE = 3;
/** What a function does there takes no longer than this. */
const LONGEST_WORK_MS = 200;

/** The longest that chance alone can delay one request behind another, in milliseconds. */
export const jitterOf = ({ delays }: Scenario): number =>
  STATES_BEFORE_THE_LINE * delays.stateSeconds[1] * 1_000 +
  FUNCTIONS_BEFORE_THE_LINE * (longestStartMs(delays) + delays.invocationMs[1] + LONGEST_WORK_MS);

/** The longest that a function of this project takes to start in a new execution environment, in milliseconds. */
export const longestStartMs = ({ initMs }: Scenario['delays']): number =>
  initMs[1] + Math.max(...Object.values(timesHere()).map(({ startMs }) => startMs));

const functionsHere = () => readService('local', 0).functions;
const timesHere = () => functionTimes(functionsHere());

/** Runs a row with every approach. */
export async function measure(row: Row, ways: readonly Way[] = row.ways): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const way of ways) measured.push(await measureWay(row, way));
  return measured;
}

async function measureWay({ scenario, opensAt }: Row, way: Way): Promise<Measured> {
  const { delays } = scenario;
  const countsFrom = opensAt === undefined ? undefined : Date.parse(scenario.startsAt) + opensAt;
  if (way === 'this project' || way === 'no state delay') {
    const run = way === 'this project' ? scenario : { ...scenario, delays: { ...delays, stateSeconds: NO_DELAY } };
    const result = await simulate(run);
    const figures = figuresOf(result.trace, QUOTA, jitterOf(run), countsFrom);
    const usage = usageOf(result, figures);
    return { way, ...figures, usage, usd: costOf(usage) };
  }
  const { trace, usage } = await runBaseline(way, scenario);
  // There is no line: the order is settled when the function sends its request.
  const jitterMs = delays.initMs[1] + delays.invocationMs[1] + delays.connectMs[1];
  const figures = figuresOf(trace, QUOTA, jitterMs, countsFrom);
  const retriesPerCall = Math.max(0, figures.asked - figures.requests) / Math.max(1, figures.placed);
  return { way, ...figures, retriesPerCall, usage, usd: costOf(usage) };
}

const NO_DELAY = [0, 0] as const;

/** A message is sent, received and deleted. */
const REQUESTS_PER_MESSAGE = 3;

function usageOf({ use }: SimulationResult, { transitions }: Figures): Usage {
  const functions = functionsHere();
  const times = timesHere();
  const used = Object.entries(use.functions).map(([name, { invocations, milliseconds }]) => ({
    invocations,
    gbSeconds:
      ((milliseconds + invocations * (times[name]?.computeMs ?? 0)) / 1_000) *
      ((functions[name]?.memoryMb ?? 0) / 1_024),
  }));
  const tables = Object.values(use.tables);
  return {
    stateTransitions: transitions,
    lambdaRequests: used.reduce((sum, { invocations }) => sum + invocations, 0),
    lambdaGbSeconds: used.reduce((sum, { gbSeconds }) => sum + gbSeconds, 0),
    writeUnits: tables.reduce((sum, { write }) => sum + write, 0),
    readUnits: tables.reduce((sum, { read }) => sum + read, 0),
    queueRequests: use.messages * REQUESTS_PER_MESSAGE,
    partnerEvents: use.events,
  };
}
