import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallsTable } from '../adapters/calls-table.ts';
import type { Connect, OutboundCall } from '../adapters/connect.ts';
import type { SharedState } from '../adapters/shared-state/shared-state.ts';
import type { IdStore } from '../adapters/stage-ids.ts';
import type { Ended, Placed, ReadyToCall } from '../domain/call-state.ts';
import { CallError, type CallErrorName, leavesCallUnknown, retryOfError } from '../domain/errors.ts';
import { refusalOfExample } from '../domain/example-number.ts';
import { endingAfterDeadline, outboundCall } from '../domain/outbound-call.ts';
import type { Ending } from '../domain/outcomes.ts';
import { paceOf } from '../domain/pacing.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { linkCall } from './shared/link-call.ts';
import { whyNotOnceMore } from './shared/why-not-once-more.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'isLocal' | 'connect' | 'limits' | 'offerCallBack' | 'pacing' | 'speed'>;
  calls: Pick<CallsTable, 'beginAttempt' | 'failAttempt' | 'attempts' | 'noteRingTimeoutRefused' | 'read'>;
  connect: Pick<Connect, 'startCall'>;
  ids: Pick<IdStore, 'entryFlow'>;
  shared: Pick<SharedState, 'leases' | 'contacts' | 'looks' | 'ringTimeouts' | 'turns'>;
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Input {
  executionId: string;
  /** How often the state machine has retried this step. */
  retries: number;
  state: ReadyToCall;
}

type Accepted = Pick<Placed, 'contactId' | 'ringTimeoutRefused'>;

/**
 * How long a call may wait here for a turn. Longer than turns are given out ahead, so that there is one even in a busy row; the function's
 * time-out allows for this besides its two requests.
 */
const LONGEST_PAUSE_MS = 11_000;
/** How long a second request may wait for its turn, as the checks before the first one are not repeated. */
const SECOND_PAUSE_MS = 1_000;
/** Amazon Connect's error for an unsupported ring time-out, and for every other invalid request. */
const REFUSED = 'ConnectRequestRejected' satisfies CallErrorName;

/**
 * Checks again whether the phone may ring, and requests the call from Amazon Connect. The state machine retries it according to the
 * error, always with the same token.
 */
export function startCall({ stage, calls, connect, ids, shared, now, pause, log }: Dependencies) {
  return async function startCall({ executionId, retries, state }: Input): Promise<Placed | Ended> {
    const { request, turn } = state;
    const { requestId, phone } = request;
    const end = (ending: Ending): Ended => {
      log.warn('not called', { requestId, ...ending });
      return { decision: 'end', request, ending, holdsGuards: true };
    };

    // Again, as a sample event of this function does not pass through validateRequest.
    const example = refusalOfExample(phone, stage);
    if (example) return end(example);

    // Before the turn, which the first read would otherwise miss.
    const contactFlow = await entryFlow();
    await keepPace();
    const { ringTimeoutSeconds } = stage.connect;
    const { controls, blocked, ringTimeoutRefused } = await shared.looks.last(phone, ringTimeoutSeconds, now);
    // The wait may have been long.
    const pointless = await whyNotOnceMore(request, controls, calls);
    const late = now() > new Date(request.deadlineAt);
    const forbidden: Ending | undefined = controls.stopped
      ? { outcome: 'calling_disabled', reason: 'stopped' }
      : blocked
        ? { outcome: 'number_blocked', reason: blocked }
        : turn.closesAt !== undefined && now() >= new Date(turn.closesAt)
          ? { outcome: 'queue_closed', reason: 'closed_meanwhile' }
          : pointless;
    if (late || forbidden) {
      const earlier = await calls.attempts(requestId);
      return end(earlier.unanswered || !forbidden ? endingAfterDeadline(earlier) : forbidden);
    }

    // An execution that was settled, or redriven after that, calls nobody. From here on the request holds the number until long after
    // the deadline: only the end of the record gives it back.
    const earlier = await calls.beginAttempt(requestId, executionId, now().toISOString());
    if (!earlier) return end({ outcome: 'duplicate', reason: 'already_claimed' });
    // The previous attempt may have died together with its knowledge of the contact.
    if (earlier.unanswered) await missContact();
    try {
      const call = outboundCall(request, contactFlow, turn.queueArn, stage);
      const accepted = await askForCall(call, earlier.lastError);
      const { contactId } = accepted;
      log.info('call handed to Amazon Connect', { requestId, contactId });
      if (accepted.ringTimeoutRefused) {
        await calls.noteRingTimeoutRefused(requestId, executionId).catch(() => {
          log.warn('refusal of the ring time-out not noted', { requestId });
        });
      }
      const placedAt = now();
      const { maxCallSeconds } = { ...stage.limits, ...controls.limits };
      const isLinked = await linkCall(contactId, { stage, shared, controls }, request, placedAt).then(
        () => true,
        (error: unknown) => {
          // The call has been placed: the last step links it.
          log.warn('contact not linked', { requestId, contactId, error: nameOf(error) });
          return false;
        },
      );
      return {
        request,
        holdsGuards: true,
        placedAt: placedAt.toISOString(),
        heldUntil: new Date(placedAt.getTime() + maxCallSeconds * 1000).toISOString(),
        ...accepted,
        ...(!isLinked && { isUnlinked: true as const }),
      };
    } catch (error) {
      const unanswered = earlier.unanswered || leavesCallUnknown(error);
      if (unanswered) await missContact();
      const lastError = nameOf(error instanceof CallError && error.cause instanceof CallError ? error.cause : error);
      await calls
        .failAttempt(requestId, executionId, { attempt: earlier.count + 1, lastError, unanswered })
        .catch(() => {
          // The record then still says that the attempt was unanswered, which is the safe side.
          log.warn('failure not noted', { requestId, lastError });
        });
      throw withOpenFate(error, unanswered);
    }

    /** This attempt called nobody if nothing was requested; that says nothing about earlier attempts. */
    async function entryFlow(): Promise<string> {
      try {
        return await ids.entryFlow(stage.connect.instanceId);
      } catch (error) {
        throw withOpenFate(error, (await calls.attempts(requestId)).unanswered);
      }
    }

    /** The phone may ring, and its contact may never become known. */
    async function missContact(): Promise<void> {
      const { maxCallSeconds } = { ...stage.limits, ...controls.limits };
      await shared.contacts.missOne(new Date(now().getTime() + maxCallSeconds * 1000)).catch(() => {
        log.warn('unknown contact not noted', { requestId });
      });
    }

    /**
     * Waits for the call's turn, to the millisecond. Retries take another turn, and so do calls that are late because the steps of the
     * state machine took long: otherwise calls that were paced may arrive together.
     */
    async function keepPace(): Promise<void> {
      const at = Date.parse(turn.at);
      await pause(Math.max(0, at - now().getTime()));
      const isInTime = now().getTime() <= at + paceOf(stage.pacing).lateness;
      if (!turn.isOpen && retries === 0 && isInTime) return;
      if (await waitForTurn(now().getTime() + LONGEST_PAUSE_MS)) return;
      const full = new CallError('ConnectThrottled', 'no request to Amazon Connect is free for now');
      throw withOpenFate(full, (await calls.attempts(requestId)).unanswered);
    }

    /** Waits until a request may go to Amazon Connect. False if none may until then. */
    async function waitForTurn(latest: number): Promise<boolean> {
      const at = now().getTime();
      const turnAt = await shared.turns.take(paceOf(stage.pacing), at, latest);
      if (turnAt !== undefined) await pause(turnAt - at);
      return turnAt !== undefined;
    }

    /**
     * Requests the call with the stage's ring time-out, unless Amazon Connect is known to refuse it: it has been seen to accept one only for
     * campaign traffic. Its error may also mean another mistake, so the refusal is only believed, and stored, once the same request is
     * accepted without the ring time-out.
     * @param lastError of the previous attempt
     */
    async function askForCall(call: OutboundCall, lastError: string | undefined): Promise<Accepted> {
      if (ringTimeoutSeconds === null) return connect.startCall(call);
      // A refusal ends the request, unless it was for the ring time-out and there was no turn left to try without it.
      if (!ringTimeoutRefused && lastError !== REFUSED) {
        try {
          return await connect.startCall({ ...call, ringTimeoutSeconds });
        } catch (error) {
          if (!(error instanceof CallError) || error.name !== REFUSED) throw error;
          await shared.ringTimeouts.suspect(ringTimeoutSeconds, now()).catch(() => {
            // Other calls are then refused, too.
            log.warn('suspicion of the ring time-out not noted', { requestId });
          });
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
      // Proven by this very request, unless it was never tried with it.
      if (!ringTimeoutRefused || lastError === REFUSED) {
        log.warn('Amazon Connect refuses ringTimeoutSeconds: set it to null in settings/', { requestId });
        await shared.ringTimeouts.remember(ringTimeoutSeconds, now()).catch(() => {
          // The next call then also needs two requests.
          log.warn('refusal of the ring time-out not remembered', { requestId });
        });
      }
      return { contactId, ringTimeoutRefused: true };
    }
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');

/**
 * The error for the state machine. Once an attempt went unanswered, a later one that was rejected for lack of capacity, or never sent,
 * does not settle whether the phone rang: the error stays `ConnectUnavailable`.
 */
function withOpenFate(error: unknown, unanswered: boolean): unknown {
  if (!unanswered || leavesCallUnknown(error)) return error;
  if (!(error instanceof CallError) || (retryOfError(error.name) === 'none' && error.name !== 'StageIdsMissing'))
    return error;
  return new CallError('ConnectUnavailable', `${error.message}; an attempt went unanswered`, { cause: error });
}
