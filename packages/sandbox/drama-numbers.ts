/**
 * Telephone numbers that will never belong to anybody: the UK reserves them for drama. The mobile range and Nottingham's are left out,
 * because libphonenumber considers them impossible.
 * @see https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
 */
export const DRAMA_PREFIXES = [
  '+441134960',
  '+441144960',
  '+441164960',
  '+441174960',
  '+441184960',
  '+441214960',
  '+441314960',
  '+441414960',
  '+441514960',
  '+442079460',
  '+441914980',
  '+442920180',
] as const;

export const DRAMA_NUMBERS = DRAMA_PREFIXES.length * 1_000;

/** One of them, E.164. @param index the same number every `DRAMA_NUMBERS` */
export function dramaNumber(index: number): string {
  const range = DRAMA_PREFIXES[Math.floor(index / 1_000) % DRAMA_PREFIXES.length] ?? DRAMA_PREFIXES[0];
  return `${range}${String(index % 1_000).padStart(3, '0')}`;
}

/** An id that belongs to a request of a bench. */
export const requestId = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
