import { AccountRefusal, type Operation, page } from './account-operation.ts';
import { EXECUTIONS_AND_TABLES } from './executions-of-account.ts';
import { WATCHED } from './watched-of-account.ts';

/** Prefix of an operation's name in `x-amz-target` → prefix of the service's actions in a policy. */
export const JSON_SERVICES: Readonly<Record<string, string>> = {
  AWSEvents: 'events',
  AmazonSSM: 'ssm',
  ServiceQuotasV20190624: 'servicequotas',
  AWSStepFunctions: 'states',
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  secretsmanager: 'secretsmanager',
  GraniteServiceVersion20100801: 'cloudwatch',
  Logs_20140328: 'logs',
};

/** Version of an API in a request of the query protocol → the same. */
export const QUERY_SERVICES: Readonly<Record<string, string>> = {
  '2011-06-15': 'sts',
  '2010-05-15': 'cloudformation',
  '2010-05-08': 'iam',
  '2010-03-31': 'sns',
};

/** Operations of the services that speak JSON or the query protocol, by action. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...EXECUTIONS_AND_TABLES,
  ...WATCHED,
  'events:ListEventSources': (state, input) => {
    const { region } = state;
    const shown = state.eventSources
      .filter(({ name }) => name.startsWith(String(input.NamePrefix ?? '')))
      .map(({ name, state: State }) => ({
        Name: name,
        Arn: `arn:aws:events:${region}::event-source/${name}`,
        CreatedBy: name.split('/')[0],
        State,
      }));
    return page(state, input, 'EventSources', shown);
  },
  'events:DescribeEventSource': ({ eventSources, region }, { Name }) => {
    const source = eventSources.find(({ name }) => name === Name);
    if (!source) throw new AccountRefusal('ResourceNotFoundException', `there is no event source ${Name}`);
    return { Name, Arn: `arn:aws:events:${region}::event-source/${Name}`, State: source.state };
  },
  'events:DescribeEventBus': ({ eventBuses, region, accountId }, { Name = 'default' }) => {
    if (Name !== 'default' && !eventBuses.includes(String(Name))) {
      throw new AccountRefusal('ResourceNotFoundException', `there is no event bus ${Name}`);
    }
    return { Name, Arn: `arn:aws:events:${region}:${accountId}:event-bus/${Name}` };
  },
  'events:ListRules': (state, input) => {
    const bus = input.EventBusName ?? 'default';
    const shown = state.rules
      .filter((rule) => (rule.bus ?? 'default') === bus)
      .filter(({ name }) => name.startsWith(String(input.NamePrefix ?? '')))
      .map(({ name, state: State = 'ENABLED', pattern }) => ({
        Name: name,
        State,
        EventBusName: bus,
        EventPattern: JSON.stringify(pattern),
      }));
    return page(state, input, 'Rules', shown);
  },
  'events:ListRuleNamesByTarget': (state, { TargetArn, ...input }) => {
    const bus = input.EventBusName ?? 'default';
    const found = state.rules.filter(
      (rule) => (rule.bus ?? 'default') === bus && rule.targets.some(({ arn }) => arn === TargetArn),
    );
    return page(
      state,
      input,
      'RuleNames',
      found.map(({ name }) => name),
    );
  },
  'events:DescribeRule': ({ rules }, { Name }) => {
    const rule = rules.find(({ name }) => name === Name);
    if (!rule) throw new AccountRefusal('ResourceNotFoundException', `there is no rule ${Name}`);
    return { Name, State: rule.state ?? 'ENABLED', EventPattern: JSON.stringify(rule.pattern) };
  },
  'events:ListTargetsByRule': (state, input) => {
    const rule = state.rules.find(({ name }) => name === input.Rule);
    if (!rule) throw new AccountRefusal('ResourceNotFoundException', `there is no rule ${input.Rule}`);
    const shown = rule.targets.map(({ id, arn, ...more }) => ({ Id: id, Arn: arn, ...more }));
    return page(state, input, 'Targets', shown);
  },
  'ssm:GetParameter': ({ parameters }, { Name }) => {
    const name = String(Name);
    if (!Object.hasOwn(parameters, name))
      throw new AccountRefusal('ParameterNotFound', `there is no parameter ${name}`);
    return { Parameter: { Name: name, Type: 'String', Value: parameters[name] } };
  },
  'servicequotas:ListServiceQuotas': (state, input) => {
    const shown = state.quotas
      .filter(({ service }) => service === input.ServiceCode)
      .map(({ service, name, value, appliesTo }) => ({
        ServiceCode: service,
        QuotaName: name,
        Value: value,
        ...(appliesTo !== undefined && { QuotaContext: { ContextScope: 'RESOURCE', ContextId: appliesTo } }),
      }));
    return page(state, input, 'Quotas', shown);
  },
  'iam:SimulatePrincipalPolicy': ({ simulation }, input) => {
    const members = (list: string) =>
      Object.entries(input).flatMap(([name, value]) => (name.startsWith(`${list}.member.`) ? [String(value)] : []));
    const resources = members('ResourceArns');
    return {
      EvaluationResults: members('ActionNames').flatMap((action) =>
        resources.map((EvalResourceName) => ({
          EvalActionName: action,
          EvalResourceName,
          EvalDecision: simulation[action] ?? 'allowed',
        })),
      ),
      IsTruncated: false,
    };
  },
  'sts:GetCallerIdentity': ({ accountId }) => ({
    Account: accountId,
    Arn: `arn:aws:iam::${accountId}:user/example`,
    UserId: 'example',
  }),
  'cloudformation:DescribeStackResource': ({ stacks }, { StackName, LogicalResourceId }) => {
    const made = stacks.find(({ name }) => name === StackName)?.resources?.[String(LogicalResourceId)];
    if (made === undefined) {
      throw new AccountRefusal(
        'ValidationError',
        `Resource ${LogicalResourceId} does not exist for stack ${StackName}`,
      );
    }
    return { StackResourceDetail: { StackName, LogicalResourceId, PhysicalResourceId: made } };
  },
  'cloudformation:DescribeStacks': (state, input) => {
    const asked = state.stacks.filter(({ name }) => input.StackName === undefined || name === input.StackName);
    if (asked.length === 0) {
      throw new AccountRefusal('ValidationError', `Stack with id ${input.StackName} does not exist`);
    }
    const shown = asked.map(({ name, status = 'CREATE_COMPLETE', outputs = {} }) => ({
      StackName: name,
      StackStatus: status,
      CreationTime: '2026-11-22T03:00:00.000Z',
      Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    }));
    return page(state, input, 'Stacks', shown);
  },
};
