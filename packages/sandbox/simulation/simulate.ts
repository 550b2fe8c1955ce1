import { CREATE, type PackagedSettings, type StageIds, withIds } from '../../../domain/created-ids.ts';
import { ownInput } from '../../../domain/own-request.ts';
import { queueFor } from '../../../domain/routing.ts';
import type { StageSettings } from '../../../domain/stage-settings.ts';
import type { StageOverrides } from '../../../resources/load-stage.ts';
import { localContactFlows } from '../local-contact-flows.ts';
import { localTaskTokens } from '../local-task-tokens.ts';
import { readService, type Service } from '../service.ts';
import { karteEvents } from './arrivals.ts';
import { tokenBucket } from './bucket.ts';
import { virtualClock } from './clock.ts';
import { functionTimes } from './cold-starts.ts';
import { connectClientFor } from './connect-client.ts';
import { partitionThroughput } from './dynamodb/throughput.ts';
import type { ValueMap } from './dynamodb/values.ts';
import { simulatedEvents } from './events.ts';
import { installLuck, simulatedStateMachine } from './executions.ts';
import { type FunctionUse, simulatedLambda } from './invocations.ts';
import { parameterReaderFor } from './parameter-reader.ts';
import { type Luck, luckOf } from './random.ts';
import { booksOf } from './replayed-books.ts';
import type { Scenario } from './scenario.ts';
import { silentCalls } from './silent-calls.ts';
import { memoryDynamoDb, type RequestUnits } from './simulated-dynamodb.ts';
import { loadSimulatedFunctions, type Tampering } from './simulated-functions.ts';
import { simulatedInstance } from './simulated-instance.ts';
import { runSchedules } from './simulated-schedules.ts';
import { stepFunctionsClientFor } from './step-functions-client.ts';
import { scheduleSurroundings } from './surroundings.ts';
import { recordTrace, type Trace } from './trace.ts';
import { type Caller, watchGuards } from './watch-guards.ts';
import { watchLeases } from './watch-leases.ts';

/** The result of a scenario. */
export interface SimulationResult {
  trace: Trace;
  /** Epoch milliseconds of virtual time. */
  startedAt: number;
  endedAt: number;
  /** Executions that were not over at the end. */
  unfinished: number;
  settings: StageSettings;
  /** All items at the end, frozen. */
  tables: { calls: ValueMap[]; guards: ValueMap[]; leases: ValueMap[]; waitingRoom: ValueMap[] };
  /** What the run would be billed for. */
  use: {
    functions: Readonly<Record<string, FunctionUse>>;
    tables: Readonly<Record<'calls' | 'guards' | 'leases' | 'waitingRoom', RequestUnits>>;
    /** Sent to the release queue. */
    messages: number;
    /** On Amazon EventBridge, from KARTE. */
    events: number;
    /** GetParameter. */
    parametersRead: number;
    stateTransitions: number;
  };
}

const ACCOUNT = '000000000000';
/** A stage whose stack creates everything it can. */
const CREATED: StageOverrides = {
  connect: { instanceId: CREATE, queues: { members: CREATE, visitors: CREATE } },
  create: { instanceAlias: 'example', hours: { days: ['MONDAY'], start: '09:00', end: '18:00' } },
};
/** Of the rule in serverless.yml. */
const MAX_RETRIES = 10;
/** Names of errors that no service returns: the code under simulation, or the simulation itself, is wrong. */
const MISTAKES = new Set(['Error', 'TypeError', 'ReferenceError', 'RangeError', 'SyntaxError', 'NotModelled']);

/**
 * Runs a scenario in virtual time: the deployed state machine file, the functions with their adapters, and around them
 * AWS in memory. Throws on a mistake in the code, as opposed to an error response of a service.
 */
export async function simulate(scenario: Scenario, tampering: Tampering = {}): Promise<SimulationResult> {
  const service = readService('local', 0, scenario.isCreated ? CREATED : undefined);
  const packaged = settingsOf(service, scenario);
  const settings = withIds(packaged, idsOf(service));
  const functions = await loadSimulatedFunctions(service.stage.environment, packaged, tampering);
  const clock = virtualClock(Date.parse(scenario.startsAt));
  const luck = luckOf(scenario.seed);
  const uninstall = [clock.install(), installLuck(luck.branch('elsewhere')), withoutStackTraces()];
  try {
    const world = buildWorld(scenario, service, settings, clock, luck, functions);
    await clock.run(Date.parse(scenario.startsAt) + scenario.endsAt);
    return world.result();
  } finally {
    for (const restore of uninstall) restore();
  }
}

function buildWorld(
  scenario: Scenario,
  service: Service,
  settings: StageSettings,
  clock: ReturnType<typeof virtualClock>,
  luck: Luck,
  functions: Awaited<ReturnType<typeof loadSimulatedFunctions>>,
) {
  const { quotas, delays, faults } = scenario;
  const { file, environment } = service.stage;
  const {
    CALLS_TABLE = '',
    GUARDS_TABLE = '',
    LEASES_TABLE = '',
    WAITING_ROOM_TABLE = '',
    IDS_PARAMETER = '',
  } = environment;
  const startedAt = clock.now();
  const trace = recordTrace(() => Math.floor(clock.now()));
  const arrivals = new Map(scenario.arrivals.map((arrival) => [arrival.requestId, arrival]));
  const queueOf = (requestId: string): string => {
    const { userType = '', inquiryType } = arrivals.get(requestId) ?? {};
    const routed = { userType, ...(inquiryType !== undefined && { inquiryType }) };
    return queueFor(routed, settings.routing, settings.connect.queues).id;
  };
  let mistake: unknown;

  const guards = watchGuards(trace, () => Math.floor(clock.now()));
  const leases = watchLeases(trace, booksOf(settings), guards.readingOf);
  const database = memoryDynamoDb<Caller>({
    tables: {
      [CALLS_TABLE]: { hash: 'requestId' },
      [GUARDS_TABLE]: { hash: 'guardId' },
      [LEASES_TABLE]: { hash: 'group', range: 'requestId' },
      [WAITING_ROOM_TABLE]: { hash: 'queueId', range: 'place' },
    },
    takeUnits: partitionThroughput(quotas.tablePartitions, clock.now),
    onRead({ table, ...seen }) {
      if (table === GUARDS_TABLE) guards.read(seen);
    },
    onBatch({ by }) {
      if (by) trace.add({ kind: 'looked', requestId: by.worksFor, by: by.by });
    },
    onQuery({ table, by }) {
      if (table === LEASES_TABLE) leases.counted(by);
    },
    onWrite({ table, before, after, by }) {
      if (table === GUARDS_TABLE) guards.wrote({ before, after, by });
      if (table === LEASES_TABLE) leases.wrote({ before, after, by });
      if (table === CALLS_TABLE && after?.outcome !== undefined && after.outcome !== before?.outcome) {
        const { requestId, outcome, reason } = after as Record<string, string>;
        trace.add({ kind: 'outcome', requestId: requestId ?? '', outcome: outcome ?? '', reason: reason ?? '' });
      }
      const waiter = after ?? before;
      if (table !== WAITING_ROOM_TABLE || !waiter || (before && after)) return;
      const { requestId, queueId, place, deadlineAt, notBefore } = waiter as Record<string, string>;
      if (requestId === undefined || queueId === undefined || place === undefined) return;
      if (!after) trace.add({ kind: 'left-room', requestId, queueId });
      else {
        trace.add({
          kind: 'entered-room',
          requestId,
          queueId,
          place,
          deadlineAt: Date.parse(deadlineAt ?? ''),
          ...(notBefore !== undefined && { notBefore: Date.parse(notBefore) }),
        });
      }
    },
  });

  const flows = localContactFlows(service, ACCOUNT);
  const instance = simulatedInstance({
    scenario,
    settings,
    region: file.region,
    accountId: ACCOUNT,
    flows: flows.byId,
    arrivals,
    queueOf,
    luck,
    trace,
    onContactEvent: (event) => events.contact(event),
  });
  const { model } = instance;
  const silent = silentCalls(luck, faults);
  function isUntold(contactId: string): boolean {
    const requestId = instance.requestOf(contactId) ?? '';
    return !arrivals.get(requestId)?.isTold && silent.isUntold(requestId);
  }

  const ids = JSON.stringify(idsOf(service));
  const parameterReads = tokenBucket(quotas.parameterReads, clock.now);
  let parametersRead = 0;
  const tokens = localTaskTokens();
  const lambda = simulatedLambda({
    functions,
    timeouts: Object.fromEntries(Object.entries(service.functions).map(([name, f]) => [name, f.timeoutSeconds])),
    times: functionTimes(service.functions),
    clock,
    trace,
    quotas,
    delays,
    faults,
    documentsOf: database.askedBy,
    connectClient: (reach, accepted) =>
      connectClientFor(reach, {
        model,
        connectMs: delays.connectMs,
        trace,
        placed: instance.placed,
        isUntold,
        accepted,
      }),
    stepFunctionsClient: (reach) =>
      stepFunctionsClientFor(reach, {
        tokens,
        executions: () => executions.told(),
        inputOf: (arn) => executions.inputOf(arn),
        start: startOwn,
        stateMachine: service.stateMachine.name,
        answerMs: delays.tableMs,
        tokenTimeout: faults.tokenTimeout,
      }),
    readParameter: (reach) =>
      parameterReaderFor(reach, {
        parameters: { [IDS_PARAMETER]: ids },
        quota: parameterReads,
        answerMs: delays.tableMs,
        asked() {
          parametersRead += 1;
        },
      }),
    send: (...message) => events.send(...message),
    region: file.region,
    failed(error) {
      if (error instanceof Error && MISTAKES.has(error.name)) mistake ??= error;
    },
  });

  const startedByUs = new Set<string>();
  /** A request of our own: the same visitor, who may react differently. */
  function startOwn(name: string, input: unknown): boolean {
    const { ownRequest } = ownInput(input) ?? {};
    const first = arrivals.get(ownRequest?.tryOf ?? '');
    if (startedByUs.has(name) || !ownRequest || !first) return false;
    startedByUs.add(name);
    const { requestId, after, try: nth, because, deadlineAt } = ownRequest;
    const { answer: _, talkSeconds: __, copies: ___, ...visitor } = first;
    arrivals.set(requestId, { ...visitor, requestId });
    const own = {
      ...{ after, try: nth, notBefore: Date.parse(ownRequest.notBefore) },
      ...(because === 'call_back' && { calledBackBy: Date.parse(deadlineAt) }),
    };
    trace.add({ kind: 'arrived', requestId, phone: first.phone, own });
    executions.start(name, input, requestId, luck.branch(`request ${requestId}`));
    return true;
  }

  const { requestOf, placeOf } = instance;
  const events = simulatedEvents({ service, lambda, requestOf, placeOf, silent, delays, faults, luck, trace });

  let stateTransitions = 0;
  const executions = simulatedStateMachine({
    definition: service.stateMachine.definition,
    name: service.stateMachine.name,
    region: file.region,
    clock,
    lambda,
    tokens,
    transitions: tokenBucket(quotas.stateTransitions, clock.now),
    delays,
    faults,
    trace,
    onEnd(execution) {
      if (execution.status !== 'SUCCEEDED') events.executionEnded(execution);
    },
  });

  const karte = karteEvents({
    clock,
    startExecution: tokenBucket(quotas.startExecution, clock.now),
    executions,
    delays,
    trace,
    maxAgeMs: settings.request.maxAgeSeconds * 1_000,
    maxRetries: MAX_RETRIES,
    source: service.rule.eventBusName,
    actionName: file.karte.actionName,
    luckFor: (requestId) => luck.branch(`request ${requestId}`),
  });
  scheduleSurroundings({
    scenario,
    clock,
    model,
    trace,
    queues: settings.connect.queues,
    guardsTable: GUARDS_TABLE,
    documents: database,
  });
  runSchedules(service.schedules, {
    clock,
    lambda,
    region: file.region,
    luck: luck.branch('schedules'),
    isUnsettled: () => database.items(LEASES_TABLE).length > 0 || database.items(CALLS_TABLE).some(isUnderWay),
  });
  let arrived = 0;
  for (const arrival of scenario.arrivals) {
    clock.after(arrival.at, () => {
      const { requestId, phone, mustNotRing, callAt } = arrival;
      trace.add({
        ...{ kind: 'arrived', requestId, phone },
        ...(mustNotRing !== undefined && { mustNotRing }),
        ...(callAt !== undefined && { callAt }),
      });
      arrived += 1;
      karte.arrive(arrival);
    });
  }

  return {
    result(): SimulationResult {
      model.close();
      events.close();
      if (mistake !== undefined) throw mistake;
      const { entries } = trace;
      for (const { kind } of entries) if (kind === 'entered') stateTransitions += 1;
      const units = database.units();
      const none = { read: 0, write: 0 };
      return {
        trace: entries,
        startedAt,
        endedAt: entries.at(-1)?.at ?? startedAt,
        unfinished: executions.running(),
        settings,
        tables: {
          calls: database.items(CALLS_TABLE),
          guards: database.items(GUARDS_TABLE),
          leases: database.items(LEASES_TABLE),
          waitingRoom: database.items(WAITING_ROOM_TABLE),
        },
        use: {
          functions: lambda.use,
          tables: {
            calls: units[CALLS_TABLE] ?? none,
            guards: units[GUARDS_TABLE] ?? none,
            leases: units[LEASES_TABLE] ?? none,
            waitingRoom: units[WAITING_ROOM_TABLE] ?? none,
          },
          messages: events.messages(),
          events: arrived,
          parametersRead,
          stateTransitions,
        },
      };
    },
  };
}

/** A call was placed, and its end is not known. */
const isUnderWay = ({ outcome, endedAt }: ValueMap): boolean => outcome === 'call_placed' && endedAt === undefined;

/** Failed conditions are errors by the ten thousand, and most of an error's cost is its stack trace. */
function withoutStackTraces(): () => void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  return () => {
    Error.stackTraceLimit = stackTraceLimit;
  };
}

/** What the stack of a deployment writes down. */
function idsOf(service: Service): StageIds {
  const { instanceId, queues } = service.stage.file.connect;
  return { instanceId, queues, routingProfiles: {}, contactFlow: localContactFlows(service, ACCOUNT).entryFlow };
}

/** The settings of the stage `local` with the scenario's changes. */
function settingsOf({ stage }: Service, { settings: changes }: Scenario): PackagedSettings {
  const base = JSON.parse(stage.environment.STAGE_SETTINGS ?? '') as PackagedSettings;
  const merged: Record<string, unknown> = { ...base };
  for (const [section, change] of Object.entries(changes)) {
    const before = merged[section];
    merged[section] = typeof change === 'object' && typeof before === 'object' ? { ...before, ...change } : change;
  }
  return merged as unknown as PackagedSettings;
}
