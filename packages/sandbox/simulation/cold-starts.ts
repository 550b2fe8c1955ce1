import type { Service } from '../service.ts';
import measured from './measured-starts.json' with { type: 'json' };

/**
 * The CPU time of functions in milliseconds, measured by `npm run bench -- road --write`, which writes the file.
 * If a function is invoked for several steps of a call, `later` is the mean of them, and `first` includes everything that only the
 * first invocation for each costs.
 */
export interface MeasuredStarts {
  /** The start of Node itself. */
  nodeCpuMs: number;
  functions: Readonly<Record<string, { loadCpuMs: number; firstCpuMs: number; laterCpuMs: number }>>;
}

/** Memory with which Lambda gives one core. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MB_OF_A_CORE = 1_769;

/** The share of a core that a function with this much memory gets; JavaScript cannot use more than one. */
export const shareOf = (memoryMb: number): number => Math.min(1, memoryMb / MB_OF_A_CORE);

/** How long a function's own code takes with its memory, in milliseconds. */
export interface FunctionTimes {
  /** In addition to `later`, if a new environment starts: Node, the module load, and what only the first invocation does. */
  startMs: number;
  /** The computation of every invocation. */
  computeMs: number;
}

/** The times of every function of a service, by its name. Throws if one was not measured. */
export function functionTimes(functions: Service['functions']): Record<string, FunctionTimes> {
  const { nodeCpuMs, functions: known } = measured as MeasuredStarts;
  return Object.fromEntries(
    Object.entries(functions).map(([name, { memoryMb }]) => {
      const found = known[name];
      if (!found) throw new Error(`nobody has measured ${name}: npm run bench -- road --write`);
      const { loadCpuMs, firstCpuMs, laterCpuMs } = found;
      const share = shareOf(memoryMb);
      return [
        name,
        { startMs: (nodeCpuMs + loadCpuMs + firstCpuMs - laterCpuMs) / share, computeMs: laterCpuMs / share },
      ];
    }),
  );
}
