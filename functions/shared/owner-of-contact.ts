import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallsTable } from '../../adapters/calls-table.ts';
import type { ConnectContacts } from '../../adapters/connect-contacts.ts';
import type { ContactLinks, LinkedChain } from '../../adapters/shared-state/contact-links.ts';

interface Dependencies {
  calls: Pick<CallsTable, 'read'>;
  connect: Pick<ConnectContacts, 'readContact'>;
  contacts: Pick<ContactLinks, 'link'>;
  now: () => Date;
  log: Pick<Logger, 'warn'>;
}

/**
 * Asks Amazon Connect which request a contact belongs to, for calls that it accepted without the response arriving. Undefined if it is
 * not ours, or Amazon Connect does not say.
 */
export async function ownerOf(
  contactId: string,
  { calls, connect, contacts, now, log }: Dependencies,
): Promise<LinkedChain | undefined> {
  try {
    const { attributes } = await connect.readContact(contactId);
    const requestId = attributes.request_id;
    const record = requestId === undefined ? undefined : await calls.read(requestId);
    // A known call has another contact.
    if (requestId === undefined || !record || (record.contactId ?? contactId) !== contactId) return undefined;
    return await contacts.link(contactId, requestId, Object.keys(attributes), now());
  } catch (error) {
    log.warn('owner of contact not read', { contactId, error: error instanceof Error ? error.name : 'Error' });
    return undefined;
  }
}
