import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../connect/contact.ts';
import type { ContactEvent } from '../connect/contact-events.ts';
import { readService } from '../service.ts';
import { type VirtualClock, virtualClock } from '../simulation/clock.ts';
import { simulatedEvents } from '../simulation/events.ts';
import { luckOf } from '../simulation/random.ts';
import { scenarioOf } from '../simulation/scenario.ts';
import { silentCalls } from '../simulation/silent-calls.ts';
import { simulate } from '../simulation/simulate.ts';
import { watchInstance } from '../simulation/surroundings.ts';
import { entriesOf, recordTrace, storyOf } from '../simulation/trace.ts';
import { arrivals, of, requestId, scenario } from './simulation-support.ts';

describe('a customer of a simulated world who is handed on', () => {
  it('is on the line until the last contact is over', async () => {
    // Act
    const { trace } = await simulate(scenario({ arrivals: arrivals(1, 0, { transfers: ['flow', 'agent'] }) }));

    // Assess
    const [root = ''] = of(trace, 'rang', 0).map(({ contactId }) => contactId);
    const calls = entriesOf(trace, 'call');
    const contactIds = [...new Set(calls.map(({ contactId }) => contactId))];
    expect(contactIds).toHaveLength(3);
    expect(contactIds[0]).toBe(root);
    expect(calls.map((entry) => entry.root)).toEqual(
      calls.map(({ contactId }) => (contactId === root ? undefined : root)),
    );
    const ends = calls.filter(({ state }) => state === 'ended').map(({ at }) => at);
    expect(of(trace, 'line-over', 0)).toEqual([
      { kind: 'line-over', requestId: requestId(0), contactId: root, at: Math.max(...ends) },
    ]);
    expect(Math.min(...ends)).toBeLessThan(Math.max(...ends));
    expect(storyOf(trace, [requestId(0)]).filter(({ kind }) => kind === 'call')).toEqual(calls);
  });

  it('may be one of a share, and so may those who hang up while they wait', async () => {
    // Act
    const { trace } = await simulate(
      scenario({ arrivals: arrivals(40, 5_000), customers: { transferred: 0.5, impatient: 0.3 } }),
    );

    // Assess
    const rang = entriesOf(trace, 'rang');
    const calls = entriesOf(trace, 'call');
    const over = entriesOf(trace, 'line-over').map(({ contactId }) => contactId);
    expect(over.toSorted()).toEqual(rang.map(({ contactId }) => contactId).toSorted());
    const handedOn = Object.values(Object.groupBy(calls, ({ root, contactId }) => root ?? contactId)).map(
      (those = []) => new Set(those.map(({ contactId }) => contactId)).size - 1,
    );
    expect(new Set(handedOn)).toEqual(new Set([0, 1, 2]));
    const talked = new Set(
      calls.flatMap((entry) => (entry.state === 'with-agent' ? [entry.root ?? entry.contactId] : [])),
    );
    expect(talked.size).toBeGreaterThan(rang.length / 2);
    expect(talked.size).toBeLessThan(rang.length);
  });

  it('leaves the luck of others as it is', async () => {
    const ends = async (changes: object) => {
      const [first, second] = arrivals(2, 1_200_000) as [object, object];
      const those = [{ ...first, ...changes }, second] as ReturnType<typeof arrivals>;
      return of((await simulate(scenario({ arrivals: those }))).trace, 'line-over', 1).map(({ at }) => at);
    };
    expect(await ends({ transfers: ['agent', 'flow'] })).toEqual(await ends({}));
  });
});

describe('a contact of a simulated instance', () => {
  it('has the request of its chain and a place in it; one of a call that came in has neither', () => {
    // Prepare
    const trace = recordTrace(() => 0);
    const seen = watchInstance(trace, () => 'q');
    const contact = (facts: Partial<Contact>) =>
      seen.watch.contact({ state: 'in-flow', initiationMethod: 'TRANSFER', attributes: {}, ...facts } as Contact);
    const attributes = { request_id: requestId(0) };

    // Act
    contact({ id: 'a', state: 'ringing', initiationMethod: 'API', attributes });
    contact({ id: 'b', initialContactId: 'a', previousContactId: 'a', attributes });
    contact({ id: 'c', initialContactId: 'a', previousContactId: 'b', attributes });
    contact({ id: 'in', initiationMethod: 'INBOUND' });
    contact({ id: 'in2', initialContactId: 'in', previousContactId: 'in' });
    for (const root of ['a', 'in']) seen.watch.lineOver(root);

    // Assess
    const ids = ['a', 'b', 'c', 'in', 'in2'];
    expect(ids.map(seen.requestOf)).toEqual([requestId(0), requestId(0), requestId(0), undefined, undefined]);
    expect(ids.map(seen.placeOf)).toEqual([0, 1, 2, 0, 0]);
    expect(seen.placed()).toBe(1);
    expect(trace.entries.map(({ kind }) => kind)).toEqual(['rang', 'call', 'call', 'inbound', 'line-over', 'inbound']);
  });
});

describe('events of contacts in a simulated world', () => {
  let clock: VirtualClock;
  let uninstall: () => void;
  beforeEach(() => {
    clock = virtualClock(0);
    uninstall = clock.install();
  });
  afterEach(() => uninstall());

  /** Delivers DISCONNECTED of the first and the second contact of so many calls. @returns the places that arrived, by request */
  async function delivered(calls: number, faults: { contactEventLost?: number; callSilent?: number }) {
    const arrived = new Map<string, number[]>();
    const { delays, faults: all } = scenarioOf({ seed: 1, arrivals: [], agents: [], faults });
    const rule = { function: 'trackContact', pattern: { source: ['aws.connect'] } };
    const events = simulatedEvents({
      service: { ...readService('local', 0), functionRules: [rule] },
      lambda: {
        async invoke(_, payload, { requestId: id = '' }) {
          const [, place] = (payload as ContactEvent).detail.contactId.split('/');
          arrived.set(id, [...(arrived.get(id) ?? []), Number(place)]);
          return undefined;
        },
      },
      requestOf: (contactId) => contactId.split('/')[0],
      placeOf: (contactId) => Number(contactId.split('/')[1]),
      silent: silentCalls(luckOf(1), all),
      delays,
      faults: all,
      luck: luckOf(1),
      trace: recordTrace(clock.now),
    });
    for (let call = 0; call < calls; call += 1) {
      for (const place of [0, 1]) {
        const detail = { eventType: 'DISCONNECTED', contactId: `${requestId(call)}/${place}` };
        events.contact({ source: 'aws.connect', detail } as ContactEvent);
      }
    }
    await clock.run();
    return arrived;
  }

  it('reach the function with the request of their chain', async () => {
    expect(await delivered(1, {})).toEqual(new Map([[requestId(0), expect.arrayContaining([0, 1])]]));
  });

  it('are lost each by its own luck, the second contact as the first', async () => {
    const arrived = await delivered(60, { contactEventLost: 0.5 });
    const kinds = new Set([...arrived.values()].map((places) => places.toSorted().join()));
    expect(kinds).toEqual(new Set(['0', '1', '0,1']));
    expect(arrived.size).toBeLessThan(60);
  });

  it('are lost all together where a call is silent', async () => {
    const arrived = await delivered(60, { callSilent: 0.5 });
    expect(new Set([...arrived.values()].map((places) => places.toSorted().join()))).toEqual(new Set(['0,1']));
    expect(arrived.size).toBeGreaterThan(10);
    expect(arrived.size).toBeLessThan(50);
  });
});
