import type { ReleaseMessage } from '../../adapters/release-queue.ts';
import type { TaskTokens } from '../../adapters/task-tokens.ts';
import type { Turn, Waiting } from '../../domain/call-state.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { type Centre, prepareCentre } from './centre.ts';
import {
  goodRequest,
  OTHER_QUEUE_ID,
  QUEUE_ID,
  recordingLog,
  recordingMeasure,
  secondsAfter,
  setEnvironment,
  stage as stageOfTheTests,
} from './function-support.ts';
import { prepareTables } from './tables.ts';

setEnvironment();
const { enterWaitingRoom } = await import('../../functions/enter-waiting-room.ts');
const { releaseWaiting } = await import('../../functions/release-waiting.ts');

/** How an execution's token was answered. */
interface Answer {
  requestId: string;
  turn?: Turn;
  error?: string;
  cause?: unknown;
}

/** Staff enough that only a test that takes it away notices. */
const PLENTY = { [QUEUE_ID]: 50, [OTHER_QUEUE_ID]: 50 };

/**
 * The functions around the waiting room over the real adapters; executions that wait on tokens, and the queue of ticks,
 * are lists. Time stands still unless a test sets it or lets ticks come.
 */
export function prepareRelease(change: Partial<StageSettings> = {}) {
  const tables = prepareTables();
  const { calls, clock, shared, now, room } = tables;
  const stage = { ...stageOfTheTests, ...change };
  const centre: Centre = prepareCentre(tables);
  centre.agents = { ...PLENTY };
  const log = recordingLog();

  const { measure, counted } = recordingMeasure();
  const answers: Answer[] = [];
  /** Request by token; a token that is not there is gone. */
  const waiting = new Map<string, string>();
  const sent: (ReleaseMessage & { delaySeconds: number })[] = [];
  const queue = {
    async send(message: ReleaseMessage, delaySeconds: number) {
      sent.push({ ...message, delaySeconds });
    },
  };
  const answer = (token: string, how: Omit<Answer, 'requestId'>): 'told' | 'gone' => {
    const requestId = waiting.get(token);
    if (requestId === undefined) return 'gone';
    waiting.delete(token);
    answers.push({ requestId, ...how });
    return 'told';
  };
  const tokens: TaskTokens = {
    succeed: async (token, output) => answer(token, { turn: output as Turn }),
    fail: async (token, error, cause) => answer(token, { error, cause }),
  };

  const enter = enterWaitingRoom({ room, ticks: shared.ticks, queue, now });
  // `connect` and `tokens` are looked up at each run, so that tests can replace their methods.
  const release = releaseWaiting({
    ...{ stage, calls, shared, room, readings: centre.readings, connect: centre.connect, tokens, queue, now, log },
    measure,
  });
  let runs = 0;

  const world = {
    ...tables,
    answers,
    centre,
    counted,
    log,
    queue,
    sent,
    stage,
    tokens,
    waiting,
    /** A request that came so many seconds after the others enters the line, its execution waiting on a new token. */
    async enter(
      requestId: string,
      seconds = 0,
      {
        queueId = QUEUE_ID,
        deadline = 300,
        token = `token of ${requestId}`,
        opensAt,
      }: { queueId?: string; deadline?: number; token?: string; opensAt?: Date } = {},
    ) {
      waiting.set(token, requestId);
      const request = {
        ...goodRequest,
        requestId,
        receivedAt: secondsAfter(seconds).toISOString(),
        deadlineAt: secondsAfter(deadline).toISOString(),
        queue: { name: 'a queue', id: queueId },
        ...(opensAt && { opensAt: opensAt.toISOString() }),
      };
      const state: Waiting = { decision: 'wait', request, holdsGuards: true, waitSeconds: deadline };
      await enter({ token, state });
    },
    /** One run of the release function. */
    run: (message: ReleaseMessage = {}) => {
      runs += 1;
      return release(message, `run-${runs}`);
    },
    /** Those in line, over all queues. */
    async inLine(): Promise<string[]> {
      const lines = await Promise.all([QUEUE_ID, OTHER_QUEUE_ID].map((queueId) => room.nextInLine(queueId, 1_000)));
      return lines
        .flat()
        .map(({ requestId }) => requestId)
        .sort();
    },
    /** Those whose execution goes on with a turn, in the order of their answers. */
    served: () => answers.filter(({ turn }) => turn !== undefined).map(({ requestId }) => requestId),
    /** Delivers the messages that were sent, in order of their time, until none is left or the time is up. */
    async letTicksCome(seconds: number): Promise<number> {
      const end = clock.at.getTime() + seconds * 1_000;
      let delivered = 0;
      for (;;) {
        const next = sent
          .map((message) => ({ message, at: message.tickAt ?? clock.at.getTime() }))
          .sort((a, b) => a.at - b.at)[0];
        if (!next || next.at > end) break;
        sent.splice(sent.indexOf(next.message), 1);
        clock.at = new Date(Math.max(next.at, clock.at.getTime()));
        delivered += 1;
        await world.run(next.message.tickAt === undefined ? {} : { tickAt: next.message.tickAt });
      }
      clock.at = new Date(end);
      return delivered;
    },
  };
  return world;
}
