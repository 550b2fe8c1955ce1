import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readIds, withIds } from '../../domain/created-ids.ts';
import { checkStage, loadStage, type StageOverrides } from '../../resources/load-stage.ts';
import { dev } from './stage-of-dev.ts';

const require = createRequire(import.meta.url);

const HOURS = { days: ['MONDAY' as const], start: '09:00', end: '18:00' };
const UUID = '00000000-0000-4000-8000-00000000a002';
const EVERYTHING = {
  connect: { instanceId: 'create', queues: { support: 'create', 'team-1': 'create' } },
  agents: { pools: [['support'], ['team-1']] },
  create: { instanceAlias: 'example', hours: HOURS, routingProfiles: true },
} satisfies StageOverrides;

/** The value of the parameter as the template has it. */
async function parameterOf(
  overrides?: StageOverrides,
): Promise<{ 'Fn::Sub': string | [string, Record<string, unknown>] }> {
  const variables: Record<string, unknown> = {
    'sls:stage': 'dev',
    'self:custom.stage': loadStage('dev', 0, undefined, overrides),
  };
  const { Resources } = await require('../../resources/ids-parameter.cjs')({
    resolveVariable: async (name: string) => variables[name],
  });
  expect(Resources.StageIds.Properties).toMatchObject({ Name: '/karte-connect-call/dev/ids', Type: 'String' });
  return Resources.StageIds.Properties.Value;
}

const lastOf = (id: string, name: string) => ({
  'Fn::Select': [3, { 'Fn::Split': ['/', { 'Fn::GetAtt': [id, name] }] }],
});

describe('the parameter that the stack writes', () => {
  it('has the flow alone where the stack makes nothing else', async () => {
    expect(await parameterOf()).toEqual({ 'Fn::Sub': '{"contactFlow":"${EntryContactFlow}","queues":{}}' });
  });

  it('has what the stack makes, and the functions read it as CloudFormation fills it in', async () => {
    // Act
    const [text, values] = (await parameterOf(EVERYTHING))['Fn::Sub'] as [string, Record<string, unknown>];
    // Assess
    expect(Object.values(values)).toEqual([
      { 'Fn::GetAtt': ['ConnectInstance', 'Id'] },
      lastOf('ConnectQueueSupport', 'QueueArn'),
      lastOf('ConnectQueueTeam1', 'QueueArn'),
      lastOf('RoutingProfileSupport', 'RoutingProfileArn'),
      lastOf('RoutingProfileTeam1', 'RoutingProfileArn'),
    ]);
    const flow = `arn:aws:connect:ap-northeast-1:000000000000:instance/${UUID}/contact-flow/${UUID}`;
    const filled = text.replace(/\$\{(\w+)\}/g, (_, name: string) => (name === 'EntryContactFlow' ? flow : UUID));
    const ids = readIds(filled);
    expect(ids).toMatchObject({
      contactFlow: flow,
      instanceId: UUID,
      routingProfiles: { support: UUID, 'team-1': UUID },
    });
    const settings = JSON.parse(loadStage('dev', 0, undefined, EVERYTHING).environment.STAGE_SETTINGS ?? '');
    expect(withIds(settings, ids).connect).toMatchObject({
      instanceId: UUID,
      queues: { support: UUID, 'team-1': UUID },
    });
  });

  it('takes the ids of some 80 queues: more are refused by a sentence', () => {
    const withQueues = (count: number) => {
      const names = Array.from({ length: count }, (_, index) => `q${index}`);
      const queues = Object.fromEntries(names.map((name) => [name, 'create']));
      return { ...dev, connect: { ...dev.connect, queues }, routing: { default: 'q0' }, create: { hours: HOURS } };
    };
    expect(Object.keys(checkStage(withQueues(80), 'dev').connect.queues)).toHaveLength(80);
    expect(() => checkStage(withQueues(100), 'dev')).toThrow(
      /^settings\/dev\.yml: connect\.queues: found "100 queues", expected fewer, or shorter names: .* \d+ bytes, .* at most 4096\.$/,
    );
  });
});

describe('the references to instance and queues', () => {
  const references = require('../../resources/connect-references.cjs');
  const INSTANCE = 'arn:${AWS::Partition}:connect:${AWS::Region}:${AWS::AccountId}:instance';

  it('are written out where they exist', () => {
    const { file } = loadStage('dev');
    const { instanceId, queues } = file.connect;
    expect(references.instanceId(file)).toBe(instanceId);
    expect(references.instanceArn(file)).toEqual({ 'Fn::Sub': `${INSTANCE}/${instanceId}` });
    expect(references.queueId(file, 'support')).toBe(queues.support);
    expect(references.queueArn(file, 'support')).toEqual({
      'Fn::Sub': `${INSTANCE}/${instanceId}/queue/${queues.support}`,
    });
  });

  it('are what CloudFormation knows where the stack makes them', () => {
    const { file } = loadStage('dev', 0, undefined, EVERYTHING);
    expect(references.instanceId(file)).toEqual({ 'Fn::GetAtt': ['ConnectInstance', 'Id'] });
    expect(references.instanceArn(file)).toEqual({ 'Fn::GetAtt': ['ConnectInstance', 'Arn'] });
    expect(references.instanceArn(file, '/queue/*')).toEqual({ 'Fn::Sub': '${ConnectInstance.Arn}/queue/*' });
    expect(references.queueId(file, 'team-1')).toEqual(lastOf('ConnectQueueTeam1', 'QueueArn'));
    expect(references.queueArn(file, 'team-1')).toEqual({ 'Fn::GetAtt': ['ConnectQueueTeam1', 'QueueArn'] });
  });

  it('may be of either kind in one stage', () => {
    const queues = { support: UUID, 'team-1': 'create' };
    const { file } = loadStage('dev', 0, undefined, { connect: { queues }, create: { hours: UUID } });
    expect(references.queueId(file, 'support')).toBe(UUID);
    expect(references.queueArn(file, 'team-1')).toEqual({ 'Fn::GetAtt': ['ConnectQueueTeam1', 'QueueArn'] });
  });
});
