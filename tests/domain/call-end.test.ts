import { describe, expect, it } from 'vitest';
import { endOfRequest } from '../../domain/call-end.ts';
import type { TaskState } from '../../domain/errors.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';
import {
  CONTACT_ID,
  EXECUTION_ID,
  GOOD_CONTENT,
  goodRequest,
  karteEvent,
  NOW,
  QUEUE_ARN,
  REQUEST_ID,
} from '../functions/function-support.ts';

const EXECUTION_NAME = '00000000-0000-4000-8000-0000000000f1';
const READY = { decision: 'continue', request: goodRequest, turn: { at: NOW.toISOString(), queueArn: QUEUE_ARN } };
const failedAt = (state: TaskState, name: string) => ({
  failed: { [state]: { Error: name, Cause: '{"errorMessage":"x"}' } },
});
const OWN = { tryOf: REQUEST_ID, try: 2, after: REQUEST_ID, endedAt: NOW.toISOString() };
const end = (document: unknown) => endOfRequest(document, EXECUTION_ID, NOW);

describe('how a request ended, read from its last document', () => {
  it('is the refusal where a state ended it', () => {
    const ending = { outcome: 'queue_closed', reason: 'outside_opening_hours' };
    const refused = { decision: 'end', request: goodRequest, ending };
    expect(end(refused)).toEqual({ request: goodRequest, ending, holdsGuards: false });
    expect(end({ ...refused, holdsGuards: true })).toEqual({ request: goodRequest, ending, holdsGuards: true });
  });

  it.each([
    ['no_agents_available', 'waited_in_vain', 'not_in_time'],
    ['expired', 'deadline_passed', 'not_in_time'],
    ['queue_closed', 'closed_meanwhile', 'closed_again'],
    ['queue_closed', 'opens_too_late', 'closed_again'],
    ['queue_disabled', 'disabled', 'closed_again'],
  ])('is one that an operator sees where a request waited for the opening in vain: %s (%s)', (outcome, reason, why) => {
    const deferred = { ...goodRequest, opensAt: NOW.toISOString() };
    expect(end({ decision: 'end', request: deferred, ending: { outcome, reason }, holdsGuards: true })).toEqual({
      request: deferred,
      ending: { outcome: 'deferred_in_vain', reason: why },
      holdsGuards: true,
    });
    expect(OUTCOMES.deferred_in_vain.failsExecution).toBe(true);
  });

  it.each([
    ['no_agents_available', 'waited_in_vain', 'not_in_time'],
    ['expired', 'deadline_passed', 'not_in_time'],
    ['queue_closed', 'outside_opening_hours', 'closed'],
    ['queue_closed', 'closed_meanwhile', 'closed'],
    ['queue_disabled', 'disabled', 'closed'],
    ['limit_reached', 'number_per_day', 'limit'],
    ['calling_disabled', 'stopped', 'stopped'],
    ['call_back_in_vain', 'wish_unknown', 'wish_unknown'],
    ['call_back_in_vain', 'request_unknown', 'request_unknown'],
  ])('is one that an operator sees where a call-back was promised in vain: %s (%s)', (outcome, reason, why) => {
    const own = { ...OWN, because: 'call_back' as const };
    const document = { decision: 'end', request: { ...goodRequest, own }, ending: { outcome, reason } };
    expect(end(document).ending).toEqual({ outcome: 'call_back_in_vain', reason: why });
    expect(OUTCOMES.call_back_in_vain.failsExecution).toBe(true);
  });

  it.each([
    ['call_back', 'not_tried_again', 'called_back'],
    ['call_back', 'number_blocked', 'opted_out'],
    ['not_reached', 'expired', 'deadline_passed'],
    ['not_reached', 'calling_disabled', 'stopped'],
  ] as const)('stays as it is where nobody waits for the call (%s): %s (%s)', (because, outcome, reason) => {
    const request = { ...goodRequest, own: { ...OWN, because } };
    expect(end({ decision: 'end', request, ending: { outcome, reason } }).ending).toEqual({ outcome, reason });
  });

  it.each([
    ['no_agents_available', 'waited_in_vain', 'not_in_time'],
    ['expired', 'deadline_passed', 'not_in_time'],
    ['queue_closed', 'outside_opening_hours', 'closed_when_due'],
    ['queue_closed', 'opens_too_late', 'closed_when_due'],
    ['queue_disabled', 'disabled', 'closed_when_due'],
    ['calling_disabled', 'stopped', 'stopped'],
    ['limit_reached', 'calls_per_day', 'limit_used_up'],
    ['limit_reached', 'number_per_day', 'limit_used_up'],
    ['number_held', 'live_request', 'number_held'],
    ['number_held', 'cool_down', 'number_held'],
  ])('is one that an operator sees where a call was promised in vain: %s (%s)', (outcome, reason, why) => {
    const callAt = NOW.toISOString();
    const document = { decision: 'end', ending: { outcome, reason }, holdsGuards: true };
    expect(end({ ...document, request: { ...goodRequest, callAt, bookedAt: callAt } }).ending).toEqual({
      outcome: 'appointment_missed',
      reason: why,
    });
    expect(OUTCOMES.appointment_missed.failsExecution).toBe(true);
    // What was never promised is no broken promise.
    expect(end({ ...document, request: { ...goodRequest, callAt } }).ending).toEqual({ outcome, reason });
  });

  it.each([
    ['number_blocked', 'opted_out'],
    ['duplicate', 'already_claimed'],
    ['throttled', 'api_rate'],
  ])('is the same as ever for a promised call that ends so: %s', (outcome, reason) => {
    const request = { ...goodRequest, callAt: NOW.toISOString(), bookedAt: NOW.toISOString() };
    expect(end({ decision: 'end', request, ending: { outcome, reason } }).ending).toEqual({ outcome, reason });
  });

  it('is the same as ever for a deferred request that ends for a reason of its own', () => {
    const deferred = { ...goodRequest, opensAt: NOW.toISOString() };
    const stopped = { outcome: 'calling_disabled', reason: 'stopped' };
    expect(end({ decision: 'end', request: deferred, ending: stopped })).toMatchObject({ ending: stopped });
    expect(end({ ...READY, request: deferred, contactId: CONTACT_ID })).toMatchObject({
      ending: { outcome: 'call_placed' },
    });
    expect(end({ ...READY, request: deferred, ...failedAt('WaitForAgent', 'States.Timeout') })).toMatchObject({
      ending: { outcome: 'deferred_in_vain', reason: 'not_in_time' },
      error: 'States.Timeout',
    });
  });

  it('is a placed call where there is a contact', () => {
    expect(end({ ...READY, holdsGuards: true, contactId: CONTACT_ID })).toEqual({
      request: goodRequest,
      ending: { outcome: 'call_placed', reason: 'accepted' },
      contactId: CONTACT_ID,
      holdsGuards: true,
    });
  });

  it.each([
    ['TakeLaterTurn', 'TimeoutError', 'internal_error', 'function_failed'],
    ['CheckQueue', 'ConnectThrottled', 'queue_unreadable', 'connect_unavailable'],
    ['CheckQueue', 'ConnectAccessDenied', 'access_denied', 'not_authorized'],
    ['CheckQueue', 'States.Timeout', 'queue_unreadable', 'function_failed'],
    ['StartCall', 'ConnectLimitExceeded', 'capacity_exhausted', 'quota'],
    ['StartCall', 'ConnectUnavailable', 'call_unconfirmed', 'connect_unavailable'],
    ['StartCall', 'Lambda.Unknown', 'call_unconfirmed', 'function_failed'],
    ['WaitForAgent', 'States.Timeout', 'no_agents_available', 'waited_in_vain'],
    ['WaitForAgent', 'Lambda.Unknown', 'internal_error', 'function_failed'],
    ['TakeLaterTurn', 'States.Timeout', 'internal_error', 'function_failed'],
  ] as const)('is a failure where %s ended in %s, and may hold something', (state, error, outcome, reason) => {
    expect(end({ ...READY, ...failedAt(state, error) })).toEqual({
      request: goodRequest,
      ending: { outcome, reason },
      error,
      holdsGuards: true,
    });
  });

  it.each([
    { outcome: 'calling_disabled', reason: 'stopped' },
    { outcome: 'queue_closed', reason: 'closed_meanwhile' },
  ])('is what the waiting room was told where it sent the request away: %j', (ending) => {
    const failed = { WaitForAgent: { Error: 'NoLongerWaiting', Cause: JSON.stringify(ending) } };
    expect(end({ ...READY, failed })).toEqual({ request: goodRequest, ending, holdsGuards: true });
  });

  it.each([
    ['no cause', undefined],
    ['a cause that is no JSON', 'stopped'],
    ['a cause that is null', 'null'],
    ['an outcome there is none of', '{"outcome":"constructor","reason":"stopped"}'],
    ['no outcome', '{}'],
  ])('is an internal error where the waiting room gave %s', (_name, Cause) => {
    const failed = { WaitForAgent: { Error: 'NoLongerWaiting', ...(Cause !== undefined && { Cause }) } };
    expect(end({ ...READY, failed }).ending).toEqual({ outcome: 'internal_error', reason: 'function_failed' });
  });

  it.each([
    ['a document that ends nowhere', READY],
    ['an empty document', {}],
    ['null', null],
    ['undefined', undefined],
    ['a text', 'text'],
    ['a number', 7],
    ['an array', []],
    ['a failure of no state', { failed: {} }],
  ])('is an internal error, recorded all the same, for %s', (_name, document) => {
    const { request, ending } = end(document);
    expect(ending).toEqual({ outcome: 'internal_error', reason: 'function_failed' });
    expect(request.requestId).toMatch(/^00000000-/);
  });
});

describe("a request whose very first state failed: the document is still KARTE's event", () => {
  const FAILED = failedAt('ValidateRequest', 'States.Timeout');

  it('is recorded under the id of the event, with the present time', () => {
    expect(end({ ...karteEvent(GOOD_CONTENT), ...FAILED })).toEqual({
      request: { requestId: REQUEST_ID, requestedAt: NOW.toISOString(), receivedAt: NOW.toISOString() },
      ending: { outcome: 'internal_error', reason: 'function_failed' },
      error: 'States.Timeout',
      holdsGuards: true,
    });
  });

  it.each([
    ['no id', { id: undefined }],
    ['an id that is a telephone number', { id: '+819012345678' }],
    ['an id that is an object', { id: {} }],
  ])('is recorded under the name of the execution where the event has %s', (_name, envelope) => {
    const { request } = end({ ...karteEvent(GOOD_CONTENT, envelope), ...FAILED });
    expect(request.requestId).toBe(EXECUTION_NAME);
  });

  it.each([
    ['request', { request: { requestId: 'forged', requestedAt: 'x', receivedAt: 'x' } }],
    ['ending', { ending: { outcome: 'call_placed', reason: 'accepted' } }],
    ['contactId', { contactId: 'forged' }],
    ['failed', { failed: { StartCall: { Error: 'ConnectUnavailable' }, ...FAILED.failed } }],
  ])('does not believe a field of the event that has the name of one of ours: %s', (_name, forged) => {
    // Prepare: Step Functions adds its own entry beside what the event brought.
    const document = { ...karteEvent(GOOD_CONTENT), ...FAILED, ...forged };

    // Act
    const result = end(document);

    // Assess
    expect(result.request.requestId).toBe(REQUEST_ID);
    expect(result.ending).toEqual({ outcome: 'internal_error', reason: 'function_failed' });
    expect(result).not.toHaveProperty('contactId');
  });
});
