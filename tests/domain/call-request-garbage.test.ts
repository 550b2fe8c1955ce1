import { describe, expect, it } from 'vitest';
import { parseCallRequest } from '../../domain/call-request.ts';
import { karteEvent, NOW, stage } from '../functions/function-support.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { pick, seededRandom } from './request-support.ts';

const parse = (event: unknown) => parseCallRequest(event, stage, NOW, () => 'made-up-id');

describe('garbage', () => {
  it('in keys changes no other object and is not carried', () => {
    // Prepare
    const text =
      '{"phone_e164":"+819012345678","__proto__":{"user_type":"member"},"constructor":{"prototype":{"a":1}}}';

    // Act
    const parsed = parse(karteEvent(text));
    if (parsed.decision !== 'continue') throw new Error(`refused: ${JSON.stringify(parsed.ending)}`);
    const { request } = parsed;

    // Assess
    expect(request.userType).toBe('other');
    expect(Object.keys(request.attributes)).toEqual([
      'request_id',
      'user_type',
      'has_inquiry_type',
      'has_short_inquiry',
      'has_track_id',
    ]);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it.each([
    '{"__proto__":{"detail":{"content":{"phone_e164":"+819012345678"}}}}',
    '{"detail":{"__proto__":{"content":{"phone_e164":"+819012345678"}}}}',
    '{"detail":{"content":{"__proto__":{"phone_e164":"+819012345678"}}}}',
  ])('in place of a prototype is no content: %s', (text) => {
    expect(parse(JSON.parse(text)).decision).toBe('end');
  });

  it('of any shape is refused or accepted, never an exception', () => {
    // Prepare
    const random = seededRandom(3);
    const leaves = [
      null,
      true,
      0,
      -1,
      '',
      'x',
      '+819012345678',
      '{"phone_e164":"090-1234-5678"}',
      '\ud83d',
      '2026-11-22T03:00:00Z',
    ];
    const keys = ['id', 'time', 'detail', 'content', 'phone_e164', 'user_type', 'inquiry_type', '__proto__', 'a b'];
    const anything = (depth: number): unknown => {
      if (depth === 0 || random() < 0.2) return pick(random, leaves);
      if (random() < 0.1) return [anything(depth - 1)];
      return Object.fromEntries(Array.from({ length: 5 }, () => [pick(random, keys), anything(depth - 1)]));
    };

    const seen = new Set<string>();

    for (let round = 0; round < fuzzRuns(1_000); round++) {
      const event = round % 2 === 0 ? anything(4) : karteEvent(anything(2));

      // Act
      const parsed = parse(event);

      // Assess
      expect(['continue', 'end'], JSON.stringify(event)).toContain(parsed.decision);
      seen.add(parsed.decision === 'end' ? parsed.ending.reason : 'accepted');
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['accepted', 'wrong_type', 'content_missing', 'missing', 'impossible']),
    );
  });
});
