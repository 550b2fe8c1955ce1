/** Browsers never send an origin in Unicode or with a path. */
export const ORIGIN =
  'an origin as sent by browsers: https:// and a host name in ASCII, without a path or trailing /, such as https://www.example.com';

/** Whether a text is an origin of a web page, of any scheme, exactly as browsers send it. */
export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, hostname } = new URL(text);
  // Browsers never send an origin with a *.
  return origin === text && /^[a-z0-9.-]+$/.test(hostname);
}
