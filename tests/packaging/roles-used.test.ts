import { beforeAll, describe, expect, it } from 'vitest';
import { conditionKeysOf, isOfType, resourceTypesOf } from './authorization.ts';
import type { Template } from './cloudformation-check.ts';
import { recordEveryPath } from './every-path.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';
import type { RecordedRequest } from './recorded-requests.ts';
import { ofType } from './template.ts';
import { isLike, resolved, rolesOf, type Statement } from './template-policies.ts';

/** One action on one resource, of one partition key where the statement names some. */
interface Grant {
  action: string;
  resource: string;
  key?: string;
}

const { template } = packagedWithOptions();

const INSTANCE_ID = /(?<=:instance\/)[\w-]+/;
const [INSTANCE = ''] = INSTANCE_ID.exec(JSON.stringify([...rolesOf(template)])) ?? [];

/** An ARN of the local stack, or of the stage dev, as the packaged stage has it. */
const asPackaged = (arn: string) =>
  arn
    .replace('karte-connect-call-local', 'karte-connect-call-dev')
    .replace('karte-connect-call/local', 'karte-connect-call/dev')
    .replace(INSTANCE_ID, INSTANCE);

/** Function → the statements of its role. */
const permissionsIn = (template: Template): Map<string, Statement[]> =>
  new Map(
    ofType(template, 'AWS::Lambda::Function').map(([id, { Properties = {} }]) => {
      const name = `${id[0]?.toLowerCase()}${id.slice(1).replace(/LambdaFunction$/, '')}`;
      const [role = ''] = /(?<=<)\w+(?=\.Arn>)/.exec(resolved<string>(template, Properties.Role)) ?? [];
      return [name, rolesOf(template).get(role)?.may ?? []];
    }),
  );

const permissions = permissionsIn(template);

const LEADING_KEYS = 'dynamodb:LeadingKeys';

/** The keys of the items that a statement is about; undefined where it is about all. */
function keysOf({ Condition = {} }: Statement): string[] | undefined {
  const { 'ForAllValues:StringLike': like, ...others } = Condition;
  const { [LEADING_KEYS]: keys, ...more } = like ?? {};
  if (Object.keys({ ...others, ...more }).length > 0) throw new Error(`not known: ${JSON.stringify(Condition)}`);
  return keys === undefined ? undefined : [keys].flat();
}

const grantsOf = (statement: Statement): Grant[] =>
  statement.Action.flatMap((action) =>
    statement.Resource.flatMap((resource) =>
      (keysOf(statement) ?? [undefined]).map((key) => ({ action, resource, ...(key !== undefined && { key }) })),
    ),
  );

function allows(statement: Statement, { action, keys }: RecordedRequest, arn: string): boolean {
  const like = keysOf(statement);
  return (
    statement.Action.includes(action) &&
    statement.Resource.some((resource) => isLike(asPackaged(arn), resource)) &&
    (like === undefined || keys?.every((key) => like.some((pattern) => isLike(key, pattern))) === true)
  );
}

const isUsedBy = ({ action, resource, key }: Grant, request: RecordedRequest): boolean =>
  request.action === action &&
  Object.values(request.resources).some((arns) => arns.some((arn) => isLike(asPackaged(arn), resource))) &&
  (key === undefined || (request.keys ?? []).some((own) => isLike(own, key)));

const shown = ({ action, resource, key }: Grant) =>
  [action, resource, key].filter((part) => part !== undefined).join(' ');

const READS_METRICS = 'connect:GetCurrentMetricData */routing-profile/*';
const DEAD_LETTERS = 'sqs:SendMessage *:karte-connect-call-dev-dead-letters';

/** What no function asks for itself: who does, and of which functions. */
const ON_BEHALF: { who: string; grants: string[]; of: 'each' | string[] }[] = [
  {
    who: "Lambda writes the function's log",
    grants: ['logs:CreateLogStream *:log-group:/aws/lambda/*:*', 'logs:PutLogEvents *:log-group:/aws/lambda/*:*'],
    of: 'each',
  },
  {
    who: "Lambda's event source mapping reads the queue",
    grants: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((name) => `sqs:${name} *-dev-release`),
    of: ['releaseWaiting'],
  },
  {
    who: "Lambda's event source mapping reads the stream",
    grants: ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'].map(
      (name) => `dynamodb:${name} *:table/karte-connect-call-dev-calls/stream/*`,
    ),
    of: ['reportToKarte'],
  },
  {
    who: 'Lambda hands on what the function failed on for good (destinations.onFailure)',
    grants: [DEAD_LETTERS],
    of: ['settleExecution', 'trackContact', 'sweepCalls', 'acceptSnsNotification', 'reportToKarte'],
  },
  {
    who: "AWS's reference wants routing profiles to be granted, although no request names one: docs/assumptions.md",
    grants: [READS_METRICS],
    of: ['road', 'releaseWaiting'],
  },
  {
    who: "AWS's pages disagree on what calls are authorised on, the instance or something in it: docs/assumptions.md",
    grants: [`connect:StartOutboundVoiceContact *:instance/${INSTANCE}/*`],
    of: ['road'],
  },
];

let requests: RecordedRequest[];
beforeAll(async () => {
  requests = await recordEveryPath();
});

describe.each([...permissions])('the role of %s', (name, statements) => {
  const own = () => requests.filter((request) => request.function === name);

  it('allows each of its requests', () => {
    expect(own().length).toBeGreaterThan(0);
    const refused = own().flatMap((request) =>
      Object.values(request.resources)
        .flat()
        .filter((arn) => !statements.some((statement) => allows(statement, request, arn)))
        .map((arn) => `${request.action} ${asPackaged(arn)} ${request.keys ?? ''}`),
    );
    expect([...new Set(refused)]).toEqual([]);
  });

  it('allows nothing that neither a request needs nor a component of AWS', () => {
    const unused = statements
      .flatMap(grantsOf)
      .filter((grant) => !own().some((request) => isUsedBy(grant, request)))
      .map(shown);
    const listed = ON_BEHALF.filter(({ of }) => of === 'each' || of.includes(name)).flatMap(({ grants }) => grants);
    expect(unused.filter((grant) => !listed.some((pattern) => isLike(grant, pattern)))).toEqual([]);
    // Nor does the list hold what is not granted.
    const granted = statements.flatMap(grantsOf).map(shown);
    expect(listed.filter((pattern) => !granted.some((grant) => isLike(grant, pattern)))).toEqual([]);
  });

  it('names things of the types, and conditions, that AWS knows for each action', () => {
    for (const statement of statements) {
      const { Action, Resource, Condition = {} } = statement;
      for (const action of Action) {
        const { required, optional } = resourceTypesOf(action);
        const fits = (arn: string) => [...required, ...optional].some((type) => isOfType(arn, action, type));
        expect(Resource.filter((arn) => !fits(arn)).map((arn) => `${action} ${arn}`)).toEqual([]);
        const covered = (type: string) => Resource.some((arn) => isOfType(arn, action, type));
        expect(required.filter((type) => !covered(type)).map((type) => `${action} ${type}`)).toEqual([]);
        const keys = Object.values(Condition).flatMap((test) => Object.keys(test));
        expect(keys.filter((key) => !conditionKeysOf(action).includes(key))).toEqual([]);
      }
    }
  });
});

it('is made for each function, and for no other', () => {
  expect(new Set(requests.map((request) => request.function))).toEqual(new Set(permissions.keys()));
});

it('is asked for each thing that AWS authorises the request on, but routing profiles', () => {
  const missing = requests.flatMap(({ action, resources }) =>
    resourceTypesOf(action)
      .required.filter((type) => !(type in resources))
      .map((type) => `${action} ${type}`),
  );
  expect([...new Set(missing)]).toEqual(['connect:GetCurrentMetricData routing-profile']);
});

it('allows nothing more for the sake of an option that a stage does not use', () => {
  const plain = permissionsIn(packagedStage('dev').template);
  const more = [...permissions].flatMap(([name, statements]) => {
    const before = new Set(
      plain
        .get(name)
        ?.flatMap(grantsOf)
        .map((grant) => asPackaged(shown(grant))),
    );
    const own = statements.flatMap(grantsOf).filter((grant) => !before.has(shown(grant)));
    return plain.has(name) ? own.map(({ action }) => `${name} ${action}`) : [name];
  });
  expect(more).toEqual([
    'admit secretsmanager:GetSecretValue',
    // What the stack makes has its id in the parameter.
    'admit ssm:GetParameter',
    'releaseWaiting ssm:GetParameter',
    'releaseWaiting states:StartExecution',
    'releaseWaiting states:DescribeExecution',
    'trackContact ssm:GetParameter',
    'sweepCalls ssm:GetParameter',
    'sweepCalls states:StartExecution',
    'recognizeCaller',
    'tellAvailability',
    'reportToKarte',
  ]);
});

it('of the state machine runs the functions that its definition names, and that of its rule starts it, and nothing else', () => {
  const machine = ofType(template, 'AWS::StepFunctions::StateMachine')[0]?.[1].Properties ?? {};
  const named = JSON.stringify(machine.DefinitionString).match(/\w+(?=LambdaFunction)/g) ?? [];
  const [run, log] = rolesOf(template).get('CallRequestStateMachineRole')?.may ?? [];
  const functionArn = (id: string) => resolved(template, { 'Fn::GetAtt': [`${id}LambdaFunction`, 'Arn'] });
  expect(run).toMatchObject({ Action: ['lambda:InvokeFunction'], Resource: [...new Set(named)].map(functionArn) });
  expect(log?.Action.filter((action) => !/^logs:\w*(LogDeliver|ResourcePolic|DescribeLogGroups)/.test(action))).toEqual(
    [],
  );
  const start = rolesOf(template).get('CallRequestEventToStepFunctionsRole')?.may;
  expect(start).toMatchObject([
    {
      Action: ['states:StartExecution'],
      Resource: [expect.stringMatching(/:stateMachine:karte-connect-call-dev-call-request$/)],
    },
  ]);
});
