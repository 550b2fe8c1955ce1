import { describe, expect, it } from 'vitest';
import { CallError, endingOfFailure } from '../../domain/errors.ts';
import { mayHaveRung } from '../../domain/outcomes.ts';
import { CONTACT_ID, goodRequest, holdsTheNumber, ids, REQUEST_ID, secondsAfter } from './function-support.ts';
import { type Answer, error, PLACED, prepareStartCall } from './start-call-world.ts';
import { failOnce } from './tables.ts';

const AFTER_DEADLINE = secondsAfter(301);

describe('startCall, where Amazon Connect fails', () => {
  it.each([
    'ConnectThrottled',
    'ConnectLimitExceeded',
    'ConnectUnavailable',
    'ConnectDestinationNotAllowed',
    'ConnectOutboundNotPermitted',
    'ConnectRequestRejected',
    'ConnectResourceNotFound',
    'ConnectAccessDenied',
  ] as const)('notes %s and fails with it', async (name) => {
    const failure = error(name);
    const { record, run } = await prepareStartCall({ answers: [failure] });
    await expect(run()).rejects.toBe(failure);
    expect(await record()).toMatchObject({ lastError: name, attempts: 1, unanswered: name === 'ConnectUnavailable' });
  });

  it('fails with the error of Amazon Connect also where it cannot be noted: its name decides the retry', async () => {
    // Prepare
    const failure = error('ConnectDestinationNotAllowed');
    const tables = await prepareStartCall({
      answers: [failure],
      meanwhile: async () => void failOnce(tables, 'before', ({ table }) => table === 'calls'),
    });

    // Act & Assess
    await expect(tables.run()).rejects.toBe(failure);
    // The record still says that the attempt was not answered, which errs on the safe side.
    expect(await tables.record()).toMatchObject({ unanswered: true });
  });

  it('keeps a fault that no repeat can help under its own name, whatever came before', async () => {
    const answers = [error('ConnectUnavailable'), error('ConnectAccessDenied')];
    const { run } = await prepareStartCall({ answers });
    await expect(run()).rejects.toMatchObject({ name: 'ConnectUnavailable' });
    await expect(run()).rejects.toMatchObject({ name: 'ConnectAccessDenied' });
  });

  it('repeats with the same token until the call is placed', async () => {
    // Prepare
    const answers = [error('ConnectUnavailable'), error('ConnectThrottled'), PLACED];
    const { asked, record, run } = await prepareStartCall({ answers });

    // Act
    await expect(run()).rejects.toThrow('ConnectUnavailable');
    // The first attempt may have rung: being turned away now does not settle that.
    await expect(run()).rejects.toMatchObject({ name: 'ConnectUnavailable' });
    const state = await run();

    // Assess
    expect(state).toHaveProperty('contactId', CONTACT_ID);
    expect(asked.map(({ clientToken }) => clientToken)).toEqual([REQUEST_ID, REQUEST_ID, REQUEST_ID]);
    expect(await record()).toMatchObject({ attempts: 3 });
  });
});

describe('startCall, where the pace has no room', () => {
  const PACING = { callsPerSecond: 2, burst: 1, keptForJitter: 0 };

  it.each([
    ['no attempt before', [], 'ConnectThrottled'],
    ['an attempt that was turned away before', [error('ConnectThrottled')], 'ConnectThrottled'],
    // A later turn that fails would otherwise prove that nobody was called.
    ['an attempt without an answer before', [error('ConnectUnavailable')], 'ConnectUnavailable'],
  ] as const)('fails with what leaves the fate of the call as open as it is: %s', async (_name, answers, name) => {
    // Prepare
    const { asked, clock, shared, run } = await prepareStartCall({ answers: [...answers], pacing: PACING });
    for (const _answer of answers) await run().catch(() => undefined);
    const far = secondsAfter(60).getTime();
    await shared.turns.take({ interval: 500, burst: 1 }, far, far);
    clock.at = secondsAfter(2);

    // Act & Assess
    await expect(run()).rejects.toMatchObject({ name });
    expect(asked).toHaveLength(answers.length);
  });
});

describe('startCall, after the deadline', () => {
  it.each([
    ['no attempt', [], 'expired', 'deadline_passed'],
    ['a throttled attempt', [error('ConnectThrottled')], 'throttled', 'api_rate'],
    ['an attempt that met a quota', [error('ConnectLimitExceeded')], 'capacity_exhausted', 'quota'],
    ['an attempt without an answer', [error('ConnectUnavailable')], 'call_unconfirmed', 'connect_unavailable'],
  ] as const)(
    'ends the request without asking again, by what happened before: %s',
    async (_name, failures, outcome, reason) => {
      // Prepare
      const { asked, clock, log, run } = await prepareStartCall({ answers: [...failures] });
      for (const _failure of failures) await run().catch(() => undefined);
      clock.at = AFTER_DEADLINE;

      // Act
      const state = await run();

      // Assess
      expect(state).toEqual({ decision: 'end', request: goodRequest, ending: { outcome, reason }, holdsGuards: true });
      expect(asked).toHaveLength(failures.length);
      expect(log.lines.at(-1)).toMatchObject({ level: 'warn', message: 'not called', fields: { outcome, reason } });
      expect(holdsTheNumber(log.lines)).toBe(false);
    },
  );

  it.each<[string, Answer[]]>([
    ['an attempt without an answer, then a throttled one', [error('ConnectUnavailable'), error('ConnectThrottled')]],
    [
      'an attempt without an answer, then one that met a quota',
      [error('ConnectUnavailable'), error('ConnectLimitExceeded')],
    ],
    // A crash or a time-out of the function itself, which leaves no note behind.
    ['an attempt that was cut off', [new Error('the function was cut off')]],
  ])('says that the call is unconfirmed where the phone may have rung: %s', async (_name, answers) => {
    // Prepare
    const { clock, run } = await prepareStartCall({ answers: [...answers] });
    for (const _answer of answers) await run().catch(() => undefined);
    clock.at = AFTER_DEADLINE;

    // Act & Assess
    expect(await run()).toMatchObject({ decision: 'end', ending: { outcome: 'call_unconfirmed' } });
  });
});

describe('startCall, where the contact flow is not known', () => {
  const failing = (name: 'StageIdsUnavailable' | 'StageIdsMissing') => {
    const failure = new CallError(name, 'the parameter does not exist');
    return { failure, entryFlow: () => Promise.reject(failure) };
  };

  it.each(['StageIdsUnavailable', 'StageIdsMissing'] as const)(
    'asks nobody and takes no attempt: %s proves that no phone rang',
    async (name) => {
      // Prepare
      const { failure, entryFlow } = failing(name);
      const { asked, pauses, record, run } = await prepareStartCall({ entryFlow });
      // Act & Assess
      await expect(run()).rejects.toBe(failure);
      expect([asked, pauses]).toEqual([[], []]);
      expect(await record()).toMatchObject({ attempts: 0 });
      expect(mayHaveRung(endingOfFailure('StartCall', name).outcome)).toBe(false);
    },
  );

  it.each(['StageIdsUnavailable', 'StageIdsMissing'] as const)(
    'leaves the call unknown where the attempt before went unanswered: %s says nothing of that',
    async (name) => {
      const { entryFlow } = failing(name);
      const { run } = await prepareStartCall({ entryFlow, record: { attempts: 1, unanswered: true } });
      await expect(run()).rejects.toMatchObject({ name: 'ConnectUnavailable', cause: { name } });
    },
  );

  it('asks again after it was not known for a while, and calls', async () => {
    // Prepare
    let isDown = true;
    const { entryFlow: fail } = failing('StageIdsUnavailable');
    const { asked, record, run } = await prepareStartCall({ entryFlow: () => (isDown ? fail() : ids.entryFlow()) });
    // Act
    await expect(run()).rejects.toMatchObject({ name: 'StageIdsUnavailable' });
    isDown = false;
    await run();
    // Assess
    expect(asked).toHaveLength(1);
    expect(await record()).toMatchObject({ attempts: 1 });
  });
});
