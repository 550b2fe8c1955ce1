import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ContactNews } from '../../domain/contact-news.ts';
import { type Documents, ttl } from '../dynamodb.ts';

/**
 * What is known of a contact from two sides that come in any order: startCall knows the request, Amazon Connect's
 * events know what became of the call. Whoever comes second sees both.
 */
export interface ContactLinks {
  /** Notes the request of a contact; returns the news that came before. */
  link(contactId: string, requestId: string, now: Date): Promise<ContactNews>;
  /** Notes news, which only ever grow; returns everything known, and the request if it is. */
  note(contactId: string, news: ContactNews, now: Date): Promise<ContactNews & { requestId?: string }>;
}

/** Longer than any call and its late events. */
const KEPT_MS = 2 * 24 * 60 * 60_000;

/** Contacts as items `contact#…` of the guards table. */
export function dynamoContactLinks(TableName: string, documents: Documents): ContactLinks {
  async function merge(contactId: string, facts: Record<string, unknown>, now: Date) {
    const entries = Object.entries({ ...facts, expiresAt: ttl(now.getTime() + KEPT_MS) }).filter(
      ([, value]) => value !== undefined,
    );
    const { Attributes } = await documents.send(
      new UpdateCommand({
        TableName,
        Key: { guardId: `contact#${contactId}` },
        UpdateExpression: `SET ${entries.map(([name]) => `${name} = if_not_exists(${name}, :${name})`).join(', ')}`,
        ExpressionAttributeValues: Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { requestId, queuedAt, agentAt, endedAt } = (Attributes ?? {}) as ContactNews & { requestId?: string };
    return {
      ...(requestId !== undefined && { requestId }),
      ...(queuedAt !== undefined && { queuedAt }),
      ...(agentAt !== undefined && { agentAt }),
      ...(endedAt !== undefined && { endedAt }),
    };
  }

  return {
    link: (contactId, requestId, now) => merge(contactId, { requestId }, now),
    note: (contactId, { queuedAt, agentAt, endedAt }, now) => merge(contactId, { queuedAt, agentAt, endedAt }, now),
  };
}
