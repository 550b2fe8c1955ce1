import type { Context } from 'aws-lambda';
import {
  entryFlowOf,
  lacksIds,
  type PackagedSettings,
  readIds,
  type StageIds,
  UnusableIds,
  withIds,
} from '../domain/created-ids.ts';
import { CallError } from '../domain/errors.ts';
import type { StageSettings } from '../domain/stage-settings.ts';

/**
 * What only the deployed stack knows, read once per execution environment. A failed read is not cached; concurrent callers share a
 * read. Rejects with a `CallError`: `StageIdsUnavailable` may be temporary, `StageIdsMissing` is not.
 */
export interface IdStore {
  read(): Promise<StageIds>;
  /** The settings with the ids of everything that the stack creates; reads nothing if they have all ids already. */
  complete(settings: PackagedSettings): Promise<StageSettings>;
  /** ARN or id of the flow that calls start with. */
  entryFlow(instanceId: string): Promise<string>;
}

/** Reads the text of a parameter; undefined if there is none. */
type ReadParameter = (name: string) => Promise<string | undefined>;

/** The ids in the parameter that the stack writes: resources/ids-parameter.cjs. */
export function stageIds(parameter: string, readParameter: ReadParameter = fromParameterStore): IdStore {
  const read = once(async function readStageIds() {
    const text = await readParameter(parameter).catch((error: Error) => {
      throw new CallError('StageIdsUnavailable', `${parameter} could not be read: ${error.name}`, { cause: error });
    });
    return usable(() => readIds(text));
  });

  /** Adds what to do about unusable ids. */
  function usable<T>(take: () => T): T {
    try {
      return take();
    } catch (error) {
      if (!(error instanceof UnusableIds)) throw error;
      const sentence = `the parameter ${parameter} ${error.message}: deploy the stage again, or see docs/runbook.md under misconfigured`;
      throw new CallError('StageIdsMissing', sentence, { cause: error });
    }
  }

  return {
    read,
    async complete(settings) {
      if (!lacksIds(settings)) return settings as StageSettings;
      const ids = await read();
      return usable(() => withIds(settings, ids));
    },
    async entryFlow(instanceId) {
      const ids = await read();
      return usable(() => entryFlowOf(ids, instanceId));
    },
  };
}

/** The handler of a function. */
type Run<Input, Output> = (input: Input, context: Context) => Promise<Output>;

/**
 * A function that needs all ids of the stage before it can be built. If the settings have them all, it is built at once, without
 * reading anything; otherwise on its first run, and if that fails, on the next.
 *
 * @param build creates the function
 */
export function onStage<Input, Output>(
  settings: PackagedSettings,
  ids: IdStore,
  build: (stage: StageSettings) => Run<Input, Output>,
): Run<Input, Output> {
  if (!lacksIds(settings)) return build(settings as StageSettings);
  const built = once(async function readStage() {
    return build(await ids.complete(settings));
  });
  return async function runOnStage(input, context) {
    const run = await built();
    return run(input, context);
  };
}

/** Imported on demand: most functions never need it. */
const fromParameterStore: ReadParameter = async (name) => (await import('./parameter-store.ts')).parameterStore()(name);

/** Caches the result, but not a failure. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined;
  return function workOnce() {
    begun ??= work().catch((error: unknown) => {
      begun = undefined;
      throw error;
    });
    return begun;
  };
}
