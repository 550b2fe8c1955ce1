import { createRequire } from 'node:module';
import { lintFlow, readFlow } from 'connect-flow-kit';
import { fillTokens, readContactFlows, tokensIn, withoutMissingFunctions } from 'connect-flow-kit/files';
import { beforeAll, describe, expect, it } from 'vitest';
import { OWN_ATTRIBUTES } from '../../domain/own-attributes.ts';
import { readService } from '../../packages/sandbox/service.ts';
import { flowStageNamed } from '../../resources/flow-stage.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';
import { type Template, templateFaults } from './cloudformation-check.ts';
import keptNames from './deployed-names.json' with { type: 'json' };
import { differences, namesIn } from './deployed-names.ts';
import { packagedStage } from './packaged-stages.ts';
import { failureOf } from './run-bundle.ts';
import type { Packaged } from './sls.ts';
import { ofType, properties } from './template.ts';

const packaged = new Map<string, Packaged>();

const templateOf = (stage: string): Template => {
  const found = packaged.get(stage);
  if (!found) throw new Error(`${stage} was not packaged`);
  return found.template;
};

/** An ARN that stands for a token. */
const arnFor = (token: string): string => {
  const instance = 'arn:aws:connect:ap-northeast-1:123456789012:instance/00000000-0000-4000-8000-000000000001';
  return `${instance}/${token.endsWith('ContactFlow') ? 'contact-flow' : 'queue'}/00000000-0000-4000-8000-00000000f001`;
};

/** Puts a `Fn::Sub`'s variables back where they stood in the text, as the objects they were. */
function unsubstitute(value: unknown): unknown {
  const [text, variables] = (value as { 'Fn::Sub': [string, Record<string, unknown>] })['Fn::Sub'];
  return JSON.parse(
    Object.entries(variables).reduce((all, [name, to]) => all.replaceAll(`"\${${name}}"`, JSON.stringify(to)), text),
  );
}

beforeAll(() => {
  for (const stage of ['dev', 'prod'] as const) packaged.set(stage, packagedStage(stage));
});

describe.each(['dev', 'prod'])('the packaged stage %s', (stage) => {
  it('agrees with the CloudFormation schema of every resource', () => {
    expect(templateFaults(templateOf(stage))).toEqual([]);
  });

  it('deploys the very state machine that runs locally', () => {
    const { DefinitionString, StateMachineType } = properties(templateOf(stage), 'CallRequestStateMachine');
    expect(unsubstitute(DefinitionString)).toEqual(readService(stage, 0).stateMachine.definition);
    expect(StateMachineType).toBe('STANDARD');
  });

  it('matches the events that the local bus matches', () => {
    const service = readService(stage, 0);
    const rule = ofType(templateOf(stage), 'AWS::Events::Rule').find(([id]) => id.startsWith('CallRequest'))?.[1];
    expect(rule?.Properties).toMatchObject({
      EventBusName: service.rule.eventBusName,
      EventPattern: service.rule.pattern,
      State: 'ENABLED',
      Targets: [
        {
          Arn: { Ref: 'CallRequestStateMachine' },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] } },
          RetryPolicy: { MaximumEventAgeInSeconds: 300 },
        },
      ],
    });
  });

  it('lets the rule write to the dead-letter queue', () => {
    const { Queues, PolicyDocument } = properties(templateOf(stage), 'DeadLetterQueuePolicy');
    expect(Queues).toEqual([{ Ref: 'DeadLetterQueue' }]);
    expect(PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] },
        }),
      ]),
    });
  });

  it('gives every function its environment, a role of its own and a log group with retention', () => {
    const template = templateOf(stage);
    const { environment, file } = loadStage(stage);
    const functions = ofType(template, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(Object.keys(readService(stage, 0).functions).length);
    const roles = functions.map(([, { Properties = {} }]) => {
      expect(Properties.Environment).toEqual({ Variables: environment });
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      return JSON.stringify(Properties.Role);
    });
    expect(new Set(roles).size).toBe(functions.length);
    const groups = ofType(template, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(functions.length + 1);
    for (const [, { Properties }] of groups) expect(Properties?.RetentionInDays).toBe(file.logRetentionDays);
  });

  it('keeps tables encrypted, recoverable and short-lived, and execution data out of the logs', () => {
    const tables = ofType(templateOf(stage), 'AWS::DynamoDB::Table');
    const { environment } = loadStage(stage);
    expect(tables.map(([, { Properties }]) => Properties?.TableName).sort()).toEqual(
      [
        environment.CALLS_TABLE,
        environment.GUARDS_TABLE,
        environment.LEASES_TABLE,
        environment.WAITING_ROOM_TABLE,
      ].sort(),
    );
    for (const [, table] of tables) {
      // What was recorded outlives the stack.
      expect(table).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
      expect(table.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    }
    const { LoggingConfiguration } = properties(templateOf(stage), 'CallRequestStateMachine');
    expect(LoggingConfiguration).toMatchObject({ IncludeExecutionData: false });
  });

  describe.each(readContactFlows(PROJECT))('its contact flow $name', (flow) => {
    const id = flow.name === 'call-me' ? 'EntryContactFlow' : flow.token;
    /** Content as CloudFormation hands it to Amazon Connect, and what stands for each token in it. */
    const deployed = () => {
      const { Content } = properties(templateOf(stage), id) as { Content: string | { 'Fn::Sub': [string, object] } };
      const [text, references] = typeof Content === 'string' ? [Content, {}] : Content['Fn::Sub'];
      const arns = Object.fromEntries(Object.keys(references).map((token) => [token, arnFor(token)]));
      return { content: fillTokens(text, arns), references };
    };

    it('is the one of the repository, with text and references filled in', () => {
      // Prepare
      const given = flowStageNamed(stage);
      const { flowValues, queues } = given;
      const [{ content: expected, tokensUsed } = flow] = withoutMissingFunctions([flow], given);
      const arns = Object.fromEntries(tokensUsed.map((token) => [token, arnFor(token)]));
      // Act
      const { content, references } = deployed();
      // Assess
      expect(JSON.parse(content)).toEqual(JSON.parse(fillTokens(expected, { ...arns, ...flowValues })));
      expect(tokensIn(content)).toEqual([]);
      for (const [token, reference] of Object.entries(references)) {
        const lambda = { 'Fn::GetAtt': [token.replace(/Function$/, 'LambdaFunction'), 'Arn'] };
        const queue = { 'Fn::Sub': expect.stringMatching(RegExp(`/queue/(${Object.values(queues).join('|')})$`)) };
        const isFlow = token.endsWith('ContactFlow');
        expect(reference).toEqual(isFlow ? { Ref: token } : token.endsWith('Function') ? lambda : queue);
      }
      expect(properties(templateOf(stage), id)).toMatchObject({
        Name: `karte-connect-call-${stage}-${flow.name}`,
        Type: flow.type,
      });
    });

    it('lints clean as it is deployed, and stays within the limit', () => {
      const { content } = deployed();
      const findings = lintFlow(readFlow(content), { text: content, type: flow.type, attributes: [...OWN_ATTRIBUTES] });
      expect(findings.filter(({ rule }) => rule !== 'literal-arn')).toEqual([]);
      expect(content.length).toBeLessThanOrEqual(256_000);
    });
  });

  it('lets flows name each other without a circle that CloudFormation could not create in one pass', () => {
    const flows = ofType(templateOf(stage), 'AWS::Connect::ContactFlow');
    expect(flows).toHaveLength(readContactFlows(PROJECT).length);
    const uses = new Map(
      flows.map(([id, { Properties }]) => [
        id,
        [...JSON.stringify(Properties).matchAll(/"Ref":"(\w+)"/g)].map(([, to]) => to),
      ]),
    );
    const created: string[] = [];
    for (let before = -1; before < created.length; ) {
      before = created.length;
      for (const [id, to] of uses) {
        if (!created.includes(id) && to.every((name) => created.includes(name ?? ''))) created.push(id);
      }
    }
    expect(created).toHaveLength(flows.length);
  });

  it('holds each function as the .cjs file that its handler names, the AWS SDK inside', () => {
    const functions = ofType(templateOf(stage), 'AWS::Lambda::Function');
    for (const [, { Properties = {} }] of functions) {
      const bundle = packaged.get(stage)?.bundles.get(String(Properties.FunctionName).split('-').at(-1) ?? '');
      expect(bundle?.name).toBe(`${String(Properties.Handler).replace(/\.handler$/, '')}.cjs`);
      // Lambda's own copy of the SDK is another version than the one that was tested.
      expect(bundle?.text).not.toMatch(/require\("@aws-sdk\/(?:client|lib)-/);
      // Of the providers of credentials a function needs the first alone.
      expect(bundle?.text).not.toContain('sso-oidc');
    }
  });

  it('fails with a stack that names the functions it went through, telephone numbers masked', async () => {
    // Prepare
    const bundle = packaged.get(stage)?.bundles.get('admit');
    const { environment } = loadStage(stage);
    // What the schema rules out: no queue of that name.
    const broken = {
      ...JSON.parse(environment.STAGE_SETTINGS ?? ''),
      routing: { rules: [], default: '+819012345678' },
    };
    const variables = { ...environment, STAGE_SETTINGS: JSON.stringify(broken) };
    const content = { phone_e164: '+818012345678', user_type: 'visitor' };
    // Act
    const { message, stack, log } = await failureOf(bundle ?? { name: '', text: '' }, variables, {
      id: '11111111-2222-4333-8444-000000000001',
      detail: { content },
    });
    // Assess
    expect(message).toBe('routing names the queue "******5678", which the stage does not have');
    // esbuild numbers names that are there twice.
    expect(stack).toMatch(/^ {4}at queueFor .*\n {4}at parseCallRequest .*\n {4}at (?:async )?validateRequest\d? /m);
    expect(log).toContain('at queueFor ');
    expect(stack + log).not.toMatch(/\d{9}5678/);
  });

  it('said once what it is about to do, without colours, and whether nobody is notified of alarms', () => {
    const { output = '' } = packaged.get(stage) ?? {};
    expect(output.match(/^Stage \w+ in ap-northeast-1\n {2}calls from /gm)).toHaveLength(1);
    expect(output).toContain(`Stage ${stage} in ap-northeast-1`);
    expect(output).not.toContain('\x1b');
    expect(output.includes('Warning: nobody is notified of alarms')).toBe(stage === 'dev');
  });

  it('was packaged without a permission left out', () => {
    expect(packaged.get(stage)?.output).not.toMatch(/cannot generate iam policy/i);
  });
});

describe("the guide's route through SNS", () => {
  it('adds a topic, its rule and the subscription that agree with the schemas', async () => {
    // Prepare
    const require = createRequire(import.meta.url);
    const snsIntake = require('../../resources/sns-intake.cjs');
    const stage = loadStage('dev');
    const variables: Record<string, unknown> = {
      'sls:stage': 'dev',
      'self:service': 'karte-connect-call',
      'self:custom.stage': { ...stage, file: { ...stage.file, karte: { ...stage.file.karte, intake: 'sns' } } },
      'self:custom.rulePattern': readService('dev', 0).rule.pattern,
    };
    // Act
    const { Resources } = await snsIntake({ resolveVariable: async (name: string) => variables[name] });
    // Assess
    expect(templateFaults({ Resources: { ...templateOf('dev').Resources, ...Resources } })).toEqual([]);
    expect(Resources.CallRequestTopicRule.Properties.EventPattern).toEqual(readService('dev', 0).rule.pattern);
    expect(templateOf('dev').Resources).not.toHaveProperty('CallRequestTopic');
    const { resource, name } = namesIn({ Resources }, 'dev');
    expect(differences(keptNames.withSnsIntake, { resource, name })).toEqual([]);
  });
});

describe('the schema check', () => {
  it('finds each fault planted into a sound template', () => {
    // Prepare
    const broken = structuredClone(templateOf('dev'));
    const of = (id: string) => properties(broken, id);
    Object.assign(of('CallsTable'), { BilingMode: 'PAY_PER_REQUEST' });
    Object.assign(of('EntryContactFlow'), { Type: 'contactFlow' });
    Object.assign(of('DeadLetterQueue'), { MessageRetentionPeriod: 'long' });
    delete of('EntryContactFlow').Content;
    of('DeadLettersAlarm').Dimensions = [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['DeadLetterQueue', 'Name'] } }];
    of('ExecutionsFailedAlarm').Dimensions = [{ Name: 'StateMachineArn', Value: { Ref: 'NoSuchMachine' } }];
    broken.Resources.Typo = { Type: 'AWS::SQS::Cue' };
    // Act
    const faults = templateFaults(broken);
    // Assess
    expect(faults).toEqual(
      expect.arrayContaining([
        'CallsTable: there is no property BilingMode',
        expect.stringMatching(/^EntryContactFlow\.Type: "contactFlow" is not CONTACT_FLOW or /),
        'DeadLetterQueue.MessageRetentionPeriod: "long" is not a whole number',
        'EntryContactFlow: Content is required',
        'DeadLettersAlarm: DeadLetterQueue (AWS::SQS::Queue) has no attribute Name',
        'ExecutionsFailedAlarm: Ref names no resource: NoSuchMachine',
        'Typo: there is no resource type AWS::SQS::Cue',
      ]),
    );
  });
});
