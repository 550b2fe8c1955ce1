import { maskPhones } from './masking.ts';

/**
 * What a person wrote about a change, such as why calling was stopped, in the form that is kept: in one line, since a line break
 * could imitate a further entry of the history, and with telephone numbers masked.
 *
 * @example reasonText('fire drill\n12:00  resumed') // 'fire drill 12:00 resumed'
 */
export const reasonText = (text: string): string => maskPhones(text.trim().replace(/\s+/g, ' '));
