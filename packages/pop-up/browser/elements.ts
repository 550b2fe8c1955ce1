type Child = Node | string;

/** An HTML element. Texts become text nodes, never markup: nothing that a page or a visitor wrote can turn into an element. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.flatMap((child) => (typeof child === 'string' ? unbroken(child) : child)));
  return made;
}

/**
 * The text, with the word that is hardest for Japanese readers to read across a line break kept in one piece. Browsers without
 * `word-break: auto-phrase` break lines anywhere.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/CSS/word-break
 */
export const unbroken = (text: string): Child[] =>
  text.split(INQUIRY).map((part, at) => {
    if (at % 2 === 0) return part;
    const word = document.createElement('span');
    word.className = 'whole';
    word.textContent = part;
    return word;
  });

/** お問い合わせ, 問い合わせ: escaped, since the script must be ASCII and the build leaves expressions unchanged. */
const INQUIRY = /(\u304a?\u554f\u3044\u5408\u308f\u305b)/;

/** A button of the pop-up; tests and styles identify it by its `data-action`. */
export function button(action: string, look: string, onClick: () => void, ...children: Child[]): HTMLButtonElement {
  const made = element('button', { type: 'button', class: look, 'data-action': action }, ...children);
  made.addEventListener('click', onClick);
  return made;
}

/** Text that only screen readers read. */
export const spoken = (text: string): HTMLSpanElement => element('span', { class: 'spoken' }, text);

const SVG = 'http://www.w3.org/2000/svg';

/** Line art in a square of 24 by 24. */
const ICONS = {
  /** A handset, and the waves of its ringing. */
  phone: [
    'M6.8 3.5 9 8.2 7 10.4a13.5 13.5 0 0 0 6.6 6.6l2.2-2 4.7 2.2v2.3c0 1-.9 1.7-1.9 1.6C10.5 20.5 3.5 13.5 2.9 5.4c-.1-1 .6-1.9 1.6-1.9z',
    'M14 6.5a4.5 4.5 0 0 1 3.5 3.5',
    'M14.5 2.5a8.5 8.5 0 0 1 7 7',
  ],
  close: ['M6 6 18 18', 'M18 6 6 18'],
  forward: ['m9 5 7 7-7 7'],
} as const;

/** A picture next to a text that says the same: screen readers skip it. */
export function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [attribute, value] of Object.entries({
    viewBox: '0 0 24 24',
    'aria-hidden': 'true',
    class: `icon ${name}`,
  })) {
    svg.setAttribute(attribute, value);
  }
  for (const line of ICONS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', line);
    svg.append(path);
  }
  return svg;
}
