import { factsOf, inquiryNumberBox } from './confirm-step.ts';
import { button, element } from './elements.ts';
import type { Link } from './pop-up-settings.ts';
import type { StepView } from './shell.ts';
import { backButton, listOfLinks } from './step-parts.ts';
import type { Visit } from './visit.ts';

/** Sent. Opened again later, it is the receipt: without the visitor's number, and with a way to ask anew. */
export function doneStep(visit: Visit): StepView {
  const { settings, journey, callerNumber, startAgain } = visit;
  const { editable, words } = settings.texts;
  if (journey.phone === undefined) {
    return {
      heading: words.receiptTitle,
      content: [inquiryNumberBox(visit), element('p', {}, words.receiptNote), factsOf(visit)],
      buttons: [finishButton(visit), button('again', 'main second', startAgain, words.again)],
    };
  }
  const [before, after] = words.ringsSoon;
  return {
    heading: editable.done_title,
    content: [
      element('p', { class: 'lead' }, before, element('span', { class: 'whole' }, callerNumber), after),
      inquiryNumberBox(visit),
      element('p', {}, editable.done_note),
      factsOf(visit),
    ],
    buttons: [finishButton(visit)],
  };
}

/** Outside opening hours. */
export function closedStep(visit: Visit): StepView {
  const { settings } = visit;
  const { editable, words } = settings.texts;
  return {
    heading: words.closedTitle,
    content: [element('p', {}, editable.closed_text), ...otherWays(settings.alternatives, words.otherWays)],
    buttons: [finishButton(visit)],
  };
}

/** The page cannot tell KARTE, perhaps because the visitor's browser blocks it. */
export function failedStep(visit: Visit): StepView {
  const { settings } = visit;
  const { words } = settings.texts;
  return {
    heading: words.failedTitle,
    content: [element('p', {}, words.failedText), ...otherWays(settings.alternatives, words.otherWays)],
    buttons: [backButton(visit), finishButton(visit)],
  };
}

const otherWays = (links: readonly Link[], sentence: string): HTMLElement[] =>
  links.length === 0 ? [] : [element('p', {}, sentence), listOfLinks(links)];

const finishButton = ({ settings, close }: Visit): HTMLButtonElement =>
  button('finish', 'main', close, settings.texts.words.close);
