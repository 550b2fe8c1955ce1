import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callTokenOf, type ParsedRequest, parseCallRequest } from '../../domain/call-request.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';
import { NOW, REQUEST_ID, secondsAfter, stage } from '../functions/function-support.ts';
import { FUZZ_SEED, fuzzRuns } from '../fuzz-runs.ts';
import { digitsOf, isWhatWasTyped, whyNotDialable } from './dialable.ts';
import { SPELLINGS } from './request-support.ts';

const RUNS = { numRuns: fuzzRuns(4_000), seed: FUZZ_SEED };

const hostile = fc.constantFrom(
  ...[
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e',
    '\ufeff',
    '👨‍👩‍👧‍👦',
    '電話',
    '${jndi:ldap://x}',
    '<speak>',
    "'; --",
    '$.Attributes',
  ],
  ...[
    'null',
    'undefined',
    '#{phone_e164}',
    '{{a}}',
    '[object Object]',
    'NaN',
    '-0',
    '1e400',
    '{',
    '{"a":',
    '[]',
    '"x"',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '{"__proto__":{"polluted":true}}', 'x'.repeat(500)],
);
const spelling = fc.constantFrom(...SPELLINGS.map(([, text]) => text));
const anyScalar = fc.oneof(hostile, fc.string({ maxLength: 8 }), fc.double(), fc.boolean(), spelling);
const anyValue = fc.oneof(
  { weight: 6, arbitrary: anyScalar },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 10 });
const number = fc.oneof(
  { weight: 5, arbitrary: spelling },
  { weight: 2, arbitrary: digits.map((tail) => `0${tail}`) },
  { weight: 1, arbitrary: digits.map((tail) => `+81${tail}`) },
  { weight: 1, arbitrary: anyValue },
);
const time = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -400, max: 400 }).map((seconds) => secondsAfter(seconds).toISOString()) },
  { weight: 1, arbitrary: anyValue },
);

const known = fc.record(
  { phone_e164: number, user_type: anyValue, inquiry_type: anyValue, track_id: anyValue, call_token: anyValue },
  { requiredKeys: ['phone_e164'] },
);
const key = fc.oneof(hostile, fc.string({ maxLength: 12 }), spelling);
const further = fc.array(fc.tuple(key, anyValue), { maxLength: 1 }).map((fields) => Object.fromEntries(fields));
const contentObject = fc.tuple(further, known).map(([some, fields]) => ({ ...some, ...fields }));
const content = fc.oneof(
  { weight: 12, arbitrary: contentObject },
  { weight: 4, arbitrary: contentObject.map((object) => JSON.stringify(object)) },
  { weight: 1, arbitrary: contentObject.map((object) => JSON.stringify(object).slice(0, -1)) },
  { weight: 1, arbitrary: anyValue },
);

/** An event as KARTE sends it, in which anything may be missing or something else. */
const nearMiss = fc.record(
  {
    version: fc.constant('0'),
    id: fc.oneof(fc.constant(REQUEST_ID), fc.uuid(), anyValue),
    'detail-type': fc.constant('KARTE Action'),
    source: hostile,
    time,
    detail: fc.oneof(
      { weight: 8, arbitrary: fc.record({ name: anyScalar, content }, { requiredKeys: ['content'] }) },
      { weight: 1, arbitrary: anyValue },
    ),
  },
  { requiredKeys: ['detail'] },
);
const event = fc.oneof(
  { weight: 8, arbitrary: nearMiss },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: anyScalar },
);

/** What is wrong with what became of an event; undefined where nothing is. */
function complaintAbout(parsed: ParsedRequest, typedNumber: unknown): string | undefined {
  const { requestId, requestedAt, receivedAt } = parsed.request;
  if (requestId.length < 8 || requestId.length > 128) return 'the request id cannot be a key';
  if (receivedAt !== NOW.toISOString() || Number.isNaN(Date.parse(requestedAt))) return 'the times are none';
  if (parsed.decision === 'end') {
    const { outcome, reason } = parsed.ending;
    return Object.hasOwn(OUTCOMES[outcome].reasons, reason) ? undefined : `${outcome} has no reason ${reason}`;
  }
  const { phone, attributes, deadlineAt, queue } = parsed.request;
  const text = JSON.stringify(parsed);
  if (JSON.stringify(JSON.parse(text)) !== text) return 'it does not survive JSON';
  const { request } = stage;
  const wrong = whyNotDialable(phone, request);
  if (wrong) return wrong;
  const national = phone.slice('+81'.length);
  if (!isWhatWasTyped(phone, typedNumber, request)) return 'another number than the one that was typed';
  if (Date.parse(deadlineAt) - Date.parse(requestedAt) !== request.maxAgeSeconds * 1000) return 'the deadline is wrong';
  if (Date.parse(deadlineAt) < NOW.getTime()) return 'the deadline has passed';
  if (!Object.values(stage.connect.queues).includes(queue.id)) return 'the queue is unknown';
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value !== 'string' || !value.isWellFormed()) return `the attribute ${key} is no text`;
    if (!/^[A-Za-z0-9_-]+$/.test(key)) return `the key ${key} is refused by Amazon Connect`;
    if (digitsOf(value + key).includes(national)) return `the attribute ${key} holds the number`;
  }
  return undefined;
}

/** The number as it was typed, wherever it stands. */
function typedNumberOf(event: unknown): unknown {
  const { detail } = event as { detail: { content: unknown } };
  const fields = typeof detail.content === 'string' ? JSON.parse(detail.content) : detail.content;
  return fields.phone_e164;
}

describe('whatever arrives as an event', () => {
  it('has an outcome of the table, or becomes a request for a number that may be dialled', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(event, (event) => {
        // Act
        const parsed = parseCallRequest(event, stage, NOW, () => 'made-up-id');
        callTokenOf(event);

        // Assess
        const kind = parsed.decision === 'continue' ? 'accepted' : parsed.ending.reason;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        const complaint = complaintAbout(parsed, parsed.decision === 'continue' ? typedNumberOf(event) : undefined);
        if (complaint) throw new Error(complaint);
      }),
      RUNS,
    );
    expect({}).not.toHaveProperty('polluted');
    // The inputs are worth something only where the roads are taken.
    const roads = ['accepted', 'impossible', 'too_old', ...Object.keys(OUTCOMES.invalid_event.reasons)];
    expect(roads.filter((kind) => (seen.get(kind) ?? 0) < fuzzRuns(2))).toEqual([]);
  });
});
