import { expect, it } from 'vitest';
import { queueFor } from '../../../domain/routing.ts';
import { cleanInquiry } from '../../../domain/visitor-text.ts';
import { queueOf } from '../browser/queue-choice.ts';

const ROUTING = {
  default: 'support',
  rules: [
    { userType: 'member', inquiryType: '料金・お支払いについて', queue: 'accounts' },
    { userType: 'other', queue: 'desk' },
    { inquiryType: 'KARTE  Datahubについて', queue: 'datahub' },
    { inquiryType: 'other', queue: 'unlisted' },
    { userType: 'visitor', queue: 'sales' },
  ],
};
const QUEUES = Object.fromEntries(
  ['support', 'accounts', 'desk', 'datahub', 'unlisted', 'sales'].map((name) => [name, name]),
);
const USER_TYPES = ['member', 'visitor'];

it.each(
  ['member', 'visitor', 'premium'].flatMap((userType) =>
    ['料金・お支払いについて', '料金･お支払いについて', 'ＫＡＲＴＥ Datahubについて', 'その他', '別件'].map(
      (inquiryType) => [userType, inquiryType] as const,
    ),
  ),
)('a request of %s about %s goes where the server sends it', (userType, inquiryType) => {
  // Prepare
  const onServer = {
    userType: USER_TYPES.includes(userType) ? userType : 'other',
    inquiryType: cleanInquiry(inquiryType),
  };
  // Act
  const queue = queueOf({ routing: ROUTING, userTypes: USER_TYPES, inquiryTypes: [] }, userType, inquiryType);
  // Assess
  expect(queue).toBe(queueFor({ ...onServer, inquiryType: onServer.inquiryType ?? '' }, ROUTING, QUEUES).name);
});

it('an inquiry that the stage does not list counts as other', () => {
  const stage = { routing: ROUTING, userTypes: USER_TYPES, inquiryTypes: ['その他'] };
  expect(queueOf(stage, 'visitor', 'その他')).toBe('sales');
  expect(queueOf(stage, 'visitor', '別件')).toBe('unlisted');
});
