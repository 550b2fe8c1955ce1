import { describe, expect, it } from 'vitest';
import { goodRequest, NOW, QUEUE_ID, secondsAfter } from './function-support.ts';
import { prepareRelease } from './release-world.ts';
import { failOnce } from './tables.ts';

describe('enterWaitingRoom', () => {
  it('puts the request in its place in line, with the token its execution waits on', async () => {
    const { enter, room } = prepareRelease();
    await enter('request-one', 2);
    expect(await room.nextInLine(QUEUE_ID, 10)).toEqual([
      {
        queueId: QUEUE_ID,
        place: `${secondsAfter(2).toISOString()}#request-one`,
        requestId: 'request-one',
        token: 'token of request-one',
        deadlineAt: goodRequest.deadlineAt,
      },
    ]);
  });

  it('wakes the release function a second later where nobody waited before', async () => {
    const { enter, shared, sent } = prepareRelease();
    await enter('request-one');
    expect(sent).toEqual([{ tickAt: secondsAfter(1).getTime(), delaySeconds: 1 }]);
    expect(await shared.ticks.chain(NOW.getTime())).toBe('alive');
  });

  it('leaves a living chain of ticks alone', async () => {
    const { clock, enter, sent } = prepareRelease();
    await enter('request-one');
    clock.at = secondsAfter(1 + 6);
    await enter('request-two');
    expect(sent).toHaveLength(1);
  });

  it('starts a new chain where a tick is overdue by more than 6 s', async () => {
    const { clock, enter, sent } = prepareRelease();
    await enter('request-one');
    clock.at = secondsAfter(1 + 6.001);
    await enter('request-two');
    expect(sent).toHaveLength(2);
  });

  it('takes the newest token where the state is repeated, in the same place', async () => {
    const { enter, room } = prepareRelease();
    await enter('request-one', 0, { token: 'the first token' });
    await enter('request-one', 0, { token: 'the second token' });
    expect((await room.nextInLine(QUEUE_ID, 10)).map(({ token }) => token)).toEqual(['the second token']);
  });

  it.each([
    ['the room', 'before', 'room'],
    ['the room', 'after', 'room'],
    ['the ticks', 'before', 'guards'],
    ['the ticks', 'after', 'guards'],
  ] as const)(
    'is served all the same where writing %s failed, %s its effect, and the state is repeated',
    async (_name, when, table) => {
      // Prepare
      const world = prepareRelease();
      const error = failOnce(world, when, (command) => command.table === table && command.name !== 'GetCommand');
      await expect(world.enter('request-one', 0, { token: 'the first token' })).rejects.toBe(error);
      world.waiting.delete('the first token');

      // Act
      await world.enter('request-one', 0, { token: 'the second token' });
      await world.letTicksCome(20);

      // Assess
      expect(world.served()).toEqual(['request-one']);
      expect(await world.inLine()).toEqual([]);
    },
  );

  it('keeps anyone who is in line already: ids may hold any character an id may', async () => {
    const { enter, inLine } = prepareRelease();
    const ids = ['a.b:c_d-e', '#######1', '0000#0000', 'x'.repeat(128)];
    for (const id of ids) await enter(id);
    expect(await inLine()).toEqual([...ids].sort());
  });
});
