import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { newSubmission } from '../../packages/pop-up/browser/submission.ts';
import { loadStage } from '../../resources/load-stage.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

const ENGLISH = 'docs/softphone.md';
const JAPANESE = 'docs/softphone.ja.md';

const E164 = '+819012345678';
const FOR_STORED = ['identify', { user_id: 'user001', phone_e164: E164 }];
const OF_TEMPLATE = [
  ['identify', { phone: '09012345678', phone_e164: E164 }],
  ['call_request', { phone_e164: E164, user_type: 'visitor', inquiry_type: 'KARTE Datahubについて' }],
];

/** The fenced blocks of a language, without what lists indent them by. */
const blocksOf = (page: string, language: string) =>
  [...read(page).matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)]
    .filter(([, , name]) => name === language)
    .map(([, indent = '', , code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));

/** What a sample for a web page sends through KARTE's tag, as JSON carries it. */
function sentBy(sample: string): unknown[] {
  const sent: unknown[] = [];
  const krt = (command: string, ...event: unknown[]) => {
    expect(command).toBe('send');
    sent.push(JSON.parse(JSON.stringify(event)));
  };
  runInNewContext(sample, { krt });
  return sent;
}

const codeIn = (text = '') => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

const rowsOf = (page: string) =>
  read(page)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1));

describe.each([ENGLISH, JAPANESE])('%s', (page) => {
  it('has samples for web pages that run and send what they say', () => {
    expect(blocksOf(page, 'js').map(sentBy)).toEqual([[FOR_STORED], OF_TEMPLATE]);
  });

  it('has the same fields as JSON for apps', () => {
    expect(blocksOf(page, 'json').map((text) => JSON.parse(text))).toEqual([FOR_STORED[1]]);
  });

  it('shows the file of Datahub as the guide does', () => {
    expect(blocksOf(page, 'csv')).toEqual([`user_id,phone_e164\n"user001","${E164}"\n`]);
  });

  it('shows settings that a stage takes', () => {
    const shown = blocksOf(page, 'yaml').map((text) => parse(text));
    expect(shown).toEqual([{ connect: { approvedOrigins: ['https://admin.karte.io'] } }]);
    expect(loadStage('dev', undefined, undefined, shown[0]).file.connect).toMatchObject(shown[0].connect);
  });

  it('names the events of the guide, and which have contactId', () => {
    const events = rowsOf(page).filter(([name = '']) => name.trim().startsWith('`_amazon_connect_call_'));
    expect(events.map(([name = '', , field = '']) => [codeIn(name)[0], /yes|あり/.test(field)])).toEqual([
      ['_amazon_connect_call_try', false],
      ['_amazon_connect_call_fail', false],
      ['_amazon_connect_call_connected', true],
      ['_amazon_connect_call_ended', true],
    ]);
  });

  it('has both forms of ccpURL, and the day on which the plug-in was closed to new customers', () => {
    expect(read(page)).toContain('`https://<alias>.awsapps.com/connect/ccp`');
    expect(read(page)).toContain('`https://<alias>.my.connect.aws/ccp-v2`');
    expect(read(page)).toMatch(/2024-12-11|2024 年 12 月 11 日/);
  });
});

it('the second sample is what the pop-up sends, without the inquiry number', async () => {
  // Prepare
  const sent: [string, object][] = [];
  const submission = newSubmission({
    names: {
      events: { tracking: 'call_tracking', identify: 'identify', request: 'call_request' },
      fields: {
        trackId: 'track_id',
        phone: 'phone',
        phoneE164: 'phone_e164',
        userType: 'user_type',
        inquiryType: 'inquiry_type',
        callToken: 'call_token',
        callAt: 'call_at',
      },
    },
    sender:
      () =>
      (event, { track_id, ...values }) =>
        sent.push([event, values]),
    callTokenFor: undefined,
    karteArriving: () => undefined,
    isWanted: () => true,
    complain: () => undefined,
  });
  // Act
  await submission.send({
    inquiryNumber: '48291532',
    phone: { digits: '09012345678', e164: E164, national: '090-1234-5678' },
    userType: 'visitor',
    inquiryType: 'KARTE Datahubについて',
  });
  // Assess
  expect(sent).toEqual([['call_tracking', {}], ...OF_TEMPLATE]);
});

it('both languages have the same sections, rows, code and links', () => {
  const shapeOf = (page: string) => ({
    levels: [...read(page).matchAll(/^(#+) /gm)].map(([, level]) => level),
    rows: rowsOf(page).map((cells) => [codeIn(cells[0]), cells.length]),
    codes: new Set(
      codeIn(read(page).replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')).map((code) =>
        code.replace(/<(stage|contact id|ステージ|コンタクト ID)>/, '…'),
      ),
    ),
    // Headings of other pages are in their own language.
    links: [...read(page).matchAll(/\]\(([^)]+)\)/g)]
      .map(([, link = '']) => link.replace('.ja.md', '.md').replace(/^(?!https:)([^#]*)#.*$/, '$1'))
      .toSorted(),
  });
  expect(shapeOf(JAPANESE)).toEqual(shapeOf(ENGLISH));
});
