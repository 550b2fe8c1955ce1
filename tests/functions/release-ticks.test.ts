import { describe, expect, it } from 'vitest';
import { readService } from '../../packages/sandbox/service.ts';
import { QUEUE_ID, secondsAfter, setEnvironment } from './function-support.ts';
import { prepareRelease } from './release-world.ts';

setEnvironment();
const { LOCK_MS, TICK_SECONDS } = await import('../../functions/release-waiting.ts');

/** Somebody waits, and no agent is free. */
async function prepareWaiting() {
  const world = prepareRelease();
  world.centre.agents = {};
  await world.enter('request-one');
  return world;
}

const ticksIn = ({ sent }: ReturnType<typeof prepareRelease>) => sent.filter(({ tickAt }) => tickAt !== undefined);

describe('the chain of ticks', () => {
  it('goes on every few seconds while somebody waits', async () => {
    const world = await prepareWaiting();
    expect(await world.letTicksCome(60)).toBe(1 + Math.floor(59 / TICK_SECONDS));
    expect(ticksIn(world)).toHaveLength(1);
  });

  it('serves anyone who waits within one tick after an agent logged in', async () => {
    // Prepare
    const world = await prepareWaiting();
    await world.letTicksCome(30);

    // Act
    world.centre.agents = { [QUEUE_ID]: 1 };
    await world.letTicksCome(TICK_SECONDS + 2);

    // Assess
    expect(world.served()).toEqual(['request-one']);
  });

  it('stops when nobody waits any more', async () => {
    // Prepare
    const world = await prepareWaiting();
    world.centre.agents = { [QUEUE_ID]: 1 };

    // Act
    await world.letTicksCome(30);

    // Assess
    expect(world.served()).toEqual(['request-one']);
    expect(world.sent).toEqual([]);
    expect(await world.shared.ticks.chain(world.now().getTime())).toBe('none');
    // Once for the request, and once to see that nobody is left.
    expect(world.seen.filter(({ key }) => key === 'release#lock').length).toBeLessThanOrEqual(4);
  });

  it.each([
    ['a nudge', {}],
    ['a tick that was delivered again after the chain had ended', { tickAt: secondsAfter(-60).getTime() }],
  ])('is not started by %s while nobody waits', async (_name, message) => {
    const world = prepareRelease();
    await world.run(message);
    expect(world.sent).toEqual([]);
    expect(await world.shared.ticks.chain(world.now().getTime())).toBe('none');
  });

  it('is never doubled: a tick that comes twice, nudges and arrivals add no other chain', async () => {
    // Prepare
    const world = await prepareWaiting();
    const [tick] = world.sent.splice(0);
    if (!tick) throw new Error('no tick was sent');
    world.clock.at = secondsAfter(1);

    // Act
    await Promise.all([world.run(tick), world.run(tick), world.run(), world.run()]);
    await world.run(tick);
    await world.enter('request-two');
    await world.run();
    await world.letTicksCome(60);

    // Assess
    expect(ticksIn(world)).toHaveLength(1);
    expect(world.sent).toHaveLength(1);
  });

  it('is one chain where several enter at once', async () => {
    const world = prepareRelease();
    world.centre.agents = {};
    await Promise.all(['request-one', 'request-two', 'request-three'].map((id) => world.enter(id)));
    await world.letTicksCome(60);
    expect(world.sent).toHaveLength(1);
  });

  it.each(['a nudge', 'an arrival'])('is revived by %s when a tick was lost', async (by) => {
    // Prepare
    const world = await prepareWaiting();
    world.sent.splice(0);
    world.clock.at = secondsAfter(30);

    // Act
    if (by === 'a nudge') await world.run();
    else await world.enter('request-two');
    await world.letTicksCome(30);

    // Assess
    expect(ticksIn(world)).toHaveLength(1);
  });

  it('is not doubled by the lost tick, should that come after all', async () => {
    // Prepare
    const world = await prepareWaiting();
    const [lost] = world.sent.splice(0);
    world.clock.at = secondsAfter(30);
    await world.run();

    // Act
    await world.run(lost);
    await world.letTicksCome(30);

    // Assess
    expect(world.sent).toHaveLength(1);
  });

  it.each([
    ['the next tick could not be sent', 'send'],
    ['the next tick could not be noted', 'note'],
    ['the work failed', 'work'],
  ])('goes on when the queue delivers the message again because %s', async (_name, what) => {
    // Prepare
    const world = await prepareWaiting();
    const [tick] = world.sent.splice(0);
    world.clock.at = secondsAfter(1);
    const { send } = world.queue;
    if (what === 'send') world.queue.send = () => Promise.reject(new Error('the queue does not answer'));
    if (what === 'note') {
      world.interference.before = ({ name, key }) => {
        if (key === 'release#ticks' && name === 'UpdateCommand') throw new Error('the table does not answer');
      };
    }
    if (what === 'work') world.centre.connect.readAgents = () => Promise.reject(new Error('no metrics'));
    await expect(world.run(tick)).rejects.toThrow();

    // Act: six times the function's time-out later at most.
    world.queue.send = send;
    world.interference.before = () => undefined;
    world.centre.connect.readAgents = async () => ({});
    world.clock.at = secondsAfter(121);
    await world.run(tick);
    await world.letTicksCome(30);

    // Assess
    expect(ticksIn(world)).toHaveLength(1);
  });

  it('lives on where a run died after it had sent the next tick and before it noted it', async () => {
    // Prepare
    const world = await prepareWaiting();
    world.interference.before = ({ name, key }) => {
      if (key === 'release#ticks' && name === 'UpdateCommand') throw new Error('the function was cut off');
    };
    const [tick] = world.sent.splice(0);
    world.clock.at = secondsAfter(1);
    await world.run(tick).catch(() => undefined);

    // Act
    world.interference.before = () => undefined;
    await world.letTicksCome(60);

    // Assess
    expect(world.sent).toHaveLength(1);
  });

  it('forgets nobody who enters while it ends', async () => {
    // Prepare: the request enters between the last look at the lines and the end of the chain.
    const world = await prepareWaiting();
    world.centre.agents = { [QUEUE_ID]: 1 };
    let entered = false;
    world.interference.before = async ({ name, key }) => {
      if (key !== 'release#ticks' || name !== 'DeleteCommand' || entered) return;
      entered = true;
      await world.enter('request-two');
      world.centre.agents = {};
    };

    // Act
    await world.letTicksCome(30);

    // Assess
    expect(entered).toBe(true);
    expect(await world.inLine()).toEqual(['request-two']);
    expect(ticksIn(world)).toHaveLength(1);
  });
});

describe('the lock of the release function', () => {
  it('lets one run at a time', async () => {
    // Prepare: a second run comes while the first reads the agents.
    const world = await prepareWaiting();
    let second: unknown;
    world.centre.connect.readAgents = async () => {
      second = await world.run();
      return { [QUEUE_ID]: 1 };
    };

    // Act
    await world.run();

    // Assess
    expect(second).toEqual({ left: null });
    expect(world.served()).toEqual(['request-one']);
  });

  it('is given back where the run fails', async () => {
    const world = await prepareWaiting();
    const { readAgents } = world.centre.connect;
    world.centre.connect.readAgents = () => Promise.reject(new Error('no metrics'));
    await expect(world.run()).rejects.toThrow('no metrics');
    world.centre.connect.readAgents = async () => ({ ...(await readAgents()), [QUEUE_ID]: 1 });
    await world.run();
    expect(world.served()).toEqual(['request-one']);
  });

  it('outlives every run, so that two never overlap', () => {
    const timeoutSeconds = readService('local', 0).functions.releaseWaiting?.timeoutSeconds ?? Number.NaN;
    // The clocks of two functions may differ by two seconds.
    expect(LOCK_MS).toBeGreaterThanOrEqual((timeoutSeconds + 2) * 1000);
  });
});
