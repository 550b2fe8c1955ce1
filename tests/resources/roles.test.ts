import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CONTROLS_KEY } from '../../adapters/shared-state/controls.ts';
import { readingKey } from '../../adapters/shared-state/shared-readings.ts';
import { readService } from '../../packages/sandbox/service.ts';
import { loadStage, type StageOverrides } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';
import { isKnown, RECEIVERS, requestsOf } from './adapter-requests.ts';

interface Sub {
  'Fn::Sub': string;
}

interface Statement {
  Action: string[];
  Resource: { 'Fn::GetAtt': [string, string] } | Sub | Sub[];
  Condition?: object;
}

interface Role {
  Properties: { Policies: { PolicyDocument: { Statement: Statement[] } }[] };
}

/** The instance of the stage dev. */
const INSTANCE = '00000000-0000-4000-8000-000000000001';

/** Roles of a stage, by the name of their function. */
async function rolesOf(overrides?: StageOverrides): Promise<Map<string, Statement[]>> {
  const variables: Record<string, unknown> = {
    'sls:stage': 'dev',
    'self:service': 'karte-connect-call',
    'self:custom.stage': loadStage('dev', 0, undefined, overrides),
  };
  const roles = createRequire(import.meta.url)('../../resources/roles.cjs');
  const { Resources } = await roles({ resolveVariable: async (name: string) => variables[name] });
  return new Map(
    Object.entries(Resources as Record<string, Role>).map(([id, { Properties }]) => [
      `${id[0]?.toLowerCase()}${id.slice(1).replace(/Role$/, '')}`,
      Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    ]),
  );
}

/** The table or queue that a resource is, or is an index of. */
function ownerOf(resource: Statement['Resource']): string | undefined {
  if ('Fn::GetAtt' in resource) return resource['Fn::GetAtt'][0];
  return 'Fn::Sub' in resource ? /^\$\{(\w+)\.Arn\}\/index\//.exec(resource['Fn::Sub'])?.[1] : undefined;
}

/** `dynamodb:GetItem GuardsTable`, or `connect:DescribeQueue` where the resource is an ARN that is written out. */
const granted = (statements: Statement[]): string[] =>
  statements
    .flatMap(({ Action, Resource }) => {
      const on = ownerOf(Resource);
      return Action.map((action) => (on === undefined ? action : `${action} ${on}`));
    })
    .filter((action) => !action.startsWith('logs:'));

/** A function's source, and what it uses of functions/: only the declarations that are reached count. */
function sourcesOf(path: string, wanted?: readonly string[]): string[] {
  const [imports = '', ...declarations] = readFileSync(path, 'utf8').split(
    /^(?=(?:export )?(?:async )?(?:function|const|interface|type) )/m,
  );
  const byName = new Map(declarations.map((text) => [/(?:function|const|interface|type) (\w+)/.exec(text)?.[1], text]));
  const isUsed = (name: string | undefined, texts: string[]) =>
    texts.some((text) => RegExp(`\\b${name}\\b`).test(text));
  let reached = wanted ? wanted.flatMap((name) => byName.get(name) ?? []) : declarations;
  for (let size = 0; size < reached.length; ) {
    size = reached.length;
    const texts = reached;
    reached = [...new Set([...texts, ...[...byName].filter(([name]) => isUsed(name, texts)).map(([, text]) => text)])];
  }
  const shared = [...imports.matchAll(/^import \{([^}]*)\} from '(\.\/[^']+)';$/gm)]
    .map(([, names = '', from = '']) => ({
      names: names.match(/\b(?!type\b)\w+/g) ?? [],
      file: join(dirname(path), from),
    }))
    .filter(({ file }) => file.includes('/functions/'));
  return [
    ...reached,
    ...shared.flatMap(({ names, file }) =>
      sourcesOf(
        file,
        names.filter((name) => isUsed(name, reached)),
      ),
    ),
  ];
}

/** Names of the shared readings, whose own file is looked at, and of the contacts of a chain, which is a map. */
const NO_REQUESTS = new Set(['readings.queue', 'readings.agents', 'readings.calendar', 'contacts.get', 'contacts.has']);

/** What the source of a function asks AWS for. */
async function neededBy(path: string): Promise<string[]> {
  const calls = sourcesOf(path).flatMap((text) =>
    [...text.matchAll(/\b(\w+)\.(\w+)(?:<[^>()]*>)?\(/g)].map(([, on = '', method = '']) => ({ on, method })),
  );
  const methods = new Set(
    calls
      // A list of leases, say, is no adapter.
      .filter(({ on, method }) => RECEIVERS.has(on) && (isKnown(`${on}.${method}`) || !(method in [])))
      .map(({ on, method }) => `${on}.${method}`),
  );
  const needed = new Set<string>();
  for (const method of methods) {
    if (NO_REQUESTS.has(method)) continue;
    const requests = await requestsOf(method);
    if (!requests) throw new Error(`${path} calls ${method}, which tests/resources/adapter-requests.ts does not know`);
    for (const request of requests) needed.add(request);
  }
  return [...needed];
}

interface FunctionYml {
  events?: { sqs?: unknown }[];
  destinations?: unknown;
}

/** A stage that has every function. */
const EVERYTHING = {
  signature: { mode: 'required', secretName: 'call-keys' },
  availability: { origins: ['https://www.example.com'] },
  appointments: { perSlot: 1 },
  retryUnanswered: { times: 1 },
  reportToKarte: { secretName: 'call-keys' },
  recognizeCaller: {},
} satisfies StageOverrides;

const { functions, streams } = readService('dev', 0, EVERYTHING);
const yml = parse(readFileSync(join(PROJECT, 'serverless.yml'), 'utf8'), { logLevel: 'silent' }) as {
  functions: Record<string, FunctionYml>;
};

/** What Lambda does in the function's name. */
const neededByLambda = (name: string, { events = [], destinations }: FunctionYml = {}): string[] => [
  ...streams
    .filter((stream) => stream.function === name)
    .flatMap(({ table }) =>
      ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'].map(
        (action) => `dynamodb:${action} ${table}`,
      ),
    ),
  ...(events.some(({ sqs }) => sqs)
    ? ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => `sqs:${action} ReleaseQueue`)
    : []),
  ...(destinations ? ['sqs:SendMessage DeadLetterQueue'] : []),
];

describe('the role of a function', () => {
  let roles: Map<string, Statement[]>;
  beforeAll(async () => {
    roles = await rolesOf(EVERYTHING);
  });

  it('is there for each of them, and for nothing else', () => {
    expect([...roles.keys()].toSorted()).toEqual(Object.keys(functions).toSorted());
  });

  it.each(Object.entries(functions))(
    'lets %s do what its code asks AWS for, and nothing else',
    async (name, { module }) => {
      // Act
      const needed = [...(await neededBy(module)), ...neededByLambda(name, yml.functions[name])];
      // Assess
      expect(granted(roles.get(name) ?? []).toSorted()).toEqual([...new Set(needed)].toSorted());
    },
  );

  const instance = (rest = '') => `connect:\${AWS::Region}:\${AWS::AccountId}:instance/${INSTANCE}${rest}`;
  const machine = 'states:${AWS::Region}:${AWS::AccountId}:stateMachine:karte-connect-call-dev-call-request';

  it.each([
    ['connect:DescribeContact', [instance('/contact/*')]],
    ['connect:StartOutboundVoiceContact', [instance(), instance('/*')]],
    ['connect:GetCurrentMetricData', [instance('/queue/*')]],
    ['connect:DescribeQueue', [instance('/queue/*')]],
    ['connect:GetEffectiveHoursOfOperations', [instance('/operating-hours/*'), instance()]],
    ['states:SendTaskSuccess', [machine]],
    ['states:SendTaskFailure', [machine]],
    ['states:StartExecution', [machine]],
    ['states:ListExecutions', [machine]],
    ['states:DescribeExecution', [`${machine.replace('stateMachine', 'execution')}:*`]],
    ['secretsmanager:GetSecretValue', ['secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:call-keys-??????']],
    ['ssm:GetParameter', ['ssm:${AWS::Region}:${AWS::AccountId}:parameter/karte-connect-call/dev/ids']],
  ])('grants %s on every kind of resource the service may authorise it on', (action, resources) => {
    const statements = [...roles.values()].flat().filter(({ Action }) => Action.includes(action));
    expect(statements.length).toBeGreaterThan(0);
    for (const { Resource } of statements) {
      expect([Resource].flat()).toEqual(resources.map((arn) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${arn}` })));
    }
  });

  it('lets strangers see no guard but the switches, readings and slots, and write readings alone', () => {
    const onGuards = (roles.get('tellAvailability') ?? []).filter(({ Resource }) => 'Fn::GetAtt' in Resource);
    const like = (keys: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } });
    expect(onGuards.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [['dynamodb:GetItem'], like([CONTROLS_KEY.guardId, readingKey('*').guardId])],
      [['dynamodb:UpdateItem'], like([readingKey('*').guardId])],
      [['dynamodb:BatchGetItem'], like(['slots#*'])],
    ]);
  });

  it.each(['tellAvailability', 'reportToKarte', 'recognizeCaller'])(
    '%s is not there in a stage without',
    async (name) => {
      expect([...(await rolesOf()).keys()]).not.toContain(name);
    },
  );

  it('lets the function that recognises callers look for calls by their number alone', () => {
    const query = roles.get('recognizeCaller')?.find(({ Action }) => Action.includes('dynamodb:Query'));
    expect(query).toMatchObject({
      Action: ['dynamodb:Query'],
      Resource: { 'Fn::Sub': '${CallsTable.Arn}/index/byPhone' },
    });
  });

  it.each([
    ['neither', {}, []],
    ['retryUnanswered', { retryUnanswered: { times: 1 } }, ['releaseWaiting', 'sweepCalls']],
    ['offerCallBack', { offerCallBack: {} }, ['releaseWaiting', 'sweepCalls']],
  ] as const)(
    'lets functions start calls of our own only in a stage with %s',
    async (_setting, overrides, expected) => {
      const stage = [...(await rolesOf(overrides))];
      const starting = stage.filter(([, statements]) => granted(statements).includes('states:StartExecution'));
      expect(starting.map(([name]) => name).filter((name) => name !== 'acceptSnsNotification')).toEqual(expected);
    },
  );

  it.each<[string, StageOverrides, string[]]>([
    ['makes nothing', {}, ['road']],
    [
      'makes a queue',
      { connect: { queues: { support: 'create' } }, create: { hours: INSTANCE } },
      ['admit', 'road', 'releaseWaiting', 'trackContact', 'sweepCalls', 'recognizeCaller', 'tellAvailability'],
    ],
  ])('lets those functions read ids that need some which a stack knows that %s', async (_what, overrides, expected) => {
    const stage = [...(await rolesOf({ ...EVERYTHING, ...overrides }))];
    const reading = stage.filter(([, statements]) => granted(statements).includes('ssm:GetParameter'));
    expect(reading.map(([name]) => name)).toEqual(expected);
    // As their modules ask for them: onStage() where a setting may lack its id.
    const asking = Object.entries(functions).filter(([, { module }]) =>
      /\bonStage\(/.test(readFileSync(module, 'utf8')),
    );
    if (expected.length > 1) expect(new Set(asking.map(([name]) => name))).toEqual(new Set(expected));
  });

  it('names the instance that the stack makes by what CloudFormation knows of it', async () => {
    const stage = await rolesOf({
      connect: { instanceId: 'create', queues: { support: 'create' } },
      create: { instanceAlias: 'example', hours: { days: ['MONDAY'], start: '09:00', end: '18:00' } },
    });
    const call = stage.get('road')?.find(({ Action }) => Action.includes('connect:StartOutboundVoiceContact'));
    expect(call?.Resource).toEqual([
      { 'Fn::GetAtt': ['ConnectInstance', 'Arn'] },
      { 'Fn::Sub': '${ConnectInstance.Arn}/*' },
    ]);
    expect(JSON.stringify([...stage.values()])).not.toMatch(/instance\/(?:create|undefined|\[object)/);
  });

  it.each([
    ['off', { mode: 'off' }, []],
    ['warn', { mode: 'warn', secretName: 'call-keys' }, ['secretsmanager:GetSecretValue']],
  ] as const)(
    'lets nobody read signing keys beyond what signature.mode %s needs',
    async (_mode, signature, expected) => {
      const stage = await rolesOf({ signature });
      expect(granted([...stage.values()].flat()).filter((action) => action.startsWith('secretsmanager'))).toEqual(
        expected,
      );
      expect(granted(stage.get('admit') ?? [])).toEqual(expected);
    },
  );
});
