import { describe, expect, it } from 'vitest';
import { endingOfCall, endingOnceGivenUp, hungUpBy, wasNeverAnswered } from '../../domain/call-outcome.ts';
import type { HungUpBy } from '../../domain/call-record.ts';
import type { CallLife } from '../../domain/contact-chain.ts';
import { type CallOutcome, OUTCOMES } from '../../domain/outcomes.ts';
import { CALL_OUTCOMES } from '../../domain/outcomes-of-calls.ts';

const life = (change: Partial<CallLife>): CallLife => ({
  ...{ endedAt: 9, alive: [], lastId: 'root', missed: false, described: true, wantsAgent: false },
  ...change,
});

type Row = [name: string, life: Partial<CallLife>, ending: `${CallOutcome} ${string}`];

const ENDINGS: readonly Row[] = [
  [
    'an agent had the call',
    { answeredAt: 1, queuedAt: 2, agentAt: 3, reason: 'CUSTOMER_DISCONNECT' },
    'completed agent_connected',
  ],
  [
    'an agent had it, whatever the flow said',
    { answeredAt: 1, agentAt: 3, result: 'no_key_pressed' },
    'completed agent_connected',
  ],
  ['an agent had it, and nothing else is known', { agentAt: 3 }, 'completed agent_connected'],
  [
    'somebody hung up during the announcements',
    { answeredAt: 1, reason: 'CUSTOMER_DISCONNECT' },
    'abandoned before_queue',
  ],
  [
    'somebody hung up in the queue',
    { answeredAt: 1, queuedAt: 2, reason: 'CUSTOMER_DISCONNECT' },
    'abandoned in_queue',
  ],
  ['somebody waited, and no answer was told', { queuedAt: 2 }, 'abandoned in_queue'],
  ['the flow hung up', { answeredAt: 1, reason: 'CONTACT_FLOW_DISCONNECT' }, 'abandoned flow_hung_up'],
  [
    'the customer wished to be called back',
    { answeredAt: 1, queuedAt: 2, reason: 'CONTACT_FLOW_DISCONNECT', result: 'call_back' },
    'abandoned wants_call_back',
  ],
  [
    'the flow hung up, in other letters',
    { answeredAt: 1, queuedAt: 2, reason: 'Contact_Flow_Disconnect' },
    'abandoned flow_hung_up',
  ],
  [
    'nobody pressed 1',
    { answeredAt: 1, reason: 'CONTACT_FLOW_DISCONNECT', result: 'no_key_pressed' },
    'no_key_pressed no_key',
  ],
  ['the flow said something else', { answeredAt: 1, result: 'something' }, 'abandoned before_queue'],
  ['nobody answered, no reason told', {}, 'not_answered never_connected'],
  ['nobody answered, an unknown reason', { reason: 'SOMETHING_NEW' }, 'not_answered never_connected'],
  ['it rang until the time was up', { reason: 'TELECOM_TIMEOUT' }, 'not_answered rang_out'],
  ['it rang until Amazon Connect gave up', { reason: 'TELECOM_ORIGINATOR_CANCEL' }, 'not_answered rang_out'],
  ['it rang, as campaigns have it', { reason: 'AMD_UNANSWERED' }, 'not_answered rang_out'],
  ['the line was busy', { reason: 'TELECOM_BUSY' }, 'busy line_busy'],
  ['the line was busy, in small letters', { reason: 'telecom_busy' }, 'busy line_busy'],
  ['the line was busy, by its tone', { reason: 'SIT_TONE_BUSY' }, 'busy line_busy'],
  ['there is no such number', { reason: 'TELECOM_NUMBER_INVALID' }, 'failed_to_connect number_unreachable'],
  [
    'there is no such number, by its tone',
    { reason: 'SIT_TONE_INVALID_NUMBER' },
    'failed_to_connect number_unreachable',
  ],
  ['the phone is out of reach', { reason: 'TELECOM_UNANSWERED' }, 'failed_to_connect number_unreachable'],
  ['the end point failed', { reason: 'OUTBOUND_DESTINATION_ENDPOINT_ERROR' }, 'failed_to_connect number_unreachable'],
  ['the network failed', { reason: 'TELECOM_PROBLEM' }, 'failed_to_connect network'],
  ['the network failed in a way nobody knows', { reason: 'TELECOM_SOMETHING_NEW' }, 'failed_to_connect network'],
  ['the attempt failed', { reason: 'OUTBOUND_ATTEMPT_FAILED' }, 'failed_to_connect network'],
  ['a tone says so', { reason: 'SIT_TONE_DETECTED' }, 'failed_to_connect network'],
];

describe('how a call ended', () => {
  it.each(ENDINGS)('%s', (_name, change, ending) => {
    const { outcome, reason } = endingOfCall(life(change));
    expect(`${outcome} ${reason}`).toBe(ending);
  });

  it('is one of all outcomes and reasons there are, each for something', () => {
    const { outcome, reason } = endingOnceGivenUp({});
    const said = new Set([...ENDINGS.map(([, , ending]) => ending), `${outcome} ${reason}`, 'call_placed accepted']);
    const all = Object.entries(CALL_OUTCOMES).flatMap(([name, { reasons }]) =>
      Object.keys(reasons).map((own) => `${name} ${own}`),
    );
    expect([...said].sort()).toEqual(all.sort());
  });

  it('was never heard by anybody where nobody answered, it was busy, or it failed, and only there', () => {
    const never = Object.keys(OUTCOMES).filter(wasNeverAnswered);
    expect(never.sort()).toEqual(['busy', 'failed_to_connect', 'not_answered']);
  });
});

describe('how a call counts that was given up', () => {
  it.each<[string, Partial<CallLife>, string]>([
    ['nothing was told of it', {}, 'lost'],
    ['it was answered, and waited', { answeredAt: 8, queuedAt: 20 }, 'lost'],
    ['an agent took it', { agentAt: 25 }, 'completed'],
  ])('%s', (_name, known, outcome) => {
    expect(endingOnceGivenUp(life(known)).outcome).toBe(outcome);
  });
});

describe('who hung up', () => {
  it.each<[string | undefined, HungUpBy | undefined]>([
    ['CUSTOMER_DISCONNECT', 'customer'],
    ['Customer_Disconnect', 'customer'],
    ['AGENT_DISCONNECT', 'agent'],
    ['THIRD_PARTY_DISCONNECT', 'agent'],
    ['CONTACT_FLOW_DISCONNECT', 'flow'],
    ['API', 'system'],
    ['OTHER', 'system'],
    ['TELECOM_PROBLEM', 'network'],
    ['telecom_busy', 'network'],
    ['OUTBOUND_RESOURCE_ERROR', 'network'],
    ['SOMETHING_NEW', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('by the reason %s', (reason, who) => {
    expect(hungUpBy(reason)).toBe(who);
  });
});
