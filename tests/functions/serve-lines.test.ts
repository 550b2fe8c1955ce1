import { describe, expect, it } from 'vitest';
import { CallError } from '../../domain/errors.ts';
import { departureAt } from '../../domain/pacing.ts';
import { NOW, OTHER_QUEUE_ID, QUEUE_ARN, QUEUE_ID, secondsAfter, stage } from './function-support.ts';
import { prepareRelease } from './release-world.ts';

const WHO = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };
/** One call a second, none saved up: the turns tell the order. */
const SLOW = { callsPerSecond: 1, burst: 1, keptForJitter: 0 };

describe('releaseWaiting, first come first served', () => {
  it('answers with a turn, and lets the request leave the line', async () => {
    // Prepare
    const { answers, enter, holders, inLine, log, run } = prepareRelease();
    await enter('request-one');

    // Act
    await run();

    // Assess
    const at = NOW.toISOString();
    expect(answers).toEqual([
      {
        requestId: 'request-one',
        turn: { ...departureAt(NOW.getTime()), queueArn: QUEUE_ARN, closesAt: '2026-11-22T12:00:00.000Z' },
      },
    ]);
    expect(await inLine()).toEqual([]);
    expect(await holders('lines')).toEqual(['request-one']);
    expect(await holders('agents')).toEqual(['request-one']);
    expect(log.lines).toContainEqual({
      level: 'info',
      message: 'waited long enough',
      fields: { requestId: 'request-one', told: 'told', turnAt: at },
    });
  });

  it('serves the lines of all queues of a pool by who came first, whichever entered first', async () => {
    // Prepare
    const { answers, enter, run, served } = prepareRelease({ pacing: SLOW });
    await enter('came-third', 3);
    await enter('came-second', 2, { queueId: OTHER_QUEUE_ID });
    await enter('came-first', 1);
    await enter('came-last', 4, { queueId: OTHER_QUEUE_ID });

    // Act
    await run();

    // Assess
    expect(served()).toEqual(['came-first', 'came-second', 'came-third', 'came-last']);
    // One a second, and the first in time for the state machine's steps: nothing is kept for calls that are late.
    expect(answers.map(({ turn }) => turn?.at)).toEqual(
      [1.5, 2.5, 3.5, 4.5].map((second) => secondsAfter(second).toISOString()),
    );
  });

  it('serves no more than there are agents, the others at a later run', async () => {
    // Prepare
    const { centre, clock, enter, shared, inLine, run, served } = prepareRelease();
    centre.agents = { [QUEUE_ID]: 2 };
    for (const [index, id] of ['one', 'two', 'three'].entries()) await enter(`request-${id}`, index);
    await run();
    const before = served();

    // Act: the first call ended without an agent.
    await shared.leases.giveBack('request-one');
    clock.at = secondsAfter(5);
    await run();

    // Assess
    expect(before).toEqual(['request-one', 'request-two']);
    expect(served()).toEqual(['request-one', 'request-two', 'request-three']);
    expect(await inLine()).toEqual([]);
  });

  it('lets the line of a night gather for ten seconds: those who asked first are served first, no matter who comes first', async () => {
    // Prepare
    const { clock, enter, inLine, run, served } = prepareRelease();
    await enter('asked-second', -200, { opensAt: NOW });
    await run();
    clock.at = secondsAfter(3);
    await enter('asked-first', -300, { opensAt: NOW });
    await enter('asks-now', 3, { queueId: OTHER_QUEUE_ID });
    clock.at = secondsAfter(9.999);
    await run();
    const early = served();

    // Act
    clock.at = secondsAfter(10);
    await run();

    // Assess
    expect(early).toEqual([]);
    expect(served()).toEqual(['asked-first', 'asked-second', 'asks-now']);
    expect(await inLine()).toEqual([]);
  });

  it('lets a queue without agents block no other', async () => {
    const { centre, enter, inLine, run, served } = prepareRelease();
    centre.agents = { [QUEUE_ID]: 0, [OTHER_QUEUE_ID]: 2 };
    await enter('waits-on', 1);
    await enter('is-served', 2, { queueId: OTHER_QUEUE_ID });
    await enter('is-served-too', 3, { queueId: OTHER_QUEUE_ID });
    await run();
    expect(served()).toEqual(['is-served', 'is-served-too']);
    expect(await inLine()).toEqual(['waits-on']);
  });

  it('counts calls that may be under way beyond the free agents', async () => {
    const { centre, enter, run, served } = prepareRelease({ agents: { ...stage.agents, maxContactsWaiting: 1 } });
    centre.agents = {};
    for (const [index, id] of ['one', 'two'].entries()) await enter(`request-${id}`, index);
    await run();
    expect(served()).toEqual(['request-one']);
  });

  it('stops where every line is taken, and gives no agent away for it', async () => {
    const { enter, holders, run, served } = prepareRelease({ limits: { ...stage.limits, maxConcurrentCalls: 1 } });
    for (const [index, id] of ['one', 'two'].entries()) await enter(`request-${id}`, index);
    await run();
    expect(served()).toEqual(['request-one']);
    expect(await holders('agents')).toEqual(['request-one']);
    expect(await holders('lines')).toEqual(['request-one']);
  });

  it('stops where the next turn lies beyond the horizon, and gives line and agent back', async () => {
    const { enter, holders, run, served } = prepareRelease({
      pacing: SLOW,
      limits: { ...stage.limits, maxConcurrentCalls: null },
    });
    for (let index = 10; index < 30; index += 1) await enter(`request-${index}`, index);
    await run();
    // One each second of the ten ahead, after the time that the state machine's steps take.
    expect(served()).toHaveLength(9);
    expect(await holders('agents')).toEqual(served());
  });

  it('reads a long line page by page, in order', async () => {
    const limits = { ...stage.limits, maxConcurrentCalls: null };
    const pacing = { callsPerSecond: 100, burst: 1_000, keptForJitter: 0 };
    const { centre, enter, inLine, run, served } = prepareRelease({ limits, pacing });
    centre.agents = { [QUEUE_ID]: 70 };
    const ids = Array.from({ length: 80 }, (_, index) => `request-${10 + index}`);
    for (const [index, id] of ids.entries()) await enter(id, index);
    await run();
    expect(served()).toEqual(ids.slice(0, 70));
    expect(await inLine()).toEqual(ids.slice(70));
  });

  it('asks Amazon Connect nothing while nobody waits', async () => {
    const { centre, run } = prepareRelease();
    await run();
    expect(centre.asked).toEqual([]);
  });
});

describe('releaseWaiting, where somebody must not be called any more', () => {
  it('sends everybody away when calling was stopped, even while Amazon Connect does not answer', async () => {
    // Prepare
    const { answers, centre, enter, shared, guardsLike, inLine, run } = prepareRelease();
    for (let index = 0; index < 60; index += 1) {
      await enter(`request-${index}`, index, { queueId: index % 2 ? QUEUE_ID : OTHER_QUEUE_ID });
    }
    await shared.controls.setStopped(true, WHO);
    centre.connect.readAgents = () => Promise.reject(new Error('no metrics'));

    // Act
    await run();

    // Assess
    expect(answers).toHaveLength(60);
    for (const { error, cause } of answers) {
      expect({ error, cause }).toEqual({
        error: 'NoLongerWaiting',
        cause: { outcome: 'calling_disabled', reason: 'stopped' },
      });
    }
    expect(await inLine()).toEqual([]);
    expect(guardsLike('leases#')).toEqual([]);
  });

  it.each([
    ['closed', 'queue_closed', 'closed_meanwhile', { openingHours: { timeZone: 'Asia/Tokyo', intervals: [] } }],
    ['was disabled', 'queue_disabled', 'disabled', { enabled: false }],
  ] as const)('sends those away whose queue %s while they waited', async (_name, outcome, reason, change) => {
    // Prepare
    const { answers, centre, enter, guardsLike, inLine, run } = prepareRelease();
    centre.queue = { ...centre.queue, ...change };
    await enter('request-one', 1);
    await enter('request-two', 2);

    // Act
    await run();

    // Assess
    expect(answers.map(({ error, cause }) => ({ error, cause }))).toEqual([
      { error: 'NoLongerWaiting', cause: { outcome, reason } },
      { error: 'NoLongerWaiting', cause: { outcome, reason } },
    ]);
    expect(await inLine()).toEqual([]);
    expect(guardsLike('leases#')).toEqual([]);
  });

  it('lets a queue that does not exist any more hold up no other', async () => {
    // Prepare
    const { answers, centre, enter, inLine, run, served } = prepareRelease();
    const { readQueue } = centre.connect;
    centre.connect.readQueue = (queueId, ...days) =>
      queueId === OTHER_QUEUE_ID
        ? Promise.reject(new CallError('ConnectResourceNotFound', 'no such queue'))
        : readQueue(queueId, ...days);
    await enter('request-one', 1, { queueId: OTHER_QUEUE_ID });
    await enter('request-two', 2);

    // Act
    await run();

    // Assess
    expect(answers).toContainEqual({
      requestId: 'request-one',
      error: 'NoLongerWaiting',
      cause: { outcome: 'misconfigured', reason: 'resource_not_found' },
    });
    expect(served()).toEqual(['request-two']);
    expect(await inLine()).toEqual([]);
  });

  it('keeps everybody in line while Amazon Connect does not answer for a queue', async () => {
    const { answers, centre, enter, inLine, run } = prepareRelease();
    centre.connect.readQueue = () => Promise.reject(new CallError('ConnectThrottled', 'too many'));
    await enter('request-one', 1);
    await expect(run()).rejects.toMatchObject({ name: 'ConnectThrottled' });
    expect(answers).toEqual([]);
    expect(await inLine()).toEqual(['request-one']);
  });

  it('says where the calling hours ended while somebody waited', async () => {
    const { answers, clock, enter, run } = prepareRelease();
    await enter('request-one', 0, { deadline: 9 * 3_600 + 60 });
    clock.at = secondsAfter(9 * 3_600);
    await run();
    expect(answers[0]).toMatchObject({ cause: { outcome: 'queue_closed', reason: 'closed_meanwhile' } });
  });

  it('takes those out of the line whose deadline has passed, and nothing for them', async () => {
    // Prepare
    const { answers, centre, enter, guardsLike, inLine, run, served } = prepareRelease();
    await enter('too-late', 1, { deadline: 0 });
    centre.agents = { [QUEUE_ID]: 1 };

    // Act
    await run();
    const taken = guardsLike('leases#');
    await enter('in-time', 2);
    await run();

    // Assess
    expect(answers.map(({ requestId }) => requestId)).toEqual(['in-time']);
    expect(taken).toEqual([]);
    expect(served()).toEqual(['in-time']);
    expect(await inLine()).toEqual([]);
  });

  it('does so even while Amazon Connect does not answer, so that the ticks end', async () => {
    // Prepare
    const { centre, clock, enter, inLine, run } = prepareRelease();
    for (let index = 0; index < 60; index += 1) await enter(`too-late-${index}`, index, { deadline: 5 });
    centre.connect.readAgents = () => Promise.reject(new Error('no metrics'));

    // Act
    clock.at = secondsAfter(6);
    await run({ tickAt: secondsAfter(6).getTime() });

    // Assess
    expect(await inLine()).toEqual([]);
  });

  it.each([
    ['the execution is gone', {}],
    ['the execution is gone, and everybody is sent away', { stopped: true }],
  ])('harms nobody where %s', async (_name, { stopped = false }: { stopped?: boolean }) => {
    // Prepare
    const { centre, enter, shared, holders, inLine, run, served, waiting } = prepareRelease();
    centre.agents = { [QUEUE_ID]: 1 };
    await enter('is-gone', 1);
    await enter('still-waits', 2);
    waiting.delete('token of is-gone');
    if (stopped) await shared.controls.setStopped(true, WHO);

    // Act
    await run();

    // Assess
    expect(served()).toEqual(stopped ? [] : ['still-waits']);
    expect(await holders('agents')).toEqual(stopped ? [] : ['still-waits']);
    expect(await holders('lines')).toEqual(stopped ? [] : ['still-waits']);
    expect(await inLine()).toEqual([]);
  });
});
