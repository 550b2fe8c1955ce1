import { StageFile } from '../../../domain/stage-file.ts';
import { dramaNumber, requestId } from '../drama-numbers.ts';
import type { Baseline } from '../simulation/baselines.ts';
import { type Scenario, type ScenarioChanges, scenarioOf } from '../simulation/scenario.ts';

/** One approach to placing the calls; `no state delay` is this project with Step Functions taking no time for a state. */
export type Way = 'this project' | 'no state delay' | Baseline;

/** What one row of the bench is about. */
export interface Row {
  name: string;
  /** What must hold for it. */
  aim: Aim;
  scenario: Scenario;
  /** In the order of the table; this project is the first. */
  ways: readonly Way[];
  /** Milliseconds after the start from which calls are possible; time counts from then on, not from the first request. */
  opensAt?: number;
  /** Something to note about the row. */
  note?: string;
}

type Aim =
  | 'one at a time'
  | 'enough staff'
  | 'lost answers'
  | 'scarce staff'
  | 'missed calls'
  | 'refused ring time-out'
  | 'night'
  | 'defaults';

/** Amazon Connect's default quota of StartOutboundVoiceContact. */
export const QUOTA = { callsPerSecond: 2, burst: 5 };

/** Everybody has been logged in for longer than the metrics lag when the first request comes. */
const FIRST_ARRIVAL_MS = 60_000;
/** At two calls a second, each for at most six minutes from its turn until the metrics have shown its end. */
const ENOUGH_AGENTS = 750;
const HOURS = 60 * 60_000;

const BASELINES = ["guide's function", "guide's function, 15 min", 'asks once', 'jitter only'] as const;
/** With the same run once more, entering states instantly: the part of a figure that is due to an inferred delay. */
const ALL_WAYS: readonly Way[] = ['this project', 'no state delay', ...BASELINES];
/** For large crowds, for which that delay is negligible compared with the minutes that the quota takes. */
const WAYS_OF_CROWDS: readonly Way[] = ['this project', ...BASELINES];

/** Visitors who do not overlap, each this many seconds after the previous one. */
export const oneAtATime = (requests: number, apartSeconds: number, seed: number, note: string): Row => ({
  name: `${requests} requests, one every ${apartSeconds} s`,
  aim: 'one at a time',
  scenario: scenarioOf({
    ...base(requests, requests * apartSeconds, seed, 10),
    settings: { ...countries, ...lifted },
  }),
  ways: ALL_WAYS,
  note,
});

/** N requests at once, or evenly spread over some seconds, with every limit lifted and staff for all of them. */
export const enoughStaff = (requests: number, overSeconds: number, seed: number): Row => ({
  name: `${requests.toLocaleString('en')} requests ${overSeconds === 0 ? 'at once' : `in ${overSeconds} s`}`,
  aim: 'enough staff',
  scenario: scenarioOf({
    ...base(requests, overSeconds, seed, ENOUGH_AGENTS),
    settings: { ...countries, ...lifted },
    quotas: { activeCalls: 10_000 },
  }),
  ways: requests > 1_000 ? WAYS_OF_CROWDS : ALL_WAYS,
});

/** Amazon Connect accepts calls, but the response is lost. */
export const lostAnswers = (seed: number): Row => {
  const { scenario } = enoughStaff(200, 200, seed);
  return {
    name: '200 requests in 200 s, one answer in twenty lost',
    aim: 'lost answers',
    scenario: { ...scenario, faults: { ...scenario.faults, startTimeoutAfter: 0.05 } },
    ways: WAYS_OF_CROWDS,
    note: 'Amazon Connect accepts the call but its answer is lost. A retry with a different client token makes the phone ring twice.',
  };
};

/** Thirty agents with calls of three minutes, and far more people than they can serve at once. */
export const scarceStaff = (seed: number): Row => ({
  name: '500 requests in 60 s, 30 agents, 3 min each',
  aim: 'scarce staff',
  scenario: scenarioOf({
    ...base(500, 60, seed, 30),
    settings: { ...countries, ...lifted },
    quotas: { activeCalls: 10_000 },
    customers: { talkSeconds: [180, 180] },
  }),
  ways: ALL_WAYS,
});

/** Agents who do not answer every call that is offered to them: one in twenty goes to the next after 20 s. */
export const missedCalls = (seed: number): Row => ({
  name: '600 requests in 5 hours, 6 agents who miss one call in twenty',
  aim: 'missed calls',
  scenario: scenarioOf({
    ...base(600, 5 * 3_600, seed, 6),
    settings: { ...countries, ...lifted },
    customers: { missed: 0.05 },
  }),
  ways: ['this project'],
  note: 'An agent who misses a call is unavailable for a minute; the metrics show it 15 s later.',
});

/** An account for which Amazon Connect refuses the ring timeout that the stage requests. */
export const refusedRingTimeout = (seed: number): Row => {
  const { scenario } = enoughStaff(300, 0, seed);
  return {
    name: '300 requests at once, ring time-out refused',
    aim: 'refused ring time-out',
    scenario: {
      ...scenario,
      settings: { ...scenario.settings, connect: { ringTimeoutSeconds: 25 } },
      refusesRingTimeout: true,
    },
    ways: ['this project'],
    note: 'The stage sets `connect.ringTimeoutSeconds`, and Amazon Connect refuses it for this account. The other approaches do not set it.',
  };
};

/** A night, its agents, and within how long after the opening everybody who asked during it should be called. */
export const NIGHT = { requests: 40, agents: 3, callWithinSeconds: 7_200 } as const;
const EVENING = '2026-11-24T22:00:00+09:00';
const OPENING_MS = 10 * HOURS;

/** People who ask while the queue is closed, in a stage that calls them after the opening. */
export const night = (seed: number): Row => {
  const { requests, agents, callWithinSeconds } = NIGHT;
  const asleepSeconds = 9.5 * 3_600;
  const scenario = base(requests, asleepSeconds, seed, agents);
  return {
    name: `${requests} requests overnight, ${agents} agents in the morning`,
    aim: 'night',
    scenario: scenarioOf({
      ...scenario,
      startsAt: new Date(EVENING).toISOString(),
      endsAt: OPENING_MS + 6 * HOURS,
      agents: scenario.agents.map((agent) => ({ ...agent, from: OPENING_MS - 5 * 60_000 })),
      settings: {
        ...countries,
        limits: limitsByDefault(),
        callingHours: { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' },
        whenClosed: { do: 'wait', maxDelaySeconds: 57_600, callWithinSeconds },
      },
    }),
    ways: ['this project'],
    opensAt: OPENING_MS,
    note: 'Time counts from the opening at 08:00. The other approaches know no opening hours and call people as soon as they ask.',
  };
};

/** What a stage does that was given only its ids. */
export const defaults = (requests: number, seed: number): Row => ({
  name: `${requests.toLocaleString('en')} requests at once, default settings, 30 agents`,
  aim: 'defaults',
  scenario: scenarioOf({ ...base(requests, 0, seed, 30), settings: { ...countries, limits: limitsByDefault() } }),
  ways: WAYS_OF_CROWDS,
});

/** The numbers that cannot ring are British. */
const countries = { request: { countries: ['JP', 'GB'] } } as const;

/** The limits of a stage whose file does not set any; settings/local.yml lifts most of them. */
const limitsByDefault = () => StageFile.in.shape.limits.parse(undefined);

const lifted = {
  request: { ...countries.request, maxAgeSeconds: 3 * 60 * 60 },
  limits: {
    callsPerNumberPerDay: null,
    callsPerDay: null,
    requestsPerMinute: null,
    maxConcurrentCalls: null,
  },
} as const;

const base = (requests: number, overSeconds: number, seed: number, agents: number): ScenarioChanges => ({
  seed,
  endsAt: FIRST_ARRIVAL_MS + 6 * HOURS,
  arrivals: Array.from({ length: requests }, (_, index) => ({
    at: FIRST_ARRIVAL_MS + Math.round((index * overSeconds * 1_000) / requests),
    requestId: requestId(index),
    phone: dramaNumber(index),
    userType: index % 2 === 0 ? 'member' : 'visitor',
  })),
  agents: Array.from({ length: agents }, (_, index) => ({
    name: `agent-${index + 1}`,
    queues: ['members', 'visitors'],
    from: 0,
  })),
});
