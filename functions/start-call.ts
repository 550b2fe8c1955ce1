import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable, type EarlierAttempts } from '../adapters/calls-table.ts';
import { amazonConnect, type Connect, type OutboundCall } from '../adapters/connect.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { dynamoGuards, type Guards, REAL_CLOCK } from '../adapters/guards/guards.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import type { Ended, Placed, ReadyToCall } from '../domain/call-state.ts';
import { CallError, type CallErrorName, leavesCallUnknown, retryOfError } from '../domain/errors.ts';
import { refusalOfExample } from '../domain/example-number.ts';
import { endingAfterDeadline, outboundCall } from '../domain/outbound-call.ts';
import type { Ending } from '../domain/outcomes.ts';
import { paceOf } from '../domain/pacing.ts';
import type { StageSettings } from '../domain/stage-settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'isLocal' | 'connect' | 'limits' | 'pacing'>;
  calls: Pick<CallsTable, 'beginAttempt' | 'failAttempt' | 'attempts' | 'noteRingTimeoutRefused'>;
  connect: Pick<Connect, 'startCall'>;
  guards: Pick<Guards, 'leases' | 'contacts' | 'controls' | 'phones' | 'ringTimeouts' | 'turns'>;
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

type Accepted = Pick<Placed, 'contactId' | 'ringTimeoutRefused'>;

/** The function has time for this besides the two requests it may make. */
const LONGEST_PAUSE_MS = 6_000;
/** How long a second request may wait for its turn: what was looked at before the first one is not looked at again. */
const SECOND_PAUSE_MS = 1_000;
/** How Amazon Connect answers a ring time-out that it does not take, and every other mistake in a request. */
const REFUSED = 'ConnectRequestRejected' satisfies CallErrorName;

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
    const { coolDownSeconds, maxConcurrentCalls } = { ...stage.limits, ...changed };
    const coolUntil = new Date(now().getTime() + coolDownSeconds * 1000);
    const askedUntil = new Date(request.deadlineAt);
    const isHeld = await guards.phones
      .coolDown(phone, requestId, coolUntil > askedUntil ? coolUntil : askedUntil)
      .catch((error: unknown) => withoutAttempt(earlier, error));
    if (!isHeld) {
      await withoutAttempt(earlier);
      return end(
        earlier.unanswered ? endingAfterDeadline(earlier) : { outcome: 'number_held', reason: 'live_request' },
      );
    }
    try {
      const call = outboundCall(request, contactFlowArn, turn.queueArn, stage.connect.pressToConnect);
      const accepted = await askForCall(call, earlier.lastError);
      const { contactId } = accepted;
      log.info('call handed to Amazon Connect', { requestId, contactId });
      if (accepted.ringTimeoutRefused) {
        await calls.noteRingTimeoutRefused(requestId, executionId).catch(() => {
          log.warn('refusal of the ring time-out not noted', { requestId });
        });
      }
      await followContact(contactId).catch((error: unknown) => {
        // The call is out. Its agent's lease then ends by time instead of by the call's events.
        log.warn('contact not linked', { requestId, contactId, error: nameOf(error) });
      });
      return { ...state, ...accepted };
    } catch (error) {
      const unanswered = earlier.unanswered || leavesCallUnknown(error);
      const lastError = nameOf(error instanceof CallError && error.cause instanceof CallError ? error.cause : error);
      await calls.failAttempt(requestId, executionId, { lastError, unanswered }).catch(() => {
        // The record then still says that the attempt was not answered, which errs on the safe side.
        log.warn('failure not noted', { requestId, lastError });
      });
      throw withOpenFate(error, unanswered);
    }

    /** The attempt was noted, and Amazon Connect was not asked: the record says again what it said before. */
    async function withoutAttempt({ unanswered, lastError }: EarlierAttempts, error?: unknown): Promise<false> {
      const before = { unanswered, ...(lastError !== undefined && { lastError }) };
      await calls.failAttempt(requestId, executionId, before).catch(() => {
        log.warn('attempt not taken back', { requestId });
      });
      if (error !== undefined) throw error;
      return false;
    }

    /**
     * The steps of the state machine come late by seconds, one more than the other: calls that left in pace may arrive
     * together. Who comes too early waits here.
     */
    async function keepPace(): Promise<void> {
      if (await waitForTurn(now().getTime() + LONGEST_PAUSE_MS)) return;
      const full = new CallError('ConnectThrottled', 'no request to Amazon Connect is free for now');
      throw withOpenFate(full, (await calls.attempts(requestId)).unanswered);
    }

    /** Waits until one request may go to Amazon Connect. False where none may until then. */
    async function waitForTurn(latest: number): Promise<boolean> {
      const at = now().getTime();
      const turnAt = await guards.turns.reserve('requests', paceOf(stage.pacing), at, latest);
      if (turnAt !== undefined) await pause(turnAt - at);
      return turnAt !== undefined;
    }

    /**
     * Asks with the stage's ring time-out, unless Amazon Connect is known to refuse it: it was seen to take one for campaign
     * traffic only. Its error may as well mean another mistake. So the refusal is believed, and remembered, when the same
     * request is accepted without the ring time-out.
     * @param lastError of the attempt before
     */
    async function askForCall(call: OutboundCall, lastError: string | undefined): Promise<Accepted> {
      const { ringTimeoutSeconds } = stage.connect;
      if (ringTimeoutSeconds === null) return connect.startCall(call);
      const known = await guards.ringTimeouts.stands(ringTimeoutSeconds, now()).catch(() => undefined);
      // A refusal ends the request, unless it was the ring time-out's and no turn was left for asking without it.
      if (known === false && lastError !== REFUSED) {
        try {
          return await connect.startCall({ ...call, ringTimeoutSeconds });
        } catch (error) {
          if (!(error instanceof CallError) || error.name !== REFUSED) throw error;
          const { deadlineAt } = request;
          const end = Math.min(Date.parse(deadlineAt), Date.parse(turn.closesAt ?? deadlineAt) - 1);
          const mayAskAgain = await waitForTurn(Math.min(now().getTime() + SECOND_PAUSE_MS, end)).catch(() => false);
          if (!mayAskAgain) {
            const full = 'no second request, without the ring time-out, is free for now';
            throw new CallError('ConnectThrottled', full, { cause: error });
          }
        }
      }
      const { contactId } = await connect.startCall(call);
      if (known === undefined) {
        log.warn('ring time-out left out: whether it is refused could not be read', { requestId });
        return { contactId };
      }
      if (!known) {
        log.warn('Amazon Connect refuses ringTimeoutSeconds: set it to null in settings/', { requestId });
        await guards.ringTimeouts.remember(ringTimeoutSeconds, now()).catch(() => {
          // The next call then asks twice, too.
          log.warn('refusal of the ring time-out not remembered', { requestId });
        });
      }
      return { contactId, ringTimeoutRefused: true };
    }

    /** From here on the leases end as the call's events say. Those that came before this moment are caught up with. */
    async function followContact(contactId: string): Promise<void> {
      const { leases, contacts } = guards;
      await leases.ringing(requestId, contactId, now().getTime(), maxConcurrentCalls !== null);
      if (coolUntil < askedUntil) await guards.phones.coolDown(phone, requestId, coolUntil);
      const news = await contacts.link(contactId, { requestId, queueId: request.queue.id }, now());
      await leases.follow(requestId, contactId, news, now().getTime());
    }
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');

/**
 * What the state machine is told. Once an attempt went unanswered, a later one that was turned away for want of capacity
 * does not settle whether the phone rang: the error stays `ConnectUnavailable`.
 */
function withOpenFate(error: unknown, unanswered: boolean): unknown {
  if (!unanswered || leavesCallUnknown(error)) return error;
  if (!(error instanceof CallError) || retryOfError(error.name) === 'none') return error;
  return new CallError('ConnectUnavailable', `${error.message}; an attempt went unanswered`, { cause: error });
}

const { stage, callsTable, guardsTable, leasesTable } = readEnvironment();
const documents = dynamoDocuments();

export const handler = lambdaHandler(
  startCall({
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    connect: amazonConnect(stage.connect),
    guards: dynamoGuards({ guardsTable, leasesTable }, documents),
    now: () => new Date(),
    pause: REAL_CLOCK.pause,
    log: logger,
  }),
);
