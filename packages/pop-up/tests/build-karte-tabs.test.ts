import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../../../tests/run-command.ts';
import { checkTabs } from '../karte-tabs.ts';

const read = (name: string): string => readFileSync(join(PROJECT, 'packages/pop-up/karte', name), 'utf8');
const TABS = { template: read('template.html'), style: read('style.css'), script: 'let pop = "up";' };

/** The sentence with which the tabs are refused; undefined if they are fine. */
function refusal(changes: Partial<typeof TABS>): string | undefined {
  try {
    checkTabs({ ...TABS, ...changes });
    return undefined;
  } catch (error) {
    return error instanceof Error && error.name === 'KarteTabError' ? error.message : String(error);
  }
}

describe("what goes into KARTE's tabs", () => {
  it('is fine as it is', () => {
    expect(refusal({})).toBeUndefined();
  });

  it.each([
    [
      'a variable that is no setting',
      '\n\n#{compny}',
      /template\.html:\d+ has #\{compny}, which is not a setting: .*setting-names/,
    ],
    ['a variable that does not end', '#{company', /has #\{company, which is not a setting/],
    ['a variable with blanks', '#{ company }', /has #\{ company }, which is not a setting/],
    ["the older engine's variable", '[[company]]', /template\.html:\d+ contains \[\[, which KARTE would read/],
    ["a widget's variable", '{{company}}', /contains \{\{,/],
    ['a command of the engine', '{% if company %}', /contains \{%,/],
    ['a command of the older engine', '<% if (company) { %>', /contains <%,/],
    ['a script', '<script>1</script>', /contains <\/script,/],
    [
      'a variable in the wrong place',
      '<span data-setting="title">#{company}</span>',
      /puts #\{company} into the setting title, expected #\{title}/,
    ],
    ['a setting without a variable', '<span data-setting="title"></span>', /puts nothing into the setting title/],
  ])('is refused with its place in the template: %s', (_, added, sentence) => {
    expect(refusal({ template: TABS.template + added })).toMatch(sentence);
  });

  it('is refused with the right line', () => {
    const lines = TABS.template.split('\n').length;
    expect(refusal({ template: `${TABS.template}\n\n#{compny}` })).toContain(`template.html:${lines + 2} has`);
  });

  it('is refused where a setting is left out', () => {
    expect(refusal({ template: TABS.template.replaceAll('#{consent_url}', '') })).toMatch(
      /template\.html has no #\{consent_url}, so nobody could set it/,
    );
    expect(refusal({ style: TABS.style.replace('#{accent_color}', 'blue') })).toMatch(
      /style\.css has no #\{accent_color}/,
    );
  });

  it.each([
    ['a variable of the HTML tab', 'a { color: #{company} }', /style\.css:\d+ has #\{company}/],
    ['a comment of the engine', '@media print {#a { color: red }}', /style\.css:\d+ contains \{#,/],
  ])('is refused in the style: %s', (_, added, sentence) => {
    expect(refusal({ style: TABS.style + added })).toMatch(sentence);
  });

  it.each([
    ['a variable', '"#{company}"', '#{'],
    ['nested lists', 'let a=[[1]]', '[['],
    ['a template literal', 'let a=`${b}`', '${'],
    ['a private field', 'class A{#b=1}', '{#'],
    ['a block in a block', 'for(;;){{let a}}', '{{'],
    ['an end of script', 'let a="</SCRIPT>"', '</script'],
    ['a comment of HTML', 'a<!--b', '<!--'],
  ])('is refused in the script, with what stands around it: %s', (_, script, mark) => {
    const sentence = refusal({ script: `/*! first line */\n${script}` });
    expect(sentence).toContain(`script.js:2 contains ${mark}, which KARTE would read as a command of its own`);
    expect(sentence).toContain(script);
  });
});
