import { expect, it } from 'vitest';
import { withoutNumbers } from '../without-numbers.ts';

it.each([
  ['arn:aws:iam::123456789012:user/a', 'arn:aws:iam::…:user/a'],
  ['bucket-123456789012', 'bucket-…'],
  ['account a123456789012.', 'account a….'],
  ['no call to +815000000000', 'no call to ******0000'],
  ['instance 00000000-0000-4000-8000-000000000001', 'instance 00000000-0000-4000-8000-000000000001'],
  ['queue 9bd9b0bf-d1c2-4a2e-a7b4-123456789012', 'queue 9bd9b0bf-d1c2-4a2e-a7b4-123456789012'],
  ['800 and 150 of 1000', '800 and 150 of 1000'],
])('%s is told as %s', (text, told) => {
  expect(withoutNumbers(text)).toBe(told);
});
