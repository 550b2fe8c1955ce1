import type { StateMachineDefinition } from './service.ts';

/** Longer than anything waits here, and short enough for a timer (2^31 ms): the handler ends the wait, not the runner. */
const NO_TIMEOUT_SECONDS = 2_000_000;

/** Under this name a task that waits on a token is told how many seconds it may. */
export const TOKEN_SECONDS = 'tokenSeconds';

type State = StateMachineDefinition['States'][string];

/** Does the state wait until somebody answers its token? */
export const waitsForToken = ({ Resource }: State): boolean => String(Resource).endsWith('.waitForTaskToken');

/**
 * The deployed definition as the runner takes it: references filled in, retry intervals divided by `speed`, waits as tasks
 * of ours. The runner resolves TimeoutSecondsPath after Parameters, the service on the state's input; so a path becomes a
 * parameter of the handler.
 */
export function localDefinition(
  definition: StateMachineDefinition,
  references: Record<string, string>,
  speed: number,
): StateMachineDefinition {
  const local = JSON.parse(JSON.stringify(definition), (key, value: unknown) => {
    if (typeof value !== 'object' || value === null) {
      return key === 'IntervalSeconds' || key === 'MaxDelaySeconds' ? Number(value) / speed : value;
    }
    if ('Ref' in value && typeof value.Ref === 'string') {
      const reference = references[value.Ref];
      if (reference === undefined) throw new Error(`the local stack has nothing for the reference ${value.Ref}`);
      return reference;
    }
    return value;
  }) as StateMachineDefinition;
  const States = Object.fromEntries(Object.entries(local.States).map(([name, state]) => [name, localState(state)]));
  const TimeoutSeconds = Math.min(Number(local.TimeoutSeconds ?? NO_TIMEOUT_SECONDS), NO_TIMEOUT_SECONDS);
  return { ...local, TimeoutSeconds, States };
}

function localState(state: State): State {
  if (state.Type === 'Wait') {
    const { TimestampPath: _, ...rest } = state;
    return { ...rest, Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', TimeoutSeconds: NO_TIMEOUT_SECONDS };
  }
  // A function's own time-out is shorter, and does not count while it waits for its turn in this process.
  if (!waitsForToken(state)) return state.Type === 'Task' ? { ...state, TimeoutSeconds: NO_TIMEOUT_SECONDS } : state;
  const { TimeoutSecondsPath, TimeoutSeconds, ...rest } = state;
  const seconds = TimeoutSecondsPath
    ? { [`${TOKEN_SECONDS}.$`]: TimeoutSecondsPath }
    : { [TOKEN_SECONDS]: TimeoutSeconds ?? NO_TIMEOUT_SECONDS };
  return { ...rest, Parameters: { ...(state.Parameters as object), ...seconds }, TimeoutSeconds: NO_TIMEOUT_SECONDS };
}
