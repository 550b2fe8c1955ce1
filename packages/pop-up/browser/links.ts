const ALLOWED = ['http:', 'https:', 'mailto:', 'tel:'];

/**
 * A link that is allowed in the pop-up: http(s), mailto, tel, or relative to the page. Undefined for anything else, above
 * all for `javascript:`, however it is disguised (the URL parser decides, as it does when a browser follows the link).
 */
export function safeLink(text: string): string | undefined {
  const link = text.trim();
  try {
    const { protocol } = new URL(link, 'https://relative.invalid/');
    return link !== '' && ALLOWED.includes(protocol) ? link : undefined;
  } catch {
    return undefined;
  }
}
