import type { Logger } from '@aws-lambda-powertools/logger';
import type { Connect } from '../../adapters/connect.ts';
import type { Guards } from '../../adapters/guards/guards.ts';
import type { Lease } from '../../adapters/guards/lease-books.ts';
import { leaseEnds } from '../../domain/contact-news.ts';
import { LINES, poolsOf } from '../../domain/pools.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'agents' | 'connect'>;
  guards: Pick<Guards, 'books' | 'contacts'>;
  connect: Pick<Connect, 'readContact'>;
  now: () => Date;
  log: Pick<Logger, 'warn'>;
}

/** Amazon Connect answers 10 of these questions a second, for the whole account. */
const LOOKS_PER_RUN = 5;
const LOOK_AGAIN_MS = 60_000;

/**
 * Asks Amazon Connect about calls of which no event has come for long: contact events are best effort, and a lost one
 * would keep an agent or a line from those who wait.
 */
export async function lookAfterContacts({ stage, guards, connect, now, log }: Dependencies): Promise<void> {
  const at = now().getTime();
  const books = [LINES, ...poolsOf(stage).map(({ book }) => book)];
  const open = (await Promise.all(books.map(readLeases))).flat();
  const contacts = [...new Set(open.map(({ lease }) => lease.contactId))].slice(0, LOOKS_PER_RUN);
  await Promise.all(contacts.map(lookAt));

  async function readLeases(book: string) {
    return leasesToLookAt(book, await guards.books.all(book), at);
  }

  async function lookAt(contactId: string): Promise<void> {
    const leases = open.filter((one) => one.lease.contactId === contactId);
    try {
      const news = await connect.readContact(contactId);
      const { agentUntil, lineUntil, missed } = leaseEnds(await guards.contacts.note(contactId, news, now()));
      for (const { book, holder, lease } of leases) {
        const end = book === LINES ? lineUntil : agentUntil;
        if (end === 0) await guards.books.release(book, holder);
        else if (end !== undefined) {
          await guards.books.keep(book, holder, { until: end, contactId, ...(missed && { missed }) });
        } else {
          // Still waiting for an agent, or still talking: the lease counts at least until the next look after this one.
          const until = Math.max(lease.until, at + 2 * LOOK_AGAIN_MS);
          await guards.books.keep(book, holder, { until, contactId, lookAt: at + LOOK_AGAIN_MS });
        }
      }
    } catch (error) {
      log.warn('contact not read', { contactId, error: error instanceof Error ? error.name : 'Error' });
      // Not at the next run: contacts that can never be read would keep those out that can.
      for (const { book, holder, lease } of leases) {
        await guards.books.keep(book, holder, { ...lease, lookAt: at + LOOK_AGAIN_MS });
      }
    }
  }
}

function leasesToLookAt(book: string, leases: Readonly<Record<string, Lease>>, at: number) {
  return Object.entries(leases).flatMap(([holder, lease]) => {
    const { contactId, lookAt, until } = lease;
    const due = contactId !== undefined && lookAt !== undefined && lookAt <= at && until > at;
    return due ? [{ book, holder, lease: { ...lease, contactId } }] : [];
  });
}
