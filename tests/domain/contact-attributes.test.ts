import { describe, expect, it } from 'vitest';
import { contactAttributes, containsNumber } from '../../domain/contact-attributes.ts';
import { holdsTheNumber } from '../functions/function-support.ts';
import { SEPARATORS, SPELLINGS } from './request-support.ts';

const NUMBER = '+819012345678';
const EXCLUDED = { excludedFields: ['phone', 'phone_e164', 'email', 'name'], countries: ['JP'] } as const;
const NOTHING_EXCLUDED = { excludedFields: [], countries: ['JP'] } as const;
const OWN = { request_id: 'request-1', user_type: 'other', has_inquiry_type: 'false' };

const bytesOf = (attributes: Record<string, string>): number =>
  Object.entries(attributes).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);

/** Amazon Connect's limit less what is kept free for the queue's ARN. */
const BUDGET = 32_768 - 1_024;

describe("somebody else's telephone number", () => {
  it.each(['080-1234-5678', '+818012345678', '０３－１２３４－５６７８', '+12025550123'])('%s is left out', (other) => {
    expect(contactAttributes(OWN, { contact: other }, NOTHING_EXCLUDED, NUMBER)).toEqual({
      attributes: OWN,
      leftOut: ['contact'],
    });
  });

  it.each([
    '昼は 03-1234-5678 へ',
    '携帯〇八〇二三四五六七八九',
    '会社 +44 113 496 0000',
    '0120-123-456 か 080-2345-6789',
    'tel:080%2D2345%2D6789',
    'O8O-2345-6789',
    '080<b>2345</b>6789',
    '٠٨٠٢٣٤٥٦٧٨٩',
    '8023456789',
    '4111.1111.1111.1111',
    'someone [at] example [dot] com',
    '192.168.0.1',
  ])('is left out with the text that it is in: %s', (memo) => {
    expect(contactAttributes(OWN, { memo, plan: 'a' }, NOTHING_EXCLUDED, NUMBER)).toEqual({
      attributes: { ...OWN, plan: 'a' },
      leftOut: ['memo'],
    });
  });

  it.each(['tel_080_2345_6789', 'tel08023456789', 'tel:080%2D2345%2D6789', 'tel O8O 2345 6789'])(
    'is neither an attribute nor shown where it is a key: %s',
    (key) => {
      const { attributes, leftOut } = contactAttributes(OWN, { [key]: 'x' }, NOTHING_EXCLUDED, NUMBER);
      expect(attributes).toEqual(OWN);
      expect(leftOut.join()).not.toMatch(/2345/);
    },
  );

  it.each([
    '110',
    '12345',
    'A-080',
    'ORD-8023456789',
    '100%25',
    '1.2.3.4',
    'deploy.sh',
    '0120-123-45',
    '2026-11-22',
    '1.5',
    '1,000,000円',
    '4829-1532',
  ])('%s is none, and is carried', (text) => {
    expect(contactAttributes(OWN, { amount: text }, NOTHING_EXCLUDED, NUMBER).attributes.amount).toBe(text);
  });
});

describe('anyone who asked', () => {
  it('is left out by the usual keys, and by name, whatever the stage lists', () => {
    const content = {
      plan_name: 'standard',
      mail_address: 'x',
      customerName: 'x',
      'zip-code': 'x',
      user_id: 'x',
      card1: 'x',
    };
    expect(contactAttributes(OWN, content, NOTHING_EXCLUDED, NUMBER)).toEqual({
      attributes: { ...OWN, plan_name: 'standard' },
      leftOut: ['mail_address', 'customerName', 'zip-code', 'user_id', 'card1'],
    });
  });

  it.each([
    ['a mail address', 'ご連絡は someone@example.com まで'],
    ['a mail address in full width', 'ｓｏｍｅｏｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
    ['a web address', 'https://example.com/?user=1'],
    ['the number of a card', '4111-1111-1111-1111'],
    ['the number of a card as a JSON number', 4111111111111111],
    ['13 digits, which may be a card', '4901234567894'],
  ])('is left out with a value that holds %s', (_name, memo) => {
    expect(contactAttributes(OWN, { memo }, NOTHING_EXCLUDED, NUMBER)).toEqual({ attributes: OWN, leftOut: ['memo'] });
  });

  it('is not shown where a key names them', () => {
    const { leftOut } = contactAttributes(OWN, { 'someone@example.com': 'x' }, NOTHING_EXCLUDED, NUMBER);
    expect(leftOut).toEqual(['******']);
  });
});

it('an appointment is no attribute, and not missed', () => {
  expect(contactAttributes(OWN, { call_at: '2026-11-22T12:00:00+09:00' }, NOTHING_EXCLUDED, NUMBER)).toEqual({
    attributes: OWN,
    leftOut: [],
  });
});

it('the entities of a value are decoded once', () => {
  expect(contactAttributes({}, { plan: 'Q&amp;A &amp;lt;' }, NOTHING_EXCLUDED, NUMBER).attributes).toEqual({
    plan: 'Q&A &lt;',
  });
});

describe('the token of a signed request', () => {
  it.each(['call_token', 'callToken', 'Call-Token', 'CALL_TOKEN'])('is no attribute under the key %s', (key) => {
    const content = { [key]: 'v1.1795339800.00000000-0000-4000-8000-0000000000a7.mac' };
    expect(contactAttributes(OWN, content, NOTHING_EXCLUDED, NUMBER).attributes).toEqual(OWN);
  });

  it('is not named as left out where it belongs', () => {
    expect(contactAttributes(OWN, { call_token: 'a' }, NOTHING_EXCLUDED, NUMBER).leftOut).toEqual([]);
  });
});

describe('a number of a kind the stage does not dial', () => {
  it('is still left out', () => {
    // The rules of the stage say who is called, not what is personal.
    expect(contactAttributes(OWN, { office: '03-1234-5678' }, NOTHING_EXCLUDED, NUMBER).attributes).toEqual(OWN);
  });
});

describe('fields of the content', () => {
  it('become attributes as text, after the ones of the path itself', () => {
    // Prepare
    const content = { plan: 'スタンダード', count: 3, premium: true, 'Key-1_a': ' spaces stay ' };

    // Act
    const { attributes, leftOut } = contactAttributes(OWN, content, EXCLUDED, NUMBER);

    // Assess
    expect(attributes).toEqual({
      ...OWN,
      plan: 'スタンダード',
      count: '3',
      premium: 'true',
      'Key-1_a': ' spaces stay ',
    });
    expect(leftOut).toEqual([]);
  });

  it.each([
    ['an object', { a: { b: 'c' } }],
    ['an array', { a: ['b'] }],
    ['null', { a: null }],
    ['an empty text', { a: '' }],
    ['blanks', { a: '　' }],
    ['a variable that was not filled in', { a: '#{a}' }],
    ['a key with a space', { 'a b': 'c' }],
    ['a key with a dot', { 'a.b': 'c' }],
    ['a key with a dollar sign', { $a: 'c' }],
    ['a Japanese key', { 名前: 'c' }],
    ['an empty key', { '': 'c' }],
    ['a key of 129 characters', { ['k'.repeat(129)]: 'c' }],
    ['a key with a line feed at its end', { 'a\n': 'c' }],
  ])('do not become attributes, but are named: %s', (_name, content) => {
    // Act
    const { attributes, leftOut } = contactAttributes(OWN, content, EXCLUDED, NUMBER);

    // Assess
    expect(attributes).toEqual(OWN);
    expect(leftOut).toHaveLength(1);
  });

  it('may have a key of 128 characters', () => {
    const key = 'k'.repeat(128);
    expect(contactAttributes(OWN, { [key]: 'c' }, EXCLUDED, NUMBER).attributes).toHaveProperty(key, 'c');
  });

  it('are made well-formed where a surrogate pair is cut', () => {
    expect(contactAttributes({}, { a: '料金\ud83d' }, EXCLUDED, NUMBER).attributes).toEqual({ a: '料金\ufffd' });
  });
});

describe('names of the path itself', () => {
  const names = [
    'user_type',
    'inquiry_type',
    'has_inquiry_type',
    'has_short_inquiry',
    'track_id',
    'track_id_spoken',
    'has_track_id',
    'press_to_connect',
    'request_id',
    'queue_arn',
  ];

  it.each(names)('cannot be set by the content: %s', (name) => {
    expect(contactAttributes(OWN, { [name]: 'forged' }, EXCLUDED, NUMBER).attributes).toEqual(OWN);
  });

  it.each(['inquiry_type', 'track_id'])('are named where the path could not use the value: %s', (name) => {
    expect(contactAttributes(OWN, { [name]: {} }, EXCLUDED, NUMBER).leftOut).toEqual([name]);
  });

  it.each(['queue_arn', 'track_id_spoken', 'request_id', 'has_inquiry_type', 'has_track_id', 'press_to_connect'])(
    'are named where the path never reads them: %s',
    (name) => {
      expect(contactAttributes(OWN, { [name]: 'forged' }, EXCLUDED, NUMBER).leftOut).toEqual([name]);
    },
  );

  it('are not named where the path used the value', () => {
    const own = { ...OWN, inquiry_type: '料金', track_id: '1' };
    const content = { user_type: 'visitor', inquiry_type: '料金', track_id: '1' };
    expect(contactAttributes(own, content, EXCLUDED, NUMBER).leftOut).toEqual([]);
  });
});

describe("the stage's list of identity fields", () => {
  it.each(['phone', 'PHONE', 'phoneE164', 'PHONE_E164', 'Phone-E164', 'e-mail', 'Email', '_name_', 'NA-ME'])(
    'is compared without case and separators: %s',
    (key) => {
      expect(contactAttributes(OWN, { [key]: 'x' }, EXCLUDED, NUMBER)).toEqual({ attributes: OWN, leftOut: [key] });
    },
  );

  it.each(['phones', 'planName', 'plan_name'])('names whole fields only: %s', (key) => {
    expect(contactAttributes(OWN, { [key]: 'x' }, EXCLUDED, NUMBER).attributes).toHaveProperty(key, 'x');
  });

  it('does not need the number the path itself reads: that is neither carried nor named', () => {
    expect(contactAttributes(OWN, { phone_e164: 'anything' }, NOTHING_EXCLUDED, NUMBER)).toEqual({
      attributes: OWN,
      leftOut: [],
    });
  });

  it('may itself be written in any case', () => {
    expect(
      contactAttributes(OWN, { customer_id: 'x' }, { ...EXCLUDED, excludedFields: ['Customer-ID'] }, NUMBER).leftOut,
    ).toEqual(['customer_id']);
  });
});

describe("the visitor's number", () => {
  it.each([...SPELLINGS, ...SEPARATORS.map(([name, text]) => [name, ['090', '1234', '5678'].join(text)] as const)])(
    'does not become an attribute inside a value, whatever the key: %s',
    (_name, spelling) => {
      // Act
      const result = contactAttributes(OWN, { note: `折り返しは ${spelling} まで` }, NOTHING_EXCLUDED, NUMBER);

      // Assess
      expect(result).toEqual({ attributes: OWN, leftOut: ['note'] });
    },
  );

  it.each([
    '09012345678',
    '+819012345678',
    '090-1234-5678',
    'tel09012345678',
    'phone-090-1234-5678',
    'tel_090_1234_5678',
    '090_1234_5678',
    'x'.repeat(58).concat('09012345678'),
  ])('is neither an attribute nor shown where it is a key: %s', (key) => {
    // Act
    const { attributes, leftOut } = contactAttributes(OWN, { [key]: 'x' }, EXCLUDED, NUMBER);

    // Assess
    expect(attributes).toEqual(OWN);
    expect(leftOut).toHaveLength(1);
    expect(holdsTheNumber(leftOut)).toBe(false);
  });

  it('is recognised by its national digits', () => {
    expect(containsNumber('0081 90 1234 5678', NUMBER)).toBe(true);
    expect(containsNumber('090-1234-567', NUMBER)).toBe(false);
    expect(containsNumber('080-1234-5678', NUMBER)).toBe(false);
    expect(containsNumber('', NUMBER)).toBe(false);
  });

  it.each(['+1 202-555-0123', '1 (202) 555-0123', '202-555-0123'])(
    'is recognised in other countries too: %s',
    (text) => {
      expect(containsNumber(text, '+12025550123')).toBe(true);
    },
  );
});

describe("keys that mean something to JavaScript, as JSON's text can hold them", () => {
  it.each(['__proto__', 'constructor', 'prototype'])('are left out: %s', (key) => {
    // Prepare
    const content = JSON.parse(`{"${key}": "forged", "plan": "a"}`) as Record<string, unknown>;

    // Act
    const { attributes, leftOut } = contactAttributes(OWN, content, EXCLUDED, NUMBER);

    // Assess
    expect(Object.keys(attributes)).toEqual([...Object.keys(OWN), 'plan']);
    expect(leftOut).toEqual([key]);
  });

  it('change no other object', () => {
    // Prepare
    const content = JSON.parse('{"__proto__": {"polluted": "yes"}, "constructor": {"prototype": {"polluted": "yes"}}}');

    // Act
    const { attributes } = contactAttributes({}, content, NOTHING_EXCLUDED, NUMBER);

    // Assess
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(attributes.polluted).toBeUndefined();
  });
});

describe("Amazon Connect's 32,768 bytes", () => {
  it.each([
    ['letters', 'x', 1],
    ['kana of three bytes', 'あ', 3],
    ['emoji of four bytes', '🙂', 4],
  ])('are used to the last one: %s', (_name, character, bytes) => {
    // Prepare
    const free = BUDGET - 'k'.length;
    const fits = character.repeat(Math.floor(free / bytes)) + 'x'.repeat(free % bytes);

    // Act
    const atTheEdge = contactAttributes({}, { k: fits }, NOTHING_EXCLUDED, NUMBER);
    const overIt = contactAttributes({}, { k: `${fits}x` }, NOTHING_EXCLUDED, NUMBER);

    // Assess
    expect(bytesOf(atTheEdge.attributes)).toBe(BUDGET);
    expect(atTheEdge.leftOut).toEqual([]);
    expect(overIt).toEqual({ attributes: {}, leftOut: ['k'] });
  });

  it('count keys and the attributes of the path itself', () => {
    // Prepare
    const key = 'k'.repeat(64);
    const rest = BUDGET - bytesOf(OWN) - key.length;

    // Act & Assess
    expect(contactAttributes(OWN, { [key]: 'x'.repeat(rest) }, NOTHING_EXCLUDED, NUMBER).leftOut).toEqual([]);
    expect(contactAttributes(OWN, { [key]: 'x'.repeat(rest + 1) }, NOTHING_EXCLUDED, NUMBER).leftOut).toEqual([key]);
  });

  it('still take a small field after one that was too large', () => {
    const content = { large: 'x'.repeat(40_000), small: 'y' };
    expect(contactAttributes(OWN, content, NOTHING_EXCLUDED, NUMBER)).toEqual({
      attributes: { ...OWN, small: 'y' },
      leftOut: ['large'],
    });
  });
});

describe('the names of what was left out', () => {
  it('are twenty at most, the rest is counted', () => {
    // Prepare
    const content = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key ${index}`, 'x']));

    // Act
    const { leftOut } = contactAttributes(OWN, content, NOTHING_EXCLUDED, NUMBER);

    // Assess
    expect(leftOut).toHaveLength(21);
    expect(leftOut.slice(0, 2)).toEqual(['key 0', 'key 1']);
    expect(leftOut.at(-1)).toBe('(+4980)');
  });

  it('are exactly the twenty where there are twenty', () => {
    const content = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key ${index}`, 'x']));
    expect(contactAttributes(OWN, content, NOTHING_EXCLUDED, NUMBER).leftOut).toHaveLength(20);
  });

  it('are 64 characters at most and hold no control characters', () => {
    const { leftOut } = contactAttributes(
      OWN,
      { [`line\nfeed\u202e ${'k'.repeat(100_000)}`]: 'x' },
      NOTHING_EXCLUDED,
      NUMBER,
    );
    expect(leftOut).toEqual([`linefeed ${'k'.repeat(55)}`]);
  });

  it('never hold a value', () => {
    const { leftOut } = contactAttributes(OWN, { email: 'secret-value', 名前: 'secret-value' }, EXCLUDED, NUMBER);
    expect(JSON.stringify(leftOut)).not.toContain('secret-value');
  });
});
