import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStage } from '../../resources/load-stage.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

const [ENGLISH = '', JAPANESE = ''] = read('docs/security.md').split('## 日本語の要約');

/** Rows of the table that begins with a column of this name: where a number lies, what, how protected, how long. */
const placesIn = (text: string, heading: string) =>
  (text.split(`| ${heading} |`)[1]?.split('\n\n')[0]?.split('\n') ?? [])
    .slice(2)
    .map((line) => line.split('|').slice(1, -1));

const english = placesIn(ENGLISH, 'where');
const japanese = placesIn(JAPANESE, '場所');

/** What reads the same in both languages: code, links, figures, and the names of services. */
const sameIn = (text = '') => ({
  code: new Set(text.match(/`[^`]+`/g)),
  links: text.match(/\]\([^)]+\)/g),
  figures: text
    .replaceAll(/`[^`]+`/g, '')
    .match(/\d+/g)
    ?.toSorted(),
  services: new Set(
    text.match(/DynamoDB|Step Functions|EventBridge|SQS|SNS|CloudWatch|Amazon Connect|KARTE|Datahub|S3|KMS|TLS|TTL/g),
  ),
});

/** The place itself, without what is said of when there is one. */
const nameOf = ([cell = '']: string[]) => sameIn(cell);

describe('the places where a telephone number lies', () => {
  it('are the same in both languages, one by one', () => {
    expect(english.length).toBeGreaterThan(15);
    expect(japanese.map(nameOf)).toEqual(english.map(nameOf));
    expect(japanese.map((cells) => cells.length)).toEqual(english.map((cells) => cells.length));
  });

  it.each(english.map((cells, index) => [cells[0]?.trim() ?? '', index] as const))(
    'are told alike in both languages: %s',
    (_, index) => {
      expect(sameIn(japanese[index]?.join('|'))).toEqual(sameIn(english[index]?.join('|')));
    },
  );

  it('name every table that has numbers as keys, and its index by number', () => {
    const { indexes } = loadStage('dev', undefined, undefined, { recognizeCaller: {} }).callsTable;
    const byNumber = indexes
      .filter(({ KeySchema }) => KeySchema.some(({ AttributeName }) => AttributeName === 'phone'))
      .map(({ IndexName }) => `\`${IndexName}\``);
    expect(byNumber).toHaveLength(1);
    const keys = ['`phone#…`', '`blocked#…`', ...byNumber];
    for (const rows of [english, japanese]) {
      expect([...sameIn(rows.flat().join('|')).code]).toEqual(expect.arrayContaining(keys));
    }
  });
});
