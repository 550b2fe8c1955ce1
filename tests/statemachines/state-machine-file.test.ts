import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { NO_LONGER_WAITING } from '../../domain/call-end.ts';
import { CALL_ERRORS, type CallErrorName, retryOfError, type TaskState } from '../../domain/errors.ts';
import { readService } from '../../packages/sandbox/service.ts';
import { loadStage } from '../../resources/load-stage.ts';

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
  Resource?: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
  ResultPath?: string;
  Parameters?: { FunctionName?: { 'Fn::GetAtt'?: string[] }; Payload?: Record<string, unknown> };
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; ResultPath?: string; Next: string }[];
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
}

interface Machine {
  StartAt: string;
  TimeoutSeconds: number;
  States: Record<string, State>;
}

const path = new URL('../../statemachines/call-request.asl.json', import.meta.url);
const text = readFileSync(path, 'utf8');
const machine = JSON.parse(text) as Machine;
const states = Object.entries(machine.States);
const ofType = (type: string) => states.filter(([, state]) => state.Type === type);
const tasks = ofType('Task');
const choices = ofType('Choice');
const service = readService('dev', 0);
/** The functions of states that are not steps of the road. */
const FUNCTIONS: Readonly<Record<string, string>> = { ValidateRequest: 'admit', WaitForAgent: 'enterWaitingRoom' };
/** The state that waits on a task token; every other task waits for its function. */
const WAITING_FOR_TOKEN = 'WaitForAgent';

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

const errorNames = Object.keys(CALL_ERRORS) as CallErrorName[];
/** Our errors of these retry classes, in the order of the table, which the file keeps. */
const errorsOf = (...classes: ReturnType<typeof retryOfError>[]) =>
  errorNames.filter((name) => classes.includes(retryOfError(name)));

/** Everything on every way from a state to an end, leaving out states that shall not be passed. */
function statesAfter(name: string, passable = (_state: State) => true): Set<string> {
  const found = new Set<string>();
  const open = [name];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const state = machine.States[at];
    for (const next of state && passable(state) ? targetsOf(state) : []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}

/** The states entered when no state fails and each Choice finds this value (`continue` where none is given). */
function statesEntered(found: Record<string, string>): string[] {
  const entered: string[] = [];
  for (let at: string | undefined = machine.StartAt; at !== undefined && entered.length < 50; ) {
    entered.push(at);
    const state: State | undefined = machine.States[at];
    const value: string = found[at] ?? 'continue';
    at = state?.Choices?.find(({ StringEquals }) => StringEquals === value)?.Next ?? state?.Default ?? state?.Next;
  }
  return entered;
}

describe('the state machine', () => {
  it('is valid Amazon States Language', () => {
    const { isValid, errorsText } = validate(structuredClone(machine));
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
  });

  it('ends by itself, later than the longest wait for an opening and for an agent that a stage can set', () => {
    // Prepare
    const longest = { maxDelaySeconds: 345_600, callWithinSeconds: 28_800 };
    const stage = (changed: Partial<typeof longest>) => () =>
      loadStage('dev', 0, undefined, { whenClosed: { do: 'wait', ...longest, ...changed } });
    expect(stage({})).not.toThrow();
    expect(stage({ maxDelaySeconds: longest.maxDelaySeconds + 1 })).toThrow(/maxDelaySeconds/);
    expect(stage({ callWithinSeconds: longest.callWithinSeconds + 1 })).toThrow(/callWithinSeconds/);
    // Act
    const spare = machine.TimeoutSeconds - longest.maxDelaySeconds - longest.callWithinSeconds;
    // Assess
    expect(spare).toBeGreaterThan(1_800);
    expect(spare).toBeLessThan(24 * 3_600);
  });

  it('lives longer by as many days as appointments are made ahead, and no wait is too long for a timer', () => {
    const limitOf = (maxDays: number | null) =>
      loadStage('dev', 0, undefined, { appointments: maxDays === null ? null : { maxDays } }).stateMachine
        .TimeoutSeconds;
    expect(limitOf(null)).toBe(machine.TimeoutSeconds);
    expect(limitOf(30)).toBe(machine.TimeoutSeconds + 30 * 86_400);
    expect(() => limitOf(31)).toThrow(/appointments\.maxDays: found 31, expected a whole number from 1 to 30/);
  });

  it('is written in JSONPath, and of the context it uses the execution id, the task token and the number of retries only', () => {
    expect(text).not.toMatch(/"(?:QueryLanguage|Assign|Arguments|Output)"|\{%/);
    const fields = text.match(/\$\$[\w.[\]'"]*/g) ?? [];
    expect(new Set(fields.map((field) => field.replace(/"$/, '')))).toEqual(
      new Set(['$$.Execution.Id', '$$.Task.Token', '$$.State.RetryCount']),
    );
  });

  it('goes only to states that exist, and to each of them', () => {
    const reached = new Set([machine.StartAt, ...statesAfter(machine.StartAt)]);
    expect([...reached].toSorted()).toEqual(Object.keys(machine.States).toSorted());
  });

  it.each(states)('comes back to %s only after waiting until a time it was given: it never polls', (name) => {
    expect(statesAfter(name, ({ Type }) => Type !== 'Wait')).not.toContain(name);
  });

  it('comes back to two states only: to the queue after its opening, to the call at its later turn', () => {
    const comesBackTo = states.filter(([name]) => statesAfter(name).has(name)).map(([name]) => name);
    expect(comesBackTo.toSorted()).toEqual(
      [
        ...['CheckQueue', 'CanQueueTakeIt', 'WaitForOpening'],
        ...['WaitForTurn', 'StartCall', 'TakeLaterTurn', 'HasLaterTurn'],
      ].toSorted(),
    );
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['at once', {}, []],
    ['at its turn', { CanQueueTakeIt: 'turn' }, ['WaitForTurn']],
    ['after waiting for an agent', { CanQueueTakeIt: 'wait' }, ['WaitForAgent', 'WaitForTurn']],
  ])('calls %s on the shortest way', (_when, found, between) => {
    // Act
    const entered = statesEntered(found);
    // Assess
    expect(entered).toEqual([
      ...['ValidateRequest', 'IsRequestValid', 'CheckQueue', 'CanQueueTakeIt'],
      ...between,
      ...['StartCall', 'RecordOutcome', 'MustSomebodyAct', 'RequestEnded'],
    ]);
    // However long somebody waits, and behind however many: the price of a call is that of these states.
    expect(entered.length).toBeLessThanOrEqual(10);
  });

  it('waits for an appointment before it looks at the queue, in two waits without a function between them', () => {
    const entered = statesEntered({ IsRequestValid: 'appointment', IsAppointmentMade: 'appointment' });
    expect(entered.slice(0, 7)).toEqual([
      ...['ValidateRequest', 'IsRequestValid', 'BookAppointment', 'IsAppointmentMade'],
      ...['WaitForAppointment', 'WaitUntilDue', 'CheckQueue'],
    ]);
    expect(entered.at(-1)).toBe('RequestEnded');
  });

  it.each<[string, Record<string, string>]>([
    ['is refused', { IsRequestValid: 'end' }],
    ['can be promised no call at its time', { IsRequestValid: 'appointment', IsAppointmentMade: 'end' }],
    ['is taken already, or comes while the queue is closed', { CanQueueTakeIt: 'end' }],
  ])('ends recorded when a request %s', (_why, found) => {
    expect(statesEntered(found).slice(-3)).toEqual(['RecordOutcome', 'MustSomebodyAct', 'RequestEnded']);
  });

  it('ends nowhere before RecordOutcome', () => {
    const endings = states.filter(([, { Type }]) => ['Succeed', 'Fail'].includes(Type)).map(([name]) => name);
    const before = states.filter(([name]) => statesAfter(name).has('RecordOutcome'));
    expect(endings).toEqual(['RequestEnded', 'RequestFailed']);
    for (const [name, state] of before) expect(targetsOf(state), name).not.toEqual(expect.arrayContaining(endings));
  });
});

describe('the tasks of the machine', () => {
  it.each(tasks)('%s runs its function, and where that has several steps names itself', (name, state) => {
    const functionName = FUNCTIONS[name] ?? 'road';
    const logicalId = `${functionName.charAt(0).toUpperCase()}${functionName.slice(1)}LambdaFunction`;
    expect(state.Parameters?.FunctionName?.['Fn::GetAtt']).toEqual([logicalId, 'Arn']);
    expect(service.functions).toHaveProperty(functionName);
    const { step } = (state.Parameters?.Payload ?? {}) as { step?: string };
    expect(step).toBe(functionName === 'road' ? name : undefined);
  });

  it.each(tasks.filter(([name]) => name !== WAITING_FOR_TOKEN))(
    '%s has a time limit of its own, in which its function can end',
    (name, { TimeoutSeconds }) => {
      const own = service.functions[FUNCTIONS[name] ?? 'road']?.timeoutSeconds;
      expect(own).toBeGreaterThan(0);
      // A function that is still at work while it is tried again would do its work twice.
      expect(TimeoutSeconds).toBeGreaterThan(own ?? 0);
      expect(TimeoutSeconds).toBeLessThanOrEqual(60);
    },
  );

  it('WaitForAgent waits on a task token until the deadline, and keeps what it waited with', () => {
    const { Resource, Parameters, ResultPath, ...state } = machine.States[WAITING_FOR_TOKEN] ?? { Type: '' };
    expect(Resource).toBe('arn:aws:states:::lambda:invoke.waitForTaskToken');
    expect(Parameters?.Payload).toEqual({ 'token.$': '$$.Task.Token', 'state.$': '$' });
    expect(state).toMatchObject({ TimeoutSecondsPath: '$.waitSeconds', Next: 'WaitForTurn' });
    expect(state).not.toHaveProperty('TimeoutSeconds');
    expect(ResultPath).toBe('$.turn');
    expect(text.match(/waitForTaskToken/g)).toHaveLength(1);
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
      const recorded = { ErrorEquals: ['States.ALL'], ResultPath: `$.failed.${name}`, Next: 'RecordOutcome' };
      const turnedAway = { ErrorEquals: errorsOf('later'), ResultPath: '$.tooMany', Next: 'TakeLaterTurn' };
      expect(state.Catch).toEqual(name === 'StartCall' ? [turnedAway, recorded] : [recorded]);
    },
  );

  it('are those whose failure the domain can read', () => {
    const known = {
      ...{ ValidateRequest: 1, BookAppointment: 1, CheckQueue: 1 },
      ...{ WaitForAgent: 1, StartCall: 1, TakeLaterTurn: 1 },
    } satisfies Record<TaskState, 1>;
    const caught = tasks.map(([name]) => name).filter((name) => name !== 'RecordOutcome');
    expect(caught.toSorted()).toEqual(Object.keys(known).toSorted());
  });
});

describe('the retries of the machine', () => {
  it.each([
    // Reading has no turns: what is throttled is read again.
    ['CheckQueue', errorsOf('none')],
    ['BookAppointment', errorsOf('none')],
    // A later turn is not a retry: the pace would not know of it.
    ['StartCall', errorsOf('later', 'none')],
    [WAITING_FOR_TOKEN, ['States.Timeout', NO_LONGER_WAITING]],
  ])('in %s leave out the very errors that the table says cannot pass there', (name, errors) => {
    const retriers = machine.States[name]?.Retry ?? [];
    expect(retriers.filter((retrier) => attemptsAllowed(retrier) === 0)).toEqual([
      { ErrorEquals: errors, MaxAttempts: 0 },
    ]);
  });

  it('name no error in any other place', () => {
    const named = tasks.flatMap(([state, { Retry = [] }]) =>
      Retry.flatMap(({ ErrorEquals, MaxAttempts }) =>
        MaxAttempts === 0 ? [] : ErrorEquals.map((error) => [state, error]),
      ),
    );
    expect(named.filter(([, error]) => error !== 'States.ALL')).toEqual([]);
    const silenced = tasks.filter(([, { Retry = [] }]) => Retry.some(({ MaxAttempts }) => MaxAttempts === 0));
    expect(silenced.map(([state]) => state).toSorted()).toEqual(
      ['BookAppointment', 'CheckQueue', 'StartCall', WAITING_FOR_TOKEN].toSorted(),
    );
  });

  it.each([
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Lambda.Unknown',
    'States.Timeout',
    'Sandbox.Timedout',
  ])('cover %s, a failure of Lambda itself, in every task', (name) => {
    // To the state that waits on a token, States.Timeout is the deadline.
    const covering = tasks.filter(([state]) => state !== WAITING_FOR_TOKEN || name !== 'States.Timeout');
    for (const [state] of covering) expect(attemptsAllowed(retrierOf(state, name)), state).toBeGreaterThan(0);
  });
});

describe('the choices of the machine', () => {
  it.each(choices.filter(([name]) => name !== 'HasLaterTurn'))(
    '%s goes to a recorded end by default',
    (_name, { Default }) => {
      // RecordOutcome itself, or the end that comes after it.
      expect(
        Default === 'RecordOutcome' || (Default === 'RequestEnded' && statesAfter('RecordOutcome').has(Default)),
      ).toBe(true);
    },
  );

  it('HasLaterTurn waits for the later turn, or ends', () => {
    const { Choices = [], Default } = machine.States.HasLaterTurn ?? { Type: '' };
    const next = (value: string) => Choices.find(({ StringEquals }) => StringEquals === value)?.Next ?? Default;
    expect(next('turn')).toBe('WaitForTurn');
    expect(next('end')).toBe('RecordOutcome');
  });

  it.each(choices)('%s looks at what the functions decide, nothing else', (_name, { Choices = [] }) => {
    for (const { Variable } of Choices) expect(['$.decision', '$.notify']).toContain(Variable);
  });
});
