/**
 * Keeps the window of a phone within what its keyboard leaves free, in `--visible-top` and `--visible-height`. If a
 * visitor has zoomed in, the part they look at is not the window's size.
 *
 * @see https://developer.mozilla.org/docs/Web/API/VisualViewport
 */
export function followVisibleArea(style: CSSStyleDeclaration): void {
  const area = window.visualViewport;
  if (!area) return;
  const follow = (): void => {
    if (Math.abs(area.scale - 1) > 0.01) return;
    style.setProperty('--visible-top', `${area.offsetTop}px`, 'important');
    style.setProperty('--visible-height', `${area.height}px`, 'important');
  };
  area.addEventListener('resize', follow);
  area.addEventListener('scroll', follow);
}
