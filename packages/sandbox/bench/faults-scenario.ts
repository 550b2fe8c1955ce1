import { queueFor } from '../../../domain/routing.ts';
import { dramaNumber, requestId } from '../drama-numbers.ts';
import type { Expectations, Opening } from '../simulation/invariants.ts';
import { type Luck, luckOf } from '../simulation/random.ts';
import { booksOf } from '../simulation/replayed-books.ts';
import { type Action, type AgentShift, type Arrival, type Scenario, scenarioOf } from '../simulation/scenario.ts';
import type { SimulationResult } from '../simulation/simulate.ts';
import { QUOTA } from './burst-rows.ts';
import { jitterOf, longestStartMs } from './measure-burst.ts';

const MINUTE = 60_000;
/** Of the stage's limits. */
const MAX_CALL_SECONDS = 900;

/** Longer than the pause after a call that nobody answered. */
const RETRIED_AFTER_SECONDS = 120;

const OFFER = { afterSeconds: 30, callWithinSeconds: 1_200 };

/** What visitors type that must not ring, and why. */
const REFUSED: readonly { typed: string; because: string }[] = [
  { typed: '110', because: 'an emergency number' },
  { typed: '0120-000-000', because: 'a toll-free number' },
  { typed: '0570-000-000', because: 'a shared-cost number' },
  { typed: '0990-500-000', because: 'a premium-rate number' },
  { typed: '020-1234-5678', because: 'the number of a machine' },
  { typed: '+1 202 555 0123', because: 'a number of another country' },
  { typed: '#{phone}', because: 'no number' },
  { typed: '', because: 'no number' },
];

/** Every fault of the simulation, each often enough to coincide with every other. */
const EVERY_FAULT: Scenario['faults'] = {
  startThrottled: 0.02,
  startUnavailable: 0.02,
  startTimeoutBefore: 0.02,
  startTimeoutAfter: 0.03,
  readThrottled: 0.05,
  readTimeout: 0.01,
  tableThrottled: 0.002,
  tableTimeout: 0.001,
  functionDies: 0.005,
  startCallDies: 0.03,
  answerLost: 0.01,
  executionAborted: 0.02,
  executionTimedOut: 0.01,
  executionRedriven: 0.3,
  contactEventLost: 0.03,
  contactEventLate: 0.05,
  contactEventDoubled: 0.05,
  callSilent: 0.01,
  callUntold: 0.3,
  statusEventLate: 0.5,
  statusEventDoubled: 0.1,
  messageDoubled: 0.05,
  tokenTimeout: 0.02,
  lateMs: [5_000, 60_000],
  executionEndsMs: [0, 40_000],
  redrivenMs: [5_000, 300_000],
  clockSkewMs: 1_000,
};

/** A morning, in minutes since its start. */
interface Timetable {
  /** Requests come for this long. */
  requests: number;
  /** Phones may ring from then on. */
  callingFrom: number;
  /** When each queue is closed meanwhile. */
  closed: Readonly<Record<'members' | 'visitors', readonly [from: number, to: number]>>;
  stopped: readonly [from: number, to: number];
  /** The last requests come when everything else is over, and find what was left behind. */
  last: number;
}

function timetableOf(requests: number): Timetable {
  const minutes = Math.max(10, Math.ceil(requests / 100));
  const at = (share: number) => Math.round(minutes * share);
  return {
    requests: minutes,
    callingFrom: Math.max(1, at(0.05)),
    closed: { visitors: [at(0.4), at(0.5)], members: [at(0.7), at(0.8)] },
    stopped: [at(0.55), Math.max(at(0.55) + 1, at(0.6))],
    last: minutes + 60,
  };
}

/** What is scarce, by seed: each seed is a day of its own, because what is scarcest hides the rest. */
const DAYS = [
  { agents: 140, maxConcurrentCalls: 80, coolDownSeconds: 120, numbersPerRequest: 0.3 },
  { agents: 140, maxConcurrentCalls: 150, coolDownSeconds: 600, numbersPerRequest: 0.6 },
  { agents: 45, maxConcurrentCalls: 150, coolDownSeconds: 120, numbersPerRequest: 0.6 },
] as const;
type Day = (typeof DAYS)[number];

/** 08:00 in Japan: from then on phones may ring. */
const CALLING_FROM = Date.parse('2026-11-24T08:00:00+09:00');

/**
 * A morning on which everything goes wrong that can: duplicated requests, redelivered in any order, the same numbers
 * again and again, visitors who miss their call and ask once more, numbers that must not ring, numbers that are blocked
 * meanwhile, agents who come, go and take breaks, serve one queue or both and also get other calls, closed queues, an
 * emergency stop, and every fault.
 */
export function faultsScenario(seed: number, requests: number): Scenario {
  const luck = luckOf(seed).branch('scenario');
  const times = timetableOf(requests);
  const day: Day = DAYS[seed % DAYS.length] ?? DAYS[0];
  const numbers = numbersFor(requests, day);
  const startsAt = new Date(CALLING_FROM - times.callingFrom * MINUTE).toISOString();
  const askedNow = talkingLong(askingAgain(arrivalsIn(times, requests, numbers, luck), numbers, luck), luck);
  const arrivals = seed % 3 === 0 ? askedNow : choosingTimes(askedNow, Date.parse(startsAt), luck);
  return scenarioOf({
    seed,
    startsAt,
    endsAt: (times.last + 30) * MINUTE,
    arrivals: [...arrivals, ...lastArrivals(times, requests, numbers)],
    agents: agentsIn(times, day.agents, luck),
    inbound: inboundIn(times, luck),
    actions: [...actionsIn(times, requests, numbers, luck), ...blocksInLine(arrivals, luck)],
    queues: Object.fromEntries(
      Object.entries(times.closed).map(([name, closed]) => [name, { overrides: hoursAround(startsAt, closed) }]),
    ),
    settings: {
      connect: { pressToConnect: seed % 3 === 1 },
      request: { countries: ['JP', 'GB'], maxAgeSeconds: 300 },
      callingHours: { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' },
      limits: {
        callsPerNumberPerDay: 2,
        triesPerNumberPerDay: 3,
        // Counted, and never used up: the last requests must wait.
        callsPerDay: requests,
        requestsPerMinute: 1_000,
        maxConcurrentCalls: day.maxConcurrentCalls,
        coolDownSeconds: day.coolDownSeconds,
        missedPauseSeconds: 60,
        maxCallSeconds: MAX_CALL_SECONDS,
      },
      appointments: APPOINTMENTS,
      retryUnanswered: { times: seed % 3, afterSeconds: RETRIED_AFTER_SECONDS },
      ...(seed % 2 === 1 && { offerCallBack: OFFER }),
      whenClosed: { do: seed % 2 === 0 ? 'refuse' : 'wait', maxDelaySeconds: 15 * 60, callWithinSeconds: 600 },
    },
    // Some talk longer than the shorter of the cool-downs, a few longer than a call may last without being reported on.
    customers: {
      talkSeconds: [20, 240],
      missed: 0.05,
      transferred: 0.1,
      impatient: 0.05,
      answers: { voicemail: 0.05, 'no-answer': 0.06, busy: 0.05, unreachable: 0.02 },
    },
    // So low that the great crowd does not get through in time: what is left of it becomes dead letters.
    quotas: { activeCalls: 160, startExecution: { burst: 20, perSecond: 3 } },
    faults: EVERY_FAULT,
  });
}

/** So few numbers that many ask again while they are being called, in their cool-down, and after it. */
const numbersFor = (requests: number, { numbersPerRequest }: Day): number =>
  Math.max(2, Math.floor(requests * numbersPerRequest));

function arrivalsIn({ requests: minutes }: Timetable, requests: number, numbers: number, luck: Luck): Arrival[] {
  return Array.from({ length: requests }, (_, index): Arrival => {
    const own = luck.branch(`arrival ${index}`);
    const refused = own.happens('refused', 0.03) ? REFUSED[Math.floor(own.draw('kind') * REFUSED.length)] : undefined;
    // Some come in crowds at the beginning of a minute, and many in one great crowd.
    const drawn = own.between('at', [0, minutes * MINUTE]);
    const at = own.happens('great crowd', 0.06) ? Math.floor(minutes / 4) * MINUTE : drawn;
    const copies = own.happens('copies', 0.15)
      ? Array.from({ length: 1 + Math.floor(own.draw('count') * 3) }, () => own.between('copy', [0, 400_000]))
      : [];
    return {
      at: Math.floor(own.happens('crowd', 0.1) ? at - (at % MINUTE) : at),
      requestId: requestId(index),
      phone: dramaNumber(Math.floor(own.draw('number') * numbers)),
      userType: own.happens('member', 0.5) ? 'member' : 'visitor',
      ...(refused && { typed: refused.typed, mustNotRing: refused.because }),
      ...(copies.length > 0 && { copies: copies.map(Math.floor) }),
    };
  });
}

/** Of this many arrivals, this many are one visitor who misses call after call. */
const MISSES = { of: 40, requests: 5 };
/** How long after a request its visitor asks again: the time it takes to ring unanswered, plus 70 to 400 s. */
const ASKED_AGAIN_MS: readonly [number, number] = [100_000, 430_000];
const MISSED = ['no-answer', 'busy', 'unreachable'] as const;

/** Some visitors, each with a number of their own, ask again after every call that they miss, until they answer one. */
function askingAgain(arrivals: readonly Arrival[], numbers: number, luck: Luck): Arrival[] {
  const lastOf = new Map<number, number>();
  return arrivals.map((arrival, index): Arrival => {
    const visitor = Math.floor(index / MISSES.of);
    if (index % MISSES.of >= MISSES.requests) return arrival;
    const own = luck.branch(`asks again ${index}`);
    const before = lastOf.get(visitor);
    const at = before === undefined ? arrival.at : Math.floor(before + own.between('after', ASKED_AGAIN_MS));
    lastOf.set(visitor, at);
    const { mustNotRing: _, typed: __, copies: ___, ...plain } = arrival;
    const missed = MISSED[Math.floor(own.draw('missed') * MISSED.length)] ?? MISSED[0];
    return {
      ...plain,
      at,
      phone: dramaNumber(numbers + LAST_REQUESTS + visitor),
      answer: own.happens('answers', 0.15) ? 'human' : missed,
    };
  });
}

/**
 * One in this many arrivals talks longer than a call is assumed to continue without being reported on, and asks again
 * meanwhile.
 */
const TALKS_LONG = { is: 20, asksAgain: 21 };
const LONG_TALK_SECONDS: readonly [number, number] = [MAX_CALL_SECONDS + 100, MAX_CALL_SECONDS + 600];

function talkingLong(arrivals: readonly Arrival[], luck: Luck): Arrival[] {
  return arrivals.map((arrival, index): Arrival => {
    const own = luck.branch(`talks long ${index}`);
    const { mustNotRing: _, typed: __, ...plain } = arrival;
    if (index % MISSES.of === TALKS_LONG.is) {
      // Without any report, nobody can know that it continues.
      return {
        ...plain,
        answer: 'human',
        talkSeconds: Math.floor(own.between('talk', LONG_TALK_SECONDS)),
        isTold: true,
      };
    }
    const talker = index % MISSES.of === TALKS_LONG.asksAgain ? arrivals[index - 1] : undefined;
    const after = Math.floor(own.between('after', LONG_TALK_SECONDS)) * 1_000;
    return talker ? { ...plain, at: talker.at + after, phone: talker.phone } : arrival;
  });
}

const APPOINTMENTS = { maxDays: 1, slotMinutes: 10, perSlot: 6 } as const;
/** How far ahead some choose their time: slots are full, closed, and due when nobody is there any more. */
const AHEAD_MS: readonly [number, number] = [0, 15 * MINUTE];

/** Some choose a slot, the next one after some minutes. */
const choosingTimes = (arrivals: readonly Arrival[], startsAt: number, luck: Luck): Arrival[] =>
  arrivals.map((arrival, index): Arrival => {
    const own = luck.branch(`chooses ${index}`);
    if (index % MISSES.of <= TALKS_LONG.asksAgain || !own.happens('a time', 0.1)) return arrival;
    const length = APPOINTMENTS.slotMinutes * MINUTE;
    const from = startsAt + arrival.at + own.between('ahead', AHEAD_MS);
    return { ...arrival, callAt: Math.ceil(from / length) * length };
  });

/** Three minutes of one request for each queue. */
const LAST_REQUESTS = 6;

/**
 * Requests for each queue when nobody is there any more: while one waits, the release function checks every call. Three
 * minutes of them, as their executions may be cut short, too.
 */
const lastArrivals = ({ last }: Timetable, requests: number, numbers: number): Arrival[] =>
  [0, 1, 2]
    .flatMap((minute) => ['member', 'visitor'].map((userType) => ({ minute, userType })))
    .map(({ minute, userType }, index) => ({
      at: (last + minute) * MINUTE,
      requestId: requestId(requests + index),
      phone: dramaNumber(numbers + index),
      userType,
    }));

const QUEUES = [['members', 'visitors'], ['members'], ['visitors']] as const;

function agentsIn({ requests: minutes }: Timetable, agents: number, luck: Luck): AgentShift[] {
  return Array.from({ length: agents }, (_, index) => {
    const own = luck.branch(`agent ${index}`);
    const pause = own.between('break', [0, minutes * MINUTE]);
    return {
      name: `agent-${index + 1}`,
      queues: QUEUES[index % QUEUES.length] ?? QUEUES[0],
      from: Math.floor(own.happens('early', 0.7) ? 0 : own.between('from', [0, (minutes * MINUTE) / 2])),
      until: Math.floor((minutes + 10) * MINUTE + own.between('until', [0, 10 * MINUTE])),
      breaks: own.happens('breaks', 0.5) ? [{ from: Math.floor(pause), until: Math.floor(pause + 3 * MINUTE) }] : [],
    };
  }).map(({ breaks, ...shift }) => ({ ...shift, breaks: breaks.filter(({ from }) => from > shift.from) }));
}

const inboundIn = ({ requests: minutes }: Timetable, luck: Luck) =>
  Array.from({ length: minutes * 3 }, (_, index) => {
    const own = luck.branch(`inbound ${index}`);
    return {
      at: Math.floor(own.between('at', [0, minutes * MINUTE])),
      queue: own.happens('members', 0.5) ? 'members' : 'visitors',
      talkSeconds: Math.floor(own.between('talk', [20, 200])),
    };
  }).sort((a, b) => a.at - b.at);

function actionsIn({ requests: minutes, stopped }: Timetable, requests: number, numbers: number, luck: Luck): Action[] {
  const blocks = Array.from({ length: Math.ceil(requests / 200) }, (_, index): Action[] => {
    const own = luck.branch(`block ${index}`);
    const phone = dramaNumber(Math.floor(own.draw('number') * numbers));
    const at = Math.floor(own.between('at', [0, minutes * MINUTE]));
    const until = at + Math.floor(own.between('for', [MINUTE, 20 * MINUTE]));
    return [
      { at, do: 'block', phone },
      ...(own.happens('again', 0.5) ? [{ at: until, do: 'unblock' as const, phone }] : []),
    ];
  }).flat();
  return [
    ...blocks,
    { at: stopped[0] * MINUTE, do: 'stop' as const },
    { at: stopped[1] * MINUTE, do: 'resume' as const },
  ];
}

/** Somebody asks for a call and objects to it while it is being placed. */
const blocksInLine = (arrivals: readonly Arrival[], luck: Luck): Action[] =>
  arrivals
    .filter(({ requestId }) => luck.branch(`objection ${requestId}`).happens('objects', 0.03))
    .map(({ at, phone, requestId }) => {
      const after = luck.branch(`objection ${requestId}`).between('after', [3_000, 20_000]);
      return { at: at + Math.floor(after), do: 'block', phone };
    });

/** Opening hours of the day on which it all happens: from midnight to midnight, except while the queue is closed. */
function hoursAround(startsAt: string, [from, to]: readonly [number, number]) {
  const clock = (minute: number) => japaneseTime(Date.parse(startsAt) + minute * MINUTE);
  return {
    [clock(0).date]: [
      { start: '00:00', end: clock(from).time },
      { start: clock(to).time, end: '00:00' },
    ],
  };
}

function japaneseTime(at: number): { date: string; time: string } {
  const text = new Date(at + 9 * 60 * MINUTE).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

/** What must hold for a run of the scenario, derived from the scenario itself. */
export function expectationsOf(scenario: Scenario, { settings }: Pick<SimulationResult, 'settings'>): Expectations {
  const { coolDownSeconds, missedPauseSeconds, maxCallSeconds, ...limits } = settings.limits;
  const queueIds = new Map(
    scenario.arrivals.map(({ requestId: id, userType }) => [
      id,
      queueFor({ userType }, settings.routing, settings.connect.queues).id,
    ]),
  );
  return {
    maxAgeMs: settings.request.maxAgeSeconds * 1_000,
    perSlot: settings.appointments?.perSlot ?? 0,
    slotMs: Math.max((settings.appointments?.slotMinutes ?? 0) * MINUTE, settings.request.maxAgeSeconds * 1_000),
    callWithinMs: settings.whenClosed.callWithinSeconds * 1_000,
    ...limits,
    missedPauseMs: missedPauseSeconds * 1_000,
    maxCallMs: maxCallSeconds * 1_000,
    metricsLagMs: scenario.delays.metricsLagSeconds * 1_000,
    coolDownMs: coolDownSeconds * 1_000,
    clockSkewMs: scenario.faults.clockSkewMs,
    quota: QUOTA,
    pools: booksOf(settings),
    retries: settings.retryUnanswered.times,
    // A request of our own has the id of the first one, followed by the number of its try.
    queueOf: (id) => queueIds.get(id.replace(/\.try\d+$/, '')),
    jitterMs: jitterOf(scenario),
    idleMs: idleMsOf(scenario),
    openings: new Map(
      ['member', 'visitor'].map((userType) => {
        const { id, name } = queueFor({ userType }, settings.routing, settings.connect.queues);
        return [id, openingsOf(scenario, name)];
      }),
    ),
  };
}

/** From functions/release-waiting.ts, and from the reading of agents in functions/shared/connect-readings.ts. */
const TICK_MS = 2_000;
const AGENTS_MAX_AGE_MS = 2_000;

/**
 * The release function runs within two ticks, the current one and the next; what it knows about the agents may have been
 * read before that, by a clock that is off. The lag of the metrics is accounted for where agents are counted.
 */
const idleMsOf = ({ delays, faults }: Scenario): number =>
  2 * (TICK_MS + delays.queueMs[1] + longestStartMs(delays) + delays.invocationMs[1]) +
  AGENTS_MAX_AGE_MS +
  2 * faults.clockSkewMs;

function openingsOf({ queues, startsAt }: Scenario, name: string): Opening[] {
  const [[date, intervals] = ['', []]] = Object.entries(queues[name]?.overrides ?? {});
  const midnight = Date.parse(`${date}T00:00:00+09:00`);
  const at = (time: string) => Date.parse(`${date}T${time}:00+09:00`);
  return intervals.map(({ start, end }) => ({
    from: Math.max(at(start), CALLING_FROM, Date.parse(startsAt)),
    to: end === '00:00' ? midnight + 21 * 60 * MINUTE : at(end),
  }));
}
