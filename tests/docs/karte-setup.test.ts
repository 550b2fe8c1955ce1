import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../adapters/function-environment.ts';
import { parseCallRequest } from '../../domain/call-request.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { textsIn } from '../../packages/pop-up/browser/default-texts.ts';
import { SETTING_NAMES, STYLE_NAMES } from '../../packages/pop-up/browser/setting-names.ts';
import { loadStage } from '../../resources/load-stage.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

const ENGLISH = 'docs/karte-setup.md';
const JAPANESE = 'docs/karte-setup.ja.md';
const EMBED = 'docs/embed-pop-up.md';

const headingsOf = (page: string) =>
  [...read(page).matchAll(/^(#+) (.+)$/gm)].map(([, level = '', text = '']) => ({ level, text }));

/** The fenced blocks of a page, without what lists indent them by. */
const blocksOf = (page: string) =>
  [...read(page).matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].map(([, indent = '', language = '', code = '']) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));

const jsonOf = (page: string): Record<string, string>[] =>
  blocksOf(page)
    .filter(({ language }) => language === 'json')
    .map(({ code }) => JSON.parse(code));

/** Cells of every row of every table, head and rule left out. */
const rowsOf = (page: string) =>
  read(page)
    .split('\n')
    .filter((line) => line.trim().startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const codeIn = (text = '') => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** What follows a heading, up to the next of any level. */
function sectionOf(page: string, position: number): string[][] {
  const text = read(page).split(/^#+ .+$/m)[position + 1] ?? '';
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Names of variables in the tabs of the template. */
const namesIn = (path: string) => [...read(path).matchAll(/#\{(\w+)\}/g)].map(([, name = '']) => name);

describe.each([ENGLISH, JAPANESE])('%s', (page) => {
  const headings = headingsOf(page).map(({ text }) => text);
  const textsAt = headings.findIndex((text) => ['Change the texts', '文言を変える'].includes(text));
  const variablesAt = headings.findIndex((text) => ['User variables', 'ユーザー情報変数'].includes(text));
  // Those of requests with a time follow in a section of their own.
  const variables = [...sectionOf(page, variablesAt), ...sectionOf(page, variablesAt + 1)].filter(([name = '']) =>
    name.startsWith('`'),
  );

  it('explains every setting of the pop-up, and no other', () => {
    const explained = sectionOf(page, textsAt).flatMap(([names]) => codeIn(names));
    expect(explained.toSorted()).toEqual([...SETTING_NAMES, ...STYLE_NAMES].toSorted());
  });

  it('gives the default texts as the pop-up has them', () => {
    const { editable } = textsIn(page === JAPANESE ? 'ja' : 'en');
    const explained = sectionOf(page, textsAt).flatMap(([names, , text = '']) =>
      codeIn(names)
        .slice(0, 1)
        .map((name) => [name, text.split(' / ')[0]]),
    );
    expect(Object.fromEntries(explained)).toMatchObject(editable);
  });

  it('shows the content with exactly the user variables it tells to make', () => {
    const [unsigned = {}, signed = {}, withTime = {}] = jsonOf(page);
    for (const content of [unsigned, signed, withTime]) {
      for (const [field, value] of Object.entries(content)) expect(value).toBe(`#{${field}}`);
    }
    expect(Object.keys(unsigned)).toEqual(['phone_e164', 'user_type', 'inquiry_type', 'track_id', 'user_id']);
    const fields = new Set([...Object.keys(signed), ...Object.keys(withTime)]);
    expect(variables.flatMap(([name]) => codeIn(name)).toSorted()).toEqual([...fields].toSorted());
  });

  it('takes each variable from the field of its name, as its latest value', () => {
    for (const [name = '', condition = ''] of variables) {
      expect(condition).toMatch(new RegExp(`^すべての期間 > \\w+ > ${codeIn(name)[0]} > 最新の値$`));
    }
  });

  it('gives a default value to all but the number, and one that counts as none', () => {
    // Prepare
    const [unsigned = {}] = jsonOf(page);
    const defaults = new Map(variables.map(([name, , value]) => [codeIn(name)[0], codeIn(value)[0]]));
    const content = Object.fromEntries(
      Object.keys(unsigned).map((field) => [field, defaults.get(field) ?? '+815012345678']),
    );

    // Act
    const parsed = requestWith(content);

    // Assess
    expect([...defaults].filter(([, value]) => value === undefined).map(([name]) => name)).toEqual(['phone_e164']);
    expect(parsed).toMatchObject({ decision: 'continue', request: { userType: 'other' } });
    expect(parsed.request).not.toHaveProperty('inquiryType');
    expect(parsed.request).not.toHaveProperty('trackId');
  });

  it('keeps the user id away from Amazon Connect', () => {
    // Prepare
    const fields = Object.keys(jsonOf(page)[1] ?? {});
    const filledIn = Object.fromEntries(fields.map((field) => [field, `some ${field}`]));

    // Act
    const parsed = requestWith({ ...filledIn, phone_e164: '+815012345678' });

    // Assess
    expect(parsed).toMatchObject({
      decision: 'continue',
      request: { inquiryType: 'some inquiry_type', trackId: 'some track_id', leftOut: ['user_id'] },
    });
  });

  it('tells the name of the stage prod', () => {
    const names = blocksOf(page)
      .filter(({ language }) => language === 'text')
      .map(({ code }) => code.trim());
    expect(names).toEqual([loadStage('prod').file.karte.actionName]);
  });

  it('names outcomes and reasons that exist', () => {
    const records = rowsOf(page)
      .map(([record = '']) => codeIn(record))
      .filter(([outcome = '']) => outcome in OUTCOMES);
    expect(records.length).toBeGreaterThan(10);
    for (const [outcome = '', ...others] of records) {
      const { reasons } = OUTCOMES[outcome as keyof typeof OUTCOMES];
      const known = [...Object.keys(reasons), ...Object.keys(OUTCOMES)];
      expect(known).toEqual(expect.arrayContaining(others));
    }
  });
});

it('both languages have the same sections, tables and code', () => {
  const shapeOf = (page: string) => ({
    levels: headingsOf(page).map(({ level }) => level),
    names: rowsOf(page).map(([first = '', ...others]) => [codeIn(first), others.length]),
    blocks: blocksOf(page),
  });
  expect(shapeOf(JAPANESE)).toEqual(shapeOf(ENGLISH));
});

it('the template has no variable that is not explained', () => {
  const names = ['packages/pop-up/karte/template.html', 'packages/pop-up/karte/style.css'].flatMap(namesIn);
  const known: readonly string[] = [...SETTING_NAMES, ...STYLE_NAMES];
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

it('the page about embedding uses settings that exist', () => {
  const settings = [...read(EMBED).matchAll(/data-setting="(\w+)"/g)].map(([, name = '']) => name);
  const styles = [...read(EMBED).matchAll(/--visual-ivr-([a-z-]+):/g)].map(([, name = '']) =>
    name.replaceAll('-', '_'),
  );
  expect(SETTING_NAMES).toEqual(expect.arrayContaining(settings));
  expect(styles.toSorted()).toEqual(STYLE_NAMES.toSorted());
});

it.each(['docs/deploy.md', 'docs/deploy.ja.md'])('%s shows the same content', (page) => {
  expect(jsonOf(page)).toContainEqual(jsonOf(ENGLISH)[0]);
});

/** What the stage prod makes of an event with this content. */
function requestWith(content: Record<string, unknown>) {
  const { file, environment } = loadStage('prod');
  const event = { id: '00000000-0000-4000-8000-0000000000e1', detail: { name: file.karte.actionName, content } };
  return parseCallRequest(
    event,
    readEnvironment(environment).settings as StageSettings,
    new Date('2026-11-22T03:00:00.000Z'),
    () => '',
  );
}
