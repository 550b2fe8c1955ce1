import {
  ConnectClient,
  type Contact,
  DescribeContactCommand,
  ListAssociatedContactsCommand,
} from '@aws-sdk/client-connect';
import { CALL_RESULT } from '../domain/call-outcome.ts';
import { type ContactNews, timesOf } from '../domain/contact-news.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { CLIENT_OPTIONS } from './connect.ts';
import { asCallErrors } from './connect-failures.ts';

/** A contact as Amazon Connect describes it. */
export interface DescribedContact {
  news: ContactNews;
  attributes: Readonly<Record<string, string>>;
  /** The customer's, E.164; missing where it is withheld. */
  phone?: string;
}

/**
 * What Amazon Connect tells of contacts. Every failure is a `CallError`. Code that places calls asks none of it, and loads none of
 * it: this is a file of its own.
 */
export interface ConnectContacts {
  /** The contacts of a call, the transferred ones among them: when each began and ended. By contact id. */
  readChain(contactId: string): Promise<ReadonlyMap<string, ContactNews>>;
  /** What became of a contact up to now. */
  readContact(contactId: string): Promise<DescribedContact>;
}

/** Contacts through the AWS SDK (`AWS_ENDPOINT_URL_CONNECT` is honoured). */
export function connectContacts(
  { instanceId: InstanceId }: Pick<StageSettings['connect'], 'instanceId'>,
  client = new ConnectClient(CLIENT_OPTIONS),
): ConnectContacts {
  async function readContact(contactId: string): Promise<DescribedContact> {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId, ContactId: contactId }));
    const isOver = Contact?.DisconnectTimestamp !== undefined;
    const next = Contact?.NextContacts?.at(-1)?.NextContactMetadata?.QuickConnectContactData?.ContactId;
    const phone = Contact?.CustomerEndpoint?.Address;
    const attributes = Contact?.Attributes ?? {};
    const result = attributes[CALL_RESULT];
    return {
      news: {
        ...(Contact !== undefined && !isOfCustomer(Contact) && { isOther: true as const }),
        ...timesOf({
          startedAt: Contact?.InitiationTimestamp,
          answeredAt: Contact?.ConnectedToSystemTimestamp,
          queuedAt: Contact?.QueueInfo?.EnqueueTimestamp,
          agentAt: Contact?.AgentInfo?.ConnectedToAgentTimestamp,
          endedAt: Contact?.DisconnectTimestamp,
        }),
        ...(Contact?.QueueInfo?.Id !== undefined && { queueId: Contact.QueueInfo.Id }),
        ...(next !== undefined && { nextId: next }),
        ...(isOver && Contact.DisconnectReason !== undefined && { reason: Contact.DisconnectReason }),
        ...(isOver && result !== undefined && { result }),
      },
      attributes,
      ...(phone?.startsWith('+') && { phone }),
    };
  }

  async function readChain(contactId: string): Promise<ReadonlyMap<string, ContactNews>> {
    const { ContactSummaryList = [] } = await client.send(
      new ListAssociatedContactsCommand({ InstanceId, ContactId: contactId, MaxResults: 100 }),
    );
    return new Map(
      ContactSummaryList.filter(isOfCustomer).map(({ ContactId = '', InitiationTimestamp, DisconnectTimestamp }) => [
        ContactId,
        timesOf({ startedAt: InitiationTimestamp, endedAt: DisconnectTimestamp }),
      ]),
    );
  }

  return {
    readChain: (contactId) => asCallErrors(() => readChain(contactId)),
    readContact: (contactId) => asCallErrors(() => readContact(contactId)),
  };
}

/** A task that an agent makes of a call belongs to its chain, and so does who listens in. */
const isOfCustomer = ({
  Channel = 'VOICE',
  InitiationMethod,
}: Pick<Contact, 'Channel' | 'InitiationMethod'>): boolean => Channel === 'VOICE' && InitiationMethod !== 'MONITOR';
