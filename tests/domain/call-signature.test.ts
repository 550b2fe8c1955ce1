import { describe, expect, it } from 'vitest';
import { issueCallToken, type SigningKeys, verifyCallToken } from '../../domain/call-signature.ts';

const PHONE = '+819012345678';
const KEY = 'an-example-key-that-signs-no-real-request';
const OTHER_KEY = 'another-example-key-that-signs-nothing-real';
const NONCE = '00000000-0000-4000-8000-0000000000a7';
const EXPIRES_AT = new Date('2026-11-22T09:30:00Z');
const TOKEN = `v1.1795339800.${NONCE}.a5fG_dAE2pTJHOjsuDF63AxppW54mC876mxO5llYH5s`;

const minutesBefore = (minutes: number) => new Date(EXPIRES_AT.getTime() - minutes * 60_000);
const issue = (change: Partial<Parameters<typeof issueCallToken>[0]> = {}) =>
  issueCallToken({ phone: PHONE, expiresAt: EXPIRES_AT, nonce: NONCE, key: KEY, ...change });
const verify = (
  token: unknown,
  { phone = PHONE, keys = { current: KEY } as SigningKeys, now = minutesBefore(10) } = {},
) => verifyCallToken(token, phone, keys, now);

describe('a token', () => {
  it('is the one of the test vector', async () => {
    expect(await issue()).toBe(TOKEN);
  });

  it('holds for its number until it expires', async () => {
    expect(await verify(TOKEN)).toEqual({ ok: true, nonce: NONCE, expiresAt: EXPIRES_AT });
    expect(await verify(TOKEN, { now: new Date(EXPIRES_AT.getTime() - 1) })).toMatchObject({ ok: true });
    expect(await verify(TOKEN, { now: EXPIRES_AT })).toEqual({ ok: false, reason: 'expired' });
  });

  it('holds with the key before, while that is kept', async () => {
    const old = await issue({ key: OTHER_KEY });
    expect(await verify(old, { keys: { current: KEY, previous: OTHER_KEY } })).toMatchObject({ ok: true });
    expect(await verify(TOKEN, { keys: { current: KEY, previous: OTHER_KEY } })).toMatchObject({ ok: true });
    expect(await verify(old)).toEqual({ ok: false, reason: 'wrong' });
  });

  it('holds for 24 hours at most', async () => {
    expect(await verify(TOKEN, { now: minutesBefore(24 * 60) })).toMatchObject({ ok: true });
    expect(await verify(TOKEN, { now: new Date(minutesBefore(24 * 60).getTime() - 1) })).toEqual({
      ok: false,
      reason: 'malformed',
    });
  });

  it('does not hold for another number', async () => {
    expect(await verify(TOKEN, { phone: '+815012345678' })).toEqual({ ok: false, reason: 'wrong' });
  });

  it('does not hold when any one of its characters is another', async () => {
    const other = (character: string) => (character === 'A' ? 'B' : 'A');
    const changed = [...TOKEN].map((at, index) => TOKEN.slice(0, index) + other(at) + TOKEN.slice(index + 1));
    const results = await Promise.all(changed.map((token) => verify(token)));
    expect(results.filter(({ ok }) => ok)).toEqual([]);
  });

  it('does not hold with a later expiry or another nonce put in', async () => {
    expect(await verify(TOKEN.replace('1795339800', '1795339860'))).toEqual({ ok: false, reason: 'wrong' });
    expect(await verify(TOKEN.replace('a7.', 'a8.'))).toEqual({ ok: false, reason: 'wrong' });
  });

  it('that somebody made up is wrong, not expired', async () => {
    const forged = await issue({ key: OTHER_KEY });
    expect(await verify(forged, { now: new Date('2026-11-23T00:00:00Z') })).toEqual({ ok: false, reason: 'wrong' });
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['an empty text', ''],
    ['a variable of KARTE that was not filled in', '#{call_token}'],
    ['the text of a missing value', 'undefined'],
  ])('is missing where there is %s', async (_name, token) => {
    expect(await verify(token)).toEqual({ ok: false, reason: 'missing' });
  });

  it.each<[string, unknown]>([
    ['a number', 1],
    ['true', true],
    ['an object', { token: TOKEN }],
    ['a list', [TOKEN]],
    ['any text', 'let me through'],
    ['another version', TOKEN.replace('v1', 'v2')],
    ['a space in front', ` ${TOKEN}`],
    ['a line feed behind', `${TOKEN}\n`],
    ['padding behind', `${TOKEN}=`],
    ['another alphabet of base64', TOKEN.replace('_', '/')],
    ['a second spelling of the same bytes', TOKEN.replace(/s$/, 't')],
    ['half a signature', TOKEN.slice(0, -21)],
    ['an expiry in milliseconds', TOKEN.replace('1795339800', '1795339800000')],
    ['an expiry with a sign', TOKEN.replace('1795339800', '+795339800')],
    ['a short nonce', TOKEN.replace(NONCE, '0123456789abcde')],
    ['a long nonce', TOKEN.replace(NONCE, 'n'.repeat(65))],
    ['a nonce of other characters', TOKEN.replace(NONCE, `${NONCE}\n1`)],
    ['256 KB', 'v1.'.repeat(87_381)],
  ])('is malformed: %s', async (_name, token) => {
    expect(await verify(token)).toEqual({ ok: false, reason: 'malformed' });
  });
});

describe('issuing a token', () => {
  it('cuts off fractions of a second', async () => {
    expect(await issue({ expiresAt: new Date(EXPIRES_AT.getTime() + 999) })).toBe(TOKEN);
  });

  it.each([
    ['a number in domestic form', { phone: '09012345678' }],
    ['a number with a line break', { phone: `${PHONE}\n1` }],
    ['a short key', { key: 'k'.repeat(31) }],
    ['a short nonce', { nonce: 'n'.repeat(15) }],
    ['a nonce with a dot', { nonce: `${NONCE}.1` }],
    ['no time at all', { expiresAt: new Date(Number.NaN) }],
    ['milliseconds taken for seconds', { expiresAt: new Date(EXPIRES_AT.getTime() * 1000) }],
  ])('is refused for %s, which would never be accepted', async (_name, change) => {
    await expect(issue(change)).rejects.toThrow(RangeError);
  });

  it('counts a key by its bytes', async () => {
    await expect(issue({ key: '鍵'.repeat(11) })).resolves.toMatch(/^v1\./);
    await expect(issue({ key: '鍵'.repeat(10) })).rejects.toThrow('at least 32 bytes');
  });
});
