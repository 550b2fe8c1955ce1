import { expect, it } from 'vitest';
import { refusalInWords } from '../refusal.ts';

const ACTION = 'connect:ListPhoneNumbersV2';
const NEEDED = ['ssm:GetParameter', ACTION];
const NUMBERS = 'arn:aws:connect:ap-northeast-1:123456789012:phone-number/*';
const SOMEBODY = 'User: arn:aws:sts::123456789012:assumed-role/Admin/somebody@example.com';

const inWords = (message: string, permissions = NEEDED) =>
  refusalInWords(Object.assign(new Error(message), { name: 'AccessDeniedException' }), permissions);

it('names the action that was refused before all that are needed, and nobody', () => {
  const message = `${SOMEBODY} is not authorized to perform: ${ACTION} on resource: ${NUMBERS} because no identity-based policy allows the ${ACTION} action`;
  expect(inWords(message)).toEqual({
    seen: `${ACTION} was refused (AccessDeniedException) on arn:aws:connect:ap-northeast-1:…:phone-number/*: no identity-based policy allows it`,
    nextStep: `Grant it to the identity of the caller. In total this needs ${ACTION}, ssm:GetParameter.`,
  });
});

it.each([
  [
    `on resource: ${NUMBERS} with an explicit deny in a service control policy`,
    'an explicit deny in a service control policy',
    'the owners of the service control policy have to allow it.',
  ],
  [
    'on resource: * with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/No',
    'an explicit deny in an identity-based policy',
    'the owners of the identity-based policy have to allow it.',
  ],
  [
    'because no permissions boundary allows the connect:ListPhoneNumbersV2 action',
    'no permissions boundary allows it',
    'the owners of the permissions boundary have to allow it.',
  ],
])('says that another permission does not help: %s', (reason, seen, nextStep) => {
  const words = inWords(`${SOMEBODY} is not authorized to perform: ${ACTION} ${reason}`, [ACTION]);
  expect(words.seen).toMatch(new RegExp(`${seen}$`));
  expect(words.nextStep).toBe(`Another permission does not help: ${nextStep}`);
});

it('shortens what is of no usual form, and masks it', () => {
  const { seen, nextStep } = inWords(`${SOMEBODY} may not.\nAccount 123456789012, ${'x'.repeat(300)}`);
  expect(seen).toMatch(/^the request was refused \(AccessDeniedException\): User: somebody may not\. Account …, x+…$/);
  expect(seen.length).toBeLessThan(250);
  expect(nextStep).toBe('Grant ssm:GetParameter, connect:ListPhoneNumbersV2 to the identity of the caller.');
});
