import { element, spoken } from './elements.ts';
import { formatWhileTyping, readPhone } from './phone-entry.ts';
import type { StepView } from './shell.ts';
import { backButton } from './step-parts.ts';
import type { Visit } from './visit.ts';

/** The number's field: formatted while it is typed, checked when it is left or submitted. */
export function phoneStep(visit: Visit): StepView {
  const { settings, journey, move } = visit;
  const { editable, words, refusals } = settings.texts;

  const input = element('input', {
    id: 'phone',
    name: 'phone',
    type: 'tel',
    inputmode: 'tel',
    autocomplete: 'tel',
    enterkeyhint: 'next',
    maxlength: '64',
    'aria-required': 'true',
    'aria-describedby': 'phone-note phone-error',
  });
  input.value = journey.typedPhone;
  const error = element('p', { id: 'phone-error', class: 'error', role: 'alert', 'data-error': '' });

  const showError = (sentence: string): void => {
    error.textContent = sentence;
    input.setAttribute('aria-invalid', String(sentence !== ''));
  };
  const format = (deletesForward: boolean): void => {
    const { text, caret } = formatWhileTyping(input.value, input.selectionStart ?? input.value.length, deletesForward);
    if (text !== input.value) {
      input.value = text;
      input.setSelectionRange(caret, caret);
    }
    showError('');
    move({ do: 'type-phone', typed: text });
  };

  let isComposing = false;
  input.addEventListener('compositionstart', () => {
    isComposing = true;
  });
  input.addEventListener('compositionend', () => {
    isComposing = false;
    format(false);
  });
  input.addEventListener('input', (event) => {
    // A Japanese input method is still composing: changing the text now would break the conversion.
    if (isComposing) return;
    format(event instanceof InputEvent && event.inputType === 'deleteContentForward');
  });
  input.addEventListener('blur', () => {
    const entry = readPhone(input.value);
    if (!entry.ok && input.value.trim() !== '') showError(refusals[entry.reason]);
  });

  const next = element('button', { type: 'submit', class: 'main', 'data-action': 'next' }, words.next);
  return {
    heading: editable.phone_question,
    content: [
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'phone' }, words.phoneLabel),
        element('p', { id: 'phone-note', class: 'note' }, editable.phone_note),
        input,
        error,
      ),
      consent(visit),
    ],
    buttons: [backButton(visit), next],
    onSubmit() {
      const entry = readPhone(input.value);
      if (entry.ok) return move({ do: 'enter-phone', phone: entry });
      showError(refusals[entry.reason]);
      input.focus();
      // Next to an on-screen keyboard, there may be room for the field only.
      error.scrollIntoView({ block: 'nearest' });
    },
  };
}

/** The link opens a new tab: in this one, the number would be lost. */
function consent({ settings: { texts, consentUrl } }: Visit): HTMLElement {
  const made = element('div', { class: 'consent' }, element('p', {}, texts.editable.consent_text));
  if (consentUrl !== undefined) {
    const newTab = spoken(texts.words.opensNewTab);
    made.append(
      element('a', { href: consentUrl, target: '_blank', rel: 'noopener' }, texts.editable.consent_label, newTab),
    );
  }
  return made;
}
