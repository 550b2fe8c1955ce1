import { expected, factsOf, inquiryNumberBox } from './confirm-step.ts';
import { button, element } from './elements.ts';
import type { Link } from './pop-up-settings.ts';
import type { StepView } from './shell.ts';
import { backButton, listOfLinks, sentence } from './step-parts.ts';
import type { Visit } from './visit.ts';

/** Sent. Opened again later, it is the receipt: without the visitor's number, and with a way to make a new request. */
export function doneStep(visit: Visit): StepView {
  const { settings, journey, startAgain } = visit;
  const { editable, words } = settings.texts;
  if (journey.phone === undefined) {
    return {
      heading: words.receiptTitle,
      content: [inquiryNumberBox(visit), element('p', {}, words.receiptNote), factsOf(visit)],
      buttons: [finishButton(visit), button('again', 'main second', startAgain, words.again)],
    };
  }
  return {
    heading: editable.done_title,
    content: [
      element('p', { class: 'lead' }, ...expected(visit)),
      inquiryNumberBox(visit),
      element('p', {}, editable.done_note),
      factsOf(visit),
    ],
    buttons: [finishButton(visit)],
  };
}

/** Outside opening hours, or the company calls nobody. If another inquiry may go to a different queue, there is a way back. */
export function closedStep(visit: Visit): StepView {
  const { settings, prospect, readTime } = visit;
  const { editable, words } = settings.texts;
  const { outlook, time } = prospect;
  const isStopped = settings.open && outlook === 'stopped';
  const content = [element('p', {}, isStopped ? words.stoppedText : editable.closed_text)];
  if (settings.open && time !== undefined)
    content.push(element('p', {}, ...sentence(words.opensAt, { time: readTime(time) })));
  return {
    heading: isStopped ? words.stoppedTitle : words.closedTitle,
    content: [...content, ...otherWays(settings.alternatives, words.otherWays)],
    buttons: [...(settings.open ? [backButton(visit)] : []), finishButton(visit)],
  };
}

/** The page cannot reach KARTE, perhaps because the visitor's browser blocks it. Nothing was sent. */
export function failedStep(visit: Visit): StepView {
  const { settings } = visit;
  const { words } = settings.texts;
  return {
    heading: words.failedTitle,
    content: [
      element('p', {}, words.failedText),
      element('p', { class: 'note' }, words.blocked),
      ...otherWays(settings.alternatives, words.otherWays),
    ],
    buttons: [backButton(visit), finishButton(visit)],
  };
}

const otherWays = (links: readonly Link[], text: string): HTMLElement[] =>
  links.length === 0 ? [] : [element('p', {}, text), listOfLinks(links)];

const finishButton = ({ settings, close }: Visit): HTMLButtonElement =>
  button('finish', 'main', close, settings.texts.words.close);
