import { maskPhones } from '../../domain/masking.ts';

/** A UUID, which may end in twelve digits, or an account id in any context. */
const UUID_OR_ACCOUNT = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<![\d+])\d{12}(?!\d)/gi;

/**
 * Removes telephone numbers and account ids from a text of AWS.
 *
 * @example withoutNumbers('arn:aws:iam::123456789012:user/a') // 'arn:aws:iam::…:user/a'
 */
export const withoutNumbers = (text: string): string =>
  maskPhones(text.replace(UUID_OR_ACCOUNT, (found) => (found.includes('-') ? found : '…')));
