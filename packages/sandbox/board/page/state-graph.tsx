import { Fragment } from 'preact';
import { memo } from 'preact/compat';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { GraphView, RequestDetail } from '../protocol.ts';
import { isTaken, pathOf } from './board-state.ts';
import { countHere, hereNow, TEXTS, visitedAs } from './board-texts.ts';
import { useSay } from './language.tsx';

interface Props {
  graph: GraphView;
  detail: RequestDetail | null;
  /** How many requests are in each state now. */
  running: Readonly<Record<string, number>>;
}

type GraphState = GraphView['states'][number];
type Point = GraphView['transitions'][number]['points'][number];

/** Keys that lead from one state to another. */
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The state machine, with the road of one request. One stop of the Tab key; arrows lead from state to state. */
export const StateGraph = memo(({ graph, detail, running }: Props) => {
  const say = useSay();
  const states = graph.states.toSorted((a, b) => a.y - b.y || a.x - b.x);
  const visits = detail?.visits ?? [];
  const { places, ways: walked } = pathOf(visits);
  // Those that were taken lie on top.
  const ways = graph.transitions
    .map((way) => ({ ...way, taken: isTaken(way, graph, walked) }))
    .toSorted((a, b) => Number(a.taken) - Number(b.taken));
  const current = detail?.status === 'RUNNING' ? visits.at(-1)?.name : undefined;
  const [pointed, setPointed] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const nodes = useRef(new Map<string, SVGGElement>());
  const box = useRef<HTMLElement>(null);
  // Of a graph that is larger than its place, what happens now is in sight.
  useEffect(() => {
    const at = graph.states.find(({ name }) => name === (current ?? visits.at(-1)?.name));
    const { clientWidth = 0, clientHeight = 0 } = box.current ?? {};
    if (at) box.current?.scrollTo(at.x - clientWidth / 2, at.y - clientHeight / 2);
  }, [graph, detail?.execution, current]);
  const described = states.find(({ name }) => name === (pointed ?? focused ?? current));
  const tabStop = focused ?? current ?? states[0]?.name;

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const at = states.findIndex(({ name }) => name === tabStop);
    const next = step === undefined ? undefined : states[at + step];
    if (!next) return;
    event.preventDefault();
    nodes.current.get(next.name)?.focus();
  }

  function label({ name, words }: GraphState): string {
    const count = running[name] ?? 0;
    const parts = [`${name}: ${say(words)}`];
    if (places.has(name)) parts.push(say(visitedAs(places.get(name) ?? [])));
    if (name === current) parts.push(say(hereNow));
    if (count > 0) parts.push(say(countHere(count)));
    return parts.join(' – ');
  }

  return (
    <figure class="graph">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section ref={box} class="graph-box" aria-label={say(TEXTS.graph)} tabIndex={0}>
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: a title would cover the states' own labels with a tooltip. */}
        <svg width={graph.width} height={graph.height} viewBox={`0 0 ${graph.width} ${graph.height}`}>
          <Arrowheads />
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing of it takes the focus. */}
          <g class="transitions" aria-hidden="true">
            {ways.map((way) => (
              <Transition key={`${way.from} ${way.to} ${way.kind}`} {...way} />
            ))}
            {/* No way crosses out a word. */}
            {ways.flatMap((way) =>
              way.label === undefined ? [] : [<Label key={`${way.from} ${way.to} ${way.kind}`} {...way} />],
            )}
          </g>
          <g role="listbox" aria-label={say(TEXTS.graph)} onKeyDown={onKeyDown} tabIndex={-1}>
            {states.map((state) => (
              <g
                key={state.name}
                ref={(node) => {
                  if (node) nodes.current.set(state.name, node);
                }}
                role="option"
                aria-selected={state.name === current}
                aria-label={label(state)}
                tabIndex={state.name === tabStop ? 0 : -1}
                class={classOf(state, places.has(state.name), state.name === current)}
                onPointerEnter={() => setPointed(state.name)}
                onPointerLeave={() => setPointed(undefined)}
                onFocus={() => setFocused(state.name)}
                onBlur={() => setFocused(undefined)}
              >
                <Shape {...state} />
                <text class="state-name" x={state.x} y={state.y}>
                  {state.name}
                </text>
              </g>
            ))}
          </g>
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing of it takes the focus; the states' labels say it, too. */}
          <g class="marks" aria-hidden="true">
            {states.map((state) => (
              <Fragment key={state.name}>
                <Places of={state} places={places.get(state.name)} />
                <Count of={state} count={running[state.name] ?? 0} />
              </Fragment>
            ))}
          </g>
        </svg>
      </section>
      <figcaption>
        <p class="described">
          {described ? (
            <>
              <code>{described.name}</code> {say(described.words)}
            </>
          ) : (
            <span class="dim">{say(TEXTS.describedEmpty)}</span>
          )}
        </p>
        <ul class="legend">
          <li>{say(TEXTS.legendTaken)}</li>
          <li class="sign-here">{say(TEXTS.legendHere)}</li>
          <li class="sign-catch">{say(TEXTS.legendCatch)}</li>
          <li class="sign-count">{say(TEXTS.legendCount)}</li>
        </ul>
      </figcaption>
    </figure>
  );
});

const classOf = ({ type }: GraphState, visited: boolean, current: boolean): string =>
  `state ${type.toLowerCase()} ${visited ? 'visited' : ''} ${current ? 'current' : ''}`;

/** A choice decides in no time: it is drawn as a pill, smaller than what takes time. */
function Shape({ type, x, y, width, height }: GraphState) {
  const corner = type === 'Choice' || type === 'Succeed' || type === 'Fail' ? height / 2 : 6;
  return <rect class="box" x={x - width / 2} y={y - height / 2} width={width} height={height} rx={corner} />;
}

function Places({ of: { x, y, width, height }, places }: { of: GraphState; places: number[] | undefined }) {
  if (!places) return null;
  const text = places.length > 3 ? `…${places.slice(-2).join('·')}` : places.join('·');
  const wide = 10 + text.length * 7.5;
  return (
    <g class="mark places">
      <rect x={x - width / 2 - wide / 2} y={y - height / 2 - 8} width={wide} height={16} rx={8} />
      <text x={x - width / 2} y={y - height / 2}>
        {text}
      </text>
    </g>
  );
}

function Count({ of: { x, y, width, height }, count }: { of: GraphState; count: number }) {
  if (count === 0) return null;
  const wide = 14 + String(count).length * 7;
  return (
    <g class="mark count">
      <rect x={x + width / 2 - wide / 2} y={y - height / 2 - 9} width={wide} height={18} rx={4} />
      <text x={x + width / 2} y={y - height / 2}>
        {count}
      </text>
    </g>
  );
}

function Arrowheads() {
  return (
    <defs>
      {['next', 'taken', 'catch'].map((name) => (
        <marker
          key={name}
          id={`arrow-${name}`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerUnits="userSpaceOnUse"
          markerWidth="9"
          markerHeight="9"
          orient="auto"
        >
          <path class={`arrowhead ${name}`} d="M0 0.5 L8 4 L0 7.5 Z" />
        </marker>
      ))}
    </defs>
  );
}

type TransitionProps = GraphView['transitions'][number] & { taken: boolean };

function Transition({ kind, points, taken }: TransitionProps) {
  const head = taken ? 'taken' : kind === 'catch' ? 'catch' : 'next';
  return (
    <g class={`transition ${kind} ${taken ? 'taken' : ''}`}>
      <path d={rounded(points)} marker-end={`url(#arrow-${head})`} />
    </g>
  );
}

function Label({ kind, label, points, taken }: TransitionProps) {
  const { x, y } = middleOf(points);
  return (
    <text class={`label ${kind} ${taken ? 'taken' : ''}`} x={x + 4} y={y}>
      {label}
    </text>
  );
}

/** The middle of the longest stretch: there is room for a word. */
function middleOf(points: readonly Point[]): Point {
  const stretches = points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }));
  const lengthOf = ({ from, to }: { from: Point; to: Point }) => Math.hypot(to.x - from.x, to.y - from.y);
  const [longest] = stretches.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  return longest ? { x: (longest.from.x + longest.to.x) / 2, y: (longest.from.y + longest.to.y) / 2 } : { x: 0, y: 0 };
}

/** Straight lines with rounded corners; it ends exactly at the last point. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (!first || !last) return '';
  const corners = rest.map((corner, index) => {
    const before = towards(corner, points[index] ?? corner);
    const after = towards(corner, rest[index + 1] ?? last);
    return `L${before.x} ${before.y} Q${corner.x} ${corner.y} ${after.x} ${after.y}`;
  });
  return `M${first.x} ${first.y} ${corners.join(' ')} L${last.x} ${last.y}`;
}

const CORNER = 7;

/** The point at which a corner begins to bend towards another point. */
function towards(corner: Point, { x, y }: Point): Point {
  const length = Math.hypot(x - corner.x, y - corner.y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: corner.x + (x - corner.x) * part, y: corner.y + (y - corner.y) * part };
}
