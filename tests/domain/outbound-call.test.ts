import { describe, expect, it } from 'vitest';
import { contactAttributes } from '../../domain/contact-attributes.ts';
import { endingAfterDeadline, outboundCall } from '../../domain/outbound-call.ts';
import { FLOW_ARN, goodRequest, holdsTheNumber, QUEUE_ARN, REQUEST_ID } from '../functions/function-support.ts';

const STAGE = { connect: { pressToConnect: false }, offerCallBack: null };

describe('the call Amazon Connect is asked for', () => {
  it('carries the request', () => {
    expect(outboundCall(goodRequest, FLOW_ARN, QUEUE_ARN, STAGE)).toEqual({
      contactFlowId: '00000000-0000-4000-8000-00000000c001',
      destination: '+819012345678',
      clientToken: REQUEST_ID,
      attributes: { ...goodRequest.attributes, queue_arn: QUEUE_ARN, press_to_connect: 'false' },
      name: 'Web: KARTE Datahubについて',
      description: 'ユーザー種別: visitor / 問い合わせ内容: KARTE Datahubについて / 問い合わせ番号: 48291532',
    });
  });

  it('has the same token at every attempt, and another for another request', () => {
    const first = outboundCall(goodRequest, FLOW_ARN, QUEUE_ARN, STAGE);
    const repeat = outboundCall(structuredClone(goodRequest), FLOW_ARN, QUEUE_ARN, STAGE);
    const other = outboundCall({ ...goodRequest, requestId: 'another-request' }, FLOW_ARN, QUEUE_ARN, STAGE);
    expect(repeat.clientToken).toBe(first.clientToken);
    expect(other.clientToken).not.toBe(first.clientToken);
  });

  it.each([true, false])("says the queue that was checked and the stage's %s, whatever the attributes say", (press) => {
    const forged = { ...goodRequest, attributes: { queue_arn: 'forged', press_to_connect: 'forged' } };
    expect(
      outboundCall(forged, FLOW_ARN, QUEUE_ARN, { ...STAGE, connect: { pressToConnect: press } }).attributes,
    ).toEqual({
      queue_arn: QUEUE_ARN,
      press_to_connect: String(press),
    });
  });

  it('says so where there is no inquiry and no inquiry number', () => {
    const { inquiryType: _inquiry, trackId: _track, ...bare } = goodRequest;
    expect(outboundCall(bare, FLOW_ARN, QUEUE_ARN, STAGE)).toMatchObject({
      name: 'Web: お問い合わせ',
      description: 'ユーザー種別: visitor / 問い合わせ内容: (なし) / 問い合わせ番号: (なし)',
    });
  });

  it('holds the number as its destination and nowhere else', () => {
    const { destination: _destination, ...rest } = outboundCall(goodRequest, FLOW_ARN, QUEUE_ARN, STAGE);
    expect(holdsTheNumber(rest)).toBe(false);
  });

  it('stays within the limits of Amazon Connect for the largest request', () => {
    // Prepare
    const { attributes } = contactAttributes(
      {},
      { a: 'x'.repeat(31_743), b: 'y' },
      { excludedFields: [], countries: ['JP'] },
      goodRequest.phone,
    );
    const largest = { ...goodRequest, inquiryType: '🙂'.repeat(100), trackId: '🙂'.repeat(64), attributes };

    // Act
    const call = outboundCall(largest, FLOW_ARN, QUEUE_ARN, STAGE);

    // Assess
    const bytes = Object.entries(call.attributes)
      .flat()
      .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(attributes.a).toHaveLength(31_743);
    expect(bytes).toBeLessThanOrEqual(32_768);
    expect(call.name.length).toBeLessThanOrEqual(512);
    expect(call.description.length).toBeLessThanOrEqual(4_096);
  });
});

describe('a deadline that passed', () => {
  it.each([
    ['before the first attempt', { unanswered: false }, 'expired', 'deadline_passed'],
    ['after an attempt that was cut off', { unanswered: true }, 'call_unconfirmed', 'connect_unavailable'],
    [
      'after an attempt without an answer',
      { unanswered: true, lastError: 'ConnectUnavailable' },
      'call_unconfirmed',
      'connect_unavailable',
    ],
    [
      'after an attempt without an answer and a throttled one',
      { unanswered: true, lastError: 'ConnectThrottled' },
      'call_unconfirmed',
      'connect_unavailable',
    ],
    ['after a throttled attempt', { unanswered: false, lastError: 'ConnectThrottled' }, 'throttled', 'api_rate'],
    [
      'after an attempt whose ring time-out was refused, when no turn was left for asking without it',
      { unanswered: false, lastError: 'ConnectRequestRejected' },
      'throttled',
      'api_rate',
    ],
    [
      'after an attempt that met a quota',
      { unanswered: false, lastError: 'ConnectLimitExceeded' },
      'capacity_exhausted',
      'quota',
    ],
  ])('ends the request by the attempts before: %s', (_name, earlier, outcome, reason) => {
    expect(endingAfterDeadline(earlier)).toEqual({ outcome, reason });
  });
});
