import { describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome } from '../../../domain/outcomes.ts';
import { callReport, reportLines } from '../../../tools/call-report.ts';
import { callsUnderWay } from '../board/calls-under-way.ts';
import { detailOf } from '../board/detail.ts';
import { kindOf } from '../board/page/board-state.ts';
import { callWords, KIND_WORDS } from '../board/page/code-words.ts';
import { lifeSteps } from '../board/page/life-steps.ts';
import { callNow, rowOf } from '../board/rows.ts';
import type { Contact, DisconnectReason } from '../connect/contact.ts';
import type { Execution } from '../state-machine.ts';
import { endingInWords } from '../voicemail-words.ts';

const REQUEST_ID = '00000000-0000-4000-8000-000000000001';
const AT = '2026-11-22T03:00:00.000Z';

const recordOf = (outcome: Outcome, reason: string) => ({
  ...{ requestId: REQUEST_ID, executionId: `arn:x:${REQUEST_ID}_1`, requestedAt: AT, receivedAt: AT },
  ...{ status: 'ended' as const, attempts: 1, expiresAt: 0, outcome, reason, class: OUTCOMES[outcome].class },
  ...{ contactId: 'c', placedAt: AT, endedAt: AT },
});

const executionOf = (outcome: Outcome, reason: string): Execution => ({
  ...{ arn: `arn:x:${REQUEST_ID}_1`, name: `${REQUEST_ID}_1`, input: { id: REQUEST_ID }, startedAt: 0, endedAt: 9 },
  status: OUTCOMES[outcome].failsExecution ? 'FAILED' : 'SUCCEEDED',
  states: [
    {
      ...{ name: 'RecordOutcome', enteredAt: 0, exitedAt: 5, errors: [] },
      output: { requestId: REQUEST_ID, outcome, reason, notify: 'quiet' },
    },
  ],
  done: Promise.resolve(),
});

const contactOf = (fields: Partial<Contact>): Contact => ({
  ...{ id: 'c', state: 'ended', initiationMethod: 'API', destination: '+819012345678', source: '+815000000000' },
  ...{ attributes: { request_id: REQUEST_ID }, initiatedAt: AT, updatedAt: AT, transcript: [], walk: [] },
  ...fields,
});

/** Everything that the board says of a request, with the call that it had. */
function saidOf(outcome: Outcome, reason: string, contact: Contact) {
  const calls = callsUnderWay();
  calls.moved(contact);
  const call = calls.callOf(REQUEST_ID);
  const execution = executionOf(outcome === 'completed' ? 'call_placed' : outcome, reason);
  const record = recordOf(outcome, reason);
  const now = call && callNow(call, []);
  const row = rowOf(execution, { call: now, ended: { ...record, times: {} } });
  const parts = {
    call,
    contacts: [contact],
    record,
    executions: [],
    agents: [],
    faultHits: [],
    timeZone: 'Asia/Tokyo',
  };
  const detail = detailOf(execution, parts);
  const report = callReport(execution, 'Asia/Tokyo', record, contact);
  const printed = reportLines(execution, 1, 'Asia/Tokyo').ending(report).join('\n');
  return { row, detail, printed, phone: now && callWords(now) };
}

const TALKED = endingInWords({ outcome: 'completed', reason: 'agent_connected' }, false).outcome;
const ENDINGS = Object.entries(OUTCOMES).flatMap(([outcome, { reasons }]) =>
  Object.keys(reasons).map((reason) => [outcome as Outcome, reason] as const),
);

describe('a call in which nobody spoke with an agent', () => {
  it.each(ENDINGS.filter(([outcome]) => OUTCOMES[outcome].class !== 'reached'))(
    'is said to be none that did: %s, %s',
    (outcome, reason) => {
      const { row, detail, printed } = saidOf(outcome, reason, contactOf({ disconnectReason: 'TELECOM_BUSY' }));
      for (const said of [row, detail]) {
        expect(KIND_WORDS[kindOf(said)].sign).not.toBe(KIND_WORDS.reached.sign);
        expect(said.words).not.toEqual(TALKED);
      }
      expect(JSON.stringify([detail.ending, printed])).not.toMatch(/お話しになりました|spoke with an agent/);
    },
  );

  it.each<[DisconnectReason, string, string]>([
    ['TELECOM_BUSY', 'お話し中か、着信拒否', 'Busy, or declined'],
    ['TELECOM_ORIGINATOR_CANCEL', '応答なし', 'Not answered'],
    ['TELECOM_NUMBER_INVALID', '使われていない番号', 'The number is not in use'],
    ['OTHER', '応答なし', 'Not answered'],
  ])('has not ended but never begun, on the phone and in the row, before any record says so: %s', (reason, ja, en) => {
    expect(saidOf('call_placed', 'accepted', contactOf({ disconnectReason: reason })).phone).toEqual({ ja, en });
  });
});

describe('a voicemail that took the call', () => {
  const VOICEMAIL = contactOf({ voicemail: true, answeredAt: AT, agentAt: AT, disconnectReason: 'AGENT_DISCONNECT' });

  it('is no customer who spoke with an agent, whatever the record says', () => {
    const { row, detail, printed, phone } = saidOf('completed', 'agent_connected', VOICEMAIL);
    for (const said of [row, detail]) expect(said).toMatchObject({ outcome: 'completed', class: 'missed' });
    expect(row).toMatchObject({ voicemail: true, words: { ja: expect.stringContaining('留守番電話') } });
    expect(detail.ending?.reason.en).toContain('The record says completed');
    expect(printed).toMatch(/The record says: completed.*A voicemail answered/s);
    expect(printed).not.toContain(TALKED.en);
    expect(phone?.ja).toBe('留守番電話が応答');
    const steps = lifeSteps({ ...detail, record: { ...recordOf('completed', 'agent_connected'), answeredAt: AT } });
    expect(steps.map(({ words }) => words.en)).toContain('A voicemail answered.');
  });

  it('is said while the agent still hears it', () => {
    expect(callWords({ state: 'with-agent', voicemail: true }).en).toBe('An agent hears a voicemail');
    expect(callWords({ state: 'in-flow', voicemail: true }).ja).toBe('自動音声 (相手は留守番電話)');
  });
});

describe('what npm run call prints', () => {
  it('has the times of the stage, and no value that is none', () => {
    const record = { ...recordOf('completed', 'agent_connected'), flowAttributes: { satisfied: 'yes', again: 'no' } };
    const execution = executionOf('call_placed', 'accepted');
    const report = callReport(execution, 'Asia/Tokyo', record, contactOf({}));
    const printed = reportLines(execution, 1, 'Asia/Tokyo').ending(report).join('\n');
    expect(printed).toMatch(/placedAt +2026-11-22 12:00:00 JST/);
    expect(printed).toMatch(/expiresAt +1970-01-01 09:00:00 JST/);
    expect(printed).toMatch(/flowAttributes satisfied=yes, again=no/);
    expect(printed).not.toMatch(/\dZ|\[object/);
  });

  it('has each sentence in English below it, where one is known', () => {
    const { heard } = reportLines(executionOf('call_placed', 'accepted'), 1, 'Asia/Tokyo');
    const said = (text: string) => heard({ at: AT, kind: 'whisper', text, voice: 'Kazuha', engine: 'Neural' });
    const [japanese, english, ...more] = said('ご利用中のお客様です。');
    expect(japanese).toContain('「ご利用中のお客様です。」');
    expect(english?.trim()).toBe('The customer uses the service.');
    expect(more).toEqual([]);
    expect(said('知らない文です。')).toHaveLength(1);
  });
});
