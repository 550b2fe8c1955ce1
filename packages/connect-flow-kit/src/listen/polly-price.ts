import type { Prompt } from './prompt.ts';

/**
 * US dollars for a million characters, by engine, without any free tier. Tags of speech markup are not charged.
 * @see https://aws.amazon.com/polly/pricing/
 * @see https://docs.aws.amazon.com/polly/latest/dg/limits.html
 */
const DOLLARS_PER_MILLION: Readonly<Record<string, number>> = {
  Standard: 4,
  Neural: 16,
  Generative: 30,
  'Long-form': 100,
};

/** What prompts cost if Amazon Polly speaks them: `2 prompts, 41 characters, about $0.0007 (Neural: $16 a million)`. */
export function priceInWords(prompts: readonly Prompt[]): string {
  const dollars = prompts.reduce((sum, prompt) => sum + charactersOf([prompt]) * priceOf(prompt.engine), 0) / 1_000_000;
  const amount = dollars < 0.0001 ? 'less than $0.0001' : `about $${dollars.toFixed(4)}`;
  const engines = [...new Set(prompts.map(({ engine }) => engine))];
  const prices = engines.map((engine) => `${engine}: $${priceOf(engine)} a million`).join(', ');
  return `${counted(prompts.length, 'prompt')}, ${counted(charactersOf(prompts), 'character')}, ${amount} (${prices})`;
}

/** An engine that is newer than this list is assumed to cost as much as the most expensive one in it. */
const priceOf = (engine: string): number =>
  DOLLARS_PER_MILLION[engine] ?? Math.max(...Object.values(DOLLARS_PER_MILLION));

const charactersOf = (prompts: readonly Prompt[]): number =>
  prompts.reduce((sum, { text }) => sum + [...text].length, 0);

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
