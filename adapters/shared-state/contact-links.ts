import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ContactChain } from '../../domain/contact-chain.ts';
import type { ContactNews } from '../../domain/contact-news.ts';
import { type Documents, type Item, readTogether, ttl } from '../dynamodb.ts';
import { CONTROLS_KEY, type ControlState, controlsIn } from './controls.ts';

/** A chain of contacts, and the request it belongs to, if known. */
export interface LinkedChain extends ContactChain {
  requestId?: string;
  /** Names of the attributes with which the call was requested. */
  sent?: ReadonlySet<string>;
  /** Increases with everything noted, so that conclusions from less knowledge never overwrite those from more. */
  version: number;
}

/** What the tables know when an event comes. */
interface Found {
  /** The first contact of the chain, if any of the contacts belongs to a known one. */
  rootId?: string;
  /** Whether this very contact has an item. */
  isNoted: boolean;
  controls: ControlState;
  /** A call may have been placed whose contact is unknown. */
  isOneUnknown: boolean;
}

/**
 * Combines knowledge of a call from two sides, in any order: startCall knows the request, Amazon Connect's events the call. Everything
 * known of a chain of contacts is in the item of the first one.
 */
export interface ContactLinks {
  /**
   * Finds the chain of a contact.
   * @param relatives contacts that may lead there
   */
  find(contactId: string, relatives: readonly string[], now: Date): Promise<Found>;
  /** Notes the request of a chain; returns everything known of it. */
  link(rootId: string, requestId: string, sent: readonly string[], now: Date): Promise<LinkedChain>;
  /** Notes news of a contact of the chain, which only ever grow; returns everything known of the chain. */
  note(rootId: string, contactId: string, news: ContactNews, now: Date): Promise<LinkedChain>;
  /** Notes that a contact belongs to a chain, for contacts that only lead to this one. */
  join(contactId: string, rootId: string, now: Date): Promise<void>;
  /** Everything known of a chain. */
  read(rootId: string): Promise<LinkedChain | undefined>;
  /** Notes that, until then, there may be a call whose contact is unknown. */
  missOne(until: Date): Promise<void>;
}

const key = (contactId: string) => ({ guardId: `contact#${contactId}` });
const UNKNOWN_KEY = { guardId: 'contact-unknown' };

/** Separates a contact's id from the name of a fact. Ids contain no blanks. */
const GAP = ' ';

/**
 * Contacts as items `contact#…` of the guards table. A chain's first contact has attributes such as `<contact id> endedAt`;
 * each of the others has `root`.
 *
 * @param keptDays as long as call records, since people may search for a contact's id
 */
export function dynamoContactLinks(TableName: string, documents: Documents, keptDays: number): ContactLinks {
  const expiry = (now: Date): number => ttl(now.getTime() + keptDays * 24 * 60 * 60_000);

  /** @param facts of which the first value is kept @param also `ADD …` */
  async function merge(rootId: string, facts: Record<string, unknown>, now: Date): Promise<LinkedChain> {
    const entries = Object.entries(facts).filter(([, value]) => value !== undefined);
    const sets = entries.map((_, index) => `#${index} = if_not_exists(#${index}, :${index})`);
    const { Attributes = {} } = await documents.send(
      new UpdateCommand({
        TableName,
        Key: key(rootId),
        UpdateExpression: `SET ${[...sets, 'expiresAt = :ttl'].join(', ')} ADD version :one`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#${index}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(entries.map(([, value], index) => [`:${index}`, value])),
          ':ttl': expiry(now),
          ':one': 1,
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return chainIn(rootId, Attributes);
  }

  return {
    async find(contactId, relatives, now) {
      const ids = [contactId, ...relatives];
      const items = await readTogether(documents, TableName, [...ids.map(key), CONTROLS_KEY, UNKNOWN_KEY]);
      const own = items.get(key(contactId).guardId);
      const roots = ids.flatMap((id) => {
        const item = items.get(key(id).guardId);
        return item === undefined ? [] : [typeof item.root === 'string' ? item.root : id];
      });
      // The contact may have been noted before its chain was known.
      const rootId = own?.requestId !== undefined ? contactId : (roots.find((id) => id !== contactId) ?? roots[0]);
      return {
        ...(rootId !== undefined && { rootId }),
        isNoted: own !== undefined,
        controls: controlsIn(items.get(CONTROLS_KEY.guardId)),
        isOneUnknown: Number(items.get(UNKNOWN_KEY.guardId)?.until ?? 0) > now.getTime(),
      };
    },

    link: (rootId, requestId, sent, now) => merge(rootId, { requestId, sent: [...sent] }, now),

    note: (rootId, contactId, news, now) =>
      merge(
        rootId,
        Object.fromEntries([
          // A known contact has at least one attribute.
          [`${contactId}${GAP}known`, true],
          ...Object.entries(news).map(([name, value]) => [`${contactId}${GAP}${name}`, value]),
        ]),
        now,
      ),

    async join(contactId, rootId, now) {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: key(contactId),
          UpdateExpression: 'SET root = :root, expiresAt = :ttl',
          ExpressionAttributeValues: { ':root': rootId, ':ttl': expiry(now) },
        }),
      );
    },

    async read(rootId) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: key(rootId), ConsistentRead: true }));
      return Item && chainIn(rootId, Item);
    },

    async missOne(until) {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: UNKNOWN_KEY,
          UpdateExpression: 'SET #until = :until, expiresAt = :ttl',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':until': until.getTime(), ':ttl': ttl(until) },
        }),
      );
    },
  };
}

function chainIn(rootId: string, item: Item): LinkedChain {
  const contacts = new Map<string, Record<string, unknown>>([[rootId, {}]]);
  for (const [attribute, value] of Object.entries(item)) {
    const [contactId = '', name] = attribute.split(GAP);
    if (name === undefined) continue;
    const known = contacts.get(contactId) ?? {};
    contacts.set(contactId, name === 'known' ? known : { ...known, [name]: value });
  }
  const { requestId, sent, version } = item;
  return {
    rootId,
    contacts: contacts as ReadonlyMap<string, ContactNews>,
    version: Number(version ?? 0),
    ...(typeof requestId === 'string' && { requestId }),
    ...(Array.isArray(sent) && { sent: new Set(sent as string[]) }),
  };
}
