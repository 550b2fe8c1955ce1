import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import type { StageOverrides } from '../../resources/load-stage.ts';
import { connectTo } from '../../tools/calls/connection.ts';
import { agentComes, ended, karteEvent, sample, start, until, visitor } from './path-support.ts';

/** A stage whose stack makes the instance and its queues. */
const CREATED = {
  connect: { instanceId: 'create', queues: { members: 'create', visitors: 'create' } },
  create: {
    instanceAlias: 'example-call-centre',
    hours: { days: ['MONDAY'], start: '09:00', end: '18:00' },
    routingProfiles: true,
  },
  availability: { origins: ['https://www.example.com'] },
} satisfies StageOverrides;

const lines: string[] = [];
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ speed: 40, agents: 0, settings: CREATED, onLog: (line) => lines.push(line) });
});
afterAll(() => stack.close());

describe('a stage whose stack makes its instance and queues', () => {
  it('tells its functions no id in their environment', () => {
    const { STAGE_SETTINGS = '' } = stack.service.stage.environment;
    expect(JSON.parse(STAGE_SETTINGS).connect).toMatchObject(CREATED.connect);
    expect(stack.service.stage.file.connect.instanceId).toMatch(/^00000000-0000-4000-9000-/);
  });

  it('calls who waited for an agent, and knows how the call ended', async () => {
    // Prepare
    const execution = start(stack, karteEvent(visitor({ user_type: 'member' })));
    await until(() => execution.states.some(({ name }) => name === 'WaitForAgent'));
    // Act
    agentComes(stack);
    const { record, contact } = await ended(stack, execution);
    // Assess
    const { queues } = stack.service.stage.file.connect;
    expect(contact?.queueId).toBe(queues.members);
    expect(record).toMatchObject({ outcome: 'completed', queueId: queues.members });
  });

  it('tells the commands of a person the ids, too', async () => {
    // Prepare
    const { stage } = stack.service;
    const { withIds, close } = connectTo('local', stage, stack.url);
    // Act
    const settings = await withIds(JSON.parse(stage.environment.STAGE_SETTINGS ?? ''));
    // Assess
    close();
    const { instanceId, queues } = stage.file.connect;
    expect(settings.connect).toMatchObject({ instanceId, queues });
  });

  it('knows who calls back, tells whether it would call, and sweeps', async () => {
    // Act
    const caller = await stack.functions.invoke('recognizeCaller', sample('caller.json'));
    const { status } = await fetch(`${stack.url}/availability.json`);
    await stack.runScheduled('sweepCalls');
    // Assess
    expect([caller, status]).toEqual([expect.any(Object), 200]);
    expect(lines.filter((line) => /StageIds|function failed/.test(line))).toEqual([]);
  });
});

describe('the same stage before a number is claimed', () => {
  it('ends every request at once, calls nobody and holds nothing', async () => {
    // Prepare
    const numberless = await startStack({
      speed: 40,
      settings: { ...CREATED, connect: { ...CREATED.connect, sourcePhoneNumber: null } },
    });
    onTestFinished(() => numberless.close());
    // Act
    const execution = start(numberless, karteEvent(visitor()));
    const { record, contact } = await ended(numberless, execution);
    const answer = await fetch(`${numberless.url}/availability.json`);
    // Assess
    expect(execution.states.map(({ name }) => name)).not.toContain('CheckQueue');
    expect(contact).toBeUndefined();
    expect(record).toMatchObject({ outcome: 'misconfigured', reason: 'no_source_number', class: 'failed' });
    expect(await answer.json()).toMatchObject({ stopped: true });
  });
});
