import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStage } from '../../resources/load-stage.ts';
import { resourceTypesOf } from '../packaging/authorization.ts';
import { isLike, type Statement, statementsOf } from '../packaging/template-policies.ts';
import { PROJECT } from '../run-command.ts';

const POLICY = JSON.parse(readFileSync(join(PROJECT, 'docs/operator-policy.json'), 'utf8'));
const STATEMENTS: Statement[] = statementsOf({ Resources: {} }, POLICY);
const ALLOWED = STATEMENTS.flatMap(({ Action }) => Action).toSorted();

/** Package of a client → how IAM names the service. */
const SERVICES: Record<string, string> = {
  cloudformation: 'cloudformation',
  cloudwatch: 'cloudwatch',
  'cloudwatch-logs': 'logs',
  connect: 'connect',
  dynamodb: 'dynamodb',
  eventbridge: 'events',
  iam: 'iam',
  lambda: 'lambda',
  polly: 'polly',
  'secrets-manager': 'secretsmanager',
  'service-quotas': 'servicequotas',
  sfn: 'states',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  sts: 'sts',
};

/** Actions that are not named as their operations. */
const OTHERWISE_NAMED: Record<string, string> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

/** `paginateListQueues` and `ListQueuesCommand` of a client → the action. The document client leaves out "Item". */
function actionOf(client: string, name: string): string | undefined {
  const operation = /^(?:paginate(\w+)|(\w+)Command)$/.exec(name)?.slice(1).join('');
  if (!operation) return undefined;
  if (client === 'lib-dynamodb') return `dynamodb:${operation.replace(/^(Get|Put|Update|Delete|BatchGet)$/, '$1Item')}`;
  const action = `${SERVICES[client.replace('client-', '')]}:${operation}`;
  return OTHERWISE_NAMED[action] ?? action;
}

/** What the modules that a command loads, early or late, ask AWS for, and which actions they say they need. */
function readFrom(
  file: string,
  found = { files: new Set<string>(), asked: new Set<string>(), said: new Set<string>() },
) {
  if (found.files.has(file)) return found;
  found.files.add(file);
  const source = readFileSync(file, 'utf8').replaceAll(/^(?:import|export) type [^;]*;/gm, '');
  for (const [, names = '', client = ''] of source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g)) {
    for (const name of names.split(',')) {
      const action = actionOf(client, name.trim());
      if (action) found.asked.add(action);
    }
  }
  const services = [...new Set(Object.values(SERVICES))].join('|');
  for (const [, action = ''] of source.matchAll(RegExp(`'((?:${services}):[A-Z]\\w+)'`, 'g'))) found.said.add(action);
  for (const [, path = ''] of source.matchAll(/(?:from |import\()'(\.[^']+\.ts)'/g))
    readFrom(join(dirname(file), path), found);
  return found;
}

const COMMANDS = ['tools/stages.ts', 'tools/conformance.ts', 'tools/calls.ts', 'tools/doctor.ts'].map((path) =>
  readFrom(join(PROJECT, path)),
);
const ASKED = new Set(COMMANDS.flatMap(({ asked }) => [...asked]));

/** Allowed although no module asks for it. */
const NOT_ASKED: Record<string, string> = {
  'ds:DescribeDirectories':
    "AWS's own policy for reading has it beside connect:List*: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonConnectReadOnlyAccess.html",
};

describe('the policy of those who run stage, conformance, calls and doctor', () => {
  it('allows what they ask AWS for, and nothing else', () => {
    expect(ALLOWED).toEqual([...ASKED, ...Object.keys(NOT_ASKED)].toSorted());
  });

  it('allows what they tell people to allow', () => {
    const said = COMMANDS.flatMap((command) => [...command.said]);
    expect(said).toContain('connect:ListPhoneNumbersV2');
    expect(said.filter((action) => !ALLOWED.includes(action))).toEqual([]);
  });

  it('names things wherever AWS authorises an action on things', () => {
    const odd = STATEMENTS.flatMap(({ Action, Resource }) =>
      Action.filter((action) => {
        const { required, optional } = resourceTypesOf(action);
        return required.length + optional.length > 0 === Resource.includes('*');
      }),
    );
    expect(odd).toEqual([]);
  });

  const { environment, file } = loadStage('dev', 4545);
  const INSTANCE = 'connect:ap-northeast-1:210987654321:instance/00000000-0000-4000-8000-000000000001';
  const NUMBER = 'connect:ap-northeast-1:210987654321:phone-number/00000000-0000-4000-8000-00000000c001';
  const inPlace = (service: string, rest: string) => `${service}:ap-northeast-1:210987654321:${rest}`;
  it.each([
    ['connect:ListHoursOfOperations', INSTANCE],
    ['connect:ListPhoneNumbersV2', NUMBER],
    ['connect:UpdateUserRoutingProfile', `${INSTANCE}/agent/00000000-0000-4000-8000-00000000d001`],
    ['connect:AssociatePhoneNumberContactFlow', NUMBER],
    ['connect:AssociatePhoneNumberContactFlow', `${INSTANCE}/contact-flow/00000000-0000-4000-8000-00000000f001`],
    ['connect:StartOutboundVoiceContact', INSTANCE],
    ['dynamodb:UpdateItem', inPlace('dynamodb', `table/${environment.GUARDS_TABLE}`)],
    ['dynamodb:Query', inPlace('dynamodb', `table/${environment.CALLS_TABLE}/index/byDay`)],
    ['lambda:InvokeFunction', inPlace('lambda', 'function:karte-connect-call-dev-road')],
    ['cloudwatch:SetAlarmState', inPlace('cloudwatch', 'alarm:karte-connect-call-dev-dead-letters')],
    ['sns:ListSubscriptionsByTopic', inPlace('sns', 'call-alarms')],
    ['sqs:ReceiveMessage', inPlace('sqs', 'karte-connect-call-dev-dead-letters')],
    ['ssm:GetParameter', inPlace('ssm', `parameter${environment.IDS_PARAMETER}`)],
    ['states:StartExecution', inPlace('states', `stateMachine:${environment.STATE_MACHINE_NAME}`)],
    ['states:StopExecution', inPlace('states', `execution:${environment.STATE_MACHINE_NAME}:redriven`)],
    ['events:DescribeRule', inPlace('events', 'rule/karte-connect-call-dev-trackContact-rule-1')],
    ['events:ListTargetsByRule', inPlace('events', `rule/${file.karte.eventBusName}/karte-connect-call-dev-rule`)],
    ['logs:DescribeLogGroups', inPlace('logs', 'log-group:/aws/lambda/karte-connect-call-dev-road')],
    ['sns:ListSubscriptionsByTopic', inPlace('sns', 'call-alarms')],
    ['sqs:GetQueueAttributes', inPlace('sqs', environment.RELEASE_QUEUE ?? '')],
    ['secretsmanager:DescribeSecret', inPlace('secretsmanager', 'secret:karte-connect-call/dev/signing-keys-aBcDeF')],
    ['states:DescribeStateMachine', inPlace('states', `stateMachine:${environment.STATE_MACHINE_NAME}`)],
    ['cloudformation:DescribeStackResource', inPlace('cloudformation', 'stack/karte-connect-call-dev/0')],
    ['events:DescribeEventSource', 'events:ap-northeast-1::event-source/aws.partner/karte.io/example/example/calls'],
  ])('reaches with %s what it is about: %s', (action, thing) => {
    const resources = STATEMENTS.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
    expect(resources.some((pattern) => isLike(`arn:aws:${thing}`, pattern))).toBe(true);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  it('fits a managed policy, which has 6,144 characters without blanks', () => {
    expect(JSON.stringify(POLICY).length).toBeLessThanOrEqual(6_144);
  });
});
