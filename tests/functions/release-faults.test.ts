import { describe, expect, it } from 'vitest';
import {
  EXECUTION_ID,
  goodRequest,
  NOW,
  OTHER_QUEUE_ID,
  QUEUE_ID,
  recordingLog,
  secondsAfter,
  stage,
} from './function-support.ts';
import { prepareRelease } from './release-world.ts';
import { failOnce, type SeenCommand } from './tables.ts';

const { checkQueue } = await import('../../functions/check-queue.ts');

const writes = ({ name }: SeenCommand) => name === 'UpdateCommand' || name === 'DeleteCommand';

/** The writes of a run that serves one request, in their order. */
const STEPS: [string, (command: SeenCommand) => boolean][] = [
  ['taking the lock', ({ name, key }) => name === 'UpdateCommand' && key === 'release#lock'],
  ['trying for an agent', ({ name, table }) => name === 'PutCommand' && table === 'leases'],
  ['counting the leases', ({ name, table }) => name === 'QueryCommand' && table === 'leases'],
  ['taking an agent', ({ name, table }) => name === 'UpdateCommand' && table === 'leases'],
  ['reserving a turn', (command) => writes(command) && command.key === 'turns#calls'],
  ['leaving the line', ({ name, table }) => name === 'DeleteCommand' && table === 'room'],
  ['giving the lock back', ({ name, key }) => name === 'DeleteCommand' && key === 'release#lock'],
];

/** Two wait for the one agent. */
async function prepareTwo(seconds = 0) {
  const world = prepareRelease();
  world.centre.agents = { [QUEUE_ID]: 1 };
  await world.enter('request-one', 1 + seconds);
  await world.enter('request-two', 2 + seconds);
  return world;
}

describe('releaseWaiting, where a run dies half-way', () => {
  it.each(STEPS.flatMap(([step, matches]) => (['before', 'after'] as const).map((when) => ({ step, when, matches }))))(
    'serves the one who came first all the same, once, and gives the agent to nobody else: $when $step',
    async ({ when, matches }) => {
      // Prepare
      const world = await prepareTwo();
      const error = failOnce(world, when, matches);
      await expect(world.run()).rejects.toBe(error);

      // Act: the lock of a run that died ends by itself.
      for (const second of [3, 6, 9, 30, 33]) {
        world.clock.at = secondsAfter(second);
        await world.run();
      }

      // Assess
      expect(world.served()).toEqual(['request-one']);
      expect(await world.holders('agents')).toEqual(['request-one']);
      expect(await world.holders('lines')).toEqual(['request-one']);
      expect(await world.inLine()).toEqual(['request-two']);
    },
  );

  it.each(['before', 'after'] as const)('also %s the token was answered', async (when) => {
    // Prepare
    const world = await prepareTwo();
    const { succeed } = world.tokens;
    const error = new Error('Step Functions does not answer');
    world.tokens.succeed = async (token, output) => {
      world.tokens.succeed = succeed;
      if (when === 'after') await succeed(token, output);
      throw error;
    };
    await expect(world.run()).rejects.toBe(error);

    // Act
    await world.run();
    await world.run();

    // Assess
    expect(world.served()).toEqual(['request-one']);
    expect(await world.holders('agents')).toEqual(['request-one']);
    expect(await world.holders('lines')).toEqual(['request-one']);
    expect(await world.inLine()).toEqual(['request-two']);
  });

  it('serves the one whom it gave an agent before it died, even where somebody who came earlier enters only now', async () => {
    // Prepare
    const world = await prepareTwo();
    const error = failOnce(world, 'after', ({ key, name }) => key === 'turns#calls' && name === 'UpdateCommand');
    await expect(world.run()).rejects.toBe(error);

    // Act: a request that was deferred comes from its opening.
    await world.enter('came-earlier', -3_600);
    await world.run();

    // Assess: the one agent is not kept idle between the two.
    expect(world.served()).toEqual(['request-one']);
    expect(await world.holders('agents')).toEqual(['request-one']);
    expect(await world.inLine()).toEqual(['came-earlier', 'request-two']);
  });

  it('counts an agent once whom a run that died had given already', async () => {
    // Prepare: two agents for two.
    const world = await prepareTwo();
    world.centre.agents = { [QUEUE_ID]: 2 };
    const error = failOnce(world, 'after', ({ key, name }) => key === 'turns#calls' && name === 'UpdateCommand');
    await expect(world.run()).rejects.toBe(error);

    // Act
    await world.run();

    // Assess
    expect(world.served()).toEqual(['request-one', 'request-two']);
    expect(await world.holders('agents')).toEqual(['request-one', 'request-two']);
  });

  it('serves a request that got its agent when the queue was checked, and then had to wait behind others', async () => {
    // Prepare: checkQueue dies after it took the agent; before it is repeated, somebody enters the line.
    const world = prepareRelease();
    world.centre.agents = { [QUEUE_ID]: 1 };
    const { calls, shared, now, room } = world;
    const check = checkQueue({ stage, calls, centre: world.centre.readings, shared, room, now, log: recordingLog() });
    const request = { ...goodRequest, requestId: 'request-two', receivedAt: secondsAfter(2).toISOString() };
    const input = { executionId: EXECUTION_ID, state: { decision: 'continue', request } } as const;
    const error = failOnce(world, 'before', ({ key, name }) => key === 'turns#calls' && name === 'UpdateCommand');
    await expect(check(input)).rejects.toBe(error);
    await world.enter('request-one', 1);
    expect(await check(input)).toMatchObject({ decision: 'wait' });
    await world.enter('request-two', 2);

    // Act
    await world.run();

    // Assess
    expect(world.served()).toEqual(['request-two']);
    expect(await world.inLine()).toEqual(['request-one']);
  });

  it('keeps no line from others for a request that has no agent', async () => {
    // Prepare: the run dies before it knows that there is an agent, who then takes a call of their own.
    const world = prepareRelease({ limits: { ...stage.limits, maxConcurrentCalls: 1 } });
    await world.enter('request-one', 1);
    const error = failOnce(world, 'after', ({ name, table }) => name === 'PutCommand' && table === 'leases');
    await expect(world.run()).rejects.toBe(error);
    world.centre.agents = { [QUEUE_ID]: 0, [OTHER_QUEUE_ID]: 1 };
    world.clock.at = secondsAfter(3);

    // Act
    await world.enter('request-two', 2, { queueId: OTHER_QUEUE_ID });
    await world.run();

    // Assess
    expect(world.served()).toEqual(['request-two']);
    expect(await world.holders('lines')).toEqual(['request-two']);
  });

  it('leaves the line to a call that is under way, where its place in the waiting room was left behind', async () => {
    // Prepare: answered long ago; an agent has the call, and the agent's lease has ended.
    const world = prepareRelease();
    await world.enter('request-one', 1);
    world.waiting.clear();
    await world.hold('request-one', 0, 3_600);

    // Act
    await world.run();

    // Assess
    expect(await world.inLine()).toEqual([]);
    expect(await world.holders('agents')).toEqual([]);
    expect(await world.holders('lines')).toEqual(['request-one']);
  });

  it('sends everybody away exactly once where a run dies in between', async () => {
    // Prepare
    const world = await prepareTwo();
    await world.shared.controls.setStopped(true, { by: 'somebody', at: NOW.toISOString(), why: 'the tests' });
    const error = failOnce(world, 'before', ({ name, table }) => name === 'DeleteCommand' && table === 'room');
    await expect(world.run()).rejects.toBe(error);

    // Act
    await world.run();

    // Assess
    expect(world.answers.map(({ requestId }) => requestId).sort()).toEqual(['request-one', 'request-two']);
    expect(await world.inLine()).toEqual([]);
  });
});

describe('releaseWaiting, where an execution waits on another token by now', () => {
  it('does not take the request out of the line with the old token, and serves it with the new one', async () => {
    // Prepare: the state is repeated after the line was read and before the answer.
    const world = prepareRelease();
    world.centre.agents = { [QUEUE_ID]: 1 };
    await world.enter('request-one', 1, { token: 'the old token' });
    const { succeed } = world.tokens;
    world.tokens.succeed = async (token, output) => {
      world.tokens.succeed = succeed;
      world.waiting.delete('the old token');
      const told = await succeed(token, output);
      await world.enter('request-one', 1, { token: 'the new token' });
      return told;
    };

    // Act
    await world.run();
    await world.run();

    // Assess
    expect(world.served()).toEqual(['request-one']);
    expect(await world.inLine()).toEqual([]);
    expect(await world.holders('agents')).toEqual(['request-one']);
  });

  it('does not lose it either where it is sent away', async () => {
    // Prepare
    const world = prepareRelease();
    world.centre.queue = { ...world.centre.queue, enabled: false };
    await world.enter('request-one', 1, { token: 'the old token' });
    const { fail } = world.tokens;
    world.tokens.fail = async (...args) => {
      world.tokens.fail = fail;
      world.waiting.delete('the old token');
      const told = await fail(...args);
      await world.enter('request-one', 1, { token: 'the new token' });
      return told;
    };

    // Act
    await world.run();
    await world.run();

    // Assess
    expect(world.answers).toMatchObject([{ requestId: 'request-one', error: 'NoLongerWaiting' }]);
    expect(await world.inLine()).toEqual([]);
  });
});
