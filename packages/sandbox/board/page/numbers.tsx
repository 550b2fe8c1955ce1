import type { ComponentChildren } from 'preact';
import type { FiguresView, RequestDetail, WorldView } from '../protocol.ts';
import type { Filter } from './board-state.ts';
import { askedBefore, laterToo, placeInLine, TEXTS, voicemailsToo, withAgents } from './board-texts.ts';
import { useSay } from './language.tsx';
import { Counting } from './times.tsx';

interface Props {
  world: Pick<WorldView, 'waiting'>;
  figures: FiguresView;
  /** Of the request on show. */
  inLine: RequestDetail['inLine'];
}

/** Where today's requests stand, in the order in which one goes through it: each is in one of them, and together they are all. */
export function Numbers({
  world: { waiting },
  figures: { asked, fromBefore, parts, voicemails, withAgent },
  inLine,
}: Props) {
  const say = useSay();
  return (
    <nav class="numbers-now" aria-label={say(TEXTS.numbers)}>
      <Tile name={say(TEXTS.asked)} count={asked}>
        {say(fromBefore === 0 ? TEXTS.today : askedBefore(fromBefore))}
      </Tile>
      <Tile name={say(TEXTS.refused)} count={parts.refused} kind="refused">
        {say(TEXTS.today)}
      </Tile>
      <Tile name={say(TEXTS.waiting)} count={parts.waiting} kind="running">
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
      <Tile name={say(TEXTS.ringing)} count={parts.ringing} kind="placed">
        {say(TEXTS.now)}
      </Tile>
      <Tile name={say(TEXTS.talking)} count={parts.onTheLine} kind="placed">
        {say(parts.onTheLine === withAgent ? TEXTS.now : withAgents(withAgent))}
      </Tile>
      <Tile name={say(TEXTS.answered)} count={parts.answered} kind="reached">
        {say(TEXTS.today)}
      </Tile>
      <Tile name={say(TEXTS.notReached)} count={parts.notReached} kind="unreached">
        {say(voicemails === 0 ? TEXTS.today : voicemailsToo(voicemails))}
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
