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

/** Amazon Connect's description of a contact. */
export interface DescribedContact {
  news: ContactNews;
  attributes: Readonly<Record<string, string>>;
  /** The customer's, E.164; missing if withheld. */
  phone?: string;
}

/**
 * Reads contacts from Amazon Connect. Every failure is a `CallError`. In a file of its own, so that code that places calls does not
 * load it.
 */
export interface ConnectContacts {
  /** The contacts of a call, including transfers, by contact id: when each began and ended. */
  readChain(contactId: string): Promise<ReadonlyMap<string, ContactNews>>;
  /** The state of a contact so far. */
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

/** The chain of a call also includes tasks that agents create from it, and people who listen in. */
const isOfCustomer = ({
  Channel = 'VOICE',
  InitiationMethod,
}: Pick<Contact, 'Channel' | 'InitiationMethod'>): boolean => Channel === 'VOICE' && InitiationMethod !== 'MONITOR';
