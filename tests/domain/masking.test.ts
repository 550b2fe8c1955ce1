import { describe, expect, it } from 'vitest';
import { maskError, maskPhone, maskPhones } from '../../domain/masking.ts';
import { cpuTime } from '../cpu-time.ts';
import { SEPARATORS, SPELLINGS } from './request-support.ts';

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

describe('a telephone number in a text', () => {
  it.each([
    ...SPELLINGS,
    ...SEPARATORS.map(([name, text]) => [`${name}, national`, ['090', '1234', '5678'].join(text)] as const),
    ...SEPARATORS.map(([name, text]) => [`${name}, international`, ['+81', '90', '1234', '5678'].join(text)] as const),
  ])('is masked but for its last four digits: %s', (_name, spelling) => {
    // Act
    const masked = maskPhones(`The destination "${spelling}" is not valid`);

    // Assess
    expect(digitsOf(masked)).toBe('5678');
    expect(masked).toMatch(/^The destination ".*" is not valid$/s);
  });

  it.each([
    ['060-1234-5678'],
    ['070-1234-5678'],
    ['080-1234-5678'],
    ['03-1234-5678'],
    ['050-1234-5678'],
    ['+81312345678'],
    ['0120-12-5678'],
    ['+1 202 555 5678'],
  ])('is masked whatever its kind: %s', (number) => {
    expect(digitsOf(maskPhones(`to ${number}`))).toBe('5678');
  });

  it.each([
    ['in Japanese text', '電話番号は09012345678です。'],
    ['in brackets', '[+819012345678]'],
    ['in JSON', '{"DestinationPhoneNumber":"+819012345678"}'],
    ['in JSON inside JSON', JSON.stringify(JSON.stringify({ to: '+819012345678' }))],
    ['in a query', 'phone_e164=%2B819012345678&next=1'],
    ['behind an equals sign', 'to=+819012345678'],
    ['behind a colon', 'tel:09012345678'],
    ['behind a hyphen', 'phone-09012345678'],
    ['behind letters', 'tel+819012345678'],
    ['behind an escaped line feed', 'first\\n09012345678'],
    ['in front of letters', '+819012345678th'],
    ['in front of a full stop', 'called +819012345678.'],
  ])('is masked where it stands %s', (_name, text) => {
    expect(digitsOf(maskPhones(text))).not.toContain('9012345678');
  });

  it('is masked each time it occurs', () => {
    expect(maskPhones('09012345678, 080-1234-5678 / +819012345678')).toBe('******5678, ******5678 / ******5678');
  });
});

describe('what is no telephone number', () => {
  it.each([
    ['a UUID', '11111111-2222-4333-8444-555555555555'],
    ['a UUID of many zeros', '00000000-0000-4000-8000-000000000001'],
    ['the nil UUID', '00000000-0000-0000-0000-000000000000'],
    ['a UUID that starts like a number', '09012345-6789-4012-8345-678901234567'],
    ['a UUID in an ARN', 'arn:aws:connect:ap-northeast-1:123456789012:instance/00000000-0000-4000-8000-00000000a001'],
    ['a UUID with an index behind it', '00000000-0000-4000-8000-0000000000b1-0'],
    ['a time', '2026-11-22T03:00:00.000Z'],
    ['a time with an offset', '2026-11-22T03:00:00+09:00'],
    ['a time with a space', '2026-11-22 03:00:00'],
    ['seconds since 1970', '1795316400'],
    ['milliseconds since 1970', '1795316400000'],
    ['a short number', '48291532'],
    ['calling hours', '08:00-21:00'],
    ['a hash', '0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
    ['plain words', '関数 startCall が失敗しました。Amazon Connect: ThrottlingException (HTTP 429)'],
    ['nothing', ''],
  ])('stays as it is: %s', (_name, text) => {
    expect(maskPhones(text)).toBe(text);
  });

  it('costs little to look through, however long it is', () => {
    const texts = ['0 '.repeat(131_072), '+'.repeat(262_144), '0'.repeat(262_144), '0-'.repeat(131_072)];
    expect(cpuTime(() => texts.forEach((text) => void maskPhones(text)))).toBeLessThan(1_000);
  });
});

describe('maskPhone', () => {
  it.each([
    ['+819012345678', '+81******5678'],
    ['+81312345678', '+81******5678'],
    ['+12025550123', '+1******0123'],
  ])('shows country code and last four digits of %s', (e164, masked) => {
    expect(maskPhone(e164)).toBe(masked);
  });
});

describe('maskError', () => {
  const holding = (message: string, options?: ErrorOptions) => new Error(`${message} +819012345678`, options);

  it('masks message and stack of an error and of its causes', () => {
    // Prepare
    const innermost = holding('innermost');
    const cause = holding('cause', { cause: innermost });
    const error = holding('outer', { cause });

    // Act
    maskError(error);

    // Assess
    for (const { message, stack } of [error, cause, innermost]) {
      expect(message).toMatch(/ \*{6}5678$/);
      expect(stack).not.toContain('9012345678');
    }
  });

  it.each([[undefined], [null], ['text'], [{ message: '+819012345678' }]])(
    'leaves what is no error alone: %j',
    (value) => {
      expect(() => maskError(value)).not.toThrow();
    },
  );

  it('does not replace an error by another where its message cannot be set', () => {
    expect(() => maskError(new DOMException('The operation was aborted', 'AbortError'))).not.toThrow();
  });
});
