import {
  paginateListApprovedOrigins,
  paginateListContactFlows,
  paginateListFlowAssociations,
  paginateListHoursOfOperations,
  paginateListInstances,
  paginateListLambdaFunctions,
  paginateListPhoneNumbersV2,
  paginateListQueues,
  paginateListRoutingProfileQueues,
  paginateListRoutingProfiles,
  paginateListSecurityProfiles,
  paginateSearchUsers,
} from '@aws-sdk/client-connect';
import { ListEventSourcesCommand } from '@aws-sdk/client-eventbridge';
import { paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { Account } from './account.ts';

/** What every resource of an instance has. */
interface Named {
  id: string;
  arn: string;
  name: string;
}

export interface ListedInstance {
  id: string;
  arn: string;
  /** The name in https://<alias>.my.connect.aws; empty if the company's own directory is used. */
  alias: string;
  /** `CREATION_IN_PROGRESS`, `ACTIVE` or `CREATION_FAILED`. */
  status: string;
  outboundCallsEnabled: boolean;
  inboundCallsEnabled: boolean;
}

interface ListedFlow extends Named {
  /** `CONTACT_FLOW`, `CUSTOMER_QUEUE`, `AGENT_WHISPER` … */
  type: string;
  /** `ACTIVE` or `ARCHIVED`. */
  state: string;
  /** `PUBLISHED` or `SAVED`. */
  status: string;
}

export interface ListedNumber {
  id: string;
  arn: string;
  /** E.164. */
  number: string;
  /** `JP`. */
  country: string;
  /** `DID`, `TOLL_FREE` … */
  type: string;
  /** The instance it was claimed for, or a traffic distribution group. */
  targetArn: string;
}

interface ListedUser {
  id: string;
  arn: string;
  username: string;
  routingProfileId: string;
  securityProfileIds: string[];
}

interface QueueOfProfile {
  queueId: string;
  queueName: string;
  /** `VOICE`, `CHAT`, `TASK` … */
  channel: string;
  priority: number;
  delaySeconds: number;
}

export interface ListedEventSource {
  /** `aws.partner/karte.io/…`, which is also the name of its event bus. */
  name: string;
  arn: string;
  /** `PENDING` (without an event bus), `ACTIVE` or `DELETED`. */
  state: string;
}

export interface ListedQuota {
  name: string;
  value: number;
  /** ARN of the resource, if the quota is for a single one. */
  appliesTo?: string;
}

/**
 * All instances of the region. Amazon Connect lists ten per page.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_ListInstances.html
 */
export const instances = async ({ connect: client }: Account): Promise<ListedInstance[]> =>
  (await all(paginateListInstances({ client }, {}), (page) => page.InstanceSummaryList)).map((one) => ({
    id: one.Id ?? '',
    arn: one.Arn ?? '',
    alias: one.InstanceAlias ?? '',
    status: one.InstanceStatus ?? '',
    outboundCallsEnabled: one.OutboundCallsEnabled ?? false,
    inboundCallsEnabled: one.InboundCallsEnabled ?? false,
  }));

/** Queues that calls wait in, without personal queues of agents. */
export const queues = async ({ connect: client }: Account, InstanceId: string): Promise<Named[]> =>
  (
    await all(paginateListQueues({ client }, { InstanceId, QueueTypes: ['STANDARD'] }), (page) => page.QueueSummaryList)
  ).map(named);

export const hours = async ({ connect: client }: Account, InstanceId: string): Promise<Named[]> =>
  (
    await all(paginateListHoursOfOperations({ client }, { InstanceId }), (page) => page.HoursOfOperationSummaryList)
  ).map(named);

/** Flows of every type. */
export const flows = async ({ connect: client }: Account, InstanceId: string): Promise<ListedFlow[]> =>
  (await all(paginateListContactFlows({ client }, { InstanceId }), (page) => page.ContactFlowSummaryList)).map(
    (one) => ({
      ...named(one),
      type: one.ContactFlowType ?? '',
      state: one.ContactFlowState ?? '',
      status: one.ContactFlowStatus ?? '',
    }),
  );

/** Numbers claimed in the region, for any instance. */
export const phoneNumbers = async ({ connect: client }: Account): Promise<ListedNumber[]> =>
  (await all(paginateListPhoneNumbersV2({ client }, {}), (page) => page.ListPhoneNumbersSummaryList)).map((one) => ({
    id: one.PhoneNumberId ?? '',
    arn: one.PhoneNumberArn ?? '',
    number: one.PhoneNumber ?? '',
    country: one.PhoneNumberCountryCode ?? '',
    type: one.PhoneNumberType ?? '',
    targetArn: one.TargetArn ?? '',
  }));

export const routingProfiles = async ({ connect: client }: Account, InstanceId: string): Promise<Named[]> =>
  (await all(paginateListRoutingProfiles({ client }, { InstanceId }), (page) => page.RoutingProfileSummaryList)).map(
    named,
  );

/** The queues whose contacts go to the agents of a routing profile. */
export const queuesOfProfile = async (
  { connect: client }: Account,
  InstanceId: string,
  RoutingProfileId: string,
): Promise<QueueOfProfile[]> =>
  (
    await all(
      paginateListRoutingProfileQueues({ client }, { InstanceId, RoutingProfileId }),
      (page) => page.RoutingProfileQueueConfigSummaryList,
    )
  ).map((one) => ({
    queueId: one.QueueId ?? '',
    queueName: one.QueueName ?? '',
    channel: one.Channel ?? '',
    priority: one.Priority ?? 1,
    delaySeconds: one.Delay ?? 0,
  }));

/**
 * Users with their routing profiles: ListUsers would need another request for each.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_SearchUsers.html
 */
export const users = async ({ connect: client }: Account, InstanceId: string): Promise<ListedUser[]> =>
  (await all(paginateSearchUsers({ client }, { InstanceId }), (page) => page.Users)).map((one) => ({
    id: one.Id ?? '',
    arn: one.Arn ?? '',
    username: one.Username ?? '',
    routingProfileId: one.RoutingProfileId ?? '',
    securityProfileIds: one.SecurityProfileIds ?? [],
  }));

/** Security profiles: what users may see and do. */
export const securityProfiles = async ({ connect: client }: Account, InstanceId: string): Promise<Named[]> =>
  (await all(paginateListSecurityProfiles({ client }, { InstanceId }), (page) => page.SecurityProfileSummaryList)).map(
    named,
  );

/**
 * ARN of a number → ARN of the flow that its calls start with; without numbers that have none.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_ListFlowAssociations.html
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/43557 for what is in ResourceId and FlowId
 */
export const flowsOfNumbers = async (
  { connect: client }: Account,
  InstanceId: string,
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await all(
        paginateListFlowAssociations({ client }, { InstanceId, ResourceType: 'VOICE_PHONE_NUMBER' }),
        (page) => page.FlowAssociationSummaryList,
      )
    ).map(({ ResourceId = '', FlowId = '' }) => [ResourceId, FlowId]),
  );

/** Origins of pages that may embed the softphone. */
export const approvedOrigins = ({ connect: client }: Account, InstanceId: string): Promise<string[]> =>
  all(paginateListApprovedOrigins({ client }, { InstanceId }), (page) => page.Origins);

/** ARNs of the functions that flows of the instance may call. */
export const functionsOfInstance = ({ connect: client }: Account, InstanceId: string): Promise<string[]> =>
  all(paginateListLambdaFunctions({ client }, { InstanceId }), (page) => page.LambdaFunctions);

/**
 * Event sources of partners, such as KARTE's.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventSources.html
 */
export async function eventSources({ eventBridge }: Account, NamePrefix?: string): Promise<ListedEventSource[]> {
  const found: ListedEventSource[] = [];
  let NextToken: string | undefined;
  do {
    // The SDK has no paginator for this operation.
    const page = await eventBridge.send(new ListEventSourcesCommand({ NamePrefix, NextToken }));
    found.push(
      ...(page.EventSources ?? []).map(({ Name = '', Arn = '', State = '' }) => ({
        name: Name,
        arn: Arn,
        state: State,
      })),
    );
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/**
 * Applied quotas of a service, of the account and of single resources; AWS omits those that were never requested.
 *
 * @param ServiceCode `connect`, `states`, `lambda`
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
export const quotas = async ({ serviceQuotas: client }: Account, ServiceCode: string): Promise<ListedQuota[]> =>
  (
    await all(paginateListServiceQuotas({ client }, { ServiceCode, QuotaAppliedAtLevel: 'ALL' }), (page) => page.Quotas)
  ).map(({ QuotaName = '', Value = 0, QuotaContext }) => ({
    name: QuotaName,
    value: Value,
    ...(QuotaContext?.ContextId && QuotaContext.ContextId !== '*' && { appliesTo: QuotaContext.ContextId }),
  }));

/** The form in which Amazon Connect lists most resources. */
interface Summary {
  Id?: string | undefined;
  Arn?: string | undefined;
  Name?: string | undefined;
}

const named = ({ Id = '', Arn = '', Name = '' }: Summary): Named => ({
  id: Id,
  arn: Arn,
  name: Name,
});

/** Every item of all pages. */
async function all<Page, T>(pages: AsyncIterable<Page>, itemsOf: (page: Page) => T[] | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...(itemsOf(page) ?? []));
  return found;
}
