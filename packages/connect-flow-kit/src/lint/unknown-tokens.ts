import { isMisspelt, wordsOf } from '../catalogue/misspelt.ts';
import type { FlowDocument } from '../document.ts';
import type { Finding } from './finding.ts';

/** Tokens that stand for nothing where the flows are deployed to, and what there is in their place. */
export interface UnknownTokens {
  /** Without `${` and `}`. */
  tokens: readonly string[];
  /** Every token that has a value. */
  known: readonly string[];
  /** Where a value can be added, such as `connect.flowValues of settings/dev.yml`. */
  valuesAt: string;
}

/** The rule about tokens. It is no rule of a single flow: what a token may be, only its project knows. */
export const UNKNOWN_TOKEN = {
  id: 'unknown-token',
  severity: 'error',
  title: 'A token stands for nothing',
  why: 'It is misspelt, or the flow or value that it meant has another name now, and the deployment stops. Looked at in the flows of a project whose config says what its stages give; the default stage counts.',
} as const;

/** A finding for each of the tokens that a flow has, at the first block that has it. */
export function unknownTokenFindings(
  { text, document }: { text: string; document: FlowDocument },
  { tokens, known, valuesAt }: UnknownTokens,
): Finding[] {
  return tokens
    .filter((token) => text.includes(written(token)))
    .map((token): Finding => {
      const block = document.Actions.find((action) => JSON.stringify(action).includes(written(token)));
      return {
        rule: UNKNOWN_TOKEN.id,
        severity: UNKNOWN_TOKEN.severity,
        ...(block && { block: block.Identifier, type: block.Type }),
        message: `${written(token)} stands for nothing`,
        fix: advice(token, known, valuesAt),
      };
    });
}

const written = (token: string): string => `\${${token}}`;

function advice(token: string, known: readonly string[], valuesAt: string): string {
  const words = wordsOf(token);
  const shortened = known.filter((name) => words.length > 1 && words.every((word) => wordsOf(name).includes(word)));
  const meant = known.find((name) => isMisspelt(token, name)) ?? (shortened.length === 1 ? shortened[0] : undefined);
  if (meant !== undefined) return `Write ${written(meant)}.`;
  const flows = known.filter((name) => name.endsWith('ContactFlow'));
  return token.endsWith('ContactFlow')
    ? `Write the token of a flow, which is made of the name of its file: ${flows.map(written).join(', ')}.`
    : `Write another one, or add ${token} to ${valuesAt}.`;
}
