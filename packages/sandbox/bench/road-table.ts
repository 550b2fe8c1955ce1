import type { RoadMoment } from './road-runner.ts';
import type { CallFigures, StepFigures } from './road-summary.ts';

/** A way, measured. */
export interface MeasuredWay {
  name: string;
  /** Description of what it is. */
  says: string;
  moments: Readonly<Record<RoadMoment, CallFigures>>;
}

/** A figure that the project wants to reach. */
export interface RoadTarget {
  says: string;
  measured: string;
  met: boolean;
}

const MOMENTS: readonly RoadMoment[] = ['first', 'cold', 'warm'];

/** Header of the table of approaches. */
export const WAY_COLUMNS = [
  'approach',
  'call',
  'CPU to phone',
  'CPU in all',
  'wall to phone',
  'wall in all',
  'init at full speed',
  'in a row to phone',
  'requests',
  'states',
  'units r/w',
  'GB-s',
  'USD/1,000',
] as const;

/** One row for each call of each approach. */
export const wayRows = (ways: readonly MeasuredWay[]): string[][] =>
  ways.flatMap(({ name, moments }) =>
    MOMENTS.map((moment) => {
      const { untilAsked, whole, states, readUnits, writeUnits, gbSeconds, usdPerThousand } = moments[moment];
      return [
        name,
        moment,
        ms(untilAsked.cpuMs),
        ms(whole.cpuMs),
        seconds(untilAsked.wallMs),
        seconds(whole.wallMs),
        seconds(untilAsked.wallInitBoostedMs),
        String(untilAsked.inRow),
        String(whole.requests),
        states === 0 ? '–' : String(states),
        `${readUnits} / ${writeUnits}`,
        gbSeconds.toFixed(3),
        usdPerThousand.toFixed(3),
      ];
    }),
  );

/** Header of the table of steps. */
export const STEP_COLUMNS = [
  'state',
  'function',
  'memory',
  "Node's start",
  'module load',
  'first invocation',
  'later',
  'first, wall',
  'later, wall',
  'in a row',
  'requests',
  'peak memory',
] as const;

/** One row for each step: the cold call next to the warm one. */
export const stepRows = ({ moments: { cold, warm } }: MeasuredWay): string[][] =>
  cold.steps.map((step, index) => {
    const later: Partial<StepFigures> = warm.steps[index] ?? {};
    return [
      step.state,
      step.function,
      `${step.memoryMb.toLocaleString('en')} MB`,
      step.nodeCpuMs === 0 ? '–' : ms(step.nodeCpuMs),
      step.nodeCpuMs === 0 ? '–' : ms(step.loadCpuMs),
      ms(step.cpuMs),
      ms(later.cpuMs ?? 0),
      seconds(step.initMs + step.wallMs),
      seconds(later.wallMs ?? 0),
      String(step.inRow),
      String(step.requests),
      `${step.maxRssMb.toFixed(0)} MB`,
    ];
  });

/** @param baseline what `--against` names; without it, there is nothing to compare with */
export function targetsOf(project: MeasuredWay, baseline: MeasuredWay): RoadTarget[] {
  const [ours, before] = [project.moments.cold, baseline.moments.cold];
  const share = (says: string, pick: (call: CallFigures) => number, most: number): RoadTarget => {
    const ratio = pick(ours) / pick(before);
    return { says: `${says}: at most ${most} × ${baseline.name}`, measured: ratio.toFixed(3), met: ratio <= most };
  };
  const atMost = (says: string, value: number, most: number, decimals = 0): RoadTarget => ({
    says: `${says}: at most ${most}`,
    measured: value.toFixed(decimals),
    met: value <= most,
  });
  return [
    share('CPU time of a cold call until it is requested', ({ untilAsked }) => untilAsked.cpuMs, 0.45),
    share('wall time of a cold call until it is requested', ({ untilAsked }) => untilAsked.wallMs, 0.35),
    atMost('requests in a row until the call is requested, cold', ours.untilAsked.inRow, 12),
    // One of them is for the ids that only the stack knows, once in the life of an environment.
    atMost('requests of a cold call', ours.whole.requests, 21),
    atMost('states entered', ours.states, 8),
    atMost('USD for 1,000 cold calls', ours.usdPerThousand, 0.24, 3),
  ];
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const seconds = (value: number): string => `${(value / 1_000).toFixed(2)} s`;
