import type { FlowStage } from '../config.ts';
import { readFlow } from '../document.ts';
import { textsIn } from '../lint/texts-in.ts';
import { fillTokens, tokensIn } from './contact-flow-tokens.ts';

/** Parameters whose texts are spoken. */
const SPOKEN = /(?:^|\.)(?:Text|SSML)$/;

/**
 * What customers of a stage would still hear about the company that its flows were written for, as sentences with what to do:
 * texts of the flows that name it, and values of the stage that do.
 *
 * @param flows with their tokens unreplaced
 */
export function foreignNameSentences(
  flows: readonly { path: string; content: string }[],
  { foreignNames = [], flowValues, valuesAt }: Pick<FlowStage, 'foreignNames' | 'flowValues' | 'valuesAt'>,
): string[] {
  const used = new Set(flows.flatMap(({ content }) => tokensIn(content)));
  const spoken = flows.flatMap(spokenTexts);
  const ofTexts = spoken.flatMap(({ path, block, text }) =>
    foreignNames
      .filter((name) => text.includes(name))
      .map(
        (name) =>
          `${path}: block "${block}" says ${name}, which is another company's: 「${text}」. Write a token of ` +
          `${valuesAt.setting} in its place.`,
      ),
  );
  const ofValues = Object.entries(flowValues).flatMap(([token, value]) =>
    foreignNames
      .filter((name) => used.has(token) && value.includes(name))
      .map((name) => {
        const heard = spoken
          .filter(({ text }) => tokensIn(text).includes(token))
          .map(({ path, block, text }) => `block "${block}" of ${path} says 「${fillTokens(text, flowValues)}」`);
        const where = heard.length === 0 ? '' : `: ${heard.join(', ')}`;
        return (
          `${valuesAt.file}: ${valuesAt.setting}.${token} is "${value}", and ${name} is another company's${where}. ` +
          'Write there what customers should hear.'
        );
      }),
  );
  return [...ofTexts, ...ofValues];
}

const spokenTexts = ({ path, content }: { path: string; content: string }) =>
  readFlow(content).flow.Actions.flatMap(({ Identifier, Parameters }) =>
    textsIn(Parameters)
      .filter((said) => SPOKEN.test(said.path))
      .map(({ text }) => ({ path, block: Identifier, text })),
  );
