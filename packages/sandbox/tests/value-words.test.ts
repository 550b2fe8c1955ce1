import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../domain/call-record.ts';
import { CALL_ERRORS } from '../../../domain/errors.ts';
import { errorInWords } from '../board/page/error-words.ts';
import { fieldInWords, valueInWords } from '../board/page/value-words.ts';

const RECORD = { outcome: 'busy', reason: 'line_busy' } as CallRecord;
const said = (name: string, value: unknown) => valueInWords(name, value, { timeZone: 'Asia/Tokyo', record: RECORD });

describe('what a field holds', () => {
  it.each<[string, unknown, string, string]>([
    [
      'disconnectReason',
      'TELECOM_BUSY',
      'お話し中か、着信拒否 (TELECOM_BUSY)',
      'busy, or perhaps declined (TELECOM_BUSY)',
    ],
    ['disconnectReason', 'NEWER_THAN_THIS', 'NEWER_THAN_THIS', 'NEWER_THAN_THIS'],
    [
      'outcome',
      'busy',
      'お話し中か、着信が拒否されました。 (busy)',
      'The line was busy, or the call was declined. (busy)',
    ],
    ['class', 'missed', 'つながらず (missed)', 'missed (missed)'],
    ['hungUpBy', 'flow', 'コンタクトフロー (flow)', 'the contact flow (flow)'],
    ['status', 'claimed', '受付済み、発信前 (claimed)', 'taken, not called yet (claimed)'],
    ['userType', 'visitor', 'ご検討中の方 (visitor)', 'considering the service (visitor)'],
    ['userType', 'toString', 'toString', 'toString'],
    ['unanswered', false, 'いいえ (false)', 'no (false)'],
    [
      'lastError',
      'ConnectThrottled',
      'API の呼び出し回数の超過 (ConnectThrottled)',
      'API rate exceeded (ConnectThrottled)',
    ],
    [
      'flowAttributes',
      { call_result: 'no_key_pressed', satisfied: 'yes' },
      '数字の 1 が押されなかった (call_result=no_key_pressed)、satisfied=yes',
      'nobody pressed 1 (call_result=no_key_pressed), satisfied=yes',
    ],
    ['phone', '+81******5678', '+81******5678', '+81******5678'],
  ])('is said in words, the raw value beside it: %s %j', (name, value, ja, en) => {
    expect(said(name, value)).toEqual({ ja, en });
  });

  it.each<[string, unknown]>([
    ['placedAt', '2026-11-28T10:25:44.123Z'],
    ['expiresAt', 1_795_861_544],
  ])('is a time as the clocks of the stage show it, with their name: %s', (name, value) => {
    const { ja, en } = said(name, value);
    expect(ja).toBe(en);
    expect(ja).toBe(`2026-11-28 19:25:44 JST (${value})`);
  });

  it('is called by what happened: a call of a customer came in, and was not placed', () => {
    expect(fieldInWords('placedAt', {})?.ja).toBe('発信した時刻');
    expect(fieldInWords('placedAt', { kind: 'inbound' })?.ja).toBe('着信した時刻');
    expect(fieldInWords('endedAt', { kind: 'inbound' })).toEqual(fieldInWords('endedAt', {}));
  });

  it.each([...Object.keys(CALL_ERRORS), 'States.Timeout'])('has words for the error %s', (name) => {
    expect(errorInWords(name).ja).toMatch(new RegExp(`^.+ \\(${name}\\)$`));
  });
});
