import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ContactLinks } from '../../adapters/shared-state/contact-links.ts';
import { dynamoSharedState, type SharedState } from '../../adapters/shared-state/shared-state.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

const NOW = new Date('2026-11-22T03:00:00.000Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
/** More than an attribute's name without a placeholder may hold. */
const idOf = (test: number, contact: string) => `00000000-0000-4000-8000-${String(test).padStart(10, '0')}d${contact}`;

let tables: RealTables;
let shared: SharedState;
let contacts: ContactLinks;
let test = 0;
/** Contacts of this test. */
let [root, second, third] = ['', '', ''];

beforeAll(async () => {
  tables = await startTables();
  shared = dynamoSharedState(tables, tables.documents);
  ({ contacts } = shared);
});
afterAll(() => tables.close());
beforeEach(() => {
  test += 1;
  [root, second, third] = [idOf(test, '1'), idOf(test, '2'), idOf(test, '3')];
});

const chain = (facts: Record<string, object>, version: number, more = {}) => ({
  rootId: root,
  contacts: new Map(Object.entries(facts)),
  version,
  ...more,
});

describe('what is known of a chain of contacts', () => {
  it('is told to the one who comes second, in any order', async () => {
    expect(await contacts.note(root, root, { agentAt: 5 }, NOW)).toEqual(chain({ [root]: { agentAt: 5 } }, 1));
    const linked = { requestId: 'request', sent: new Set(['request_id']) };
    expect(await contacts.link(root, 'request', ['request_id'], NOW)).toEqual(
      chain({ [root]: { agentAt: 5 } }, 2, linked),
    );
    expect(await contacts.note(root, second, { endedAt: 9 }, NOW)).toEqual(
      chain({ [root]: { agentAt: 5 }, [second]: { endedAt: 9 } }, 3, linked),
    );
    expect(await contacts.read(root)).toEqual(chain({ [root]: { agentAt: 5 }, [second]: { endedAt: 9 } }, 3, linked));
  });

  it('only grows: what came first stays, and news without anything in them take nothing away', async () => {
    await contacts.note(root, root, { agentAt: 5 }, NOW);
    await contacts.note(root, root, { agentAt: 7, endedAt: 9 }, NOW);
    expect(await contacts.note(root, root, {}, NOW)).toEqual(chain({ [root]: { agentAt: 5, endedAt: 9 } }, 3));
  });

  it('keeps its request and what that was asked for with, no matter who comes later', async () => {
    await contacts.link(root, 'request', ['request_id'], NOW);
    expect(await contacts.link(root, 'another', [], NOW)).toEqual(
      chain({ [root]: {} }, 2, { requestId: 'request', sent: new Set(['request_id']) }),
    );
  });

  it('is complete for one of ten that come at once', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => idOf(test, String(index + 1)));
    const told = await Promise.all(ids.map((id) => contacts.note(root, id, { endedAt: 9 }, NOW)));
    const last = told.find(({ version }) => version === 10);
    expect(last).toEqual(chain(Object.fromEntries(ids.map((id) => [id, { endedAt: 9 }])), 10));
    expect(new Set(told.map(({ version }) => version)).size).toBe(10);
  });

  it('knows a contact of which nothing is told but that it is there', async () => {
    await contacts.note(root, second, {}, NOW);
    expect(await contacts.read(root)).toEqual(chain({ [root]: {}, [second]: {} }, 1));
  });

  it('is nothing where nobody told anything', async () => {
    expect(await contacts.read(root)).toBeUndefined();
  });
});

describe('the chain of a contact', () => {
  it('is found by the contact itself, by any relative, and by one that only a relative leads to', async () => {
    await contacts.link(root, 'request', [], NOW);
    expect(await contacts.find(root, [], NOW)).toMatchObject({ rootId: root, isNoted: true });
    expect(await contacts.find(second, [root], NOW)).toMatchObject({ rootId: root, isNoted: false });
    await contacts.join(second, root, NOW);
    expect(await contacts.find(second, [], NOW)).toMatchObject({ rootId: root, isNoted: true });
    expect(await contacts.find(third, [second], NOW)).toMatchObject({ rootId: root, isNoted: false });
    expect(await contacts.find(third, [idOf(test, '9'), second], NOW)).toMatchObject({ rootId: root });
  });

  it('is that of its relatives, though it was noted before that was known', async () => {
    await contacts.note(second, second, { queuedAt: 5 }, NOW);
    await contacts.link(root, 'request', [], NOW);
    expect(await contacts.find(second, [root], NOW)).toMatchObject({ rootId: root });
  });

  it('is none where nothing leads to one that is known', async () => {
    const found = await contacts.find(third, [second], NOW);
    expect(found).not.toHaveProperty('rootId');
    expect(found).toMatchObject({ isNoted: false, controls: { limits: {} } });
  });

  it('comes with the limits that were changed at run time', async () => {
    const who = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };
    await shared.controls.setLimits({ maxCallSeconds: 600 }, who);
    expect(await contacts.find(root, [], NOW)).toMatchObject({ controls: { limits: { maxCallSeconds: 600 } } });
    await shared.controls.setLimits({}, who);
  });

  it('says until when a call may be out whose contact nobody was told of', async () => {
    expect(await contacts.find(root, [], NOW)).toMatchObject({ isOneUnknown: false });
    await contacts.missOne(later(10));
    expect(await contacts.find(root, [], later(9))).toMatchObject({ isOneUnknown: true });
    expect(await contacts.find(root, [], later(10))).toMatchObject({ isOneUnknown: false });
  });
});
