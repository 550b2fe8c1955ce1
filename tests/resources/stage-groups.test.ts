import { expect, it } from 'vitest';
import { loadStage, type StageOverrides } from '../../resources/load-stage.ts';

it.each([
  ['appointments', 'maxDays, slotMinutes, perSlot', true],
  ['offerCallBack', 'afterSeconds, callWithinSeconds', true],
  ['availability', 'origins', true],
  ['recognizeCaller', 'hours', true],
  ['retryUnanswered', 'times, afterSeconds', false],
])('%s: true is answered with the fields of the group', (group, fields, orNull) => {
  const load = () => loadStage('local', 4545, undefined, { [group]: true } as StageOverrides);
  const expected = `expected a group of fields (${fields})${orNull ? ', or null' : ''}.`;
  expect(load).toThrow(`settings/local.yml: ${group}: found true, ${expected}`);
});
