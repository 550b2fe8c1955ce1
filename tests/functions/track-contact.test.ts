import { describe, expect, it } from 'vitest';
import type { ReleaseMessage } from '../../adapters/release-queue.ts';
import { METRICS_LAG_MS } from '../../domain/call-lease.ts';
import {
  CONTACT_ID,
  holdsTheNumber,
  NOW,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
} from './function-support.ts';
import { failOnce, prepareTables } from './tables.ts';

setEnvironment();
const { trackContact } = await import('../../functions/track-contact.ts');

const at = (seconds: number) => secondsAfter(seconds).getTime();

/** Events as Amazon Connect sends them; `seconds` after the tests' NOW. */
const event = (eventType: string, seconds: number, detail: Record<string, unknown> = {}) => ({
  source: 'aws.connect',
  'detail-type': 'Amazon Connect Contact Event',
  time: secondsAfter(seconds).toISOString(),
  detail: { eventType, contactId: CONTACT_ID, channel: 'VOICE', initiationMethod: 'API', ...detail },
});
const CONNECTED = event('CONNECTED_TO_AGENT', 20, {
  agentInfo: { connectedToAgentTimestamp: secondsAfter(19.5).toISOString() },
});
const DISCONNECTED = event('DISCONNECTED', 90, { disconnectTimestamp: secondsAfter(89.5).toISOString() });
/** It says what the one before said, too. */
const DISCONNECTED_FROM_AGENT = event('DISCONNECTED', 90, {
  ...CONNECTED.detail,
  eventType: 'DISCONNECTED',
  disconnectTimestamp: secondsAfter(89.5).toISOString(),
});

/** A call that was placed at the tests' NOW. */
async function prepare({ linked = true, someoneWaits = true } = {}) {
  const tables = prepareTables();
  const { shared, now } = tables;
  const log = recordingLog();
  const sent: (ReleaseMessage & { delaySeconds: number })[] = [];
  const queue = {
    async send(message: ReleaseMessage, delaySeconds: number) {
      sent.push({ ...message, delaySeconds });
    },
  };
  await tables.hold(REQUEST_ID, 300, 300);
  await shared.leases.ringing(REQUEST_ID, CONTACT_ID, NOW.getTime(), true);
  if (linked) await shared.contacts.link(CONTACT_ID, REQUEST_ID, NOW);
  if (someoneWaits) await shared.ticks.advance(undefined, at(3), NOW.getTime());
  return { ...tables, log, sent, run: trackContact({ shared, queue, now, log }) };
}

describe('trackContact', () => {
  it('keeps the agent until the metrics have surely seen the call, and the line while it lasts', async () => {
    const { lease, run, sent } = await prepare();
    const before = await lease();
    await run(CONNECTED);
    expect(await lease()).toEqual({ ...before, agentUntil: at(19.5) + METRICS_LAG_MS });
    expect(sent).toEqual([]);
  });

  it('frees agent and line at once where the call ended without an agent, and wakes those who wait', async () => {
    const { holders, run, sent } = await prepare();
    await run(DISCONNECTED);
    expect(await holders('agents')).toEqual([]);
    expect(await holders('lines')).toEqual([]);
    expect(sent).toEqual([{ delaySeconds: 0 }]);
  });

  it('keeps the agent for a while where the call ended in the queue: whoever did not take it is not free', async () => {
    const { lease, run } = await prepare();
    await run(
      event('DISCONNECTED', 90, {
        queueInfo: { enqueueTimestamp: secondsAfter(60).toISOString() },
        disconnectTimestamp: secondsAfter(89.5).toISOString(),
      }),
    );
    expect(await lease()).toMatchObject({ agentUntil: at(89.5) + METRICS_LAG_MS, lineUntil: 0 });
  });

  it('lets the lease count for two where the call went to a second agent', async () => {
    const { lease, run } = await prepare();
    const queued = { queueInfo: { enqueueTimestamp: secondsAfter(30).toISOString() } };
    await run(
      event('CONNECTED_TO_AGENT', 52, {
        ...queued,
        agentInfo: { connectedToAgentTimestamp: secondsAfter(51).toISOString() },
      }),
    );
    expect(await lease()).toMatchObject({ agentUntil: at(51) + METRICS_LAG_MS, missed: true });
  });

  it('wakes nobody where nobody waits', async () => {
    const { run, sent } = await prepare({ someoneWaits: false });
    await run(DISCONNECTED);
    expect(sent).toEqual([]);
  });

  it('frees the line, and the agent not before the metrics, where a short call ended', async () => {
    const { lease, run, sent } = await prepare();
    await run(CONNECTED);
    await run(DISCONNECTED);
    expect(await lease()).toMatchObject({ agentUntil: at(19.5) + METRICS_LAG_MS, lineUntil: 0 });
    expect(sent).toEqual([{ delaySeconds: 0 }]);
  });

  it.each([
    ['in order', [CONNECTED, DISCONNECTED_FROM_AGENT]],
    ['in the other order', [DISCONNECTED_FROM_AGENT, CONNECTED]],
    ['twice', [CONNECTED, CONNECTED, DISCONNECTED_FROM_AGENT, DISCONNECTED_FROM_AGENT]],
    ['twice in the other order', [DISCONNECTED_FROM_AGENT, DISCONNECTED_FROM_AGENT, CONNECTED, CONNECTED]],
    ['the first one lost', [DISCONNECTED_FROM_AGENT]],
  ])('comes to the same where events come %s', async (_name, events) => {
    const { lease, run } = await prepare();
    for (const one of events) await run(one);
    expect(await lease()).toMatchObject({ agentUntil: at(19.5) + METRICS_LAG_MS, lineUntil: 0 });
  });

  it('comes to the same where all events come at once', async () => {
    const { lease, run } = await prepare();
    await Promise.all([run(CONNECTED), run(DISCONNECTED_FROM_AGENT), run(CONNECTED)]);
    expect(await lease()).toMatchObject({ agentUntil: at(19.5) + METRICS_LAG_MS, lineUntil: 0 });
  });

  it.each([['before'], ['after']] as const)(
    'is complete when EventBridge repeats it after a fault of the table, %s its write',
    async (when) => {
      for (const key of [`contact#${CONTACT_ID}`, REQUEST_ID]) {
        const tables = await prepare();
        const error = failOnce(tables, when, (command) => command.name !== 'GetCommand' && command.key === key);
        await expect(tables.run(DISCONNECTED)).rejects.toBe(error);
        await tables.run(DISCONNECTED);
        expect(await tables.holders('agents')).toEqual([]);
        expect(await tables.holders('lines')).toEqual([]);
      }
    },
  );

  it('keeps news of a contact nobody knows yet, and touches no lease', async () => {
    const { shared, holders, log, run } = await prepare({ linked: false });
    await run(DISCONNECTED_FROM_AGENT);
    expect(await holders('agents')).toEqual([REQUEST_ID]);
    expect(log.lines).toEqual([]);
    expect(await shared.contacts.link(CONTACT_ID, REQUEST_ID, NOW)).toMatchObject({
      agentAt: at(19.5),
      endedAt: at(89.5),
    });
  });

  it('does not bring a lease back that has ended and gone', async () => {
    const { shared, holders, run } = await prepare();
    await shared.leases.giveBack(REQUEST_ID);
    await run(CONNECTED);
    expect(await holders('agents')).toEqual([]);
    expect(await holders('lines')).toEqual([]);
  });

  it('logs the request and the contact, and no number', async () => {
    const { log, run } = await prepare();
    await run(event('DISCONNECTED', 90, { customerEndpoint: { address: '+819012345678' } }));
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'contact event',
        fields: { requestId: REQUEST_ID, contactId: CONTACT_ID, endedAt: at(90) },
      },
    ]);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });

  it.each([[null], ['text'], [{}], [{ detail: {} }], [event('INITIATED', 0)], [event('QUEUED', 5)]])(
    'does nothing for an event that tells nothing: %j',
    async (nothing) => {
      const { run, seen } = await prepare();
      seen.splice(0);
      await run(nothing);
      expect(seen).toEqual([]);
    },
  );
});
