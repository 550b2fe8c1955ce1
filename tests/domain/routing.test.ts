import { describe, expect, it } from 'vitest';
import { queueFor } from '../../domain/routing.ts';
import { cleanInquiry } from '../../domain/visitor-text.ts';

const QUEUES = { general: 'id-general', members: 'id-members', plans: 'id-plans', memberPlans: 'id-member-plans' };
const ROUTING = {
  default: 'general',
  rules: [
    { userType: 'member', inquiryType: '料金', queue: 'memberPlans' },
    { inquiryType: '料金', queue: 'plans' },
    { userType: 'member', queue: 'members' },
  ],
};

describe('the queue of a request', () => {
  it.each([
    ['both fields of the first rule match', { userType: 'member', inquiryType: '料金' }, 'memberPlans'],
    ['a rule names the inquiry only', { userType: 'visitor', inquiryType: '料金' }, 'plans'],
    ['a rule names the user type only', { userType: 'member', inquiryType: '解約' }, 'members'],
    ['there is no inquiry', { userType: 'member' }, 'members'],
    ['no rule matches', { userType: 'visitor', inquiryType: '解約' }, 'general'],
    ['no rule matches, nothing to match with', { userType: 'other' }, 'general'],
    ['part of a text is no match', { userType: 'visitor', inquiryType: '料金について' }, 'general'],
  ] as const)('is right where %s', (_name, request, name) => {
    expect(queueFor(request, ROUTING, QUEUES)).toEqual({ name, id: QUEUES[name] });
  });

  it('is the one of the first rule where two match', () => {
    const rules = [{ queue: 'plans' }, { queue: 'members' }];
    expect(queueFor({ userType: 'other' }, { default: 'general', rules }, QUEUES).name).toBe('plans');
  });

  it('is the default where there are no rules', () => {
    expect(queueFor({ userType: 'member' }, { default: 'general', rules: [] }, QUEUES).id).toBe('id-general');
  });

  it.each(['料金（プラン）について', 'ＫＡＲＴＥ　Ｄａｔａｈｕｂ', 'ﾌﾟﾗﾝ', '解約したい！', '料金 ＞ プラン'])(
    'is found by the words of the pop-up as they are in the settings: %s',
    (words) => {
      // Prepare
      const inquiryType = cleanInquiry(words) ?? '';
      const rules = [{ inquiryType: words, queue: 'plans' }];

      // Act
      const queue = queueFor({ userType: 'visitor', inquiryType }, { default: 'general', rules }, QUEUES);

      // Assess
      expect(queue.name).toBe('plans');
    },
  );

  it('is never one that the stage does not have', () => {
    const routing = { default: 'nowhere', rules: [] };
    expect(() => queueFor({ userType: 'member' }, routing, QUEUES)).toThrow('"nowhere"');
  });
});
