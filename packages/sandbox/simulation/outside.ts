import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import type { Documents } from '../../../adapters/dynamodb.ts';
import type { Luck } from './random.ts';
import type { Faults } from './scenario.ts';

/** How one invocation of a function reaches what is outside it. */
export interface Reach {
  luck: Luck;
  faults: Faults;
  /** Virtual milliseconds. */
  pause(milliseconds: number): Promise<void>;
  /**
   * Passes a response on to the function, or nothing ever again: whatever the function waited for has then happened, and
   * its code does not continue.
   */
  answered(): Promise<void>;
  /** Records that a fault was injected. @param contactId of the contact about which Amazon Connect was asked */
  fault(name: string, contactId?: string): void;
}

/** Every client of the AWS SDK, as the adapters use it. */
interface Client {
  send(command: unknown): Promise<unknown>;
}

/** An error as the SDK throws it for a response with this status. */
export const serviceError = (name: string, status: number): Error =>
  Object.assign(new Error(`${name} was simulated`), { name, $metadata: { httpStatusCode: status } });

/** The SDK gave up waiting. */
export const timeoutError = (): Error => Object.assign(new Error('a time-out was simulated'), { name: 'TimeoutError' });

/** The DynamoDB client waits this long for a response before it retries (requestTimeout of its defaults). */
const TABLE_TIMEOUT_MS = 3_000;

/** How often it retries when it is throttled, and how long it waits at most before the first time. */
const THROTTLED_RETRIES = 2;
const THROTTLED_PAUSE_MS = 500;

/**
 * DynamoDB as one invocation sees it: with delays, throttling that lasts longer than the SDK's own retries, and responses
 * that are lost after the work was done. The SDK then retries, which a condition may not survive, or gives up.
 */
export function documentsFor(reach: Reach, documents: Documents, tableMs: readonly [number, number]): Documents {
  const { luck, faults, pause } = reach;
  const client = documents as unknown as Client;

  /** A partition that is too hot cools down in a second. */
  async function ask(command: unknown, retries = 0): Promise<unknown> {
    try {
      return await client.send(command);
    } catch (error) {
      if (!(error instanceof ProvisionedThroughputExceededException)) throw error;
      reach.fault('partition too hot');
      if (retries >= THROTTLED_RETRIES) throw error;
      await pause(luck.between('table backoff', [0, THROTTLED_PAUSE_MS * 2 ** retries]));
      return ask(command, retries + 1);
    }
  }

  const send = async (command: unknown): Promise<unknown> => {
    await pause(luck.between('table delay', tableMs));
    if (luck.happens('table throttled', faults.tableThrottled)) {
      reach.fault('tableThrottled');
      await reach.answered();
      throw new ProvisionedThroughputExceededException({ message: 'throttling was simulated', $metadata: {} });
    }
    try {
      const answer = await ask(command);
      if (!luck.happens('table time-out', faults.tableTimeout)) return answer;
      reach.fault('tableTimeout');
      await pause(TABLE_TIMEOUT_MS);
      if (luck.happens('table asked again', 0.7)) return await ask(command);
      throw timeoutError();
    } finally {
      await reach.answered();
    }
  };
  return { send } as unknown as Documents;
}
