const REQUESTS = '/requests/';

/** Each request has a page of its own. @param id request id, or name of an execution */
export const addressOf = (id: string): string => REQUESTS + encodeURIComponent(id);

/** The request that the address names; undefined where it names none. */
export function requestOf(pathname: string): string | undefined {
  if (!pathname.startsWith(REQUESTS)) return undefined;
  const text = pathname.slice(REQUESTS.length);
  try {
    return decodeURIComponent(text) || undefined;
  } catch {
    // A per cent sign that encodes nothing: the text as it stands names no request, and the page says so.
    return text;
  }
}
