import { describe, expect, it } from 'vitest';
import { flowAttributes } from '../../domain/flow-attributes.ts';
import { OWN_ATTRIBUTES } from '../../domain/own-attributes.ts';

describe('what contact flows set', () => {
  it('is everything the call was not asked for with', () => {
    const attributes = { request_id: 'request', plan: 'gold', satisfied: 'yes' };
    expect(flowAttributes(attributes, new Set(['request_id', 'plan']))).toEqual({ satisfied: 'yes' });
  });

  it("is never one of the path's own, whatever was noted of the call", () => {
    const own = Object.fromEntries([...OWN_ATTRIBUTES].map((name) => [name, 'x']));
    expect(flowAttributes({ ...own, satisfied: 'yes' }, new Set())).toEqual({ satisfied: 'yes' });
    expect(flowAttributes({ ...own, satisfied: 'yes' })).toEqual({ satisfied: 'yes' });
  });

  it('is kept up to twenty, each no longer than a record has room for', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`name${index}`, 'x'.repeat(500)]));
    const kept = flowAttributes({ ...many });
    expect(Object.keys(kept)).toEqual(Array.from({ length: 20 }, (_, index) => `name${index}`));
    expect(kept.name0).toBe('x'.repeat(256));
    expect(Object.keys(flowAttributes({ ['n'.repeat(500)]: 'x' }))).toEqual(['n'.repeat(256)]);
  });
});
