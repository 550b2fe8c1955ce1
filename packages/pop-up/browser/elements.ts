type Child = Node | string;

/** An HTML element. Texts become text nodes, never markup: nothing a page or a visitor wrote can turn into an element. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button of the pop-up, known to tests and style by its `data-action`. */
export function button(action: string, look: string, onClick: () => void, ...children: Child[]): HTMLButtonElement {
  const made = element('button', { type: 'button', class: look, 'data-action': action }, ...children);
  made.addEventListener('click', onClick);
  return made;
}

/** Text that only screen readers read. */
export const spoken = (text: string): HTMLSpanElement => element('span', { class: 'spoken' }, text);

const SVG = 'http://www.w3.org/2000/svg';

/** Lines in a square of 24 by 24. */
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

/** A picture beside a text that says the same: screen readers skip it. */
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
