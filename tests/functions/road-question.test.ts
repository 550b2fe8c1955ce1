import { expect, it } from 'vitest';
import { documentsOf } from '../../domain/call-document.ts';
import type { Continuing } from '../../domain/call-state.ts';
import { questionForRoad } from '../../packages/account/checks/permission-checks.ts';
import { intervals, prepareCheckQueue } from './check-queue-world.ts';
import { NOW, QUEUE_ID } from './function-support.ts';

/** What npm run conformance asks the deployed function. */
function question(): Continuing {
  const { state } = questionForRoad('general', { general: QUEUE_ID }, NOW);
  return documentsOf('CheckQueue').toCheck(JSON.parse(JSON.stringify(state)));
}

it.each([
  ['open', intervals({ date: '2026-11-22', start: 0, end: 1_440 }), 'wait'],
  ['closed', intervals(), 'end'],
])(
  'the question of the conformance run reads a queue that is %s, and takes and writes nothing',
  async (_, queue, decision) => {
    // Prepare
    const { calls, centre, guardsLike, run } = prepareCheckQueue();
    centre.queue = queue;
    // Act
    const answer = await run(question());
    // Assess
    expect(answer.decision).toBe(decision);
    expect(guardsLike('').filter((id) => !id.startsWith('reading#'))).toEqual([]);
    expect(await calls.read(question().request.requestId)).toBeUndefined();
  },
);
