import { expect, it } from 'vitest';
import { askedRecord } from '../../tools/calls/asked-record.ts';

it.each([
  '48291532',
  '4829-1532',
  '４８２９ー１５３２',
  '4829 1532',
  '4829‐1532',
  '4829−1532',
  '4829–1532',
  '(4829)1532',
  '問い合わせ番号:4829-1532',
  'お問い合わせ番号：４８２９－１５３２です',
  '問い合わせ番号は 4829 1532',
  'No. 4829-1532',
  '#4829-1532',
])('takes %s for an inquiry number', (text) => {
  expect(askedRecord(text.split(' '), 'show')).toEqual({ inquiryNumber: '48291532' });
});

it.each([
  ['11111111-2222-4333-8444-000000000001', '11111111-2222-4333-8444-000000000001'],
  [' 11111111-2222-4333-8444-000000000001\n', '11111111-2222-4333-8444-000000000001'],
  [
    'arn:aws:connect:ap-northeast-1:123456789012:instance/00000000-0000-4000-8000-000000000001/contact/00000000-0000-4000-8000-00000000d001',
    '00000000-0000-4000-8000-00000000d001',
  ],
])('takes %j for an id', (text, id) => {
  expect(askedRecord([text], 'show')).toEqual({ id });
});

it.each(['', ' ', 'お問い合わせ番号', '問い合わせ番号:4829-153', '番号 4829-1532 と 7521-4295', 'x'.repeat(1_000)])(
  'does not guess what %j means, and says how the command is used',
  (text) => {
    for (const command of ['show', 'again', 'cancel'] as const) {
      expect(() => askedRecord([text], command)).toThrow(
        `expected one request id, contact id or inquiry number: npm run calls -- ${command} 4829-1532`,
      );
    }
  },
);
