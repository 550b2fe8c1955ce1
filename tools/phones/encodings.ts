/**
 * Supported file encodings, with their `TextDecoder` labels. CP932 is the Shift_JIS of Japanese Windows, with the NEC and IBM
 * characters.
 *
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export const LABELS = {
  'utf-8': 'utf-8',
  cp932: 'shift_jis',
  'euc-jp': 'euc-jp',
  'iso-2022-jp': 'iso-2022-jp',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
} as const;

export type Encoding = keyof typeof LABELS;
export const ENCODINGS = Object.keys(LABELS) as Encoding[];

/** Stands in for bytes that are invalid in an encoding. */
export const REPLACEMENT = '\ufffd';
