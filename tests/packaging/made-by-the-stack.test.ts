import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadStage, type StageOverrides } from '../../resources/load-stage.ts';
import { type Template, templateFaults } from './cloudformation-check.ts';
import keptNames from './deployed-names.json' with { type: 'json' };
import { differences, namesIn } from './deployed-names.ts';
import { packagedStage, packagedTwice, packagedWithOptions } from './packaged-stages.ts';
import { ofType, properties } from './template.ts';

const { template } = packagedWithOptions();
const { template: without } = packagedStage('dev');
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const INSTANCE = attribute('ConnectInstance', 'Arn');

/** What a resource waits for: what it names, and what it is told to. */
function waitsFor(id: string, { Resources }: Template): string[] {
  const written = JSON.stringify(Resources[id]);
  const named = [
    ...written.matchAll(/"Ref":"(\w+)"/g),
    ...written.matchAll(/"Fn::GetAtt":\["(\w+)"/g),
    ...written.matchAll(/\$\{(\w+)(?:\.\w+)?\}/g),
    ...[Resources[id]?.DependsOn ?? []].flat().map((name) => ['', name]),
  ];
  return [...new Set(named.map(([, name = '']) => name))].filter((name) => name !== id && name in Resources);
}

/** All that has to be there before a resource. */
function allBefore(id: string, of: Template): Set<string> {
  const found = new Set<string>();
  const next = [id];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    for (const name of waitsFor(one, of)) {
      if (found.has(name)) continue;
      found.add(name);
      next.push(name);
    }
  }
  return found;
}

/** What a stage that makes something adds, by the module that writes it. */
async function resourcesOf(module: string, overrides: StageOverrides): Promise<Template> {
  const loaded = loadStage('dev', undefined, undefined, overrides);
  const variables: Record<string, unknown> = {
    'sls:stage': 'dev',
    'self:service': 'karte-connect-call',
    'self:custom.stage': loaded,
    'self:custom.rulePattern': {},
  };
  const write = createRequire(import.meta.url)(`../../resources/${module}.cjs`);
  return write({ resolveVariable: async (name: string) => variables[name] });
}

const HOURS = { days: ['MONDAY' as const, 'TUESDAY' as const], start: '09:00', end: '18:30' };

afterEach(() => {
  vi.useRealTimers();
});

describe('a stage whose stack makes everything', () => {
  it('has the names that are kept, and agrees with the schema of every resource', () => {
    const [before, found] = [namesIn(without, 'dev'), namesIn(template, 'dev')];
    const isOfOthers = (line: string) =>
      /^(?:TellAvailability|RecognizeCaller|ReportToKarte|KarteReports|ApprovedOrigin|CallRequestTopic|Alarm(?:Topic|Subscription)|PromisesBroken|NightNotServed|SilentRequests|\w+ContactFlowVersion:)/.test(
        line,
      );
    const added = (kind: 'resource' | 'name' | 'output') =>
      found[kind].filter((line) => !before[kind].includes(line) && !isOfOthers(line));
    const ofItsOwn = { resource: added('resource'), name: added('name'), output: added('output') };
    expect(differences(keptNames.madeByTheStack, ofItsOwn)).toEqual([]);
    expect(templateFaults(template)).toEqual([]);
  });

  it('is made in one pass: nothing waits for what waits for it', () => {
    for (const one of [template, without]) {
      const circles = Object.keys(one.Resources).filter((id) => allBefore(id, one).has(id));
      expect(circles).toEqual([]);
    }
  });

  it('makes the instance before everything in it, and the bus before the rule on it', () => {
    const inTheInstance = Object.keys(template.Resources).filter((id) =>
      /^AWS::Connect::(?!Instance$)/.test(template.Resources[id]?.Type ?? ''),
    );
    expect(inTheInstance.length).toBeGreaterThan(10);
    for (const id of inTheInstance) expect([id, ...allBefore(id, template)]).toContain('ConnectInstance');
    expect([...allBefore('EntryContactFlow', template)]).toEqual(
      expect.arrayContaining(['ConnectQueueSupport', 'OpeningHours', 'RecognizeCallerAssociation']),
    );
    expect(waitsFor('CallRequestEventsRuleCloudWatchEvent1', template)).toContain('KarteEventBus');
    expect(properties(template, 'CallRequestEventsRuleCloudWatchEvent1').EventBusName).toBe(
      properties(template, 'KarteEventBus').Name,
    );
  });

  it('makes an instance that may call and be called, and forgets the log of its flows after a while', () => {
    expect(properties(template, 'ConnectInstance')).toEqual({
      InstanceAlias: 'example-call-centre',
      IdentityManagementType: 'CONNECT_MANAGED',
      Attributes: { InboundCalls: true, OutboundCalls: true, ContactflowLogs: true },
    });
    expect(properties(template, 'ConnectFlowLogGroup')).toEqual({
      LogGroupName: '/aws/connect/example-call-centre',
      RetentionInDays: loadStage('dev').file.logRetentionDays,
    });
    expect(waitsFor('ConnectInstance', template)).toEqual(['ConnectFlowLogGroup']);
  });

  it('associates the very source of KARTE', () => {
    const { eventBusName } = loadStage('dev').file.karte;
    expect(properties(template, 'KarteEventBus')).toEqual({ Name: eventBusName, EventSourceName: eventBusName });
  });

  it('gives agents one call at a time, from all queues of their pool', () => {
    const queue = (id: string) => attribute(id, 'QueueArn');
    expect(properties(template, 'RoutingProfileSupport')).toMatchObject({
      InstanceArn: INSTANCE,
      DefaultOutboundQueueArn: queue('ConnectQueueSupport'),
      MediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 1 }],
      QueueConfigs: ['ConnectQueueSupport', 'ConnectQueueSalesTeam'].map((id) => ({
        QueueReference: { Channel: 'VOICE', QueueArn: queue(id) },
        Priority: 1,
        Delay: 0,
      })),
    });
    for (const id of ['ConnectQueueSupport', 'ConnectQueueSalesTeam']) {
      expect(properties(template, id)).toMatchObject({
        InstanceArn: INSTANCE,
        HoursOfOperationArn: attribute('OpeningHours', 'HoursOfOperationArn'),
      });
    }
  });

  it('hears of the contacts of its instance alone, and approves origins for it', () => {
    const [rule] = ofType(template, 'AWS::Events::Rule').filter(([id]) => id.includes('trackContact'));
    expect(rule?.[1].Properties?.EventPattern).toMatchObject({
      detail: { instanceArn: [{ suffix: { 'Fn::Sub': ':instance/${ConnectInstance.Id}' } }] },
    });
    const [, origin] = ofType(template, 'AWS::Connect::ApprovedOrigin')[0] ?? [];
    expect(origin?.Properties).toEqual({ InstanceId: INSTANCE, Origin: 'https://admin.karte.io' });
  });

  it('is packaged alike as often as it is packaged, so that a second deployment changes nothing', () => {
    // The framework puts the zips into a folder that is called after the time, which it leaves out when it compares.
    const [first, second] = packagedTwice().map(
      ({ 'cloudformation-template-update-stack.json': text = '', ...zips }) => ({
        ...zips,
        text: text.replaceAll(/(serverless\/karte-connect-call\/dev\/)[^/"]+/g, '$1'),
      }),
    );
    expect(Object.keys(first ?? {}).length).toBeGreaterThan(10);
    expect(second).toEqual(first);
  });
});

describe('hours of operation', () => {
  const connect = { queues: { support: 'create' } };

  it('are those of the settings, midnight being 0:00 at either end', async () => {
    const made = await resourcesOf('made-queues', {
      connect,
      create: { hours: { days: ['SUNDAY'], start: '00:00', end: '24:00' } },
    });
    expect(properties(made, 'OpeningHours')).toMatchObject({
      TimeZone: 'Asia/Tokyo',
      Config: [{ Day: 'SUNDAY', StartTime: { Hours: 0, Minutes: 0 }, EndTime: { Hours: 0, Minutes: 0 } }],
    });
    const [monday] = properties(
      await resourcesOf('made-queues', { connect, create: { hours: { ...HOURS } } }),
      'OpeningHours',
    ).Config as object[];
    expect(monday).toEqual({ Day: 'MONDAY', StartTime: { Hours: 9, Minutes: 0 }, EndTime: { Hours: 18, Minutes: 30 } });
  });

  it('have no hours on each day off from today on, by the calendar of Japan', async () => {
    // In London and New York it is still the day before.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-09-21T15:00:00Z') });
    const made = await resourcesOf('made-queues', {
      connect,
      create: { hours: { ...HOURS, alsoClosed: ['2026-09-21', '2026-12-29', '2026-12-30'] } },
    });
    const overrides = properties(made, 'OpeningHours').HoursOfOperationOverrides as object[];
    const closed = (day: string, name: string) => ({
      ...{ OverrideName: `${day} ${name}`, EffectiveFrom: day, EffectiveTill: day },
      OverrideConfig: [],
    });
    expect(overrides.slice(0, 5)).toEqual([
      closed('2026-09-22', '休日'),
      closed('2026-10-12', 'スポーツの日'),
      closed('2026-11-03', '文化の日'),
      closed('2026-11-23', '勤労感謝の日'),
      closed('2026-12-29', '休業日'),
    ]);
    expect(overrides.at(-1)).toEqual(closed('2028-09-18', '敬老の日'));
  });

  it('that exist are taken as they are', async () => {
    const hours = '00000000-0000-4000-8000-00000000e001';
    const made = await resourcesOf('made-queues', { connect, create: { hours } });
    expect(made.Resources).not.toHaveProperty('OpeningHours');
    expect(properties(made, 'ConnectQueueSupport').HoursOfOperationArn).toEqual({
      'Fn::Sub': expect.stringMatching(`/operating-hours/${hours}$`),
    });
  });
});

describe('what is switched off again', () => {
  /** Data, and what people have set up by hand and would have to set up again. */
  const KEPT = [
    'DynamoDB::Table',
    'Connect::Instance',
    'Connect::HoursOfOperation',
    'Connect::Queue',
    'Connect::RoutingProfile',
    'Events::EventBus',
    'Connect::ContactFlowVersion',
  ].map((type) => `AWS::${type}`);

  it('stays, while what a failed first deployment has made goes', () => {
    const policies = Object.entries(template.Resources).map(([id, { Type, DeletionPolicy, UpdateReplacePolicy }]) => [
      id,
      KEPT.includes(Type) || id === 'ConnectFlowLogGroup' ? ['RetainExceptOnCreate', 'Retain'] : [undefined, undefined],
      [DeletionPolicy, UpdateReplacePolicy],
    ]);
    expect(policies.filter(([, wanted, found]) => JSON.stringify(wanted) !== JSON.stringify(found))).toEqual([]);
  });

  it('leaves a stage that says nothing as it was', () => {
    const types = Object.values(without.Resources).map(({ Type }) => Type);
    for (const type of KEPT.slice(1, -1)) expect(types).not.toContain(type);
    expect(without.Resources.CallRequestEventsRuleCloudWatchEvent1).not.toHaveProperty('DependsOn');
  });

  it.each<[string, string, StageOverrides, string[]]>([
    [
      'queues alone',
      'made-queues',
      { connect: { queues: { support: 'create' } }, create: { hours: { ...HOURS } } },
      ['OpeningHours', 'ConnectQueueSupport'],
    ],
    ['routing profiles alone', 'made-queues', { create: { routingProfiles: true } }, ['RoutingProfileSupport']],
    ['the bus alone', 'karte-event-bus', { create: { eventBus: true } }, ['KarteEventBus']],
    ['nothing', 'made-queues', {}, []],
  ])('leaves %s where they are on', async (_, module, overrides, ids) => {
    expect(Object.keys((await resourcesOf(module, overrides)).Resources)).toEqual(ids);
  });

  it("makes the bus before the rule of the guide's route, too", async () => {
    const made = await resourcesOf('sns-intake', { karte: { intake: 'sns' }, create: { eventBus: true } });
    expect(made.Resources.CallRequestTopicRule?.DependsOn).toEqual(['KarteEventBus']);
    const off = await resourcesOf('sns-intake', { karte: { intake: 'sns' } });
    expect(off.Resources.CallRequestTopicRule).not.toHaveProperty('DependsOn');
  });
});

it('tables are protected from everybody where the stage says so, as prod does', () => {
  const protection = (of: Template) =>
    ofType(of, 'AWS::DynamoDB::Table').map(([, { Properties }]) => Properties?.DeletionProtectionEnabled);
  expect(protection(packagedStage('prod').template)).toEqual([true, true, true, true]);
  expect(protection(without)).toEqual([false, false, false, false]);
});

describe('versions of contact flows', () => {
  const versions = ofType(template, 'AWS::Connect::ContactFlowVersion');

  it('have the names that are kept, and are none where a stage does without, as the stages here do', () => {
    const resource = versions.map(([id, { Type }]) => `${id}: ${Type}`);
    expect(differences(keptNames.withFlowVersions, { resource })).toEqual([]);
    for (const stage of ['dev', 'prod'] as const) {
      expect(ofType(packagedStage(stage).template, 'AWS::Connect::ContactFlowVersion')).toEqual([]);
    }
  });

  it('change with the content of their flows, of which they are the history', () => {
    for (const [id, { Properties }] of versions) {
      const flow = id.replace(/Version$/, '');
      const { Name, Content } = properties(template, flow) as {
        Name: string;
        Content: string | { 'Fn::Sub': [string] };
      };
      const text = typeof Content === 'string' ? Content : Content['Fn::Sub'][0];
      const sha256 = createHash('sha256').update(text).digest('hex');
      expect(Properties).toEqual({
        ContactFlowId: { Ref: flow },
        Description: `contact-flows/${Name.replace('karte-connect-call-dev-', '')}.json, sha256 ${sha256}`,
      });
    }
  });
});

describe('what the deployer is told', () => {
  const outputs = ({ Outputs = {} }: Template) =>
    Object.fromEntries(Object.entries(Outputs).map(([id, { Value }]) => [id, Value]));

  it('are the commands to run next, with the name of the stage', () => {
    expect(outputs(without).NextCommands).toBe('npm run stage -- attach-flow dev; npm run conformance -- --stage dev');
    expect(outputs(template).NextCommands).toContain('npm run stage -- agents dev');
  });

  it('is where to look, and where agents log in', () => {
    expect(outputs(template)).toMatchObject({
      FlowToAttach: { Ref: 'EntryContactFlow' },
      AgentSoftphoneLink: 'https://example-call-centre.my.connect.aws/ccp-v2/',
      IdsParameterName: '/karte-connect-call/dev/ids',
      LastClosedDay: '2099-12-29',
    });
    expect(outputs(without)).not.toHaveProperty('AgentSoftphoneLink');
    expect(outputs(without)).not.toHaveProperty('LastClosedDay');
  });

  it('names only what the stack has', () => {
    const Resources = { ...template.Resources, Outputs: { Type: 'AWS::SQS::Queue', Properties: {} } };
    const named = waitsFor('Outputs', {
      Resources: { ...Resources, Outputs: { Type: '', Properties: outputs(template) } },
    });
    expect(named).toEqual(expect.arrayContaining(['EntryContactFlow', 'CallRequestStateMachine']));
  });
});
