/**
 * Puts a text on the clipboard. A page without TLS may not use the clipboard API, but may still copy a selection.
 * @returns whether it worked
 * @see https://developer.mozilla.org/en-US/docs/Web/API/Clipboard/writeText
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
