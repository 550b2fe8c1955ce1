import { element } from './elements.ts';
import type { StepView } from './shell.ts';
import { backButton, choice, listOf, sentence } from './step-parts.ts';
import { clockOf, dayOf, dayText, zoneText } from './time-text.ts';
import type { Visit } from './visit.ts';

/** As soon as possible, or at a free time: day and time, each in a native list. */
export function timeStep(visit: Visit): StepView {
  const { settings, journey, prospect, readTime, move } = visit;
  const { language, texts } = settings;
  const { words } = texts;
  const { outlook, time, slots } = prospect;

  const dayList = element('select', { name: 'day', 'aria-describedby': 'times' });
  const clockList = element('select', { name: 'clock', 'aria-describedby': 'times' });
  dayList.append(...new Map(slots.map((slot) => [dayOf(slot), option(dayOf(slot), dayText(slot, language))])).values());
  const showClocks = (): void => {
    const ofDay = slots.filter((slot) => dayOf(slot) === dayList.value);
    clockList.replaceChildren(...ofDay.map((slot) => option(slot, clockOf(slot))));
  };
  const chosen = slots.find((slot) => slot === journey.callAt) ?? slots[0] ?? '';
  dayList.value = dayOf(chosen);
  showClocks();
  clockList.value = chosen;
  dayList.addEventListener('change', showClocks);

  const content: Node[] = [];
  if (journey.slotIsGone)
    content.push(element('p', { class: 'error', role: 'alert', 'data-error': '' }, words.slotGone));
  else if (outlook === 'closed') content.push(...closedNow(visit));
  if (outlook !== 'closed') {
    const waits = outlook === 'waits';
    const note = time && (waits ? words.fromTime : words.untilTime).replace('{time}', readTime(time));
    const now = (): void => move({ do: 'choose-time', callAt: undefined });
    content.push(listOf([choice('now', waits ? words.afterOpening : words.soonest, false, now, note)]));
  }
  content.push(
    element(
      'div',
      { class: 'field times', role: 'group', 'aria-labelledby': 'times' },
      element('p', { id: 'times' }, words.atATime + zoneText(chosen, language)),
      element('label', {}, element('span', {}, words.day), dayList),
      element('label', {}, element('span', {}, words.clock), clockList),
    ),
  );
  return {
    heading: words.timeQuestion,
    content,
    buttons: [
      backButton(visit),
      element('button', { type: 'submit', class: 'main', 'data-action': 'next' }, words.chooseTime),
    ],
    onSubmit: () => move({ do: 'choose-time', callAt: clockList.value }),
  };
}

function closedNow({ settings, prospect: { time }, readTime }: Visit): Node[] {
  const { closedNow: text, opensAt } = settings.texts.words;
  return [
    element('p', {}, text),
    ...(time === undefined ? [] : [element('p', {}, ...sentence(opensAt, { time: readTime(time) }))]),
  ];
}

const option = (value: string, text: string): HTMLOptionElement => element('option', { value }, text);
