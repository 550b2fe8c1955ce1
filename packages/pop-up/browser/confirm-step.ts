import { groupInquiryNumber } from '../../../domain/inquiry-number.ts';
import { button, element, spoken } from './elements.ts';
import type { StepView } from './shell.ts';
import { backButton, sentence } from './step-parts.ts';
import type { Visit } from './visit.ts';

/** Everything once more before it is sent, with the inquiry number, who will call, and what happens next. */
export function confirmStep(visit: Visit): StepView {
  const { editable, words } = visit.settings.texts;
  const problem = element('p', { class: 'error', role: 'alert', 'data-error': '' });
  const back = backButton(visit);
  const send = button('send', 'main', () => void sendOnce(), words.send);

  async function sendOnce(): Promise<void> {
    if (send.getAttribute('aria-disabled') === 'true') return;
    setBusy(true);
    problem.textContent = '';
    problem.textContent = (await visit.send()) ?? '';
    setBusy(false);
  }

  /** Not `disabled`, which would lose the focus. */
  function setBusy(isBusy: boolean): void {
    for (const each of [send, back]) each.setAttribute('aria-disabled', String(isBusy));
    send.setAttribute('aria-busy', String(isBusy));
    send.textContent = isBusy ? words.sending : words.send;
  }

  return {
    heading: words.confirmTitle,
    content: [
      inquiryNumberBox(visit),
      factsOf(visit),
      element(
        'div',
        { class: 'next' },
        element('h4', {}, words.nextTitle),
        ...(isPromised(visit) ? [element('p', { class: 'lead' }, ...expected(visit))] : []),
        element('p', {}, editable.confirm_note),
      ),
      problem,
    ],
    buttons: [back, send],
  };
}

const isPromised = ({ journey, prospect }: Visit): boolean =>
  journey.callAt !== undefined || prospect.outlook === 'open' || prospect.outlook === 'waits';

/** What will happen, as far as is known: a call now, after the opening, or at the chosen time; otherwise a call, perhaps. */
export function expected({ settings, journey, callerNumber: number, prospect, readTime }: Visit): (Node | string)[] {
  const { callAtTime, callNow, callWhileOpen, callAfterOpening, callPerhaps } = settings.texts.words;
  const { outlook, time } = prospect;
  if (journey.callAt !== undefined) return sentence(callAtTime, { number, time: readTime(journey.callAt) });
  if (outlook === 'waits' && time !== undefined) return sentence(callAfterOpening, { number, time: readTime(time) });
  if (outlook !== 'open') return sentence(callPerhaps, { number });
  return time === undefined ? sentence(callNow, { number }) : sentence(callWhileOpen, { number, time: readTime(time) });
}

/** The inquiry number in large print, and spelt out for screen readers, which would read it as one large number. */
export function inquiryNumberBox({ settings, journey: { inquiryNumber } }: Visit): HTMLElement {
  const { words } = settings.texts;
  return element(
    'div',
    { class: 'number' },
    element('p', {}, words.inquiryNumber),
    element(
      'strong',
      { 'data-inquiry-number': inquiryNumber },
      element('span', { 'aria-hidden': 'true' }, groupInquiryNumber(inquiryNumber)),
      spoken(words.spell(inquiryNumber)),
    ),
    element('p', {}, words.tellInquiryNumber),
  );
}

export function factsOf({ settings, journey, callerNumber, readTime }: Visit): HTMLElement {
  const { words } = settings.texts;
  const facts = {
    [words.yourNumber]: journey.phone?.national,
    [words.callerNumber]: callerNumber,
    [words.callTime]: journey.callAt && readTime(journey.callAt),
    [words.inquiryType]: journey.inquiryType?.label,
    [words.userType]: journey.userType?.label,
  };
  const list = element('dl', { class: 'facts' });
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined) list.append(element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  }
  return list;
}
