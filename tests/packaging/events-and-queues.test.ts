import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type EventPattern, whyUnmatched } from '../../packages/sandbox/event-pattern.ts';
import { readService } from '../../packages/sandbox/service.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { alarmRow } from '../docs/alarm-row.ts';
import { type AlarmProperties, alarmsOf, WITH_EVERYTHING } from '../resources/stage-alarms.ts';
import { PROJECT } from '../run-command.ts';
import type { Template } from './cloudformation-check.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';
import { ofType, properties } from './template.ts';

interface Target {
  Arn: unknown;
  DeadLetterConfig?: { Arn: unknown };
  RetryPolicy?: { MaximumEventAgeInSeconds: number; MaximumRetryAttempts: number };
}

interface Statement {
  Effect: string;
  Principal: unknown;
  Action: string;
  Resource: unknown;
  Condition?: { ArnLike?: Record<string, { 'Fn::Sub': string }> };
}

const STAGE = 'dev';
const { environment, file } = loadStage(STAGE);
const DEAD_LETTERS = { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] };

let template: Template;
beforeAll(() => {
  template = packagedStage(STAGE).template;
});

interface SampleEvent {
  detail: Record<string, unknown>;
}

/** A sample event, which is of the stage local, as one of this stage. */
const sample = (name: string) =>
  JSON.parse(
    readFileSync(join(PROJECT, 'events', name), 'utf8')
      .replaceAll('-local-', `-${STAGE}-`)
      .replaceAll(loadStage('local').file.connect.instanceId, file.connect.instanceId),
  ) as SampleEvent;
const withDetail = (event: SampleEvent, detail: Record<string, unknown>) => ({
  ...event,
  detail: { ...event.detail, ...detail },
});

/** The rule that runs a function, as it is deployed. */
function ruleOf(functionId: string) {
  const found = ofType(template, 'AWS::Events::Rule').find(([, { Properties = {} }]) =>
    JSON.stringify(Properties.Targets).includes(`"${functionId}"`),
  )?.[1].Properties;
  return found as { EventBusName?: string; EventPattern: EventPattern; State: string; Targets: [Target] };
}

describe.each([
  ['TrackContactLambdaFunction', 300],
  ['SettleExecutionLambdaFunction', 3_600],
])('the rule for %s', (functionId, maxAge) => {
  it('listens on the default bus, tries again, and keeps what it could not deliver', () => {
    const { EventBusName, State, Targets } = ruleOf(functionId);
    expect(EventBusName).toBeUndefined();
    expect(State).toBe('ENABLED');
    expect(Targets).toEqual([
      {
        Id: expect.any(String),
        Arn: { 'Fn::GetAtt': [functionId, 'Arn'] },
        DeadLetterConfig: { Arn: DEAD_LETTERS },
        RetryPolicy: { MaximumEventAgeInSeconds: maxAge, MaximumRetryAttempts: expect.any(Number) },
      },
    ]);
  });

  it('is the one the local stack uses', () => {
    const own = `${functionId[0]?.toLowerCase()}${functionId.slice(1).replace('LambdaFunction', '')}`;
    const local = readService(STAGE, 0).functionRules.filter(({ function: name }) => name === own);
    expect(local).toEqual([{ function: own, pattern: ruleOf(functionId).EventPattern }]);
  });

  it('may run its function', () => {
    const permissions = ofType(template, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
    expect(permissions).toContainEqual(
      expect.objectContaining({
        FunctionName: { 'Fn::GetAtt': [functionId, 'Arn'] },
        Principal: 'events.amazonaws.com',
        Action: 'lambda:InvokeFunction',
      }),
    );
  });

  it('is followed by a dead letter when the function itself fails for good', () => {
    const configs = ofType(template, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties);
    expect(configs).toContainEqual(
      expect.objectContaining({
        FunctionName: { Ref: functionId },
        DestinationConfig: { OnFailure: { Destination: DEAD_LETTERS } },
      }),
    );
  });
});

describe('contact events', () => {
  const unmatched = (event: unknown) => whyUnmatched(ruleOf('TrackContactLambdaFunction').EventPattern, event);
  const event = sample('contact-event.agent.json');

  it.each(['contact-event.agent.json', 'contact-event.nobody-answered.json'])('like %s reach trackContact', (name) => {
    expect(unmatched(sample(name))).toEqual([]);
  });

  it.each([...['CONNECTED_TO_SYSTEM', 'QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED', 'Completed']])(
    'of type %s reach it',
    (eventType) => {
      expect(unmatched(withDetail(event, { eventType }))).toEqual([]);
    },
  );

  it.each([
    ['of a type that says nothing here', { eventType: 'CONTACT_DATA_UPDATED' }],
    [
      'of a call to a number of somebody else',
      { initiationMethod: 'INBOUND', tags: { 'aws:connect:systemEndpoint': '+815087654321' } },
    ],
    ['of a call that an agent dialled', { initiationMethod: 'OUTBOUND' }],
    ['of a chat', { channel: 'CHAT' }],
    ['of another instance', { instanceArn: `${String(event.detail.instanceArn).slice(0, -1)}9` }],
    // A contact's ARN begins like its instance's.
    ['that name a contact for an instance', { instanceArn: `${event.detail.instanceArn}/contact/1` }],
  ])('%s do not', (_kind, detail) => {
    expect(unmatched(withDetail(event, detail))).toHaveLength(1);
  });

  it("of a call to the stage's number reach it", () => {
    const tags = { 'aws:connect:systemEndpoint': file.connect.sourcePhoneNumber };
    expect(unmatched(withDetail(event, { initiationMethod: 'INBOUND', tags }))).toEqual([]);
  });

  it('of another source do not', () => {
    expect(unmatched({ ...event, source: 'example.connect' })).toHaveLength(1);
    expect(unmatched({ ...event, 'detail-type': 'Contact Lens Analysis State Change' })).toHaveLength(1);
  });
});

describe('the end of an execution', () => {
  const unmatched = (event: unknown) => whyUnmatched(ruleOf('SettleExecutionLambdaFunction').EventPattern, event);
  const event = sample('execution-aborted.json');

  it.each(['ABORTED', 'TIMED_OUT', 'FAILED'])('as %s reaches settleExecution', (status) => {
    expect(unmatched(withDetail(event, { status }))).toEqual([]);
  });

  it.each(['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE'])('as %s does not', (status) => {
    expect(unmatched(withDetail(event, { status }))).toHaveLength(1);
  });

  it('does not where the state machine is another one', () => {
    const stateMachineArn = String(event.detail.stateMachineArn);
    expect(
      unmatched(withDetail(event, { stateMachineArn: stateMachineArn.replace(`-${STAGE}-`, '-prod-') })),
    ).toHaveLength(1);
    expect(unmatched(withDetail(event, { stateMachineArn: `${stateMachineArn}-2` }))).toHaveLength(1);
    expect(
      unmatched(withDetail(event, { stateMachineArn: stateMachineArn.replace('karte', 'my-karte') })),
    ).toHaveLength(1);
  });
});

describe('the dead-letter queue', () => {
  it('takes from the rules of the default bus and of the partner bus, and over TLS only', () => {
    // Act
    const { PolicyDocument } = properties(template, 'DeadLetterQueuePolicy') as {
      PolicyDocument: { Statement: Statement[] };
    };
    const [rules, tls] = PolicyDocument.Statement;
    const source = rules?.Condition?.ArnLike?.['aws:SourceArn']?.['Fn::Sub'] ?? '';
    // Assess
    expect(rules).toMatchObject({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: DEAD_LETTERS });
    // Rules of the default bus are rule/<name>, others rule/<bus>/<name>.
    expect(source).toMatch(/:events:\$\{AWS::Region\}:\$\{AWS::AccountId\}:rule\/\*$/);
    expect(tls).toMatchObject({ Effect: 'Deny', Principal: '*', Action: 'sqs:*' });
  });
});

describe('the release queue', () => {
  const queue = () => properties(template, 'ReleaseQueue') as { VisibilityTimeout: number };

  it('is read by releaseWaiting, one message and at most two runs at a time', () => {
    const [[, mapping] = []] = ofType(template, 'AWS::Lambda::EventSourceMapping');
    expect(mapping?.Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['ReleaseQueue', 'Arn'] },
      FunctionName: { 'Fn::GetAtt': ['ReleaseWaitingLambdaFunction', 'Arn'] },
      BatchSize: 1,
      Enabled: true,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('may be written to by the function that reads it, which Lambda would otherwise stop after some 16 ticks', () => {
    expect(properties(template, 'ReleaseWaitingLambdaFunction')).toMatchObject({ RecursiveLoop: 'Allow' });
  });

  it('has the name the functions are told', () => {
    expect(queue()).toMatchObject({ QueueName: environment.RELEASE_QUEUE, SqsManagedSseEnabled: true });
  });

  it('hides a message six times as long as the function may run, and forgets it soon', () => {
    const { Timeout } = properties(template, 'ReleaseWaitingLambdaFunction') as { Timeout: number };
    expect(queue().VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
    expect(queue()).toMatchObject({ MessageRetentionPeriod: 600 });
  });

  it('gives a message up after three failures, before it forgets it', () => {
    expect(queue()).toMatchObject({
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['ReleaseDeadLetterQueue', 'Arn'] },
        maxReceiveCount: 3,
      },
    });
    expect(3 * queue().VisibilityTimeout).toBeLessThan(600);
    expect(properties(template, 'ReleaseDeadLetterQueue')).toMatchObject({
      SqsManagedSseEnabled: true,
      RedriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [{ 'Fn::Sub': expect.stringMatching(new RegExp(`:${environment.RELEASE_QUEUE}$`)) }],
      },
    });
  });
});

describe('the waiting room', () => {
  it('keeps one line per queue, in order of arrival', () => {
    expect(properties(template, 'WaitingRoomTable')).toMatchObject({
      TableName: environment.WAITING_ROOM_TABLE,
      KeySchema: [
        { AttributeName: 'queueId', KeyType: 'HASH' },
        { AttributeName: 'place', KeyType: 'RANGE' },
      ],
    });
  });
});

describe('an alarm', () => {
  it.each([
    ['DeadLettersAlarm', 'ApproximateNumberOfMessagesVisible', 'DeadLetterQueue'],
    ['ReleaseDeadLettersAlarm', 'ApproximateNumberOfMessagesVisible', 'ReleaseDeadLetterQueue'],
    ['ReleaseLateAlarm', 'ApproximateAgeOfOldestMessage', 'ReleaseQueue'],
  ])('%s looks at %s of %s', (id, MetricName, queueId) => {
    expect(properties(template, id)).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName,
      Statistic: 'Maximum',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queueId, 'QueueName'] } }],
    });
  });

  it('rings for writes that any table throttles, and any index, whose throttling is not counted with its table', () => {
    for (const { template } of [packagedStage(STAGE), packagedWithOptions()]) {
      const { Metrics } = properties(template, 'TablesThrottledAlarm') as unknown as Required<AlarmProperties>;
      const watched = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])
        .filter(({ MetricName }) => MetricName === 'WriteThrottleEvents')
        .map(({ Dimensions }) => Dimensions.map(({ Value }) => Value));
      const written = ofType(template, 'AWS::DynamoDB::Table').flatMap(([, { Properties = {} }]) => {
        const indexes = (Properties.GlobalSecondaryIndexes ?? []) as { IndexName: string }[];
        return [[Properties.TableName], ...indexes.map(({ IndexName }) => [Properties.TableName, IndexName])];
      });
      expect(watched.sort()).toEqual(written.sort());
    }
  });

  it('is what the rows say of it, whose metrics are compared with what the functions write', async () => {
    const packaged = ofType(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => [id, Properties]);
    expect(Object.fromEntries(packaged)).toEqual((await alarmsOf(STAGE)).alarms);
  });

  it('has its row in docs/alarms.md, in the order of the template, where everything is switched on', () => {
    const packaged = ofType(packagedWithOptions().template, 'AWS::CloudWatch::Alarm');
    const { alarms } = loadStage(STAGE, undefined, undefined, WITH_EVERYTHING).file;
    const page = readFileSync(join(PROJECT, 'docs/alarms.md'), 'utf8');
    expect(page.match(/^\| \[`.*$/gm)).toEqual(
      packaged.map(([id, { Properties }]) => alarmRow(id, Properties as unknown as AlarmProperties, alarms)),
    );
  });
});
