import type { StateMachineDefinition } from '../service.ts';
import type { Weight } from './load-times.ts';
import { roadOf } from './road-of-machine.ts';

/** For the functions on the path to a call, together, compared with another commit. A busy machine affects CPU time less. */
export const ROAD_TARGET = { kilobytes: 0.55, loadCpuMs: 0.65 };

/** The functions that an unobstructed request invokes, and the sums of their sizes and times. */
interface Road {
  functions: string[];
  sum: Weight;
}

/** The path in another commit, the current one, and their ratio. */
export interface RoadComparison {
  before: Road;
  now: Road;
  ratio: Weight;
  met: boolean;
}

interface Weighed {
  stateMachine: StateMachineDefinition;
  /** The size and times of a function, by its name. */
  weightOf: (name: string) => Weight | undefined;
}

/** Compares two paths. Throws if a function on one of them was not measured. */
export function compareRoads(before: Weighed, now: Weighed): RoadComparison {
  const roads = { before: roadWeight(before), now: roadWeight(now) };
  const ratio = eachFigure((figure) => roads.now.sum[figure] / roads.before.sum[figure]);
  const met = ratio.kilobytes <= ROAD_TARGET.kilobytes && ratio.loadCpuMs <= ROAD_TARGET.loadCpuMs;
  return { ...roads, ratio, met };
}

function roadWeight({ stateMachine, weightOf }: Weighed): Road {
  // Whatever a function does for a second state, it is loaded once.
  const functions = [...new Set(roadOf(stateMachine))];
  const weights = functions.map((name) => {
    const weight = weightOf(name);
    if (!weight) throw new Error(`the state machine invokes ${name}, which serverless.yml does not have`);
    return weight;
  });
  return { functions, sum: eachFigure((figure) => weights.reduce((sum, weight) => sum + weight[figure], 0)) };
}

/** The same computation for each figure. */
export const eachFigure = (of: (figure: keyof Weight) => number): Weight => ({
  kilobytes: of('kilobytes'),
  zipKilobytes: of('zipKilobytes'),
  loadMs: of('loadMs'),
  loadCpuMs: of('loadCpuMs'),
});
