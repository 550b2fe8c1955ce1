import { wrapWords } from '../calls/wrap-words.ts';
import { GROUPS, type Result } from './results.ts';

/** The results of a run, for people and for machines. */
export interface Report {
  stage: string;
  region: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Of this project. */
  version: string;
  /** Only if asked for. */
  accountId?: string;
  results: Result[];
}

const count = (results: readonly Result[], state: Result['state']): number =>
  results.filter((result) => result.state === state).length;

/** `31 held, 1 broken, 12 not checked` */
const inShort = (results: readonly Result[]): string =>
  (['held', 'broken', 'not checked'] as const).map((state) => `${count(results, state)} ${state}`).join(', ');

/** Width of the state column. */
const STATE = 'not checked'.length;
const MARGIN = 2 + STATE + 1;

/**
 * The terminal output: each checked claim, and a count of the rest. A next step that several claims share is printed once.
 *
 * @param width of the terminal, in cells
 */
export function terminalText({ results, stage, region }: Report, file: string, width: number): string {
  const byHand = results.filter(({ group }) => group === 'hand');
  const shown = results.filter(({ group }) => group !== 'hand');
  const said = new Set<string>();
  const lines = ({ id, state, seen, nextStep }: Result): string[] => {
    const isSaid = nextStep !== undefined && (state === 'broken' || (state !== 'held' && !said.has(nextStep)));
    if (isSaid) said.add(nextStep);
    return [
      wrapWords(`  ${state.padEnd(STATE)} ${id}: ${seen}`, width, MARGIN),
      ...(isSaid ? [wrapWords(' '.repeat(MARGIN) + nextStep, width, MARGIN)] : []),
    ];
  };
  const blocks = Object.entries(GROUPS).flatMap(([group, heading]) => {
    const own = shown.filter((result) => result.group === group);
    return own.length === 0 ? [] : [[heading, ...own.flatMap(lines)].join('\n')];
  });
  const end = `${inShort(shown)}; ${byHand.length} more cannot be checked by a command. The full report is in ${file}.`;
  return [`Stage ${stage} in ${region}`, ...blocks, wrapWords(end, width), ''].join('\n\n');
}

/** The report as a page to send in. */
export function markdown({ results, stage, region, at, version, accountId }: Report): string {
  const sections = Object.entries(GROUPS).flatMap(([group, heading]) => {
    const own = results.filter((result) => result.group === group);
    if (own.length === 0) return [];
    const rows = own.map(({ id, claim, state, seen, nextStep = '', madeIn }) =>
      [state, `\`${id}\``, claim, seen, nextStep, madeIn ? `\`${madeIn}\`` : ''].map(cell).join(' | '),
    );
    return [
      `## ${heading} (${inShort(own)})`,
      [
        '| | id | claim | seen | what to do | made in |',
        '| --- | --- | --- | --- | --- | --- |',
        ...rows.map((row) => `| ${row} |`),
      ].join('\n'),
    ];
  });
  return [
    `# Conformance of stage ${stage}, ${at.slice(0, 10)}`,
    [
      `Region ${region}, version ${version}${accountId === undefined ? '' : `, account ${accountId}`}: ${inShort(results)}.`,
      'It contains no telephone numbers and no visitor data.',
    ].join('\n'),
    ...sections,
    '',
  ].join('\n\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
