import { ignoredTags, malformedMarkup, markupProblem } from '../../speech-markup.ts';
import { block, next } from '../example.ts';
import type { LintedFlow } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Complaint, Rule } from '../rule.ts';
import { isMarkup, markupIn } from '../texts-in.ts';

const greet = (SSML: string) =>
  block('Greet', 'MessageParticipant', { SSML }, next('Hang up', { NoMatchingError: 'Hang up' }));

/** One finding for each text of a block that is markup and has the problem. */
const complaints = (
  { blocks }: LintedFlow,
  problemOf: (text: string) => string | undefined,
  fix: string,
): Complaint[] =>
  blocks.flatMap((one) =>
    markupIn(one.texts).flatMap(({ path, text }) => {
      const problem = problemOf(text);
      return problem === undefined ? [] : [{ block: one, message: `${path} is markup, and ${problem}`, fix }];
    }),
  );

const brokenMarkup: Rule = {
  id: 'broken-markup',
  severity: 'error',
  title: 'Speech markup is not well-formed',
  why: 'The flow is published, but the block takes its error branch in every call and nothing is heard. References are assumed to contain no markup.',
  source: adminGuide('play'),
  example: {
    failing: { blocks: [greet('<speak>Good morning.<break time="1s"></speak>')] },
    fixed: { blocks: [greet('<speak>Good morning.<break time="1s"/></speak>')] },
  },
  check: (flow) =>
    complaints(flow, malformedMarkup, 'Close every tag, put values in quotes, and write &lt; and &amp; for < and &.'),
};

const doubtfulMarkup: Rule = {
  id: 'doubtful-markup',
  severity: 'warning',
  title:
    'Speech markup is not enclosed in one `<speak>`, has a pause of more than ten seconds or without a valid time, or has an unsupported tag',
  why: 'Without `<speak>`, the tags may be read aloud, or the block may take its error branch; such a pause may also lead to the error branch, or be cut short; other tags are ignored.',
  source: adminGuide('supported-ssml-tags'),
  example: {
    failing: { blocks: [greet('<speak>Good morning.<break time="20s"/></speak>')] },
    fixed: { blocks: [greet('<speak>Good morning.<break time="10s"/><break time="10s"/></speak>')] },
  },
  check: (flow) => [
    ...complaints(flow, doubt, 'Write <speak>…</speak> around it, tags of the list, and pauses of at most 10 s.'),
    ...flow.blocks.flatMap((one) =>
      one.texts
        .filter(({ path, text }) => /(^|\.)Text$/.test(path) && TAG_OF_SPEECH.test(text) && !isMarkup(text))
        .map(({ path }) => ({
          block: one,
          message: `${path} has tags of speech markup, but does not begin with <speak>`,
          fix: 'Write <speak>…</speak> around it.',
        })),
    ),
  ],
};

function doubt(text: string): string | undefined {
  if (malformedMarkup(text) !== undefined) return undefined;
  const [ignored] = ignoredTags(text);
  return markupProblem(text) ?? (ignored === undefined ? undefined : `<${ignored}> is no tag that is supported`);
}

/** Tags that occur only in speech markup; <p> and <s> may be meant for a chat. */
const TAG_OF_SPEECH = /<\/?(speak|break|prosody|say-as|phoneme|amazon:\w+)\b[^>]*>/;

export const MARKUP_RULES: readonly Rule[] = [brokenMarkup, doubtfulMarkup];
