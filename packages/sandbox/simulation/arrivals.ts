import type { TokenBucket } from './bucket.ts';
import type { VirtualClock } from './clock.ts';
import type { Executions } from './executions.ts';
import type { Luck } from './random.ts';
import type { Arrival, Delays } from './scenario.ts';
import type { TraceRecorder } from './trace.ts';

interface Options {
  clock: VirtualClock;
  /** The quota of StartExecution. */
  startExecution: TokenBucket;
  executions: Executions;
  delays: Delays;
  trace: TraceRecorder;
  /** Settings of the rule: deliveries that fail for longer, or more often, become dead letters. */
  maxAgeMs: number;
  maxRetries: number;
  source: string;
  /** The event's `detail.name`. */
  actionName: string;
  luckFor(requestId: string): Luck;
}

/** EventBridge waits about this long before its first retry, twice as long before the next, up to a minute. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Amazon EventBridge between KARTE and the state machine. */
export function karteEvents(options: Options) {
  const { clock, startExecution, executions, delays, trace, luckFor } = options;

  function deliver(arrival: Arrival, event: object, copy: number): void {
    const { requestId } = arrival;
    const luck = luckFor(requestId).branch(`delivery ${copy}`);
    const sent = clock.now();
    const attempt = (retries: number): void => {
      if (startExecution.tryTake()) {
        executions.start(`${requestId}_${luck.id('execution')}`, event, requestId, luck);
        return;
      }
      const pause = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** retries) * luck.between('retry', [0.5, 1.5]);
      if (retries >= options.maxRetries || clock.now() + pause - sent > options.maxAgeMs) {
        trace.add({ kind: 'dead-letter', requestId, reason: 'ThrottlingException' });
      } else clock.after(pause, () => attempt(retries + 1));
    };
    clock.after(luck.between('event', delays.eventMs), () => attempt(0));
  }

  return {
    /** KARTE sends the event now; the bus delivers it once, and again after each of `copies`. */
    arrive(arrival: Arrival): void {
      const { copies = [] } = arrival;
      const event = eventOf(arrival, clock.now(), options);
      deliver(arrival, event, 0);
      for (const [index, milliseconds] of copies.entries()) {
        clock.after(milliseconds, () => deliver(arrival, event, index + 1));
      }
    },
  };
}

/** The event as the rule passes it on. */
function eventOf(
  { requestId, phone, typed, userType, inquiryType, callAt }: Arrival,
  at: number,
  { source, actionName }: Pick<Options, 'source' | 'actionName'>,
): object {
  return {
    version: '0',
    id: requestId,
    'detail-type': 'KARTE Action',
    source,
    account: '000000000000',
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    region: 'ap-northeast-1',
    resources: ['karte'],
    detail: {
      name: actionName,
      content: {
        phone_e164: typed ?? phone,
        user_type: userType,
        ...(inquiryType !== undefined && { inquiry_type: inquiryType }),
        ...(callAt !== undefined && { call_at: new Date(callAt).toISOString() }),
      },
    },
  };
}
