import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { type CallErrorName, retryOfError, type TaskState } from '../../domain/errors.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: string;
}

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  TimeoutSeconds?: number;
  Parameters?: { FunctionName?: { 'Fn::GetAtt'?: string[] } };
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; ResultPath?: string; Next: string }[];
  Choices?: { Variable: string; Next: string }[];
}

interface Machine {
  StartAt: string;
  TimeoutSeconds?: number;
  States: Record<string, State>;
}

const path = new URL('../../statemachines/call-request.asl.json', import.meta.url);
const text = readFileSync(path, 'utf8');
const machine = JSON.parse(text) as Machine;
const states = Object.entries(machine.States);
const tasks = states.filter(([, state]) => state.Type === 'Task');
const choices = states.filter(([, state]) => state.Type === 'Choice');

/** The package ships no types. */
type Validator = (definition: unknown) => { isValid: boolean; errorsText: (separator?: string) => string };
const validate = createRequire(import.meta.url)('asl-validator') as Validator;

/** Where a state can go. */
const targetsOf = ({ Next, Default, Choices = [], Catch = [] }: State): string[] =>
  [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((catcher) => catcher.Next)].filter(
    (name) => name !== undefined,
  );

/** The retrier Step Functions takes for an error: the first one that names it. */
const retrierOf = (state: string, error: string): Retrier | undefined =>
  machine.States[state]?.Retry?.find(
    ({ ErrorEquals }) => ErrorEquals.includes(error) || ErrorEquals.includes('States.ALL'),
  );

const attemptsAllowed = (retrier: Retrier | undefined): number =>
  retrier === undefined ? 0 : (retrier.MaxAttempts ?? 3);

const errorNames = Object.values(OUTCOMES).flatMap(({ errors }) => [...errors]) as CallErrorName[];

/** Everything on every way from a state to an end. */
function statesAfter(name: string): Set<string> {
  const found = new Set<string>();
  const open = [name];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const state = machine.States[at];
    for (const next of state ? targetsOf(state) : []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}

describe('the state machine', () => {
  it('is valid Amazon States Language', () => {
    const { isValid, errorsText } = validate(structuredClone(machine));
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
  });

  it('ends by itself in half an hour at the latest', () => {
    expect(machine.TimeoutSeconds).toBeGreaterThan(0);
    expect(machine.TimeoutSeconds).toBeLessThanOrEqual(1_800);
  });

  it('is written in JSONPath, and of the context it uses the execution id only', () => {
    expect(text).not.toMatch(/"(?:QueryLanguage|Assign|Arguments|Output)"|\{%/);
    const fields = text.match(/\$\$[\w.[\]'"]*/g) ?? [];
    expect(fields.length).toBeGreaterThan(0);
    expect(new Set(fields.map((field) => field.replace(/"$/, '')))).toEqual(new Set(['$$.Execution.Id']));
  });

  it('goes only to states that exist, and to each of them', () => {
    const reached = new Set([machine.StartAt, ...statesAfter(machine.StartAt)]);
    expect([...reached].toSorted()).toEqual(Object.keys(machine.States).toSorted());
  });

  it.each(states)('does not come back to %s: it waits, it never polls', (name) => {
    expect(statesAfter(name)).not.toContain(name);
  });

  it('has the states of the path in their order', () => {
    // Act
    const path: string[] = [];
    for (let at: string | undefined = machine.StartAt; at; ) {
      path.push(at);
      const state: State | undefined = machine.States[at];
      at = state?.Next ?? state?.Choices?.[0]?.Next;
    }

    // Assess
    expect(path.filter((name) => machine.States[name]?.Type !== 'Choice')).toEqual([
      'ValidateRequest',
      'ClaimRequest',
      'CheckQueue',
      'WaitForTurn',
      'StartCall',
      'RecordOutcome',
      'RequestFailed',
    ]);
  });

  it('ends nowhere before RecordOutcome', () => {
    const endings = states.filter(([, { Type }]) => ['Succeed', 'Fail'].includes(Type)).map(([name]) => name);
    const before = states.filter(([name]) => statesAfter(name).has('RecordOutcome'));
    expect(endings).toEqual(['RequestEnded', 'RequestFailed']);
    for (const [name, state] of before) expect(targetsOf(state), name).not.toEqual(expect.arrayContaining(endings));
  });
});

describe('the tasks of the machine', () => {
  it.each(tasks)('%s runs a function of its own name', (name, state) => {
    const [logicalId, attribute] = state.Parameters?.FunctionName?.['Fn::GetAtt'] ?? [];
    const file = name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
    expect([logicalId, attribute]).toEqual([`${name}LambdaFunction`, 'Arn']);
    expect(existsSync(new URL(`../../functions/${file}.ts`, import.meta.url))).toBe(true);
  });

  it.each(tasks)('%s has a time limit of its own', (_name, state) => {
    expect(state.TimeoutSeconds).toBeGreaterThan(0);
    expect(state.TimeoutSeconds).toBeLessThanOrEqual(60);
  });

  it.each(tasks)('%s repeats what may pass, ever more slowly, capped, at random moments', (_name, state) => {
    const repeating = (state.Retry ?? []).filter((retrier) => attemptsAllowed(retrier) > 0);
    expect(repeating.length).toBeGreaterThan(0);
    for (const retrier of repeating) {
      expect(retrier).toMatchObject({ MaxDelaySeconds: expect.any(Number), JitterStrategy: 'FULL' });
      expect(retrier.BackoffRate ?? 2).toBeGreaterThanOrEqual(1);
      expect(retrier.MaxDelaySeconds).toBeGreaterThan(retrier.IntervalSeconds ?? 1);
    }
  });

  it.each(tasks)('%s names States.ALL last and alone', (_name, { Retry = [], Catch = [] }) => {
    for (const list of [Retry, Catch]) {
      const withAll = list.filter(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
      expect(withAll).toEqual(list.slice(list.length - withAll.length));
      for (const { ErrorEquals } of withAll) expect(ErrorEquals).toEqual(['States.ALL']);
    }
    expect(Retry.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
  });

  it.each(tasks.filter(([name]) => name !== 'RecordOutcome'))(
    '%s ends recorded when it fails for good',
    (name, state) => {
      expect(state.Catch).toEqual([
        { ErrorEquals: ['States.ALL'], ResultPath: `$.failed.${name}`, Next: 'RecordOutcome' },
      ]);
    },
  );

  it('are those whose failure the domain can read', () => {
    const known = { ValidateRequest: 1, ClaimRequest: 1, CheckQueue: 1, StartCall: 1 } satisfies Record<TaskState, 1>;
    const caught = tasks.map(([name]) => name).filter((name) => name !== 'RecordOutcome');
    expect(caught.toSorted()).toEqual(Object.keys(known).toSorted());
  });
});

describe('the retries of the machine', () => {
  it.each(['CheckQueue', 'StartCall'].flatMap((state) => errorNames.map((name) => [state, name] as const)))(
    '%s treats %s by its retry class',
    (state, name) => {
      const attempts = attemptsAllowed(retrierOf(state, name));
      if (retryOfError(name) === 'none') expect(attempts).toBe(0);
      else expect(attempts).toBeGreaterThan(0);
    },
  );

  it.each(errorNames.filter((name) => retryOfError(name) === 'later'))(
    'StartCall repeats %s more slowly than other errors',
    (name) => {
      const later = retrierOf('StartCall', name);
      const usual = retrierOf('StartCall', 'States.ALL');
      expect(later?.ErrorEquals).toEqual([name]);
      expect(later?.IntervalSeconds).toBeGreaterThan(usual?.IntervalSeconds ?? 1);
      expect(attemptsAllowed(later)).toBeGreaterThan(attemptsAllowed(usual));
    },
  );

  it.each(errorNames.filter((name) => retryOfError(name) === 'later'))(
    'StartCall repeats %s until the deadline of five minutes, also when full jitter halves the pauses',
    (name) => {
      // Prepare
      const {
        IntervalSeconds = 1,
        BackoffRate = 2,
        MaxDelaySeconds = 0,
        ...later
      } = retrierOf('StartCall', name) ?? {
        ErrorEquals: [],
      };

      // Act
      const pauses = Array.from({ length: attemptsAllowed(later) }, (_, attempt) =>
        Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds),
      );

      // Assess
      expect(pauses.reduce((sum, pause) => sum + pause / 2, 0)).toBeGreaterThanOrEqual(300);
    },
  );

  it('name no error that nobody throws', () => {
    const named = tasks.flatMap(([, { Retry = [] }]) => Retry.flatMap(({ ErrorEquals }) => ErrorEquals));
    const own = named.filter((name) => !/^(?:States|Lambda)\./.test(name));
    expect(own.filter((name) => !errorNames.some((known) => known === name))).toEqual([]);
  });

  it.each([
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Lambda.Unknown',
    'States.Timeout',
    'Sandbox.Timedout',
  ])('cover %s, a failure of Lambda itself, in every task', (name) => {
    for (const [state] of tasks) expect(attemptsAllowed(retrierOf(state, name)), state).toBeGreaterThan(0);
  });
});

describe('the choices of the machine', () => {
  it.each(choices)('%s goes to a recorded end by default', (_name, { Default }) => {
    // RecordOutcome itself, or the end that comes after it.
    expect(
      Default === 'RecordOutcome' || (Default === 'RequestEnded' && statesAfter('RecordOutcome').has(Default)),
    ).toBe(true);
  });

  it.each(choices)('%s looks at what the functions decide, nothing else', (_name, { Choices = [] }) => {
    for (const { Variable } of Choices) expect(['$.decision', '$.notify']).toContain(Variable);
  });
});
