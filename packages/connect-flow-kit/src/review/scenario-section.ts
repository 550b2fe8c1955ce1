import { blockNamesOf } from '../block-name.ts';
import type { NamedFlow } from '../document.ts';
import { foldRounds } from '../fold-rounds.ts';
import { groupBy } from '../group-by.ts';
import { heardOf } from '../scenarios/heard.ts';
import type { CaseResult } from '../scenarios/run-scenario.ts';
import type { SimulatedCall } from '../simulate/call-case.ts';
import { shortened } from './block-content.ts';
import { code, html, markdown } from './escape.ts';
import { table } from './markdown-table.ts';
import { transcriptOf } from './transcript.ts';

/** The name of a block of a flow. */
type NameOf = (flow: string, identifier: string) => string;

/** Scenarios that begin in the flow, call by call; for the others that go through it, only the names. */
export function scenarioSection(flow: NamedFlow, results: readonly CaseResult[]): string[] {
  const own = groupBy(
    results.filter((result) => result.flow === flow.name),
    ({ scenario }) => scenario,
  );
  const comingThrough = results.filter(
    ({ flow: entry, call }) =>
      entry !== flow.name && call.lines.some((line) => line.kind === 'step' && line.flow === flow.name),
  );
  const elsewhere = [
    ...new Set(
      comingThrough.map(
        ({ flow: entry, scenario }) => `- [${markdown(entry)}](${encodeURI(entry)}.md): ${markdown(scenario.name)}`,
      ),
    ),
  ];
  const ownNames = blockNamesOf(flow.document);
  const nameOf: NameOf = (name, identifier) => (name === flow.name ? ownNames(identifier) : identifier);
  return [
    '## Scenarios',
    ...(own.size + elsewhere.length === 0 ? ['None.'] : []),
    ...[...own].map(([{ name }, cases]) => folded(name, cases, nameOf)),
    ...(elsewhere.length > 0 ? ['Scenarios of other flows that go through this one:', elsewhere.join('\n')] : []),
  ];
}

function folded(name: string, cases: readonly CaseResult[], nameOf: NameOf): string {
  const failed = cases.some(({ mismatches }) => mismatches.length > 0) ? ' — FAILS' : '';
  const calls = cases.length > 1 ? ` (${cases.length} calls)` : '';
  const content = cases.some(({ case: { failing } }) => failing !== undefined)
    ? failureTable(cases)
    : cases.map((one) => transcript(one, nameOf)).join('\n\n');
  return `<details>\n<summary>${html(name)}${calls}${failed}</summary>\n\n${content}\n\n</details>`;
}

const transcript = ({ case: { call: fields }, call }: CaseResult, nameOf: NameOf): string =>
  `${circumstances(fields)}\n\n${transcriptOf(call, nameOf)
    .map((line) => `- ${line}`)
    .join('\n')}`;

/** The fields of the case, so that the transcript can be understood. */
const circumstances = (call: CaseResult['case']['call']): string =>
  Object.entries(call)
    .flatMap(([field, value]) =>
      field === 'attributes'
        ? Object.entries(value).map(([key, text]) => `${key}: ${text}`)
        : `${field}: ${JSON.stringify(value)}`,
    )
    .map(code)
    .join(', ') || 'A call like any other.';

const SHORT = 24;

/** What fails, and what is heard then. Failures with the same result share a line; the usual error type is not mentioned. */
function failureTable(cases: readonly CaseResult[]): string {
  const rows = new Map<string, { failing: string[]; outcome: string[] }>();
  for (const { case: one, call } of cases) {
    const outcome = [heardInShort(call), call.end];
    const row = rows.get(outcome.join()) ?? { failing: [], outcome };
    row.failing.push(markdown((one.failing ?? '').replace(/: NoMatchingError$/, '')));
    rows.set(outcome.join(), row);
  }
  return table(
    ['what fails', 'what is heard', 'end'],
    [...rows.values()].map(({ failing, outcome }) => [failing.join(', '), ...outcome]),
  );
}

/** `Kazuha: 「…」 「…」 Kazuha to the agent: 「…」` */
function heardInShort({ lines }: SimulatedCall): string {
  let speaker = '';
  const heard = lines.flatMap((line) => {
    if (line.kind !== 'step') return [];
    const { step, listener } = line;
    const texts = heardOf(step).map((text) => `「${markdown(shortened(text, SHORT))}」`);
    const voice = 'voice' in step ? markdown(step.voice) : 'recording';
    const now = `${voice}${listener === 'agent' ? ' to the agent' : ''}:`;
    if (texts.length === 0 || now === speaker) return texts;
    speaker = now;
    return [speaker, ...texts];
  });
  return foldRounds(heard).join(' ') || 'nothing';
}
