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
 * What only the deployed stack knows, read once in the life of an execution environment. A read that failed is forgotten;
 * anyone who asks during one is given its answer, too. Rejects with a `CallError`: `StageIdsUnavailable` may pass by itself,
 * `StageIdsMissing` does not.
 */
export interface IdStore {
  read(): Promise<StageIds>;
  /** The settings with an id wherever the stack makes something; nobody is asked where they have them all. */
  complete(settings: PackagedSettings): Promise<StageSettings>;
  /** ARN or id of the flow that a call starts with. */
  entryFlow(instanceId: string): Promise<string>;
}

/** Reads the text of a parameter; undefined where there is none. */
type ReadParameter = (name: string) => Promise<string | undefined>;

/** The ids in the parameter that the stack writes: resources/ids-parameter.cjs. */
export function stageIds(parameter: string, readParameter: ReadParameter = fromParameterStore): IdStore {
  const read = once(async function readStageIds() {
    const text = await readParameter(parameter).catch((error: Error) => {
      throw new CallError('StageIdsUnavailable', `${parameter} could not be read: ${error.name}`, { cause: error });
    });
    return usable(() => readIds(text));
  });

  /** Says what to do about ids that are of no use. */
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

/** What a function does with an event. */
type Run<Input, Output> = (input: Input, context: Context) => Promise<Output>;

/**
 * A function that needs to know all ids of the stage before it can be put together. Where the settings have them all, it is at
 * once, and nobody is asked; else when it first runs, and if that fails when it runs again.
 *
 * @param build puts it together
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

/** Loaded when it is needed: most functions never ask. */
const fromParameterStore: ReadParameter = async (name) => (await import('./parameter-store.ts')).parameterStore()(name);

/** Keeps what came of it; not that it failed. */
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
