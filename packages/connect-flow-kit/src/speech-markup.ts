import { createRequire } from 'node:module';
import type { SaxesParser } from 'saxes';
import { resolveText } from './references.ts';

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/supported-ssml-tags.html */
const MAX_PAUSE_SECONDS = 10;

/** What a tool fills in before the flow is published. */
const TOKEN = /\$\{[^}]*\}|\{\{[^}]*\}\}|<<\w+>>|%\w+%|__\w+__/g;

const XML_DECLARATION = /^\s*<\?xml\b[^>]*\?>/;

/**
 * What prevents speech markup (SSML) from being spoken: it is not well-formed, it is not enclosed in one `<speak>`, or a
 * pause in it is longer than allowed, or is not a time. Unsupported tags are not a problem; they are ignored.
 *
 * References (`$.External.name`) and tokens (`${Shop}`) count as empty; if only they could bring the tags, no
 * problem is reported.
 *
 * @param text of `SSML`, or a `Text` that begins with `<speak>`
 * @returns one sentence without a full stop; undefined if nothing is wrong
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/supported-ssml-tags.html
 * @see https://docs.aws.amazon.com/polly/latest/dg/break-tag.html
 */
export function markupProblem(text: string): string | undefined {
  const { malformed, doubtful } = readMarkup(text);
  return malformed ?? doubtful;
}

/** The same, only if it is certain that nothing can be heard: the text is not well-formed. */
export const malformedMarkup = (text: string): string | undefined => readMarkup(text).malformed;

/** Tags of a text that Amazon Connect ignores, each once. */
export const ignoredTags = (text: string): string[] => [...readMarkup(text).ignored];

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/supported-ssml-tags.html */
const SUPPORTED = /^(speak|break|lang|mark|p|phoneme|prosody|s|say-as|sub|w|amazon:\w+)$/;

interface Markup {
  malformed?: string;
  doubtful?: string;
  ignored: Set<string>;
}

function readMarkup(text: string): Markup {
  const filled = resolveText(text, { attributes: {}, system: {} }).text.replace(TOKEN, '');
  const written = filled.replace(XML_DECLARATION, '');
  const problems: Markup = { ignored: new Set() };
  if (written !== text && !written.includes('<')) return problems;
  // The parser would only say that an entity never ends.
  if (/&(?!#?\w+;)/.test(written)) return { ...problems, malformed: 'it is not well-formed: a & is written &amp;' };

  const unenclosed = 'it is not enclosed in <speak> and </speak>';
  let depth = 0;
  let enclosures = 0;
  const parser = newParser();
  parser.on('error', ({ message }) => {
    const place = written.slice(Math.max(0, parser.position - 20), parser.position);
    problems.malformed ??= `it is not well-formed: ${message.replace(/\.$/, '')} at "${place}"`;
  });
  parser.on('opentag', ({ name, attributes: { time } }) => {
    if (depth === 0 && name !== 'speak') problems.doubtful ??= unenclosed;
    if (depth === 0 && ++enclosures > 1) problems.doubtful ??= 'it is enclosed in <speak> more than once';
    const seconds = name === 'break' && time !== undefined ? secondsOf(time) : 0;
    if (seconds === undefined) {
      // A reference or a token may be what is missing.
      if (filled === text) problems.doubtful ??= `a pause of ${time} is no time such as 500ms or 2s`;
    } else if (seconds > MAX_PAUSE_SECONDS) {
      problems.doubtful ??= `a pause of ${time} is longer than ${MAX_PAUSE_SECONDS} s, the longest there is`;
    }
    if (!SUPPORTED.test(name)) problems.ignored.add(name);
    depth += 1;
  });
  parser.on('text', (spoken) => {
    if (depth === 0 && spoken.trim() !== '') problems.doubtful ??= unenclosed;
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.write(written).close();
  return problems;
}

/** Imported lazily: many flows have no markup at all. */
function newParser(): SaxesParser<{ fragment: true; xmlns: false }> {
  const { SaxesParser: Parser }: typeof import('saxes') = createRequire(import.meta.url)('saxes');
  return new Parser({ position: false, fragment: true, xmlns: false });
}

function secondsOf(time: string): number | undefined {
  const [, count, unit] = /^\s*\+?(\d*\.?\d+)(ms|s)\s*$/.exec(time) ?? [];
  return count === undefined ? undefined : Number(count) / (unit === 'ms' ? 1_000 : 1);
}
