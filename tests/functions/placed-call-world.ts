import type { ReleaseMessage } from '../../adapters/release-queue.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { prepareCentre } from './centre.ts';
import {
  CONTACT_ID,
  goodRequest,
  holdUntil,
  NOW,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  recordingMeasure,
  secondsAfter,
  setEnvironment,
  stage as stageOfTheTests,
} from './function-support.ts';
import { claimedRecord, prepareTables, putRecord } from './tables.ts';

setEnvironment();
const { trackContact } = await import('../../functions/track-contact.ts');
const { claimRequest } = await import('../../functions/claim-request.ts');
const { lookAfterCalls } = await import('../../functions/shared/look-after-calls.ts');

export const PHONE = goodRequest.phone;
export const [SECOND, THIRD] = ['d002', 'd003'].map((end) => `00000000-0000-4000-8000-00000000${end}`) as [
  string,
  string,
];
/** Of a call that Amazon Connect accepted. */
export const PLACED = claimedRecord({
  ...{ status: 'ended', outcome: 'call_placed', class: 'placed', reason: 'accepted', contactId: CONTACT_ID },
  ...{ attempts: 1, unanswered: false, queueId: QUEUE_ID, placedAt: NOW.toISOString() },
});

/** Epoch milliseconds, and ISO 8601, so many seconds after the tests' NOW. */
export const at = (seconds: number) => secondsAfter(seconds).getTime();
export const iso = (seconds: number) => secondsAfter(seconds).toISOString();

/** An event as Amazon Connect sends it. */
export const event = (eventType: string, seconds: number, detail: Record<string, unknown> = {}) => ({
  source: 'aws.connect',
  'detail-type': 'Amazon Connect Contact Event',
  time: iso(seconds),
  detail: { eventType, contactId: CONTACT_ID, channel: 'VOICE', initiationMethod: 'API', ...detail },
});

interface Prepared {
  record?: CallRecord | null;
  /** False where startCall has not noted the contact yet. */
  linked?: boolean;
  someoneWaits?: boolean;
  change?: Partial<StageSettings>;
}

/** A call that was placed at the tests' NOW, and an Amazon Connect that tells of contacts what a test wants. */
export async function prepareCall({
  record = PLACED,
  linked = true,
  someoneWaits = false,
  change = {},
}: Prepared = {}) {
  const tables = prepareTables();
  const { calls, clock, shared, now } = tables;
  const log = recordingLog();
  const { measure, measured, counted } = recordingMeasure();
  const sent: (ReleaseMessage & { delaySeconds: number })[] = [];
  const queue = {
    async send(message: ReleaseMessage, delaySeconds: number) {
      sent.push({ ...message, delaySeconds });
    },
  };
  const centre = prepareCentre(tables);
  const stage = { ...stageOfTheTests, ...change };
  if (record) {
    await putRecord(tables, record);
    const hold = { ...holdUntil(secondsAfter(stage.limits.maxCallSeconds), NOW), maxPerDay: 3, maxTriesPerDay: 6 };
    await shared.phones.hold(PHONE, REQUEST_ID, hold);
    await tables.hold(REQUEST_ID, 300, 300);
    const maxCallMs = stage.limits.maxCallSeconds * 1_000;
    await shared.leases.ringing(REQUEST_ID, QUEUE_ID, CONTACT_ID, NOW.getTime(), maxCallMs);
  }
  const link = () => shared.contacts.link(CONTACT_ID, REQUEST_ID, Object.keys(goodRequest.attributes), now());
  if (linked) await link();
  if (someoneWaits) await shared.ticks.advance(undefined, at(3), NOW.getTime());
  const dependencies = {
    ...{ stage, calls, shared, connect: centre.connect, queue, now, log },
    measure,
  };
  const track = trackContact(dependencies);
  const claim = claimRequest({ stage, calls, shared, now, log });
  let asked = 0;
  return {
    ...tables,
    centre,
    counted,
    measured,
    dependencies,
    link,
    log,
    sent,
    run: track,
    /** Takes in an event at its own time. */
    async tell(one: ReturnType<typeof event>) {
      clock.at = new Date(one.time);
      return track(one);
    },
    look: (most = 5) => lookAfterCalls(dependencies, most),
    /** Another request for the same number, so many seconds after the tests' NOW: how it ends, or nothing where it goes on. */
    async askAgain(seconds: number) {
      asked += 1;
      clock.at = secondsAfter(seconds);
      const times = { requestedAt: iso(seconds), receivedAt: iso(seconds), deadlineAt: iso(seconds + 300) };
      const request = { ...goodRequest, ...times, requestId: `asked-again-${asked}` };
      const claimed = await claim(`execution-${asked}`, { decision: 'continue', request }, async () => undefined);
      return claimed.decision === 'end' ? claimed.ending : undefined;
    },
    /** Everything that a test compares after events in different orders. */
    async state() {
      const { version: _, seen: __, ...phone } = { ...tables.guard(`phone#${PHONE}`) } as Record<string, unknown>;
      const lease = await tables.lease();
      return { record: await tables.record(), lease, phone };
    },
  };
}
