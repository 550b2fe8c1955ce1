import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { amazonConnect, type Connect } from '../adapters/connect.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { dynamoGuards, type Guards, REAL_CLOCK } from '../adapters/guards/guards.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import type { Ended, Placed, ReadyToCall } from '../domain/call-state.ts';
import { CallError, leavesCallUnknown, retryOfError } from '../domain/errors.ts';
import { refusalOfExample } from '../domain/example-number.ts';
import { endingAfterDeadline, outboundCall } from '../domain/outbound-call.ts';
import type { Ending } from '../domain/outcomes.ts';
import { paceOf } from '../domain/pacing.ts';
import { LINES, poolOf } from '../domain/pools.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { applyNews } from './shared/contact-leases.ts';
import { CALL_SETUP_MS } from './shared/take-place.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'isLocal' | 'agents' | 'connect' | 'limits' | 'pacing'>;
  calls: Pick<CallsTable, 'beginAttempt' | 'failAttempt' | 'attempts'>;
  connect: Pick<Connect, 'startCall'>;
  guards: Pick<Guards, 'books' | 'contacts' | 'controls' | 'phones' | 'turns'>;
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Input {
  executionId: string;
  /** ARN of the contact flow, known to the state machine only. */
  contactFlowArn: string;
  state: ReadyToCall;
}

/** The function has time for this besides the two requests it may make. */
const LONGEST_PAUSE_MS = 6_000;
/** When Amazon Connect is asked what became of a call of which no event told, and how long a line counts at most. */
const FIRST_LOOK_MS = 60_000;
const LONGEST_CALL_MS = 4 * 60 * 60_000;

/**
 * Looks again whether the phone may ring, and asks Amazon Connect for the call. The state machine repeats it by the
 * error's class, always with the same token.
 */
export function startCall({ stage, calls, connect, guards, now, pause, log }: Dependencies) {
  return async function startCall({ executionId, contactFlowArn, state }: Input): Promise<Placed | Ended> {
    const { request, turn } = state;
    const { requestId, phone } = request;
    const end = (ending: Ending): Ended => {
      log.warn('not called', { requestId, ...ending });
      return { decision: 'end', request, ending, holdsGuards: true };
    };

    // Once more, because a sample event of this function reaches it without validateRequest.
    const example = refusalOfExample(phone, stage);
    if (example) return end(example);

    await keepPace();
    const [{ stopped, limits: changed }, blocked] = await Promise.all([
      guards.controls.read(),
      guards.controls.blocked(phone),
    ]);
    const late = now() > new Date(request.deadlineAt);
    const forbidden: Ending | undefined = stopped
      ? { outcome: 'calling_disabled', reason: 'stopped' }
      : blocked
        ? { outcome: 'number_blocked', reason: blocked }
        : turn.closesAt !== undefined && now() >= new Date(turn.closesAt)
          ? { outcome: 'queue_closed', reason: 'closed_meanwhile' }
          : undefined;
    if (late || forbidden) {
      const earlier = await calls.attempts(requestId);
      return end(earlier.unanswered || !forbidden ? endingAfterDeadline(earlier) : forbidden);
    }

    // Before anything is held: an execution that was settled, or redriven after that, calls nobody.
    const earlier = await calls.beginAttempt(requestId, executionId, now().toISOString());
    if (!earlier) return end({ outcome: 'duplicate', reason: 'already_claimed' });
    // Before the phone can ring: whatever happens from here on, the number is not called again too soon. Until the deadline
    // the call may be asked for once more, so nobody else may have the number meanwhile, however short the cool-down.
    const { coolDownSeconds } = { ...stage.limits, ...changed };
    const coolUntil = new Date(now().getTime() + coolDownSeconds * 1000);
    const askedUntil = new Date(request.deadlineAt);
    if (!(await guards.phones.coolDown(phone, requestId, coolUntil > askedUntil ? coolUntil : askedUntil))) {
      return end(
        earlier.unanswered ? endingAfterDeadline(earlier) : { outcome: 'number_held', reason: 'live_request' },
      );
    }
    try {
      const call = outboundCall(request, contactFlowArn, turn.queueArn, stage.connect.pressToConnect);
      const { contactId, ringTimeoutRefused } = await connect.startCall(call);
      if (ringTimeoutRefused) {
        log.warn('Amazon Connect refused ringTimeoutSeconds: set it to null in settings/ to save a request per call', {
          requestId,
        });
      }
      log.info('call placed', { requestId, contactId });
      await followContact(contactId).catch((error: unknown) => {
        // The call is out. Its agent's lease then ends by time instead of by the call's events.
        log.warn('contact not linked', { requestId, contactId, error: error instanceof Error ? error.name : 'Error' });
      });
      return { ...state, contactId };
    } catch (error) {
      const unanswered = earlier.unanswered || leavesCallUnknown(error);
      const lastError = error instanceof Error ? error.name : 'Error';
      await calls.failAttempt(requestId, executionId, { lastError, unanswered }).catch(() => {
        // The record then still says that the attempt was not answered, which errs on the safe side.
        log.warn('failure not noted', { requestId, lastError });
      });
      throw withOpenFate(error, unanswered);
    }

    /**
     * The steps of the state machine come late by seconds, one more than the other: calls that left in pace may arrive
     * together. Who comes too early waits here.
     */
    async function keepPace(): Promise<void> {
      const at = now().getTime();
      const turnAt = await guards.turns.reserve('requests', paceOf(stage.pacing), at, at + LONGEST_PAUSE_MS);
      if (turnAt === undefined) {
        const full = new CallError('ConnectThrottled', 'no request to Amazon Connect is free for now');
        throw withOpenFate(full, (await calls.attempts(requestId)).unanswered);
      }
      await pause(turnAt - at);
    }

    /** From here on the leases end as the call's events say. Those that came before this moment are caught up with. */
    async function followContact(contactId: string): Promise<void> {
      const at = now().getTime();
      const { books, contacts } = guards;
      const queueId = request.queue.id;
      const lookAt = at + FIRST_LOOK_MS;
      await Promise.all([
        books.keep(poolOf(stage, queueId).book, requestId, { until: at + CALL_SETUP_MS, contactId, lookAt }),
        books.keep(LINES, requestId, { until: at + LONGEST_CALL_MS, contactId, lookAt }),
      ]);
      if (coolUntil < askedUntil) await guards.phones.coolDown(phone, requestId, coolUntil);
      const news = await contacts.link(contactId, { requestId, queueId }, now());
      await applyNews({ requestId, queueId }, contactId, news, { stage, books });
    }
  };
}

/**
 * What the state machine is told. Once an attempt went unanswered, a later one that was turned away for want of capacity
 * does not settle whether the phone rang: the error stays `ConnectUnavailable`.
 */
function withOpenFate(error: unknown, unanswered: boolean): unknown {
  if (!unanswered || leavesCallUnknown(error)) return error;
  if (!(error instanceof CallError) || retryOfError(error.name) === 'none') return error;
  return new CallError('ConnectUnavailable', `${error.message}; an attempt went unanswered`, { cause: error });
}

const { stage, callsTable, guardsTable } = readEnvironment();
const documents = dynamoDocuments();

export const handler = lambdaHandler(
  startCall({
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    connect: amazonConnect(stage.connect),
    guards: dynamoGuards(guardsTable, documents),
    now: () => new Date(),
    pause: REAL_CLOCK.pause,
    log: logger,
  }),
);
