/**
 * Puts a text on the clipboard. A page that came without TLS may not do so by itself; what is selected may be copied there,
 * too. @returns whether it was done
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
