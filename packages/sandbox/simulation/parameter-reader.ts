import { PARAMETER_ATTEMPTS } from '../../../adapters/parameter-store.ts';
import type { TokenBucket } from './bucket.ts';
import { type Reach, serviceError } from './outside.ts';
import type { Range } from './scenario.ts';

/** How long the SDK waits at most before its second attempt. */
const THROTTLED_PAUSE_MS = 500;

interface Options {
  parameters: Readonly<Record<string, string>>;
  /** Requests that the account may still make. */
  quota: TokenBucket;
  /** Delay of one response. */
  answerMs: Range;
  /** Is told of each request. */
  asked(): void;
}

/** Parameter Store as one invocation sees it: the quota of the account, and the SDK's own retries when it is used up. */
export function parameterReaderFor(reach: Reach, { parameters, quota, answerMs, asked }: Options) {
  const { luck, pause, fault, answered } = reach;

  return async function readParameter(name: string): Promise<string | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      asked();
      await pause(luck.between('parameter delay', answerMs));
      const isAnswered = quota.tryTake();
      await answered();
      if (isAnswered) return parameters[name];
      fault('parameterThrottled');
      if (attempt === PARAMETER_ATTEMPTS) throw serviceError('ThrottlingException', 400);
      await pause(luck.between('parameter backoff', [0, THROTTLED_PAUSE_MS * 2 ** (attempt - 1)]));
    }
  };
}
