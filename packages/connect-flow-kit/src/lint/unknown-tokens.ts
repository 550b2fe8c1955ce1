import { isMisspelt, wordsOf } from '../catalogue/misspelt.ts';
import type { FlowDocument } from '../document.ts';
import type { Finding } from './finding.ts';

/** Tokens without a value where the flows are deployed to, and what could replace them. */
export interface UnknownTokens {
  /** Without `${` and `}`. */
  tokens: readonly string[];
  /** Every token that has a value. */
  known: readonly string[];
  /** Where a value can be added, such as `connect.flowValues of settings/dev.yml`. */
  valuesAt: string;
}

/** The rule about tokens. It is not a rule of a single flow: only the project knows which tokens have a value. */
export const UNKNOWN_TOKEN = {
  id: 'unknown-token',
  severity: 'error',
  title: 'A token has no value',
  why: 'It is misspelt, or the flow or value that it meant has been renamed, and the deployment stops. Checked in the flows of a project whose config says what its stages provide, for the default stage.',
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
        message: `${written(token)} has no value`,
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
    ? `Write the token of a flow, which is derived from its file name: ${flows.map(written).join(', ')}.`
    : `Write another one, or add ${token} to ${valuesAt}.`;
}
