/** An origin of Unicode, or with a path, is one that no browser sends. */
export const ORIGIN =
  'an origin as browsers send it: https:// and a host name in ASCII, without a path or a / at its end, such as https://www.example.com';

/** Whether a text is an origin of a web page, of any scheme, letter by letter as browsers send it. */
export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, hostname } = new URL(text);
  // An origin with a * would be one that no browser sends.
  return origin === text && /^[a-z0-9.-]+$/.test(hostname);
}
