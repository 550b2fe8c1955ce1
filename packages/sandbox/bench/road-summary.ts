import { costOf } from '../../../resources/prices.ts';
import { shareOf } from '../simulation/cold-starts.ts';
import { median } from './median.ts';
import {
  billedMsOf,
  initMsOf,
  inRow,
  type RoadCall,
  type RoadFigures,
  type RoadStep,
  untilAsked,
  wallOf,
  wholeCall,
} from './road-figures.ts';

/** One invocation; numbers are medians of the runs. */
export interface StepFigures {
  state: string;
  function: string;
  memoryMb: number;
  /** 0 if the process already existed. */
  nodeCpuMs: number;
  loadCpuMs: number;
  cpuMs: number;
  /** Spent waiting for responses. */
  idleMs: number;
  /** On the share of a core that the memory gives; the start of the process is separate. */
  wallMs: number;
  initMs: number;
  inRow: number;
  requests: number;
  maxRssMb: number;
}

/** One call of an approach; numbers are medians of the runs. */
export interface CallFigures {
  states: number;
  untilAsked: RoadFigures;
  whole: RoadFigures;
  steps: StepFigures[];
  readUnits: number;
  writeUnits: number;
  gbSeconds: number;
  /** US dollars for a thousand such calls. */
  usdPerThousand: number;
}

/** The results of the runs of one call. All have the same steps. */
export function summaryOf(calls: readonly RoadCall[]): CallFigures {
  const [first] = calls;
  if (!first) throw new Error('there was no run');
  const middle = (pick: (call: RoadCall) => number) => median(calls.map(pick));
  const gbSeconds = middle(({ steps }) =>
    steps.reduce((sum, step) => sum + (billedMsOf(step) / 1_000) * (step.memoryMb / 1_024), 0),
  );
  const [states, readUnits, writeUnits] = [
    middle((call) => call.states),
    middle((call) => call.readUnits),
    middle((call) => call.writeUnits),
  ];
  return {
    states,
    untilAsked: medianOf(calls.map(untilAsked)),
    whole: medianOf(calls.map(wholeCall)),
    steps: first.steps.map((_, index) => stepOf(calls.flatMap(({ steps }) => steps[index] ?? []))),
    readUnits,
    writeUnits,
    gbSeconds,
    usdPerThousand:
      1_000 *
      costOf({
        stateTransitions: states,
        lambdaRequests: first.steps.length,
        lambdaGbSeconds: gbSeconds,
        readUnits,
        writeUnits,
        queueRequests: 0,
        partnerEvents: 1,
      }),
  };
}

/** The median of each figure separately. */
function medianOf(figures: readonly RoadFigures[]): RoadFigures {
  const middle = (pick: (one: RoadFigures) => number) => median(figures.map(pick));
  return {
    cpuMs: middle(({ cpuMs }) => cpuMs),
    nodeCpuMs: middle(({ nodeCpuMs }) => nodeCpuMs),
    wallMs: middle(({ wallMs }) => wallMs),
    wallInitBoostedMs: middle(({ wallInitBoostedMs }) => wallInitBoostedMs),
    inRow: middle((one) => one.inRow),
    requests: middle(({ requests }) => requests),
  };
}

function stepOf(steps: readonly RoadStep[]): StepFigures {
  const [{ state, function: name, memoryMb } = { state: '', function: '', memoryMb: 0 }] = steps;
  const middle = (pick: (step: RoadStep) => number) => median(steps.map(pick));
  return {
    state,
    function: name,
    memoryMb,
    nodeCpuMs: middle(({ started }) => started?.nodeCpuMs ?? 0),
    loadCpuMs: middle(({ started }) => started?.loadCpuMs ?? 0),
    cpuMs: middle(({ cpuMs }) => cpuMs),
    idleMs: middle(({ idleMs }) => idleMs),
    wallMs: middle((step) => wallOf(step, shareOf(memoryMb))),
    initMs: middle((step) => initMsOf(step)),
    inRow: middle(({ requests }) => inRow(requests)),
    requests: middle(({ requests }) => requests.length),
    maxRssMb: middle(({ maxRssMb }) => maxRssMb),
  };
}
