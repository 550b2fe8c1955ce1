import { confirmStep } from './confirm-step.ts';
import { button, element, icon } from './elements.ts';
import { closedStep, doneStep, failedStep } from './ending-steps.ts';
import type { Journey, Move } from './journey.ts';
import { phoneStep } from './phone-step.ts';
import type { Link, Settings } from './pop-up-settings.ts';
import type { StepView } from './shell.ts';

/** What a step knows and may do. */
export interface Visit {
  settings: Settings;
  journey: Journey;
  /** As visitors read it. */
  callerNumber: string;
  move(move: Move): void;
  /** Sends the request and moves on; a sentence for the visitor where it may be tried again. */
  send(): Promise<string | undefined>;
  startAgain(): void;
  close(): void;
}

export function viewOf(visit: Visit): StepView {
  switch (visit.journey.step) {
    case 'user-type':
      return userTypeStep(visit);
    case 'inquiry-type':
      return inquiryTypeStep(visit);
    case 'contact':
      return contactStep(visit);
    case 'phone':
      return phoneStep(visit);
    case 'confirm':
      return confirmStep(visit);
    case 'done':
      return doneStep(visit);
    case 'closed':
      return closedStep(visit);
    case 'failed':
      return failedStep(visit);
  }
}

function userTypeStep({ settings, journey, move }: Visit): StepView {
  const choices = settings.userTypes.map((userType) =>
    choice(userType.value, userType.label, userType.value === journey.userType?.value, () =>
      move({ do: 'choose-user-type', userType }),
    ),
  );
  return { heading: settings.texts.editable.user_type_question, content: [listOf(choices)], buttons: [] };
}

function inquiryTypeStep(visit: Visit): StepView {
  const { settings, journey, move } = visit;
  const choices = settings.inquiryTypes.map((inquiryType) =>
    choice(inquiryType, inquiryType, inquiryType === journey.inquiryType, () =>
      move({ do: 'choose-inquiry-type', inquiryType }),
    ),
  );
  return {
    heading: settings.texts.editable.inquiry_type_question,
    content: [listOf(choices)],
    buttons: [backButton(visit)],
  };
}

function contactStep(visit: Visit): StepView {
  const { settings, move } = visit;
  const { editable, words } = settings.texts;
  const telephone = choice(
    'phone',
    editable.contact_phone_label,
    false,
    () => move({ do: 'choose-telephone' }),
    words.contactPhoneNote,
  );
  telephone.prepend(icon('phone'));
  return {
    heading: editable.contact_question,
    content: [listOf([telephone, ...settings.contacts.map(choiceLink)])],
    buttons: [backButton(visit)],
  };
}

function choice(value: string, label: string, isChosen: boolean, onClick: () => void, note?: string): HTMLElement {
  const text = element('span', {}, label);
  if (note !== undefined) text.append(element('small', {}, note));
  const made = element('button', { type: 'button', class: 'choice', 'data-choice': value }, text, icon('forward'));
  if (isChosen) made.setAttribute('aria-current', 'true');
  made.addEventListener('click', onClick);
  return made;
}

const choiceLink = ({ label, url }: Link): HTMLElement =>
  element('a', { class: 'choice', href: url }, element('span', {}, label), icon('forward'));

/** Without list style, some screen readers no longer say that it is a list; the role says it. */
const listOf = (entries: HTMLElement[]): HTMLElement =>
  element('ul', { class: 'choices', role: 'list' }, ...entries.map((entry) => element('li', {}, entry)));

export const listOfLinks = (links: readonly Link[]): HTMLElement => listOf(links.map(choiceLink));

export const backButton = ({ settings, move }: Visit): HTMLButtonElement =>
  button('back', 'plain', () => move({ do: 'back' }), settings.texts.words.back);
