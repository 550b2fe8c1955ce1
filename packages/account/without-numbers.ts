import { maskPhones } from '../../domain/masking.ts';

/** A UUID, which may end in twelve digits, or the id of an account, whatever stands around it. */
const UUID_OR_ACCOUNT = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<![\d+])\d{12}(?!\d)/gi;

/**
 * A text without what is somebody's, whatever AWS put into it: neither telephone numbers nor ids of accounts.
 *
 * @example withoutNumbers('arn:aws:iam::123456789012:user/a') // 'arn:aws:iam::…:user/a'
 */
export const withoutNumbers = (text: string): string =>
  maskPhones(text.replace(UUID_OR_ACCOUNT, (found) => (found.includes('-') ? found : '…')));
