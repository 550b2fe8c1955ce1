const STOPS = 'a[href], button, input, select';

/** Tab cycles within the window, even where the browser would move on to its own buttons. */
export function keepFocusInside(dialog: HTMLDialogElement, root: ShadowRoot): void {
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' || event.altKey || event.ctrlKey || event.metaKey) return;
    const active = root.activeElement;
    if (!active) return;
    const stops = [...dialog.querySelectorAll<HTMLElement>(STOPS)];
    const wanted = event.shiftKey ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
    if (stops.some((stop) => active.compareDocumentPosition(stop) & wanted)) return;
    event.preventDefault();
    stops[event.shiftKey ? stops.length - 1 : 0]?.focus();
  });
}
