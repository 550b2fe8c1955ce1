import type { Logger } from '@aws-lambda-powertools/logger';
import { AGENTS_READING } from '../../adapters/shared-state/looks.ts';
import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import type { Executions, StartedExecution } from '../../adapters/step-functions.ts';
import { cameAt, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { whyNotNow } from '../../domain/admission.ts';
import type { CallLease } from '../../domain/call-lease.ts';
import type { Recorded } from '../../domain/call-state.ts';
import type { Measure } from '../../domain/metrics.ts';
import { withinCallingHours } from '../../domain/opening-hours.ts';
import { availableAgents } from '../../domain/pools.ts';
import { silenceAfter, startOfSilence } from '../../domain/silence.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { isVisitorsFault } from '../../domain/visitors-fault.ts';
import type { ConnectReadings } from './connect-readings.ts';

export interface MeasureDependencies {
  stage: Pick<StageSettings, 'agents' | 'callingHours' | 'connect' | 'request'>;
  shared: Pick<SharedState, 'controls' | 'leases' | 'readings' | 'silence'>;
  room: Pick<WaitingRoom, 'nextInLine' | 'lengthOf'>;
  centre: Pick<ConnectReadings, 'queue'>;
  executions: Pick<Executions, 'startedBetween' | 'outputOf'>;
  now: () => Date;
  log: Pick<Logger, 'warn'>;
  measure: Measure;
}

/** Older answers of Amazon Connect say nothing about now. */
const AGENTS_MAX_AGE_MS = 60_000;
/** Step Functions may list an execution with a delay. */
const LATE_MS = 15_000;
/** How many executions per minute are checked for their end. */
const ASKED_AT_MOST = 20;

/**
 * Measures the current state of the stage, once a minute. No measurement is worth a failed run: what cannot be read is skipped until
 * the next minute.
 */
export async function measureStage(dependencies: MeasureDependencies): Promise<void> {
  const { shared, log } = dependencies;
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn('not measured', { what, error: error instanceof Error ? error.name : 'Error' });
    }
  };
  await attempt('stage', async function measureParts() {
    const leases = await shared.leases.all();
    await Promise.all([
      attempt('switch', () => measureSwitch(dependencies)),
      attempt('lines', () => measureLines(leases, dependencies)),
      attempt('agents', () => measureAgents(dependencies)),
      attempt('silence', () => measureSilence(leases, dependencies)),
    ]);
  });
}

async function measureLines(
  leases: readonly CallLease[],
  { stage, room, now, measure }: MeasureDependencies,
): Promise<void> {
  const at = now().getTime();
  const queueIds = Object.values(stage.connect.queues);
  const lines = await Promise.all(
    queueIds.map(async function lineOf(queueId) {
      const [first] = await room.nextInLine(queueId, 1);
      return first ? { length: await room.lengthOf(queueId), since: cameAt(first) } : { length: 0, since: at };
    }),
  );
  measure(
    {
      RequestsWaiting: lines.reduce((sum, { length }) => sum + length, 0),
      OldestWaitSeconds: Math.max(0, ...lines.map(({ since }) => Math.round((at - since) / 1_000))),
      LinesInUse: leases.filter(({ lineUntil, trial }) => !trial && lineUntil > at).length,
    },
    {},
  );
}

/** From a recent reading for another purpose: Amazon Connect is not asked for this. */
async function measureAgents({ stage, shared, now, measure }: MeasureDependencies): Promise<void> {
  const agents = await shared.readings.last<Record<string, number>>(AGENTS_READING);
  if (agents && now().getTime() - agents.readAt <= AGENTS_MAX_AGE_MS)
    measure({ AgentsAvailable: availableAgents(stage, agents.value) }, {});
}

/** At night, too: a stop in the evening is easily forgotten in the morning. */
async function measureSwitch({ shared, measure }: MeasureDependencies): Promise<void> {
  measure({ Stopped: (await shared.controls.read()).stopped ? 1 : 0 }, {});
}

async function measureSilence(leases: readonly CallLease[], dependencies: MeasureDependencies): Promise<void> {
  const { stage, shared, executions, now, measure } = dependencies;
  const at = now().getTime();
  const before = (await shared.silence.read()) ?? startOfSilence(at);
  // By then a request is over, unless it waits for opening time or its appointment.
  const countedTo = Math.max(before.countedTo, at - stage.request.maxAgeSeconds * 1_000 - LATE_MS);
  const [isOpen, requests] = await Promise.all([
    canCallNow(dependencies),
    countedTo > before.countedTo ? executions.startedBetween(new Date(before.countedTo), new Date(countedTo)) : [],
  ]);
  const placedAt = Math.max(0, ...leases.map((lease) => lease.placedAt ?? 0));
  // Only those that may count are checked for their end: none while calls are being placed.
  const inQuestion = requests.filter(({ startedAt }) => isOpen && startedAt > Math.max(before.placedAt, placedAt));
  const faults = await visitorsFaults(inQuestion, executions);
  const silence = silenceAfter(before, {
    ...{ now: at, isOpen, countedTo, placedAt, inCallingHours: withinCallingHours(stage.callingHours, now()) },
    requests: requests.map((request) => ({ ...request, isVisitorsFault: faults.has(request.executionArn) })),
  });
  await shared.silence.write(silence);
  measure(
    {
      OpenNow: isOpen ? 1 : 0,
      ClosedMinutes: Math.floor(silence.minutesClosed),
      OpenMinutesWithoutRequest: Math.floor(silence.minutesWithoutRequest),
      RequestsWithoutCall: silence.requestsWithoutCall,
      OpenMinutesWithoutCall: Math.floor(silence.minutesWithoutCall),
    },
    {},
  );
}

/** Which of these executions ended without a call through the visitor's fault. In a rush, the first ones are enough. */
async function visitorsFaults(
  requests: readonly StartedExecution[],
  executions: MeasureDependencies['executions'],
): Promise<Set<string>> {
  const faults = new Set<string>();
  // One by one: Step Functions allows few of these requests per second.
  for (const { executionArn } of requests.filter(({ isOver }) => isOver).slice(0, ASKED_AT_MOST)) {
    // The output of the last state.
    const end = (await executions.outputOf(executionArn)) as Partial<Recorded> | undefined;
    if (end?.outcome !== undefined && isVisitorsFault(end.outcome, end.reason ?? '')) faults.add(executionArn);
  }
  return faults;
}

/** Whether hours and switches allow calls now. At night Amazon Connect is not asked. */
async function canCallNow({ stage, shared, centre, now }: MeasureDependencies): Promise<boolean> {
  const { callingHours, connect } = stage;
  if (connect.sourcePhoneNumber === null || !withinCallingHours(callingHours, now())) return false;
  if ((await shared.controls.read()).stopped) return false;
  for (const queueId of Object.values(connect.queues)) {
    if (!whyNotNow(await centre.queue(queueId), callingHours, now())) return true;
  }
  return false;
}
