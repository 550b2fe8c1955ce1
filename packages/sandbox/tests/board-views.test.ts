import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../domain/call-record.ts';
import { NUMBER_FORMS } from '../../../tests/e2e/path-support.ts';
import { fuzzRuns } from '../../../tests/fuzz-runs.ts';
import { boardActivity, endedCall } from '../board/activity.ts';
import { detailOf } from '../board/detail.ts';
import { requestIdOf } from '../board/request-facts.ts';
import { rowOf } from '../board/rows.ts';
import { STATE_WORDS } from '../board/state-words.ts';
import type { Contact } from '../connect/contact.ts';
import type { Execution, StateVisit } from '../state-machine.ts';

const REQUEST_ID = '00000000-0000-4000-8000-000000000001';
const CONTACT_ID = '00000000-0000-4000-8000-0000000000c1';
const STARTED = Date.parse('2026-11-22T03:00:00.000Z');

const at = (seconds: number) => new Date(STARTED + seconds * 1_000).toISOString();

const visit = (name: string, output?: unknown, errors: string[] = []): StateVisit => ({
  name,
  enteredAt: STARTED,
  errors,
  ...(output !== undefined && { exitedAt: STARTED + 5, output }),
});

const execution = (fields: Partial<Execution> = {}): Execution => ({
  arn: `arn:aws:states:ap-northeast-1:000000000000:execution:machine:${REQUEST_ID}_1`,
  name: `${REQUEST_ID}_1`,
  input: event({
    phone_e164: '090-1234-5678',
    user_type: 'visitor',
    inquiry_type: '料金について',
    track_id: '48291532',
  }),
  startedAt: STARTED,
  status: 'RUNNING',
  states: [],
  done: Promise.resolve(),
  ...fields,
});

const event = (content: unknown) => ({ id: REQUEST_ID, detail: { name: 'karte_ivr_call_request', content } });

const REQUEST = {
  requestId: REQUEST_ID,
  phone: '+819012345678',
  userType: 'visitor',
  inquiryType: '料金について',
  queue: { name: 'visitors', id: 'q' },
  leftOut: [],
};

const recorded = (outcome: string, reason: string) =>
  visit('RecordOutcome', { requestId: REQUEST_ID, outcome, reason, notify: 'quiet' });

const record = (fields: Partial<CallRecord> = {}): CallRecord => ({
  requestId: REQUEST_ID,
  executionId: execution().arn,
  status: 'ended',
  phone: '+819012345678',
  attempts: 1,
  requestedAt: '2026-11-22T03:00:00.000Z',
  receivedAt: '2026-11-22T03:00:00.000Z',
  expiresAt: 1_800_000_000,
  ...fields,
});

const parts = {
  ...{ call: undefined, contacts: [], record: undefined },
  ...{ executions: [`${REQUEST_ID}_1`], agents: [], faultHits: [], timeZone: 'Asia/Tokyo' },
};

const RINGING = { state: 'ringing', since: '2026-11-22T03:00:01.000Z' } as const;

describe('a row of the call log', () => {
  it('shows what was typed, masked, until the path has understood it', () => {
    // Act
    const row = rowOf(execution(), undefined);
    // Assess
    expect(row).toEqual({
      execution: `${REQUEST_ID}_1`,
      requestId: REQUEST_ID,
      startedAt: '2026-11-22T03:00:00.000Z',
      status: 'RUNNING',
      state: '',
      phone: '******5678',
      userType: 'visitor',
      inquiryType: '料金について',
      trackId: '48291532',
      words: { ja: 'まもなく始まります。', en: 'About to start.' },
    });
  });

  it('says what a running request waits for, and what its phone does', () => {
    // Prepare
    const running = execution({ states: [visit('ValidateRequest', { request: REQUEST }), visit('WaitForAgent')] });
    // Act
    const row = rowOf(running, { call: RINGING });
    // Assess
    expect(row).toMatchObject({
      state: 'WaitForAgent',
      phone: '+81******5678',
      call: RINGING,
      words: STATE_WORDS.WaitForAgent,
    });
  });

  it('has the outcome of the execution, and no call where it is a redelivery', () => {
    // Prepare
    const ended = (outcome: string, reason: string) =>
      execution({ status: 'SUCCEEDED', endedAt: STARTED + 9, states: [recorded(outcome, reason)] });
    const call = { ...RINGING, state: 'ended' } as const;
    // Act
    const rows = [ended('call_placed', 'accepted'), ended('duplicate', 'already_claimed')].map((one) =>
      rowOf(one, { call }),
    );
    // Assess
    expect(rows).toMatchObject([
      { outcome: 'call_placed', class: 'placed', call, endedAt: '2026-11-22T03:00:00.009Z' },
      { outcome: 'duplicate', class: 'refused', words: { ja: '同じお申し込みを受付済みです。' } },
    ]);
    expect(rows[1]).not.toHaveProperty('call');
  });

  it('goes by what its own record says once the call is over, and by no other record', () => {
    // Prepare
    const placed = execution({ status: 'SUCCEEDED', states: [recorded('call_placed', 'accepted')] });
    const call = { ...RINGING, state: 'ended' } as const;
    const of = { outcome: 'completed', class: 'reached', reason: 'agent_connected', agentMissed: true } as const;
    const ended = endedCall(record({ ...of, answeredAt: at(4), agentAt: at(6), endedAt: at(9) }));
    // Act
    const [own, foreign, open] = [ended, { ...ended, executionId: 'another' }, endedCall(record())].map((known) =>
      rowOf(placed, { call, ended: known }),
    );
    // Assess
    expect(own).toMatchObject({ ...of, words: { en: 'The customer spoke with an agent.' } });
    expect(own?.times).toMatchObject({ waited: 2_000, talked: 3_000 });
    expect(own).not.toHaveProperty('call');
    for (const row of [foreign, open]) expect(row).toMatchObject({ outcome: 'call_placed', call });
    expect(foreign).not.toHaveProperty('times');
  });

  it('of an appointment that was cancelled says so, though its execution was aborted', () => {
    const aborted = execution({ status: 'ABORTED', states: [visit('WaitForAppointment')] });
    const cancelled = { outcome: 'cancelled', class: 'refused', reason: 'by_staff' } as const;
    expect(rowOf(aborted, { ended: endedCall(record(cancelled)) })).toMatchObject({
      ...{ ...cancelled, words: { en: 'The call was cancelled before it went out.' } },
    });
  });

  it.each([
    ['ABORTED', 'The execution was aborted.'],
    ['TIMED_OUT', 'The execution timed out.'],
    ['FAILED', 'The execution itself failed.'],
  ] as const)('of an execution that ended %s without an outcome says so', (status, words) => {
    expect(rowOf(execution({ status, states: [visit('WaitForAgent')] }), undefined).words.en).toBe(words);
  });

  it.each<[string, unknown, string | undefined]>([
    ['an emergency number', '110', '110'],
    ['a variable without a value', '#{phone_e164}', '#{phone_e164}'],
    ['a number without its 0', '9012345678', '******5678'],
    ['a number as JSON', 819012345678, '******5678'],
    ['a toll-free number', '0120-000-000', '******0000'],
    ['an object', { a: 1 }, undefined],
  ])('shows %s only where it is nobody’s', (_, phone_e164, shown) => {
    expect(rowOf(execution({ input: event({ phone_e164 }) }), undefined).phone).toBe(shown);
  });

  it('reads content that is JSON text, and cuts what is long', () => {
    // Prepare
    const content = JSON.stringify({ inquiry_type: `${'長'.repeat(499)}😀${'い'.repeat(1_000)}`, user_type: 'x' });
    // Act
    const { inquiryType, userType } = rowOf(execution({ input: event(content) }), undefined);
    // Assess
    expect(userType).toBe('x');
    expect(inquiryType).toHaveLength(501);
    expect(inquiryType?.isWellFormed()).toBe(true);
  });

  it('masks a number in any text of the visitor', () => {
    // Prepare
    const input = event({
      user_type: '090-1234-5678',
      inquiry_type: '０９０ー１２３４ー５６７８へ',
      track_id: '09012345678',
    });
    // Act, Assess
    expect(rowOf(execution({ input }), undefined)).toMatchObject({
      userType: '******5678',
      inquiryType: '******5678へ',
      trackId: '******5678',
    });
  });

  it('is made of any event and any output whatever', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (input, content, output) => {
        for (const one of [input, event(content)]) {
          const odd = execution({
            input: one,
            states: [visit('ValidateRequest', output), visit('RecordOutcome', output)],
          });
          const json = JSON.stringify(rowOf(odd, undefined));
          expect(JSON.parse(json)).toMatchObject({ execution: odd.name });
        }
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});

describe('the detail of a request', () => {
  it('holds every decision in words, the record and the call, and no number', () => {
    // Prepare
    const placed = execution({
      status: 'SUCCEEDED',
      states: [
        visit('ValidateRequest', { decision: 'continue', request: { ...REQUEST, leftOut: ['tel:090-1234-5678'] } }),
        visit('StartCall', { decision: 'continue', contactId: CONTACT_ID }, ['ConnectThrottled']),
        recorded('call_placed', 'accepted'),
      ],
    });
    const call = {
      ...{ contactId: CONTACT_ID, contactIds: [CONTACT_ID], agentId: 'a-1' },
      ...{ state: 'with-agent' as const, since: '2026-11-22T03:00:03.000Z' },
    };
    const contact = {
      id: CONTACT_ID,
      state: 'with-agent',
      destination: '+819012345678',
      source: '+815000000000',
      initiatedAt: '2026-11-22T03:00:01.000Z',
      answeredAt: '2026-11-22T03:00:02.000Z',
      agentId: 'a-1',
      transcript: [{ at: '2026-11-22T03:00:02.000Z', kind: 'prompt', text: '090-1234-5678 のお客様', voice: 'Kazuha' }],
      attributes: { phone: '+819012345678' },
      walk: [],
    } as unknown as Contact;
    const agents = [{ id: 'a-1', name: 'agent-1', queues: [], status: 'available' as const }];
    const known = record({ trackId: '09012345678', userType: '090 1234 5678', leftOut: ['+81 90 1234 5678'] });
    // Act
    const detail = detailOf(placed, { ...parts, call, contacts: [contact], record: known, agents });
    // Assess
    expect(JSON.stringify(detail)).not.toMatch(NUMBER_FORMS);
    expect(detail.visits.map(({ words }) => words.en)).toEqual([
      'a request of user_type visitor, for queue visitors, left out: tel:******5678',
      `Amazon Connect accepted the call: contact ${CONTACT_ID} (after ConnectThrottled)`,
      'call_placed recorded',
    ]);
    expect(detail).toMatchObject({
      record: { phone: '+81******5678', executionId: placed.arn, trackId: '******5678' },
      call: { agent: 'agent-1' },
      contact: { legs: [{ agent: 'agent-1' }], destination: '+81******5678', source: '050-0000-0000' },
      runbook: 'docs/runbook.md#call_placed',
      ending: { outcome: { ja: 'Amazon Connect に発信を依頼しました。' } },
      executions: [placed.name],
    });
    expect(detail.contact?.transcript).toEqual([
      { at: '2026-11-22T03:00:02.000Z', kind: 'prompt', text: '******5678 のお客様', voice: 'Kazuha' },
    ]);
  });

  it('says of the state it is in what that state does, and of a failed attempt that it failed', () => {
    // Prepare
    const at = (errors: string[]) => execution({ states: [visit('CheckQueue', undefined, errors)] });
    // Act
    const words = [[], ['ConnectUnavailable']].map((errors) => detailOf(at(errors), parts).visits[0]?.words);
    // Assess
    expect(words).toEqual([STATE_WORDS.CheckQueue, expect.objectContaining({ en: 'failed: ConnectUnavailable' })]);
  });

  it('tells which injected faults hit, at the state they hit', () => {
    // Prepare
    const at = Date.parse('2026-11-22T03:00:00.500Z');
    const calling = execution({
      states: [visit('ValidateRequest', { request: REQUEST }), { name: 'StartCall', enteredAt: at, errors: [] }],
    });
    const hit = { kind: 'throttle', operation: 'StartOutboundVoiceContact', at, attempt: 2 } as const;
    // Act
    const { visits } = detailOf(calling, { ...parts, faultHits: [{ ...hit, clientToken: REQUEST_ID }] });
    // Assess
    expect(visits.map(({ faults }) => faults)).toEqual([[], [{ ...hit, at: '2026-11-22T03:00:00.500Z' }]]);
  });

  it('takes the ending of an aborted execution from its own record', () => {
    // Prepare
    const aborted = execution({ status: 'ABORTED', states: [visit('WaitForAgent')] });
    const settled = record({ outcome: 'internal_error', class: 'failed', reason: 'execution_aborted' });
    // Act
    const own = detailOf(aborted, { ...parts, record: settled });
    const foreign = detailOf(aborted, { ...parts, record: { ...settled, executionId: 'another' } });
    // Assess
    expect(own).toMatchObject({
      outcome: 'internal_error',
      class: 'failed',
      runbook: 'docs/runbook.md#internal_error',
    });
    expect(foreign).not.toHaveProperty('outcome');
  });
});

describe('what the board knows of the requests', () => {
  it('is which executions a request has, which run, and which call is whose', () => {
    // Prepare
    const activity = boardActivity('Asia/Tokyo');
    const told: string[] = [];
    const stop = activity.listen((name) => told.push(name));
    const first = execution();
    const second = execution({ name: `${REQUEST_ID}_2` });
    const contact = {
      ...{ id: CONTACT_ID, attributes: { request_id: REQUEST_ID }, initiatedAt: '2026-11-22T03:00:01.000Z' },
      ...{ queuedAt: '2026-11-22T03:00:02.000Z', endedAt: '2026-11-22T03:00:03.000Z' },
    } as unknown as Contact;
    // Act
    for (const one of [first, second, first]) activity.executionChanged(one);
    activity.executionChanged({ ...second, status: 'SUCCEEDED' });
    activity.contactMoved({ ...contact, state: 'in-queue', queueId: 'q' });
    const during = activity.liveCalls();
    activity.contactMoved({ ...contact, state: 'ended' });
    stop();
    activity.executionChanged(first);
    // Assess
    expect(activity.executionsOf(REQUEST_ID)).toEqual([first.name, second.name]);
    expect(activity.callOf(REQUEST_ID)).toEqual({
      ...{ contactId: CONTACT_ID, contactIds: [CONTACT_ID] },
      ...{ state: 'ended', over: 'not-answered', since: '2026-11-22T03:00:03.000Z' },
    });
    expect(during).toEqual([{ id: CONTACT_ID, queueId: 'q', state: 'in-queue', voicemail: false }]);
    expect(activity.liveCalls()).toEqual([]);
    expect(told).toHaveLength(8);
  });

  it('is the call in which a customer goes on, though the one before ends after it began', () => {
    const activity = boardActivity('Asia/Tokyo');
    const contact = (id: string, state: Contact['state']) =>
      activity.contactMoved({ id, state, attributes: { request_id: REQUEST_ID } } as unknown as Contact);
    contact('first', 'with-agent');
    contact('second', 'in-queue');
    contact('first', 'ended');
    expect(activity.callOf(REQUEST_ID)).toMatchObject({ contactId: 'second', state: 'in-queue' });
    contact('second', 'ended');
    expect(activity.callOf(REQUEST_ID)).toMatchObject({ contactId: 'second', state: 'ended' });
  });

  it.each<[string, Partial<Execution>, string]>([
    ['the event says', {}, REQUEST_ID],
    ['the path gave it', { states: [visit('ValidateRequest', { request: { requestId: 'given-id' } })] }, 'given-id'],
    ['its ending names', { input: null, states: [recorded('invalid_event', 'not_an_object')] }, REQUEST_ID],
    ['the execution has for want of another', { input: { id: '__proto__' } }, `${REQUEST_ID}_1`],
  ])('goes by the id that %s', (_, fields, id) => {
    expect(requestIdOf(execution(fields))).toBe(id);
  });

  it('is how many customers ring, talk and are on the line: a voicemail is nobody who talks', () => {
    const activity = boardActivity('Asia/Tokyo');
    const moved = (id: string, state: Contact['state'], more: Partial<Contact> = {}) =>
      activity.contactMoved({ id, state, attributes: { request_id: id }, ...more } as unknown as Contact);
    moved('rings', 'ringing');
    moved('talks', 'with-agent');
    moved('recorded', 'with-agent', { voicemail: true });
    moved('hears', 'in-flow');
    moved('over', 'ended');
    expect(activity.callCounts()).toEqual({ ringing: 1, talking: 1, other: 2 });
  });

  it('takes a running execution for running until it has ended', () => {
    // Prepare
    const activity = boardActivity('Asia/Tokyo');
    const one = execution();
    // Act
    activity.executionChanged(one);
    const during = activity.running().length;
    one.status = 'SUCCEEDED';
    activity.executionChanged(one);
    // Assess
    expect([during, activity.running().length]).toEqual([1, 0]);
  });
});
