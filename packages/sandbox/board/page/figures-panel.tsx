import { memo } from 'preact/compat';
import type { FiguresView } from '../protocol.ts';
import { KINDS } from './board-state.ts';
import { figuresOf, TEXTS } from './board-texts.ts';
import { KIND_WORDS } from './code-words.ts';
import { useSay } from './language.tsx';
import { Panel } from './parts.tsx';
import { Duration } from './times.tsx';

/** What became of today's requests, and how long people waited. */
export const Figures = memo(({ figures }: { figures: FiguresView }) => {
  const { asked, day, outcomes, toPlaced, toAgent } = figures;
  const say = useSay();
  return (
    <Panel id="figures" title={TEXTS.figures} help={TEXTS.figuresHelp}>
      {outcomes.length === 0 ? (
        <p class="empty">{say(TEXTS.figuresEmpty)}</p>
      ) : (
        <div class="figures">
          <Outcomes asked={asked} day={day} outcomes={outcomes} />
          <Waits toPlaced={toPlaced} toAgent={toAgent} />
        </div>
      )}
    </Panel>
  );
});

function Outcomes({ asked, day, outcomes }: Pick<FiguresView, 'asked' | 'day' | 'outcomes'>) {
  const say = useSay();
  const all = sum(outcomes);
  const classes = KINDS.map((kind) => ({ kind, of: outcomes.filter((one) => one.class === kind) }));
  return (
    <table class="outcomes">
      <caption>{say(figuresOf(day, all, asked))}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{say(TEXTS.filterKind)}</th>
          <th scope="col">{say(TEXTS.count)}</th>
        </tr>
      </thead>
      {classes.map(
        ({ kind, of }) =>
          of.length > 0 && (
            <tbody key={kind} class={kind}>
              <tr class="class">
                <th scope="row">
                  <span aria-hidden="true">{KIND_WORDS[kind].sign}</span> {say(KIND_WORDS[kind])}
                </th>
                <td class="figure">{sum(of)}</td>
                <BarCell part={sum(of)} of={all} />
              </tr>
              {of.map(({ outcome, words, count }) => (
                <tr key={outcome}>
                  <th scope="row">
                    <code>{outcome}</code> <span class="dim">{say(words)}</span>
                  </th>
                  <td class="figure">{count}</td>
                  <BarCell part={count} of={all} />
                </tr>
              ))}
            </tbody>
          ),
      )}
    </table>
  );
}

const sum = (outcomes: FiguresView['outcomes']): number => outcomes.reduce((all, { count }) => all + count, 0);

function Waits({ toPlaced, toAgent }: Pick<FiguresView, 'toPlaced' | 'toAgent'>) {
  const say = useSay();
  const longest = Math.max(toPlaced?.p95 ?? 0, toAgent?.p95 ?? 0);
  const waits = [
    { words: TEXTS.toPlaced, spread: toPlaced },
    { words: TEXTS.toAgent, spread: toAgent },
  ];
  return (
    <table class="waits">
      <caption>{say(TEXTS.waits)}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{say(TEXTS.value)}</th>
          <th scope="col">{say(TEXTS.time)}</th>
        </tr>
      </thead>
      {waits.map(({ words, spread }) => (
        <tbody key={words.en} class="running">
          <tr class="class">
            <th scope="rowgroup" colSpan={3}>
              {say(words)}
              {spread === null && <span class="dim"> – {say(TEXTS.noneYet)}</span>}
            </th>
          </tr>
          {spread &&
            (
              [
                [TEXTS.median, spread.median],
                [TEXTS.p95, spread.p95],
              ] as const
            ).map(([name, ms]) => (
              <tr key={name.en}>
                <th scope="row">{say(name)}</th>
                <td class="figure">
                  <Duration ms={ms} />
                </td>
                <BarCell part={ms} of={longest} />
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

const WHOLE = 100;

/** A share as a bar, for the eye alone: the number stands beside it. */
function BarCell({ part, of }: { part: number; of: number }) {
  const width = of === 0 ? 0 : (part / of) * WHOLE;
  return (
    <td class="bar" aria-hidden="true">
      <svg viewBox={`0 0 ${WHOLE} 10`} preserveAspectRatio="none" focusable="false" role="presentation">
        <rect class="whole" width={WHOLE} height="10" />
        <rect width={width} height="10" />
      </svg>
    </td>
  );
}
