import { type Arrival, type Scenario, type ScenarioChanges, scenarioOf } from '../simulation/scenario.ts';
import type { EntryOf, Happening, Trace } from '../simulation/trace.ts';
import { entriesOf, lastOutcomes } from '../simulation/trace.ts';

/** Agents are there long before the first request comes, so that the metrics have seen them. */
export const FIRST_ARRIVAL = 60_000;

export const requestId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** London numbers for drama: they cannot ring. */
export const phone = (number: number): string => `+44207946${String(number).padStart(4, '0')}`;

/** Requests of different visitors, so many milliseconds apart. */
export const arrivals = (count: number, apart = 0, changes: Partial<Arrival> = {}): Arrival[] =>
  Array.from({ length: count }, (_, index) => ({
    at: FIRST_ARRIVAL + index * apart,
    requestId: requestId(index),
    phone: phone(index),
    userType: 'visitor',
    ...changes,
  }));

/** A small scenario with agents enough, British numbers and no limits but the cool-down. */
export const scenario = ({ settings, ...changes }: Partial<ScenarioChanges>): Scenario =>
  scenarioOf({
    seed: 1,
    endsAt: 60 * 60_000,
    arrivals: [],
    agents: Array.from({ length: 40 }, (_, index) => ({
      name: `agent-${index}`,
      queues: ['members', 'visitors'],
      from: 0,
    })),
    ...changes,
    quotas: { activeCalls: 1_000, ...changes.quotas },
    settings: {
      ...settings,
      request: { countries: ['JP', 'GB'], ...settings?.request },
      limits: {
        callsPerNumberPerDay: null,
        callsPerDay: null,
        requestsPerMinute: null,
        maxConcurrentCalls: null,
        ...settings?.limits,
      },
    },
  });

/** The entries of one request of a kind. */
export const of = <Kind extends Happening['kind']>(trace: Trace, kind: Kind, request: number): EntryOf<Kind>[] =>
  entriesOf(trace, kind).filter((entry) => 'requestId' in entry && entry.requestId === requestId(request));

/** Request id → outcome. */
export const outcomes = (trace: Trace): Record<string, string> =>
  Object.fromEntries(entriesOf(trace, 'outcome').map(({ requestId: id, outcome }) => [id, outcome]));

/** How often each outcome was recorded. */
export function outcomeCounts(trace: Trace): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of lastOutcomes(trace).values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
