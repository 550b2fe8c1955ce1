import { expect, it } from 'vitest';
import { contactRows } from '../bench/bench-contacts.ts';

it('a contact of somebody else costs one look for each event, and a call of ours less than a cent for a hundred', async () => {
  const rows = new Map((await contactRows()).map((row) => [row.contact, row]));
  const foreign = rows.get("a transfer of somebody else's contact");
  const ours = rows.get('a call of ours that an agent takes');
  expect(foreign).toMatchObject({ invocations: 5, writeUnits: 0 });
  expect(ours?.writeUnits).toBeGreaterThan(5);
  expect((ours?.usdPerThousand ?? 1) / 10).toBeLessThan(0.01);
  expect(foreign?.usdPerThousand).toBeLessThan((ours?.usdPerThousand ?? 0) / 2);
});
