import type { CallFigures } from './call-figures.ts';
import { durationInWords } from './clock-words.ts';
import { type Column, cutTo, tableLines } from './terminal-table.ts';
import { wrapWords } from './wrap-words.ts';

interface Surroundings {
  /** Of the stage or local stack, in words. */
  name: string;
  /** Since when, in words. */
  from: string;
  /** Cells of the terminal. */
  width: number;
}

/** Longer bars add nothing, on any terminal or in a log. */
const LONGEST_BAR = 40;
/** The longest label beside a bar, and the space around it. */
const BESIDE_BAR = 40;
/** Most rows in the table of inquiries, which are free text. */
const MOST_INQUIRIES = 10;

const TIMES = {
  toPlaced: 'asked to placed',
  toAnswered: 'asked to answered',
  toAgent: 'asked to agent',
  talked: 'talk',
} as const;

/** Only the telephone network knows who answered. */
const VOICEMAILS =
  '  A voicemail counts as answered, and as having reached an agent unless customers press 1 (connect.pressToConnect).';

/** The figures for people. Bars are ASCII characters, one cell wide on every terminal. */
export function figuresPage(figures: CallFigures, { name, from, width }: Surroundings): string[] {
  const { requests, outcomes, answered, reached, calledBack, times, hours, inquiries, otherCalls } = figures;
  const heading = cutTo(`Requests of ${name} since ${from}: ${requests}`, width);
  const calls = Object.entries(otherCalls).map(([kind, { calls, reached: got, talked }]) => {
    const spoke = talked === undefined ? '' : `, median talk ${durationInWords(talked.median)}`;
    const who = kind === 'inbound' ? 'Customers who called' : 'Dialled by hand';
    return cutTo(`  ${who}: ${calls}, ${got} spoke with an agent${spoke}`, width);
  });
  const apart = calls.length === 0 ? [] : ['', 'Other calls', '', ...calls];
  if (requests === 0) return [heading, ...apart];

  const bars = (counts: readonly number[]): Column => {
    const most = Math.max(...counts);
    const room = Math.max(1, Math.min(LONGEST_BAR, width - BESIDE_BAR));
    return { head: '', cells: counts.map((count) => '#'.repeat(Math.ceil((count / most) * room))) };
  };
  const numbers = (head: string, counts: readonly number[]): Column => ({
    head,
    cells: counts.map(String),
    right: true,
  });
  const section = (title: string, columns: readonly Column[]) => [
    '',
    title,
    '',
    ...tableLines(columns, width - 2).map(indented),
  ];
  const byHour = Object.entries(hours);
  const most = inquiries.slice(0, MOST_INQUIRIES);
  const left = inquiries.length - most.length;
  return [
    heading,
    ...section('Outcomes', [
      { head: 'outcome', cells: Object.keys(outcomes), least: 12 },
      numbers('', Object.values(outcomes)),
      { head: '', cells: Object.values(outcomes).map((count) => percent(count, requests)), right: true },
      bars(Object.values(outcomes)),
    ]),
    '',
    'Calls whose end is known',
    '',
    `  answered  ${rate(answered)}`,
    `  reached   ${rate(reached)}`,
    ...wrapWords(VOICEMAILS, width, 2).split('\n'),
    ...(calledBack.count === 0 ? [] : [`  called back after a missed call  ${rate(calledBack)}`]),
    ...(Object.keys(times).length === 0
      ? []
      : section('Times', [
          { head: '', cells: Object.keys(times).map((time) => TIMES[time as keyof typeof TIMES]) },
          { head: 'median', cells: Object.values(times).map(({ median }) => durationInWords(median)), right: true },
          { head: '95 % within', cells: Object.values(times).map(({ p95 }) => durationInWords(p95)), right: true },
          numbers(
            'of',
            Object.values(times).map(({ count }) => count),
          ),
        ])),
    ...section('By hour', [
      { head: 'hour', cells: byHour.map(([hour]) => `${hour}:00`) },
      numbers(
        'requests',
        byHour.map(([, { requests: count }]) => count),
      ),
      numbers(
        'reached',
        byHour.map(([, { reached: count }]) => count),
      ),
      bars(byHour.map(([, { requests: count }]) => count)),
    ]),
    ...section('By inquiry', [
      { head: 'inquiry', cells: most.map(({ inquiry }) => inquiry), least: 10 },
      numbers(
        'requests',
        most.map(({ requests: count }) => count),
      ),
      numbers(
        'reached',
        most.map(({ reached: count }) => count),
      ),
    ]),
    ...(left > 0 ? [`  and ${left} more: --json lists them`] : []),
    ...apart,
  ];
}

const indented = (line: string): string => (line === '' ? '' : `  ${line}`);

const percent = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;

const rate = ({ count, of }: CallFigures['answered']): string =>
  of === 0 ? 'none yet' : `${percent(count, of)} (${count} of ${of})`;
