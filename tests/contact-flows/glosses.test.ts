import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glossOfPrompt } from '../../packages/sandbox/prompt-glosses.ts';
import { PROJECT } from '../run-command.ts';

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Every Japanese text that a flow says: `Text` of its blocks and of their loops. */
function promptsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'Text' && typeof part === 'string' && JAPANESE.test(part) ? [part] : promptsIn(part),
  );
}

const FLOWS = readdirSync(join(PROJECT, 'contact-flows')).filter((name) => name.endsWith('.json'));
const PROMPTS = [
  ...new Set(
    FLOWS.flatMap((name) => promptsIn(JSON.parse(readFileSync(join(PROJECT, 'contact-flows', name), 'utf8')))),
  ),
];

describe('the English gloss of a prompt', () => {
  it('is there for many', () => expect(PROMPTS.length).toBeGreaterThan(30));

  it.each(PROMPTS)('is there, in English, with the same variables: %s', (prompt) => {
    const variables = prompt.match(/\$\{\w+\}|\$\[.*?\]\[.*?\]/g) ?? [];
    const gloss = glossOfPrompt(prompt) ?? '';
    expect(gloss).not.toBe('');
    expect(gloss).not.toMatch(JAPANESE);
    for (const variable of variables) expect(gloss).toContain(variable);
  });

  it.each([
    [
      'KARTEサポート窓口でございます。ウェブサイトよりお申し込みいただき、お電話を差し上げました。この通話は、応対品質の向上のため録音いたします。',
      'This is the KARTE support desk. We are calling because you asked for a call on our website. This call is recorded to improve our service.',
    ],
    ['いつもKARTEをご利用いただきありがとうございます。', 'Thank you for using KARTE.'],
    ['ご用件は料金・お支払いについてです。', 'The inquiry is: about prices and payment.'],
    [
      'A & B (東京) のお問い合わせですね。オペレーターにおつなぎします。',
      'Your inquiry is: A & B (東京) . I will put you through to an agent.',
    ],
  ])('has what stands in place of the variables: %s', (spoken, en) => {
    expect(glossOfPrompt(spoken)).toBe(en);
  });

  it('is missing for what no shipped flow says', () => {
    expect(glossOfPrompt('本日は臨時休業です。')).toBeUndefined();
  });
});
