import { shareOf } from '../simulation/cold-starts.ts';

/** A request to AWS, in milliseconds of the clock of the process that made it. */
export interface RoadRequest {
  operation: string;
  from: number;
  /** Undefined if no response came. */
  to?: number;
  /** It requests the call. */
  asks?: boolean;
}

/** The cost of a stretch of work, in milliseconds. */
export interface Spent {
  /** CPU time of all threads. */
  cpuMs: number;
  /** Time in which the process only waited for responses. */
  idleMs: number;
}

/** One invocation of a function. */
export interface RoadStep extends Spent {
  /** The state that invokes it. */
  state: string;
  function: string;
  memoryMb: number;
  /** For the process that was started for it; undefined if one already existed. */
  started?: { nodeCpuMs: number; loadCpuMs: number };
  /** From its beginning until StartOutboundVoiceContact was sent. */
  asked?: Spent;
  requests: readonly RoadRequest[];
  maxRssMb: number;
}

/** One call, from the event to its record. */
export interface RoadCall {
  steps: readonly RoadStep[];
  /** States entered; 0 if there is no state machine. */
  states: number;
  readUnits: number;
  writeUnits: number;
}

/** The cost of a part of a call: until the call was requested, or all of it. */
export interface RoadFigures {
  /** Module loads and invocations; the start of Node itself is separate. */
  cpuMs: number;
  nodeCpuMs: number;
  /** With the share of a core that the memory gives, from the start of Node on. */
  wallMs: number;
  /** The same if start and module load have a whole core. */
  wallInitBoostedMs: number;
  inRow: number;
  requests: number;
}

/**
 * How many requests were sequential: the longest chain in which each begins after the response to the previous one. Requests that
 * are in progress together count once.
 */
export function inRow(requests: readonly Pick<RoadRequest, 'from' | 'to'>[]): number {
  let count = 0;
  let over = Number.NEGATIVE_INFINITY;
  const end = ({ to = Number.POSITIVE_INFINITY }: Pick<RoadRequest, 'to'>) => to;
  for (const request of requests.toSorted((a, b) => end(a) - end(b))) {
    if (request.from < over) continue;
    count += 1;
    over = end(request);
  }
  return count;
}

/** How long work takes on a share of a core: computation takes longer, waiting does not. */
export const wallOf = ({ cpuMs, idleMs }: Spent, share: number): number => idleMs + cpuMs / share;

/** From the start of the process until the function can be invoked, on its share of a core. */
export const initMsOf = ({ started, memoryMb }: RoadStep, share = shareOf(memoryMb)): number =>
  started ? (started.nodeCpuMs + started.loadCpuMs) / share : 0;

/** The figures of some steps, one by one. */
function figuresOfSteps(steps: readonly RoadStep[]): RoadFigures {
  const sum = (pick: (step: RoadStep) => number) => steps.reduce((total, step) => total + pick(step), 0);
  const invocations = sum((step) => wallOf(step, shareOf(step.memoryMb)));
  return {
    cpuMs: sum(({ cpuMs, started }) => cpuMs + (started?.loadCpuMs ?? 0)),
    nodeCpuMs: sum(({ started }) => started?.nodeCpuMs ?? 0),
    wallMs: invocations + sum((step) => initMsOf(step)),
    wallInitBoostedMs: invocations + sum((step) => initMsOf(step, 1)),
    inRow: sum(({ requests }) => inRow(requests)),
    requests: sum(({ requests }) => requests.length),
  };
}

/** The figures of a whole call. */
export const wholeCall = ({ steps }: RoadCall): RoadFigures => figuresOfSteps(steps);

/** The figures of a call up to the moment at which the call was requested, that request included. */
export function untilAsked({ steps }: RoadCall): RoadFigures {
  const index = steps.findIndex(({ asked }) => asked !== undefined);
  const asking = steps[index];
  if (!asking?.asked) throw new Error('the phone was not asked for');
  const sent = asking.requests.findIndex(({ asks }) => asks === true);
  return figuresOfSteps([
    ...steps.slice(0, index),
    { ...asking, ...asking.asked, requests: asking.requests.slice(0, sent + 1) },
  ]);
}

/** Milliseconds that Lambda bills for an invocation: start included since August 2025, rounded up to the next millisecond. */
export const billedMsOf = (step: RoadStep): number => Math.ceil(initMsOf(step) + wallOf(step, shareOf(step.memoryMb)));
