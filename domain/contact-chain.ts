import type { ContactNews } from './contact-news.ts';

/**
 * The contacts of one call. A transfer ends a contact and begins another while the customer stays on the line, so a call ends with its
 * last contact.
 */
export interface ContactChain {
  /** The first contact. */
  rootId: string;
  /** What is known of each, including the root, by contact id. */
  contacts: ReadonlyMap<string, ContactNews>;
}

/** What became of a call up to now. Times are epoch milliseconds; one that is missing never came, as far as anything told. */
export interface CallLife {
  answeredAt?: number;
  queuedAt?: number;
  /** When the first agent took it. */
  agentAt?: number;
  /** End of its last contact; missing while one goes on. */
  endedAt?: number;
  /** Disconnect reason, in Amazon Connect's terms. */
  reason?: string;
  /** What the contact flow said about the end. */
  result?: string;
  /** An agent who was available when the phone rang missed the call. */
  missed: boolean;
  /** Contacts that are not over, possibly without any event yet. */
  alive: readonly string[];
  /** The contact whose end was the end of the call, as far as known. */
  lastId: string;
  /** Amazon Connect was asked about that contact after its end. */
  described: boolean;
  /** A contact without an agent is still going on. */
  wantsAgent: boolean;
  /** Queue in which the customer waits for an agent now. */
  waitsIn?: string;
  /** Last event that affects whether the metrics count an agent as busy: an agent took the call, or it left a queue. */
  agentSeenAt?: number;
}

/**
 * How long a contact is offered to an agent. A customer who waited longer, although an agent was free when the phone rang, was first
 * offered to one who missed the call and is no longer available.
 * @see https://repost.aws/knowledge-center/connect-calculate-agent-non-response
 */
const OFFERED_MS = 20_000;

/** Whether the wait for an agent, or until the end, was so long that an agent must have missed the call. */
const wasMissed = ({ queuedAt, agentAt, endedAt }: ContactNews): boolean => {
  const until = agentAt ?? endedAt;
  return queuedAt !== undefined && until !== undefined && until - queuedAt >= OFFERED_MS;
};

/** Whether anything is known of the call besides that it was placed. */
export const isAnythingKnown = ({ rootId, contacts }: ContactChain): boolean =>
  contacts.size > 1 || Object.keys(contacts.get(rootId) ?? {}).length > 0;

/** Derives the state of a call from everything known of its contacts, in whatever order it came. */
export function lifeOf({ rootId, contacts }: ContactChain): CallLife {
  const known = [...contacts].filter(([, { isOther }]) => !isOther).map(([id, news]) => ({ id, ...news }));
  const alive = known.filter(({ endedAt }) => endedAt === undefined);
  const awaited = known.flatMap(({ nextId }) => (nextId !== undefined && !contacts.has(nextId) ? [nextId] : []));
  const isOver = known.length > 0 && alive.length === 0 && awaited.length === 0;
  const last = known.reduce<(typeof known)[number] | undefined>(
    (latest, contact) => (latest === undefined || isLater(contact, latest) ? contact : latest),
    undefined,
  );
  const answeredAt = earliest(known, 'answeredAt');
  const queuedAt = earliest(known, 'queuedAt');
  const agentAt = earliest(known, 'agentAt');
  const result = known.find((contact) => contact.result !== undefined)?.result;
  const wanting = alive.filter((contact) => contact.agentAt === undefined);
  const waitsIn = wanting.find((contact) => contact.queuedAt !== undefined)?.queueId;
  const seen = known.flatMap((contact) => contact.agentAt ?? (contact.queuedAt && contact.endedAt) ?? []);
  return {
    ...(answeredAt !== undefined && { answeredAt }),
    ...(queuedAt !== undefined && { queuedAt }),
    ...(agentAt !== undefined && { agentAt }),
    ...(isOver && last?.endedAt !== undefined && { endedAt: last.endedAt }),
    ...(isOver && last?.reason !== undefined && { reason: last.reason }),
    ...(result !== undefined && { result }),
    // After a transfer, no agent was reserved for it.
    missed: wasMissed(contacts.get(rootId) ?? {}),
    alive: [...alive.map(({ id }) => id), ...awaited],
    lastId: last?.id ?? rootId,
    described: last?.described === true,
    wantsAgent: wanting.length > 0 || awaited.length > 0,
    ...(waitsIn !== undefined && { waitsIn }),
    ...(seen.length > 0 && { agentSeenAt: Math.max(...seen) }),
  };
}

/** If two contacts end in the same millisecond, the one that began later is the last. */
function isLater(one: ContactNews & { id: string }, other: ContactNews & { id: string }): boolean {
  const [ended, started] = [(one.endedAt ?? 0) - (other.endedAt ?? 0), (one.startedAt ?? 0) - (other.startedAt ?? 0)];
  return (ended || started || one.id.localeCompare(other.id)) > 0;
}

function earliest(contacts: readonly ContactNews[], name: 'answeredAt' | 'queuedAt' | 'agentAt'): number | undefined {
  const times = contacts.flatMap((contact) => contact[name] ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}
