import { confirmStep } from './confirm-step.ts';
import { icon } from './elements.ts';
import { closedStep, doneStep, failedStep } from './ending-steps.ts';
import { phoneStep } from './phone-step.ts';
import type { StepView } from './shell.ts';
import { backButton, choice, choiceLink, listOf } from './step-parts.ts';
import { timeStep } from './time-step.ts';
import type { Visit } from './visit.ts';

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
    case 'time':
      return timeStep(visit);
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
    choice(inquiryType.value, inquiryType.label, inquiryType.value === journey.inquiryType?.value, () =>
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
