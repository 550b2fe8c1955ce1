import { button, element, icon, spoken, unbroken } from './elements.ts';
import { keepFocusInside } from './focus.ts';
import { answerSteps, type Step } from './journey.ts';
import type { Settings } from './pop-up-settings.ts';

/** What a step shows. */
export interface StepView {
  heading: string;
  content: Node[];
  buttons: Node[];
  /** Enter in a field, or the step's main button. */
  onSubmit?: () => void;
}

/** The pop-up's icon and window, which know nothing about the content of the steps. */
interface Shell {
  /** Updates the language and texts of icon and window. */
  label(settings: Settings): void;
  /** Opens the window with a step in it. */
  open(): void;
  isOpen(): boolean;
  close(): void;
  /** Puts a step into the window and the focus on its heading, so that it is read aloud. */
  show(step: Step, view: StepView, settings: Settings, offersTimes: boolean): void;
}

/** Builds icon and window in the shadow root. `closed` runs once for each opening, however the window was closed. */
export function buildShell(root: ShadowRoot, on: { launch: () => void; closed: () => void }): Shell {
  const label = element('span', { class: 'label' });
  const launch = (): void => {
    tidyUp();
    on.launch();
  };
  const launcherButton = button('launcher', '', launch, icon('phone'), label);
  launcherButton.setAttribute('aria-haspopup', 'dialog');
  const launcher = element('div', { class: 'launcher' }, launcherButton);

  const company = element('p', { class: 'company' });
  const title = element('h2', { id: 'title' });
  const close = button('close', 'plain', () => closeWindow(), icon('close'));
  const progress = element('div', { class: 'progress', 'aria-hidden': 'true' });
  const section = element('section');
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'title' },
    element('div', { class: 'head' }, element('div', {}, company, title), close),
    progress,
    section,
  );

  keepFocusInside(dialog, root);
  ignoreSecondClicks(dialog);
  // The browser reports a closing of its own (Android's back) a moment later: by then, the window may be open again.
  let isTidy = true;
  function tidyUp(): void {
    if (isTidy || dialog.open) return;
    isTidy = true;
    section.replaceChildren();
    on.closed();
    launcherButton.focus();
  }
  function closeWindow(): void {
    dialog.close();
    tidyUp();
  }
  dialog.addEventListener('close', tidyUp);
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    // In a Japanese input method, it cancels the conversion. Safari indicates this only by the key's code.
    if (!event.isComposing && event.keyCode !== 229) closeWindow();
  });
  // If held down, Enter would reopen what it has just closed.
  root.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.repeat && event.key === 'Enter') event.preventDefault();
  });
  // A page's own keyboard shortcuts must not fire while a visitor types here.
  for (const type of ['keydown', 'keypress', 'keyup']) root.addEventListener(type, (event) => event.stopPropagation());

  root.append(launcher, dialog);
  raise(launcher);

  return {
    label({ language, company: name, texts }) {
      launcher.lang = language;
      dialog.lang = language;
      label.replaceChildren(...unbroken(texts.editable.launcher_label));
      company.textContent = name ?? '';
      company.hidden = name === undefined;
      title.replaceChildren(...unbroken(texts.editable.title));
      close.setAttribute('aria-label', texts.words.close);
    },
    open() {
      dialog.showModal();
      isTidy = false;
    },
    // An application that empties its page removes an open window without closing it.
    isOpen: () => dialog.open && dialog.isConnected,
    close: closeWindow,
    show(step, view, { texts }, offersTimes) {
      const steps = answerSteps(offersTimes);
      const at = steps.indexOf(step);
      const reached = step === 'done' ? steps.length : at + 1;
      progress.replaceChildren(
        ...steps.map((_, index) => element('span', index < reached ? { class: 'reached' } : {})),
      );

      const heading = element('h3', { tabindex: '-1' });
      if (at >= 0) heading.append(spoken(`${texts.words.progress(at + 1, steps.length)} `));
      heading.append(...unbroken(view.heading));
      const panel = element(
        'form',
        { class: 'panel', novalidate: '' },
        element('div', { class: 'body' }, heading, ...view.content),
        element('div', { class: 'buttons' }, ...view.buttons),
      );
      panel.addEventListener('submit', (event) => {
        event.preventDefault();
        view.onSubmit?.();
      });
      section.dataset.step = step;
      section.replaceChildren(panel);
      dialog.scrollTop = 0;
      heading.focus();
    },
  };
}

/**
 * The second click of a double click would hit whatever the first one brought up: the next question, or the button that
 * sends. Keyboard clicks count as 0.
 */
function ignoreSecondClicks(dialog: HTMLDialogElement): void {
  dialog.addEventListener(
    'click',
    (event) => {
      if (event.detail <= 1 || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)
        return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

/** If the browser has a top layer for it, the icon is above everything, and no transform of the page moves it. */
function raise(launcher: HTMLElement): void {
  if (!('showPopover' in launcher)) return;
  launcher.popover = 'manual';
  launcher.showPopover();
}
