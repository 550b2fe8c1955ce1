import { instanceNames } from '../connect/arns.ts';
import { AccountRefusal, type Input, type Operation, page } from './account-operation.ts';
import type { AccountState, InstanceState, PhoneNumberState } from './account-state.ts';
import { effective, overridesOf, weekOf } from './tell-hours.ts';

/**
 * Method and path → operation of Amazon Connect and its response.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_Operations.html
 */
export const CONNECT_ROUTES: Readonly<Record<string, readonly [operation: string, answer: Operation]>> = {
  'GET /instance': [
    'ListInstances',
    (state, input) =>
      page(
        state,
        input,
        'InstanceSummaryList',
        state.instances.map((instance) => shownInstance(state, instance)),
      ),
  ],
  'GET /instance/{InstanceId}': [
    'DescribeInstance',
    (state, input) => ({ Instance: shownInstance(state, instanceOf(state, input)) }),
  ],
  'GET /queues-summary/{InstanceId}': [
    'ListQueues',
    (state, input) => {
      const { id, queues } = instanceOf(state, input);
      const shown = queues.map(({ id: queue, name }) => ({
        Id: queue,
        Arn: names(state, id).queue(queue),
        Name: name,
        QueueType: 'STANDARD',
      }));
      return page(state, input, 'QueueSummaryList', shown);
    },
  ],
  'GET /queues/{InstanceId}/{QueueId}': [
    'DescribeQueue',
    (state, input) => {
      const { id, queues } = instanceOf(state, input);
      const queue = found(queues, input.QueueId, 'queue');
      return {
        Queue: {
          QueueId: queue.id,
          QueueArn: names(state, id).queue(queue.id),
          Name: queue.name,
          Status: queue.status ?? 'ENABLED',
          HoursOfOperationId: queue.hoursId,
        },
      };
    },
  ],
  'GET /hours-of-operations-summary/{InstanceId}': [
    'ListHoursOfOperations',
    (state, input) => {
      const { id, hours } = instanceOf(state, input);
      return page(
        state,
        input,
        'HoursOfOperationSummaryList',
        hours.map(({ id: one, name }) => named(names(state, id).hours(one), one, name)),
      );
    },
  ],
  'GET /hours-of-operations/{InstanceId}/{HoursOfOperationId}': [
    'DescribeHoursOfOperation',
    (state, input) => {
      const hours = found(instanceOf(state, input).hours, input.HoursOfOperationId, 'hours');
      return { HoursOfOperation: { HoursOfOperationId: hours.id, Name: hours.name, Config: weekOf(hours) } };
    },
  ],
  'GET /hours-of-operations/{InstanceId}/{HoursOfOperationId}/overrides': [
    'ListHoursOfOperationOverrides',
    (state, input) => {
      const hours = found(instanceOf(state, input).hours, input.HoursOfOperationId, 'hours');
      return page(state, input, 'HoursOfOperationOverrideList', overridesOf(hours));
    },
  ],
  'GET /effective-hours-of-operations/{InstanceId}/{HoursOfOperationId}': [
    'GetEffectiveHoursOfOperations',
    (state, input) => {
      const hours = found(instanceOf(state, input).hours, input.HoursOfOperationId, 'hours');
      return effective(hours, String(input.FromDate), String(input.ToDate));
    },
  ],
  'GET /contacts/{InstanceId}/{ContactId}': [
    'DescribeContact',
    () => {
      throw new AccountRefusal('ResourceNotFoundException', 'there is no such contact', 404);
    },
  ],
  'POST /metrics/current/{InstanceId}': [
    'GetCurrentMetricData',
    (state, input) => {
      const { id, agentsOnline = 0, oldestContactSeconds = 0, agentsOfQueues } = instanceOf(state, input);
      if (agentsOfQueues) return { MetricResults: agentsByQueue(names(state, id).queue, agentsOfQueues) };
      if (agentsOnline === 0 && oldestContactSeconds === 0) return { MetricResults: [] };
      const isGrouped = Array.isArray(input.Groupings) && input.Groupings.length > 0;
      const values: Record<string, number> = {
        AGENTS_ONLINE: agentsOnline,
        OLDEST_CONTACT_AGE: isGrouped ? oldestContactSeconds : oldestContactSeconds * 1_000,
      };
      const Collections = Object.entries(values).map(([Name, Value]) => ({ Metric: { Name }, Value }));
      return { MetricResults: [{ Collections }] };
    },
  ],
  'GET /contact-flows/{InstanceId}/{ContactFlowId}/versions': [
    'ListContactFlowVersions',
    (state, input) => {
      const { versions = 0 } = found(instanceOf(state, input).flows, input.ContactFlowId, 'flow');
      const shown = Array.from({ length: versions + 1 }, (_, index) => ({ Version: index }));
      return page(state, input, 'ContactFlowVersionSummaryList', shown);
    },
  ],
  'GET /contact-flows/{InstanceId}/{ContactFlowId}': [
    'DescribeContactFlow',
    (state, input) => {
      const instance = instanceOf(state, input);
      const flow = found(instance.flows, input.ContactFlowId, 'flow');
      if (flow.status === 'SAVED') {
        throw new AccountRefusal('ContactFlowNotPublishedException', 'the flow has not been published', 404);
      }
      return {
        ContactFlow: {
          ...named(names(state, instance.id).flow(flow.id), flow.id, flow.name),
          Type: flow.type ?? 'CONTACT_FLOW',
          State: flow.state ?? 'ACTIVE',
          Status: 'PUBLISHED',
          Content: flow.content ?? '',
          ...(flow.changedAt !== undefined && { LastModifiedTime: Date.parse(flow.changedAt) / 1_000 }),
        },
      };
    },
  ],
  'GET /contact-flows-summary/{InstanceId}': [
    'ListContactFlows',
    (state, input) => {
      const { id, flows } = instanceOf(state, input);
      const shown = flows.map((flow) => ({
        ...named(names(state, id).flow(flow.id), flow.id, flow.name),
        ContactFlowType: flow.type ?? 'CONTACT_FLOW',
        ContactFlowState: flow.state ?? 'ACTIVE',
        ContactFlowStatus: flow.status ?? 'PUBLISHED',
      }));
      return page(state, input, 'ContactFlowSummaryList', shown);
    },
  ],
  'GET /routing-profiles-summary/{InstanceId}': [
    'ListRoutingProfiles',
    (state, input) => {
      const { id, routingProfiles } = instanceOf(state, input);
      return page(
        state,
        input,
        'RoutingProfileSummaryList',
        routingProfiles.map((one) => named(names(state, id).routingProfile(one.id), one.id, one.name)),
      );
    },
  ],
  'GET /routing-profiles/{InstanceId}/{RoutingProfileId}/queues': [
    'ListRoutingProfileQueues',
    (state, input) => {
      const instance = instanceOf(state, input);
      const profile = found(instance.routingProfiles, input.RoutingProfileId, 'routing profile');
      const shown = profile.queues.map((QueueId) => ({
        QueueId,
        QueueArn: names(state, instance.id).queue(QueueId),
        QueueName: instance.queues.find(({ id }) => id === QueueId)?.name ?? '',
        Channel: 'VOICE',
        Priority: 1,
        Delay: 0,
      }));
      return page(state, input, 'RoutingProfileQueueConfigSummaryList', shown);
    },
  ],
  'POST /search-users': [
    'SearchUsers',
    (state, input) => {
      const { id, users } = instanceOf(state, input);
      const shown = users.map((user) => ({
        Id: user.id,
        Arn: names(state, id).agent(user.id),
        Username: user.username,
        RoutingProfileId: user.routingProfileId,
        SecurityProfileIds: user.securityProfileIds ?? [],
      }));
      return page(state, input, 'Users', shown);
    },
  ],
  'POST /users/{InstanceId}/{UserId}/routing-profile': [
    'UpdateUserRoutingProfile',
    (state, input) => {
      const { users, routingProfiles } = instanceOf(state, input);
      const { id } = found(routingProfiles, input.RoutingProfileId, 'routing profile');
      found(users, input.UserId, 'user').routingProfileId = id;
    },
  ],
  'GET /security-profiles-summary/{InstanceId}': [
    'ListSecurityProfiles',
    (state, input) => {
      const { id, securityProfiles = [] } = instanceOf(state, input);
      const shown = securityProfiles.map((one) => named(names(state, id).securityProfile(one.id), one.id, one.name));
      return page(state, input, 'SecurityProfileSummaryList', shown);
    },
  ],
  'GET /instance/{InstanceId}/approved-origins': [
    'ListApprovedOrigins',
    (state, input) => page(state, input, 'Origins', instanceOf(state, input).approvedOrigins),
  ],
  'GET /instance/{InstanceId}/lambda-functions': [
    'ListLambdaFunctions',
    (state, input) => page(state, input, 'LambdaFunctions', instanceOf(state, input).functions),
  ],
  'POST /phone-number/list': [
    'ListPhoneNumbersV2',
    (state, input) => {
      const { TargetArn, InstanceId } = input;
      const shown = state.phoneNumbers
        .map((number) => shownNumber(state, number))
        .filter((one) => TargetArn === undefined || one.TargetArn === TargetArn)
        .filter((one) => InstanceId === undefined || one.InstanceId === InstanceId);
      return page(state, input, 'ListPhoneNumbersSummaryList', shown);
    },
  ],
  'PUT /phone-number/{PhoneNumberId}/contact-flow': [
    'AssociatePhoneNumberContactFlow',
    (state, input) => {
      const number = found(state.phoneNumbers, input.PhoneNumberId, 'phone number');
      const flow = found(instanceOf(state, input).flows, input.ContactFlowId, 'flow');
      number.flowId = flow.id;
    },
  ],
  'DELETE /phone-number/{PhoneNumberId}/contact-flow': [
    'DisassociatePhoneNumberContactFlow',
    (state, input) => {
      delete found(state.phoneNumbers, input.PhoneNumberId, 'phone number').flowId;
    },
  ],
  'GET /flow-associations-summary/{InstanceId}': [
    'ListFlowAssociations',
    (state, input) => {
      const { id } = instanceOf(state, input);
      const shown = state.phoneNumbers.flatMap((number) =>
        number.instanceId === id && number.flowId !== undefined
          ? [
              {
                ResourceId: numberArn(state, number),
                FlowId: names(state, id).flow(number.flowId),
                ResourceType: input.ResourceType,
              },
            ]
          : [],
      );
      return page(state, input, 'FlowAssociationSummaryList', shown);
    },
  ],
};

const named = (Arn: string, Id: string, Name: string) => ({ Id, Arn, Name });

function names({ region, accountId }: AccountState, instanceId: string) {
  const shared = instanceNames(region, accountId, instanceId);
  return {
    ...shared,
    hours: (id: string) => `${shared.instance}/operating-hours/${id}`,
    routingProfile: (id: string) => `${shared.instance}/routing-profile/${id}`,
    securityProfile: (id: string) => `${shared.instance}/security-profile/${id}`,
  };
}

const shownInstance = (state: AccountState, { id, alias, status = 'ACTIVE', ...more }: InstanceState) => ({
  Id: id,
  Arn: names(state, id).instance,
  InstanceAlias: alias,
  InstanceStatus: status,
  IdentityManagementType: 'CONNECT_MANAGED',
  OutboundCallsEnabled: more.outboundCallsEnabled ?? true,
  InboundCallsEnabled: true,
});

const numberArn = ({ region, accountId }: AccountState, { id }: PhoneNumberState) =>
  `arn:aws:connect:${region}:${accountId}:phone-number/${id}`;

const shownNumber = (state: AccountState, { id, number, type = 'DID', country, instanceId }: PhoneNumberState) => ({
  PhoneNumberId: id,
  PhoneNumberArn: numberArn(state, { id, number, instanceId }),
  PhoneNumber: number,
  PhoneNumberCountryCode: country ?? (number.startsWith('+81') ? 'JP' : 'US'),
  PhoneNumberType: type,
  TargetArn: names(state, instanceId).instance,
  InstanceId: instanceId,
});

/** Somebody who is not there has no row. */
const agentsByQueue = (arnOf: (id: string) => string, agents: NonNullable<InstanceState['agentsOfQueues']>) =>
  Object.entries(agents)
    .filter(([, { online }]) => online > 0)
    .map(([Id, { online, available }]) => ({
      Dimensions: { Queue: { Id, Arn: arnOf(Id) } },
      Collections: [
        { Metric: { Name: 'AGENTS_ONLINE' }, Value: online },
        { Metric: { Name: 'AGENTS_AVAILABLE' }, Value: available },
      ],
    }));

/** Operations accept the id or the ARN of an instance. */
function instanceOf({ instances }: AccountState, { InstanceId }: Input): InstanceState {
  return found(instances, InstanceId, 'instance');
}

function found<T extends { id: string }>(things: readonly T[], idOrArn: unknown, what: string): T {
  const id = String(idOrArn).split('/').at(-1);
  const thing = things.find((one) => one.id === id);
  if (!thing) throw new AccountRefusal('ResourceNotFoundException', `there is no such ${what}`, 404);
  return thing;
}
