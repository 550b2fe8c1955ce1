import { SETTING_NAMES, STYLE_NAMES } from './browser/setting-names.ts';

/** The content of the three tabs of a KARTE action. */
export interface KarteTabs {
  template: string;
  style: string;
  script: string;
}

/** Something in the pop-up's sources that KARTE would not take as intended. The message names the place. */
class KarteTabError extends Error {
  override readonly name = 'KarteTabError';
}

/**
 * Where KARTE's template engines, the new and the old one, begin something of their own, and what would end a script in
 * HTML prematurely.
 *
 * @see Both engines: https://support.karte.io/post/4HMbpcmvSRR6OHMKqsVMBg
 * @see lodash's marks: https://lodash.com/docs/#template
 */
const ENGINE_MARKS = ['[[', '{{', '{%', '{#', '<%', '${', '</script', '<!--'];
const VARIABLE = /#\{([^}]*)\}?/g;

/**
 * Refuses tabs that KARTE would change or a marketer could not fill in: variables that are not settings, settings without
 * a variable, and marks of template engines.
 */
export function checkTabs({ template, style, script }: KarteTabs): void {
  const files = [
    { file: 'packages/pop-up/karte/template.html', text: template, names: SETTING_NAMES, marks: withoutComments },
    { file: 'packages/pop-up/karte/style.css', text: style, names: STYLE_NAMES, marks: ENGINE_MARKS },
  ];
  for (const { file, text, names, marks } of files) {
    refuseMarks(file, text, marks);
    checkVariables(file, text, names);
  }
  checkSettingElements(template);
  refuseMarks('script.js', script, [...ENGINE_MARKS, '#{']);
}

/** The HTML tab may explain itself to whoever reads it. */
const withoutComments = ENGINE_MARKS.filter((mark) => mark !== '<!--');

function refuseMarks(file: string, text: string, marks: readonly string[]): void {
  const lower = text.toLowerCase();
  for (const mark of marks) {
    const at = lower.indexOf(mark);
    if (at === -1) continue;
    const around = text.slice(Math.max(0, at - 40), at + 40).replace(/\s+/g, ' ');
    throw new KarteTabError(
      `${place(file, text, at)} contains ${mark}, which KARTE would read as a command of its own; write it otherwise: … ${around} …`,
    );
  }
}

function checkVariables(file: string, text: string, names: readonly string[]): void {
  const found = [...text.matchAll(VARIABLE)].map(({ 0: variable, 1: name = '', index }) => ({ variable, name, index }));
  const unknown = found.find(({ name, variable }) => !names.includes(name) || !variable.endsWith('}'));
  if (unknown) {
    throw new KarteTabError(
      `${place(file, text, unknown.index)} has ${unknown.variable}, which is not a setting: packages/pop-up/browser/setting-names.ts lists them`,
    );
  }
  const missing = names.find((name) => !found.some((variable) => variable.name === name));
  if (missing) throw new KarteTabError(`${file} has no #{${missing}}, so nobody could set it in KARTE`);
}

/** Each setting is the text of the element that has its name. */
function checkSettingElements(template: string): void {
  for (const { 1: name = '', 2: text = '', index } of template.matchAll(/data-setting="([^"]*)"[^>]*>([^<]*)</g)) {
    if (text.trim() === `#{${name}}`) continue;
    throw new KarteTabError(
      `${place('packages/pop-up/karte/template.html', template, index)} puts ${text.trim() || 'nothing'} into the setting ${name}, expected #{${name}}`,
    );
  }
}

const place = (file: string, text: string, at: number): string => `${file}:${text.slice(0, at).split('\n').length}`;
