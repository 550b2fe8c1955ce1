import { expect, it } from 'vitest';
import { ttl } from '../../adapters/dynamodb.ts';

// DynamoDB takes a time-to-live in milliseconds for one in the far future, and never deletes the item.
it('a time-to-live is in whole seconds, and never early', () => {
  const at = Date.parse('2026-11-24T01:00:00.001Z');
  expect([ttl(at), ttl(new Date(at)), ttl(at - 1)]).toEqual([1_795_482_001, 1_795_482_001, 1_795_482_000]);
});
