import { malformedMarkup, markupProblem } from '../../speech-markup.ts';
import { block, next } from '../example.ts';
import type { LintedFlow } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Complaint, Rule } from '../rule.ts';
import { markupIn } from '../texts-in.ts';

const greet = (SSML: string) =>
  block('Greet', 'MessageParticipant', { SSML }, next('Hang up', { NoMatchingError: 'Hang up' }));

/** One complaint for each text of a block that is markup and has the problem. */
const complaints = (
  { blocks }: LintedFlow,
  problemOf: (text: string) => string | undefined,
  fix: string,
): Complaint[] =>
  blocks.flatMap((one) =>
    markupIn(one.parameters).flatMap(({ path, text }) => {
      const problem = problemOf(text);
      return problem === undefined ? [] : [{ block: one, message: `${path} is markup, and ${problem}`, fix }];
    }),
  );

const brokenMarkup: Rule = {
  id: 'broken-markup',
  severity: 'error',
  title: 'Speech markup is not well-formed',
  why: 'The flow is published, and the block takes its error branch in every call: nothing is heard. References are taken to hold no markup.',
  source: adminGuide('play'),
  example: {
    failing: { blocks: [greet('<speak>Good morning.<break time="1s"></speak>')] },
    mended: { blocks: [greet('<speak>Good morning.<break time="1s"/></speak>')] },
  },
  check: (flow) =>
    complaints(flow, malformedMarkup, 'Close every tag, put values in quotes, and write &lt; and &amp; for < and &.'),
};

const doubtfulMarkup: Rule = {
  id: 'doubtful-markup',
  severity: 'warning',
  title: 'Speech markup is not enclosed in <speak>, or has a pause of more than ten seconds',
  why: 'The documentation asks for the one and allows at most the other. The block may take its error branch, or the pause may be cut short.',
  source: adminGuide('supported-ssml-tags'),
  example: {
    failing: { blocks: [greet('<speak>Good morning.<break time="20s"/></speak>')] },
    mended: { blocks: [greet('<speak>Good morning.<break time="10s"/><break time="10s"/></speak>')] },
  },
  check: (flow) =>
    complaints(
      flow,
      (text) => (malformedMarkup(text) === undefined ? markupProblem(text) : undefined),
      'Write <speak>…</speak> around it, and several pauses of at most 10 s one after the other.',
    ),
};

export const MARKUP_RULES: readonly Rule[] = [brokenMarkup, doubtfulMarkup];
