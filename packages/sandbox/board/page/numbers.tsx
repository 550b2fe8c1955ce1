import type { ComponentChildren } from 'preact';
import type { FiguresView, RequestDetail, WorldView } from '../protocol.ts';
import { type Filter, type Kind, UNREACHED } from './board-state.ts';
import { laterToo, onTheLine, placeInLine, TEXTS } from './board-texts.ts';
import { useSay } from './language.tsx';
import { Counting } from './times.tsx';

interface Props {
  world: Pick<WorldView, 'calls' | 'waiting'>;
  figures: FiguresView;
  /** Of the request on show. */
  inLine: RequestDetail['inLine'];
}

/** How it stands, in the order in which a request goes through it: those of today, and those of this moment. */
export function Numbers({ world: { calls, waiting }, figures, inLine }: Props) {
  const say = useSay();
  const of = (...kinds: readonly Kind[]) =>
    figures.outcomes.reduce((sum, { class: kind, count }) => (kinds.includes(kind) ? sum + count : sum), 0);
  return (
    <nav class="numbers-now" aria-label={say(TEXTS.numbers)}>
      <Tile name={say(TEXTS.asked)} count={figures.asked}>
        {say(TEXTS.today)}
      </Tile>
      <Tile name={say(TEXTS.refused)} count={of('refused')} kind="refused">
        {say(TEXTS.today)}
      </Tile>
      <Tile name={say(TEXTS.waiting)} count={waiting.count} kind="running">
        {waiting.since === undefined ? (
          say(TEXTS.now)
        ) : (
          <>
            {say(TEXTS.longest)} <Counting since={waiting.since} />
            {inLine && <> · {say(placeInLine(inLine))}</>}
          </>
        )}
        {waiting.later > 0 && <> · {say(laterToo(waiting.later))}</>}
      </Tile>
      <Tile name={say(TEXTS.ringing)} count={calls.ringing} kind="placed">
        {say(TEXTS.now)}
      </Tile>
      <Tile name={say(TEXTS.talking)} count={calls.talking} kind="placed">
        {say(calls.other === 0 ? TEXTS.now : onTheLine(calls.other))}
      </Tile>
      <Tile name={say(TEXTS.answered)} count={of('reached')} kind="reached">
        {say(TEXTS.today)}
      </Tile>
      <Tile name={say(TEXTS.notReached)} count={of(...UNREACHED)} kind="unreached">
        {say(TEXTS.today)}
      </Tile>
    </nav>
  );
}

interface TileProps {
  name: string;
  count: number;
  /** Its colour, and the filter of the log that it leads to. */
  kind?: Filter;
  children: ComponentChildren;
}

function Tile({ name, count, kind, children }: TileProps) {
  return (
    <a
      class={`tile ${count === 0 ? '' : (kind ?? '')}`}
      href={`?${kind === undefined ? 'tab=log' : `result=${kind}`}#tabs`}
    >
      <strong class="how-many">{count}</strong>
      <span class="of-what">{name}</span>
      <span class="since-when">{children}</span>
    </a>
  );
}
