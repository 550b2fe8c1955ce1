import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MeasuredStarts } from '../simulation/cold-starts.ts';
import { median } from './median.ts';
import type { Road } from './road-runner.ts';
import type { MeasuredWay } from './road-table.ts';
import type { RoadWay } from './road-ways.ts';

const FILE = join(import.meta.dirname, '../simulation/measured-starts.json');

/**
 * What the burst model assumes as the CPU time of every function. Those that no step of an uncontended call invokes are loaded
 * only; their invocations are assumed to be like the others'.
 */
export async function measureStarts(
  road: Road,
  way: RoadWay,
  { moments: { cold, warm } }: Pick<MeasuredWay, 'moments'>,
  runs: number,
): Promise<MeasuredStarts> {
  const onRoad = new Map(
    [...new Set(cold.steps.map((step) => step.function))].map((name) => {
      const [firsts, laters] = [cold, warm].map(({ steps }) => steps.filter((step) => step.function === name));
      const first = sum(firsts?.map(({ cpuMs }) => cpuMs));
      const later = sum(laters?.map(({ cpuMs }) => cpuMs));
      const mean = later / (laters?.length ?? 1);
      const loadCpuMs = sum(firsts?.map((step) => step.loadCpuMs));
      return [name, { loadCpuMs, firstCpuMs: mean + first - later, laterCpuMs: mean }];
    }),
  );
  const like = (pick: (one: { firstCpuMs: number; laterCpuMs: number }) => number) =>
    median([...onRoad.values()].map(pick));
  const functions: Record<string, MeasuredStarts['functions'][string]> = {};
  for (const name of way.functions.keys()) {
    const known = onRoad.get(name);
    const { loadCpuMs, firstCpuMs, laterCpuMs } = known ?? {
      loadCpuMs: await medianLoad(road, way, name, runs),
      firstCpuMs: like((one) => one.firstCpuMs),
      laterCpuMs: like((one) => one.laterCpuMs),
    };
    functions[name] = {
      loadCpuMs: Math.round(loadCpuMs),
      firstCpuMs: Math.round(Math.max(firstCpuMs, laterCpuMs)),
      laterCpuMs: Math.round(laterCpuMs),
    };
  }
  const starts = cold.steps.map(({ nodeCpuMs }) => nodeCpuMs).filter((value) => value > 0);
  return { nodeCpuMs: Math.round(median(starts)), functions };
}

async function medianLoad(road: Road, way: RoadWay, name: string, runs: number): Promise<number> {
  const loads: number[] = [];
  for (let run = 0; run < runs; run += 1) loads.push(await road.load(way, name));
  return median(loads);
}

const sum = (values: readonly number[] = []): number => values.reduce((total, value) => total + value, 0);

/** Writes the file that the burst model reads. */
export function writeMeasuredStarts({ nodeCpuMs, functions }: MeasuredStarts): void {
  const rows = Object.entries(functions).map(
    ([name, { loadCpuMs, firstCpuMs, laterCpuMs }]) =>
      `    "${name}": { "loadCpuMs": ${loadCpuMs}, "firstCpuMs": ${firstCpuMs}, "laterCpuMs": ${laterCpuMs} }`,
  );
  writeFileSync(FILE, `{\n  "nodeCpuMs": ${nodeCpuMs},\n  "functions": {\n${rows.join(',\n')}\n  }\n}\n`);
}
