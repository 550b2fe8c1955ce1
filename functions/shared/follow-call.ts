import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallNews, CallsTable } from '../../adapters/calls-table.ts';
import type { ConnectContacts, DescribedContact } from '../../adapters/connect-contacts.ts';
import type { LinkedChain } from '../../adapters/shared-state/contact-links.ts';
import type { ControlState } from '../../adapters/shared-state/controls.ts';
import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import { callDurations } from '../../domain/call-durations.ts';
import { askedInVain, type LeaseChange, NEVER, onLife } from '../../domain/call-lease.ts';
import { endingOfCall, endingOnceGivenUp, hungUpBy, mayGoOn, wasNeverAnswered } from '../../domain/call-outcome.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { type CallLife, lifeOf } from '../../domain/contact-chain.ts';
import { flowAttributes } from '../../domain/flow-attributes.ts';
import { callDay } from '../../domain/limits.ts';
import type { Measure } from '../../domain/metrics.ts';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { mayHaveWished, whyOnceMore } from '../../domain/own-request.ts';
import { requestCalledBackIn } from '../../domain/recognised-caller.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import type { CallOnceMore } from './call-once-more.ts';

export interface FollowDependencies {
  stage: Pick<
    StageSettings,
    'agents' | 'connect' | 'limits' | 'offerCallBack' | 'request' | 'retryUnanswered' | 'speed'
  >;
  shared: Pick<SharedState, 'contacts' | 'leases' | 'phones'>;
  calls: Pick<CallsTable, 'noteCall' | 'noteCalledBack' | 'read'>;
  connect: ConnectContacts;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
  measure: Measure;
  /** Requests further calls; only set by the sweep, others leave that to it. */
  callOnceMore?: CallOnceMore;
}

interface FollowOptions {
  /** Called when an agent or a line becomes free. */
  freed?: () => Promise<void>;
  /** What Amazon Connect has just reported about some of the contacts. */
  asked?: ReadonlyMap<string, DescribedContact>;
  /** Nothing more will be reported: what is known must suffice. */
  mustDecide?: boolean;
}

/** What Amazon Connect reported about an ended contact. */
interface Told {
  chain: LinkedChain;
  attributes: Readonly<Record<string, string>>;
  phone?: string;
}

/**
 * Applies everything known of a call: who holds what, and what its record says. Safe to repeat, with news in any order.
 */
export function followCall(dependencies: FollowDependencies) {
  const { stage, shared, calls, connect, now, log, measure } = dependencies;
  const { leases, phones, contacts } = shared;
  const { speed } = stage;
  const queueIds = Object.values(stage.connect.queues);

  /**
   * @param chain of a request, or of a call without one
   */
  return async function follow(
    chain: LinkedChain & { requestId: string },
    controls: Pick<ControlState, 'limits'>,
    { freed = async () => undefined, asked, mustDecide = false }: FollowOptions = {},
  ): Promise<void> {
    const { requestId, rootId, version } = chain;
    const limits = { ...stage.limits, ...controls.limits };
    const maxCallMs = limits.maxCallSeconds * 1000;
    const record = await calls.read(requestId);
    const isOurs = record?.kind === undefined;
    const life = lifeOf(chain);
    if (life.endedAt === undefined) await goesOn();
    else if (life.described && isRecorded()) await holdLease(life, version, { lookAt: NEVER });
    else if (!life.described && (life.reason === undefined || mayGoOn(life))) await isOverPerhaps();
    else await isOver();

    function holdLease(to = life, seen = version, also: LeaseChange = {}): Promise<void> {
      const change = onLife(to, now().getTime(), { maxCallMs, queueIds, holds: isOurs, speed });
      return leases.follow(
        { requestId, queueId: record?.queueId ?? '' },
        { ...change, contactId: rootId, ...also },
        { version: seen, goesOn: to.endedAt === undefined },
      );
    }

    async function goesOn(): Promise<void> {
      const until = new Date(now().getTime() + maxCallMs);
      await Promise.all([
        holdLease(),
        isOurs && record?.phone !== undefined ? phones.callGoesOn(record.phone, requestId, until, version) : undefined,
        calls.noteCall(requestId, factsOf(chain, life), version),
      ]);
    }

    /** The agent and the line first, as others wait for them. */
    async function isOver(): Promise<void> {
      await holdLease();
      const [told] = await Promise.all([life.described ? { chain, attributes: {} } : askHowItEnded(), freed()]);
      await conclude(told ?? { chain, attributes: {} });
    }

    /**
     * It is unknown how the call ended, or whether it did. If Amazon Connect does not say, agent and line are released for others, who at
     * worst would be refused a line; the number is not, as its call might be interrupted. Amazon Connect is asked again soon.
     */
    async function isOverPerhaps(): Promise<void> {
      const told = await askHowItEnded();
      if (!told && !mustDecide) {
        await holdLease(life, version, askedInVain(now().getTime()));
        return freed();
      }
      const end = lifeOf(told?.chain ?? chain);
      if (told && end.endedAt === undefined)
        return follow({ ...told.chain, requestId }, controls, { freed, mustDecide });
      await holdLease(end, told?.chain.version);
      await Promise.all([freed(), conclude(told ?? { chain, attributes: {} })]);
    }

    /** In this order, as the lease leads here again while something is missing. */
    async function conclude(told: Told): Promise<void> {
      const end = lifeOf(told.chain);
      const { outcome, reason } = outcomeOf(end);
      await pauseNumber(end.endedAt ?? now().getTime(), outcome, told.chain.version);
      const set = flowAttributes(told.attributes, told.chain.sent);
      const callBackOf = record?.kind === 'inbound' ? requestCalledBackIn(told.attributes) : undefined;
      // The function that recognised the caller has done this already, unless it failed.
      if (callBackOf !== undefined)
        await calls.noteCalledBack(callBackOf, { contactId: rootId, at: record?.receivedAt ?? now().toISOString() });
      const before = await calls.noteCall(
        requestId,
        {
          ...factsOf(told.chain, end),
          ...(!isOurs && told.phone !== undefined && { phone: told.phone }),
          ...(Object.keys(set).length > 0 && { flowAttributes: set }),
          ...(callBackOf !== undefined && { callBackOf }),
          ...missedOf(end),
          ...outcomeOf(end),
        },
        told.chain.version,
      );
      if (before && before.outcome !== outcome) {
        log.info('call ended', { requestId, contactId: rootId, outcome, reason });
        if (isOurs && isWithoutEnd(before)) {
          measure({ CallsEnded: 1 }, { outcome });
          if (record) measureTimes({ ...record, ...factsOf(told.chain, end), outcome });
        }
      }
      if (before && (await isAnotherAskedFor(end, told.chain.version))) return;
      if (end.described) await leases.settled(requestId, told.chain.version);
    }

    /** Customers with a call promised for later were not waiting; those calls are later than the longest wait. */
    function measureTimes(call: CallRecord): void {
      const { toPlaced, waited } = callDurations(call);
      const isForNow = call.callAt === undefined && call.tryOf === undefined;
      if (isForNow && toPlaced !== undefined && toPlaced <= stage.request.maxAgeSeconds * 1000)
        measure({ TimeToRing: toPlaced }, {});
      if (call.agentAt !== undefined && waited !== undefined) measure({ TimeToAgent: waited }, {});
    }

    /** @returns true if the sweep must request a further call, to which the lease leads */
    async function isAnotherAskedFor(end: CallLife, seen: number): Promise<boolean> {
      const because = whyAnother(end);
      if (record === undefined || because === undefined || end.endedAt === undefined) return false;
      if (dependencies.callOnceMore) await dependencies.callOnceMore(record, because, end.endedAt);
      else await holdLease(end, seen, { lookAt: now().getTime() });
      return dependencies.callOnceMore === undefined;
    }

    /** Why a further call must be requested, if it has not been yet. */
    function whyAnother(end: CallLife) {
      if (!isOurs || record === undefined || record.triedAgainAs !== undefined) return undefined;
      const because = whyOnceMore(end, record, stage);
      return because ?? (mustDecide && mayHaveWished(end, record, stage) ? 'wish_unknown' : undefined);
    }

    /** Whether the record has everything that follows from what is known. */
    function isRecorded(): boolean {
      const said = { ...factsOf(chain, life), ...missedOf(life), ...outcomeOf(life) };
      return (
        record !== undefined &&
        whyAnother(life) === undefined &&
        Object.entries(said).every(([name, value]) => isDeepStrictEqual(record[name as keyof CallRecord], value))
      );
    }

    function missedOf({ missed }: CallLife) {
      return isOurs && missed && stage.agents.maxContactsWaiting === 0 && { agentMissed: true };
    }

    /** Starts the cool-down of the number. */
    async function pauseNumber(endedAt: number, outcome: Outcome, seen: number): Promise<void> {
      if (!isOurs || record?.phone === undefined) return;
      const neverAnswered = wasNeverAnswered(outcome);
      const seconds = neverAnswered ? limits.missedPauseSeconds : limits.coolDownSeconds;
      await phones.callIsOver(record.phone, requestId, new Date(endedAt + seconds * 1000), {
        day: callDay(record),
        neverAnswered,
        version: seen,
      });
    }

    /** Contact events say neither who hung up nor what the flow set, and a transfer may have had no event. */
    async function askHowItEnded(): Promise<Told | undefined> {
      const { lastId } = life;
      try {
        const { news, ...told } = asked?.get(lastId) ?? (await connect.readContact(lastId));
        if (mayGoOn({ ...news, ...life, ...(news.reason !== undefined && { reason: news.reason }) }))
          await noteOthers(lastId);
        return { ...told, chain: await contacts.note(rootId, lastId, { ...news, described: true }, now()) };
      } catch (error) {
        log.warn('contact not read', { contactId: lastId, error: error instanceof Error ? error.name : 'Error' });
        return undefined;
      }
    }

    async function noteOthers(lastId: string): Promise<void> {
      for (const [id, news] of await connect.readChain(rootId)) {
        if (id === lastId) continue;
        const isNew = !chain.contacts.has(id);
        if (isNew) await contacts.join(id, rootId, now());
        // An agent may have taken the call in the middle of the chain.
        const more = isNew ? (await connect.readContact(id)).news : {};
        await contacts.note(rootId, id, { ...news, ...more }, now());
      }
    }
  };
}

/** The end of a call, for its record. */
function outcomeOf(life: CallLife) {
  const ending = endingOfCall(life);
  return { ...ending, class: OUTCOMES[ending.outcome].class };
}

/** The data of a call, for its record. */
function factsOf({ rootId, contacts }: LinkedChain, life: CallLife): CallNews {
  const others = [...contacts]
    .filter(([id, { isOther }]) => id !== rootId && !isOther)
    .sort(([, a], [, b]) => (a.startedAt ?? 0) - (b.startedAt ?? 0))
    .map(([id]) => id);
  const who = hungUpBy(life.reason);
  return {
    contactId: rootId,
    ...timeOf('placedAt', contacts.get(rootId)?.startedAt),
    ...timeOf('answeredAt', life.answeredAt),
    ...timeOf('queuedAt', life.queuedAt),
    ...timeOf('agentAt', life.agentAt),
    ...timeOf('endedAt', life.endedAt),
    ...(who !== undefined && { hungUpBy: who }),
    ...(life.reason !== undefined && { disconnectReason: life.reason }),
    ...(others.length > 0 && { transferredTo: others }),
  };
}

const timeOf = <Name extends string>(name: Name, at: number | undefined): { [N in Name]?: string } =>
  at === undefined ? {} : ({ [name]: new Date(at).toISOString() } as { [N in Name]: string });

/** Only the first reported end of a call is counted; later findings change its record. */
const isWithoutEnd = ({ outcome }: { outcome?: Outcome }): boolean =>
  outcome === undefined || outcome === 'call_placed' || outcome === 'call_unconfirmed';

/**
 * Gives up a call whose end was never reported: what it held is given back, and its end stays unknown.
 */
export async function giveUpCall(
  { requestId, ...chain }: LinkedChain & { requestId: string },
  controls: Pick<ControlState, 'limits'>,
  { stage, shared: { leases, phones }, calls, now, log, measure, callOnceMore }: FollowDependencies,
): Promise<void> {
  const record = await calls.read(requestId);
  const isOurs = record?.kind === undefined;
  const { version } = chain;
  const life = lifeOf(chain);
  const { outcome, reason } = endingOnceGivenUp(life);
  const givenUpAt = now();
  const before = await calls.noteCall(
    requestId,
    {
      ...(record?.contactId !== undefined && { contactId: record.contactId }),
      outcome,
      class: OUTCOMES[outcome].class,
      reason,
      ...(outcome === 'lost' && { endedAt: givenUpAt.toISOString() }),
    },
    version,
  );
  if (before && before.outcome !== outcome) {
    log.warn('call given up', { requestId, contactId: record?.contactId, outcome, reason });
    if (isOurs && isWithoutEnd(before)) measure({ CallsEnded: 1 }, { outcome });
  }
  if (isOurs && record?.phone !== undefined) {
    const { coolDownSeconds } = { ...stage.limits, ...controls.limits };
    await phones.callIsOver(record.phone, requestId, new Date(givenUpAt.getTime() + coolDownSeconds * 1000), {
      day: callDay(record),
      neverAnswered: false,
      version,
    });
  }
  await leases.follow(
    { requestId, queueId: record?.queueId ?? '' },
    { agentUntil: 0, lineUntil: 0, lookAt: givenUpAt.getTime() },
    { version, goesOn: false },
  );
  const isUntold = isOurs && record !== undefined && record.triedAgainAs === undefined;
  if (isUntold && mayHaveWished(life, record, stage)) await callOnceMore?.(record, 'wish_unknown', givenUpAt.getTime());
  await leases.settled(requestId, version);
}
