import type { StageFacts } from '../stage-facts.ts';
import { appearanceFrom, propertyOf } from './appearance.ts';
import { watchAvailability } from './availability-watch.ts';
import { callTokenFrom } from './call-token.ts';
import { parseRgb, type Rgb } from './colours.ts';
import { element } from './elements.ts';
import { karteArriving, karteSender } from './karte.ts';
import { runPopUp } from './pop-up.ts';
import { readSettings } from './pop-up-settings.ts';
import { SETTING_NAMES, type StyleName } from './setting-names.ts';
import conditions from './styles/conditions.css';
import frame from './styles/frame.css';
import steps from './styles/steps.css';
import { followVisibleArea } from './visible-area.ts';

/** Inserted by the build. */
declare const STAGE_FACTS: StageFacts;

/** Inside a KARTE action, its script sees this; elsewhere the name is not declared at all. */
declare const tracker: unknown;

const HOST = '[data-visual-ivr]';

/**
 * One pop-up per page, however often the script runs: KARTE may deliver its action again. The settings of a later run
 * go to the existing pop-up, so that nothing typed is lost.
 */
function start(): void {
  if (!('adoptedStyleSheets' in document) || !('HTMLDialogElement' in window)) return;
  const hosts = [...document.querySelectorAll<HTMLElement>(HOST)];
  const running = hosts.find((host) => host.shadowRoot);
  const [newcomer, ...others] = hosts.filter((host) => host !== running);
  for (const other of others) other.remove();
  if (running) {
    if (newcomer && newcomer.childElementCount > 0) running.replaceChildren(...newcomer.children);
    newcomer?.remove();
    return;
  }
  mount(newcomer ?? document.body.appendChild(element('div', { 'data-visual-ivr': '' })));
}

function mount(host: HTMLElement): void {
  const complaints = new Set<string>();
  const complain = (problem: string): void => {
    if (!complaints.has(problem)) console.error(`visual-ivr: ${problem}`);
    complaints.add(problem);
  };
  if (host.childElementCount === 0 && settingsAreOutOfSight()) {
    complain('the settings are in the shadow tree of another element; put them into the page itself');
  }

  // KARTE's style sheet applies only within its own container: what it says is read before the host moves out of it.
  const style = getComputedStyle(host);
  const wanted = (name: StyleName): string => style.getPropertyValue(propertyOf(name));
  const appearance = {
    accent_color: wanted('accent_color'),
    icon_side: wanted('icon_side'),
    icon_from_side: wanted('icon_from_side'),
    icon_from_bottom: wanted('icon_from_bottom'),
  };

  const root = host.attachShadow({ mode: 'open' });
  document.body.append(host);
  host.hidden = false;
  const own = adoptStyles(root);
  const properties = appearanceFrom(
    (name) => appearance[name],
    (css) => colourOf(css, own, host),
    complain,
  );
  for (const [name, value] of Object.entries(properties)) own.setProperty(name, value, 'important');
  followVisibleArea(own);

  const scope = window as unknown as Readonly<Record<string, unknown>>;
  runPopUp(root, {
    settings: () => settingsOf(host, complain),
    stage: STAGE_FACTS,
    availability: watchAvailability(startTimer),
    sender: (krtName) => karteSender(scope, krtName, typeof tracker === 'undefined' ? undefined : tracker),
    karteArriving: (krtName) => karteArriving(scope, krtName, startTimer),
    callToken: (functionName, e164) => callTokenFrom(scope, functionName, e164, startTimer),
    complain,
  });
}

const settingsAreOutOfSight = (): boolean =>
  [...document.querySelectorAll('*')].some((each) => each.shadowRoot?.querySelector(HOST));

function settingsOf(host: HTMLElement, complain: (problem: string) => void) {
  const texts = new Map<string, string>();
  for (const each of host.querySelectorAll<HTMLElement>('[data-setting]')) {
    const name = each.dataset.setting ?? '';
    if (SETTING_NAMES.some((known) => known === name)) texts.set(name, each.textContent);
    else complain(`there is no setting "${name}"`);
  }
  const settings = readSettings((name) => texts.get(name), complain, STAGE_FACTS.inquiryTypes);
  return { ...settings, consentUrl: settings.consentUrl ?? (STAGE_FACTS.consentUrl || undefined) };
}

/** Adopted style sheets need no permission in a Content-Security-Policy. Returns a rule for computed values. */
function adoptStyles(root: ShadowRoot): CSSStyleDeclaration {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(frame + steps + conditions);
  const computed = new CSSStyleSheet();
  const rule = computed.cssRules[computed.insertRule(':host {}')];
  root.adoptedStyleSheets = [sheet, computed];
  return (rule as CSSStyleRule).style;
}

/** Lets the browser read the colour: anything that CSS understands will do, as long as it is opaque. */
function colourOf(css: string, probe: CSSStyleDeclaration, host: HTMLElement): Rgb | undefined {
  probe.setProperty('color', css, 'important');
  const isColour = probe.getPropertyValue('color') !== '';
  const colour = isColour ? parseRgb(getComputedStyle(host).color) : undefined;
  probe.removeProperty('color');
  return colour;
}

function startTimer(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, { once: true });
else start();
