import { describe, expect, it } from 'vitest';
import {
  EXECUTION_ID,
  goodRequest,
  holdsTheNumber,
  memoryCalls,
  NOW,
  OTHER_EXECUTION_ID,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './support.ts';

setEnvironment();
const { claimRequest } = await import('../../functions/claim-request.ts');

const STATE = { decision: 'continue', request: goodRequest } as const;

function prepare(calls = memoryCalls()) {
  const log = recordingLog();
  return { calls, log, run: claimRequest({ stage, calls, now: () => secondsAfter(1), log }) };
}

describe('claimRequest', () => {
  it('writes the record of a new request and hands the request on as it came', async () => {
    // Prepare
    const { calls, log, run } = prepare();

    // Act
    const state = await run({ executionId: EXECUTION_ID, state: STATE });

    // Assess
    expect(state).toEqual(STATE);
    expect(log.lines).toEqual([]);
    expect(calls.records.get(REQUEST_ID)).toEqual({
      requestId: REQUEST_ID,
      executionId: EXECUTION_ID,
      status: 'claimed',
      attempts: 0,
      phone: '+819012345678',
      userType: 'visitor',
      inquiryType: 'KARTE Datahubについて',
      trackId: '482915',
      queueId: QUEUE_ID,
      leftOut: ['email'],
      requestedAt: NOW.toISOString(),
      receivedAt: NOW.toISOString(),
      claimedAt: secondsAfter(1).toISOString(),
      expiresAt: NOW.getTime() / 1000 + 30 * 86_400,
    });
  });

  it('takes the request again for the same execution: Step Functions may repeat the state', async () => {
    const { run } = prepare();
    await run({ executionId: EXECUTION_ID, state: STATE });
    expect(await run({ executionId: EXECUTION_ID, state: STATE })).toEqual(STATE);
  });

  it('ends a request that another execution has as a duplicate', async () => {
    // Prepare
    const { calls, log, run } = prepare();
    await run({ executionId: OTHER_EXECUTION_ID, state: STATE });

    // Act
    const state = await run({ executionId: EXECUTION_ID, state: STATE });

    // Assess
    expect(state).toEqual({
      decision: 'end',
      request: goodRequest,
      ending: { outcome: 'duplicate', reason: 'already_claimed' },
    });
    expect(calls.records.get(REQUEST_ID)?.executionId).toBe(OTHER_EXECUTION_ID);
    expect(log.lines).toEqual([
      { level: 'info', message: 'request refused', fields: { requestId: REQUEST_ID, outcome: 'duplicate' } },
    ]);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });

  it('fails where the table fails, so that nobody is called without a claim', async () => {
    // Prepare
    const outage = new Error('the table does not answer');
    const calls = { ...memoryCalls(), claim: () => Promise.reject(outage) };

    // Act & Assess
    await expect(prepare(calls).run({ executionId: EXECUTION_ID, state: STATE })).rejects.toBe(outage);
  });
});
