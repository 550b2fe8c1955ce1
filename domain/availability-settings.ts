import * as z from 'zod';
import { isOrigin, ORIGIN } from './web-origin.ts';

/** Plain HTTP is for pages on this machine; stage-contradictions.ts restricts it to the local stage. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1'];

function isOfPages(text: string): boolean {
  if (!isOrigin(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.includes(hostname));
}

/**
 * Origins that may read availability.json; null if it is not deployed. A function URL takes up to 100, of up to 253 characters.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html
 */
export const availabilitySettings = z
  .strictObject({
    origins: z
      .array(z.string(ORIGIN).max(253, ORIGIN).refine(isOfPages, ORIGIN))
      .min(1, 'at least one origin, such as https://www.example.com')
      .max(100, 'at most 100 origins')
      .refine((origins) => new Set(origins).size === origins.length, 'every origin once'),
  })
  .nullable()
  .default(null);
