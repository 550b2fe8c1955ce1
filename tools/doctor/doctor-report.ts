import { styleText } from 'node:util';
import { printable } from 'connect-flow-kit/command-line';
import type { Finding } from '../../packages/account/check.ts';
import { wrapWords } from '../calls/wrap-words.ts';
import type { Line } from './asked-in-order.ts';

/** The doctor's findings, for people and for machines. */
export interface Report {
  stage: string;
  region: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Of this project. */
  version: string;
  fine: number;
  problems: number;
  unchecked: number;
  /** In the order in which a request meets them. */
  lines: readonly Line[];
}

/** Counts the lines. */
export function reportOf(of: Pick<Report, 'stage' | 'region' | 'at' | 'version'>, lines: readonly Line[]): Report {
  const count = (state: Finding['state']) => lines.filter((line) => line.state === state).length;
  return { ...of, fine: count('fine'), problems: count('problem'), unchecked: count('unchecked'), lines };
}

/** How a state is shown; the words suffice without colour. */
const STATES = {
  fine: { word: 'fine', colour: 'green' },
  problem: { word: 'PROBLEM', colour: 'red' },
  unchecked: { word: 'unchecked', colour: 'yellow' },
} as const;

const WORD = 'unchecked'.length;
const MARGIN = 2 + WORD + 2;

/**
 * The terminal output: each line with what to do about it, and where to start.
 *
 * @param width of the terminal, in cells
 * @param isColoured whether the terminal shows colours
 */
export function doctorText(report: Report, width: number, isColoured: boolean): string {
  const { stage, region, lines } = report;
  const coloured = (state: Finding['state'], text: string) =>
    isColoured ? styleText(STATES[state].colour, text, { validateStream: false }) : text;
  /** A next step that consecutive lines share is printed once. */
  let said: string | undefined;
  const shown = ({ title, state, seen, nextStep, lacks }: Line): string[] => {
    const { word } = STATES[state];
    const text = wrapWords(printable(`  ${word.padEnd(WORD)}  ${title}: ${seen}`), width, MARGIN);
    // Permissions are listed together at the end.
    const isNew = nextStep !== undefined && state !== 'fine' && !lacks && nextStep !== said;
    said = nextStep;
    return [
      text.replace(word, coloured(state, word)),
      ...(isNew ? [wrapWords(printable(`${' '.repeat(MARGIN)}→ ${nextStep}`), width, MARGIN + 2)] : []),
    ];
  };
  const sections = [...Map.groupBy(lines, ({ section }) => section)].map(([heading, own]) => {
    said = undefined;
    return [heading, ...own.flatMap(shown)].join('\n');
  });
  return [
    `Stage ${stage} in ${region}`,
    ...sections,
    ending(report)
      .map((sentence) => wrapWords(printable(sentence), width))
      .join('\n'),
    '',
  ].join('\n\n');
}

/** Counts of the states, and what to do first. */
function ending({ lines, fine, problems, unchecked }: Report): string[] {
  const first = lines.find(({ state }) => state === 'problem');
  const lacking = new Set(lines.flatMap(({ lacks = [] }) => lacks));
  return [
    `${fine} fine, ${problems} ${problems === 1 ? 'problem' : 'problems'}, ${unchecked} could not be checked.`,
    ...(first ? [`Start with the first problem, as it may cause the others: ${first.title}.`] : []),
    ...(lacking.size > 0
      ? [
          `To check everything, your credentials need the policy docs/operator-policy.json. The refused checks need ${[...lacking].toSorted().join(', ')}.`,
        ]
      : []),
  ];
}
