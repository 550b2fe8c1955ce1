import { button, element, icon } from './elements.ts';
import type { Link } from './pop-up-settings.ts';
import type { Visit } from './visit.ts';

/** One answer to a step's question. @param value identifies it in the page, as its `data-choice` */
export function choice(
  value: string,
  label: string,
  isChosen: boolean,
  onClick: () => void,
  note?: string,
): HTMLElement {
  const text = element('span', {}, label);
  if (note !== undefined) text.append(element('small', {}, note));
  const made = element('button', { type: 'button', class: 'choice', 'data-choice': value }, text, icon('forward'));
  if (isChosen) made.setAttribute('aria-current', 'true');
  made.addEventListener('click', onClick);
  return made;
}

/** A way elsewhere, next to the answers. */
export const choiceLink = ({ label, url }: Link): HTMLElement =>
  element('a', { class: 'choice', href: url }, element('span', {}, label), icon('forward'));

/** Without list style, some screen readers no longer say that it is a list; the role says it. */
export const listOf = (entries: HTMLElement[]): HTMLElement =>
  element('ul', { class: 'choices', role: 'list' }, ...entries.map((entry) => element('li', {}, entry)));

/** A sentence in which a text replaces each `{name}`; short ones are not broken across lines. */
export const sentence = (text: string, values: Readonly<Record<string, string>>): (Node | string)[] =>
  text.split(/[{}]/).map((part, at) => {
    const value = at % 2 === 0 ? part : (values[part] ?? '');
    return at % 2 === 0 || value.length > LONGEST_WHOLE ? value : element('span', { class: 'whole' }, value);
  });

/** As long as a day and time in Japanese, which would break anywhere. English breaks at its spaces. */
const LONGEST_WHOLE = 24;

/** Other ways to get in touch. */
export const listOfLinks = (links: readonly Link[]): HTMLElement => listOf(links.map(choiceLink));

/** Leads to the previous question. */
export const backButton = ({ settings, move }: Visit): HTMLButtonElement =>
  button('back', 'plain', () => move({ do: 'back' }), settings.texts.words.back);
