import type { ContactNews } from './contact-news.ts';

/**
 * The contacts of one call. A transfer ends a contact and begins another, while the customer stays on the line: what belongs to
 * the call ends with its last contact.
 */
export interface ContactChain {
  /** The contact it began with. */
  rootId: string;
  /** What is known of each, the root among them, by contact id. */
  contacts: ReadonlyMap<string, ContactNews>;
}

/** What became of a call up to now. Times are epoch milliseconds; one that is missing never came, as far as anything told. */
export interface CallLife {
  answeredAt?: number;
  queuedAt?: number;
  /** When the first agent took it. */
  agentAt?: number;
  /** When its last contact was over; missing while one goes on. */
  endedAt?: number;
  /** Why it ended, as Amazon Connect names it. */
  reason?: string;
  /** What the contact flow said of the end. */
  result?: string;
  /** An agent who was there for it when the phone rang did not take it. */
  missed: boolean;
  /** Contacts that are not over, of which nothing may have told yet. */
  alive: readonly string[];
  /** The contact whose end was the call's, as far as it has ended. */
  lastId: string;
  /** Amazon Connect was asked about that contact since it was over. */
  described: boolean;
  /** A contact goes on that no agent has taken. */
  wantsAgent: boolean;
  /** Where the customer waits for an agent now. */
  waitsIn?: string;
  /** When last something happened by which the metrics count an agent as busy: one took the call, or somebody left a queue. */
  agentSeenAt?: number;
}

/**
 * For so long a contact is offered to an agent. Anyone who waited longer, although an agent was free when the phone rang, was
 * first offered to one who did not take the call and is not available any more.
 * @see https://repost.aws/knowledge-center/connect-calculate-agent-non-response
 */
const OFFERED_MS = 20_000;

/** Waited so long for an agent, or for the end, that one must have missed the call. */
const wasMissed = ({ queuedAt, agentAt, endedAt }: ContactNews): boolean => {
  const until = agentAt ?? endedAt;
  return queuedAt !== undefined && until !== undefined && until - queuedAt >= OFFERED_MS;
};

/** Is anything known of the call but that it was placed? */
export const isAnythingKnown = ({ rootId, contacts }: ContactChain): boolean =>
  contacts.size > 1 || Object.keys(contacts.get(rootId) ?? {}).length > 0;

/** What everything that is known of a call's contacts means, in whatever order it came. */
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
    // After a transfer nobody was kept free for it.
    missed: wasMissed(contacts.get(rootId) ?? {}),
    alive: [...alive.map(({ id }) => id), ...awaited],
    lastId: last?.id ?? rootId,
    described: last?.described === true,
    wantsAgent: wanting.length > 0 || awaited.length > 0,
    ...(waitsIn !== undefined && { waitsIn }),
    ...(seen.length > 0 && { agentSeenAt: Math.max(...seen) }),
  };
}

/** Of two contacts that end in one millisecond, the one that began later is the last. */
function isLater(one: ContactNews & { id: string }, other: ContactNews & { id: string }): boolean {
  const [ended, started] = [(one.endedAt ?? 0) - (other.endedAt ?? 0), (one.startedAt ?? 0) - (other.startedAt ?? 0)];
  return (ended || started || one.id.localeCompare(other.id)) > 0;
}

function earliest(contacts: readonly ContactNews[], name: 'answeredAt' | 'queuedAt' | 'agentAt'): number | undefined {
  const times = contacts.flatMap((contact) => contact[name] ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}
