import type { Logger } from '@aws-lambda-powertools/logger';
import type { Connect } from '../../adapters/connect.ts';
import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import { type CallLease, isToBeLookedAt, onFailedLook, onLook } from '../../domain/call-lease.ts';

interface Dependencies {
  shared: Pick<SharedState, 'leases' | 'contacts'>;
  connect: Pick<Connect, 'readContact'>;
  now: () => Date;
  log: Pick<Logger, 'warn'>;
}

/** Amazon Connect answers 10 of these questions a second, for the whole account. */
const LOOKS_PER_RUN = 5;

/**
 * Asks Amazon Connect about calls of which no event has come for long: contact events are best effort, and a lost one
 * would keep an agent or a line from those who wait.
 */
export async function lookAfterContacts({ shared, connect, now, log }: Dependencies): Promise<void> {
  const { leases, contacts } = shared;
  const at = now().getTime();
  const due = (await leases.all()).filter((lease) => isToBeLookedAt(lease, at)).slice(0, LOOKS_PER_RUN);
  await Promise.all(due.map(lookAt));

  async function lookAt(lease: CallLease & { contactId: string }): Promise<void> {
    const { requestId, contactId } = lease;
    try {
      const news = await contacts.note(contactId, await connect.readContact(contactId), now());
      if (news.endedAt !== undefined) await leases.follow(requestId, contactId, news, at);
      // Still waiting for an agent, or still talking.
      else await leases.lookedAt(lease, onLook(lease, news, at));
    } catch (error) {
      log.warn('contact not read', { contactId, error: error instanceof Error ? error.name : 'Error' });
      await leases.lookedAt(lease, onFailedLook(at));
    }
  }
}
