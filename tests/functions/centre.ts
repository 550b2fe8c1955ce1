import type { Connect } from '../../adapters/connect.ts';
import type { ConnectContacts, DescribedContact } from '../../adapters/connect-contacts.ts';
import type { QueueSnapshot } from '../../domain/admission.ts';
import type { ContactNews } from '../../domain/contact-news.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { type ConnectReadings, connectReadings } from '../../functions/shared/connect-readings.ts';
import { OTHER_QUEUE_ID, QUEUE_ARN, QUEUE_ID, stage } from './function-support.ts';
import type { Tables } from './tables.ts';

/** A queue that is open all day, every day around the tests' NOW. */
export const OPEN: QueueSnapshot = {
  queueArn: QUEUE_ARN,
  enabled: true,
  openingHours: {
    timeZone: 'Asia/Tokyo',
    intervals: ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'].map((date) => ({ date, start: 0, end: 0 })),
  },
};

/** What Amazon Connect says in a test; all of it can be changed. */
export interface Centre {
  queue: QueueSnapshot;
  /** Free agents by queue id. */
  agents: Record<string, number>;
  contacts: Record<string, (ContactNews & Partial<Omit<DescribedContact, 'news'>>) | Error>;
  /** The contacts of each call, by its first one; that one alone where nothing is said. */
  chains: Record<string, readonly string[] | Error>;
  /** What was read, one entry per request. */
  asked: string[];
  connect: Pick<Connect, 'readQueue' | 'readAgents'> & ConnectContacts;
  readings: ConnectReadings;
}

/** An Amazon Connect without calls, read through the shared readings of the tables. */
export function prepareCentre(
  { shared, now }: Pick<Tables, 'shared' | 'now'>,
  whenClosed: StageSettings['whenClosed'] = stage.whenClosed,
): Centre {
  const asked: string[] = [];
  const connect: Centre['connect'] = {
    async readQueue(queueId) {
      asked.push(`queue ${queueId}`);
      return centre.queue;
    },
    async readAgents() {
      asked.push('agents');
      return { ...centre.agents };
    },
    async readChain(contactId) {
      asked.push(`chain ${contactId}`);
      const chain = centre.chains[contactId] ?? [contactId];
      if (chain instanceof Error) throw chain;
      return new Map(
        chain.map((id) => {
          const known = centre.contacts[id];
          const { startedAt, endedAt } = known === undefined || known instanceof Error ? {} : known;
          return [id, { ...(startedAt !== undefined && { startedAt }), ...(endedAt !== undefined && { endedAt }) }];
        }),
      );
    },
    async readContact(contactId) {
      asked.push(`contact ${contactId}`);
      const answer = centre.contacts[contactId];
      if (answer === undefined || answer instanceof Error)
        throw answer ?? new Error(`there is no contact ${contactId}`);
      const { attributes = {}, phone, ...news } = answer;
      return {
        news,
        attributes,
        ...(phone !== undefined && { phone }),
      };
    },
  };
  const centre: Centre = {
    chains: {},
    queue: OPEN,
    agents: { [QUEUE_ID]: 1, [OTHER_QUEUE_ID]: 1 },
    contacts: {},
    asked,
    connect,
    readings: connectReadings(connect, shared.readings, { ...stage, whenClosed }, now),
  };
  return centre;
}
