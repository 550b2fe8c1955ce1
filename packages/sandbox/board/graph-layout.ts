import type { StateMachineDefinition } from '../service.ts';
import type { GraphView } from './protocol.ts';
import { STATE_WORDS } from './state-words.ts';

/*
 * The state machine as people draw it: the main path straight down the middle, transitions back up on the left, detours on the
 * right, a second one on the left. Nearly every state can also lead to the same one (`RecordOutcome`); those transitions share two
 * lanes at the right edge, so that they do not cover the main path. No general layout algorithm keeps a path straight and bundles
 * transitions, so rows, columns and lanes are computed here.
 */

/** Pixels. */
const STATE = { width: 132, height: 30 };
const CHOICE = { width: 132, height: 24 };
const ROW = 50;
const MARGIN = 10;
const LANE = 11;
/** Between two columns, and between a column and a lane. */
const GAP = 10;

type Transition = Omit<GraphView['transitions'][number], 'points'>;
type Column = 'left' | 'road' | 'right';
type Place = GraphView['states'][number];
type Point = GraphView['transitions'][number]['points'][number];

/** The fields of a state with transitions. */
interface Ways {
  Next?: string;
  Choices?: { Next: string; StringEquals?: string }[];
  Default?: string;
  Catch?: { Next: string }[];
}

/** Lays out the state machine's file: every state and every transition. */
export function graphOf(definition: StateMachineDefinition): GraphView {
  const transitions = transitionsOf(definition);
  const road = roadOf(definition.StartAt, transitions);
  const collector = mostCaught(transitions);
  /** Whether it is a transition that shares a lane. */
  const isBundled = ({ to, kind }: Transition): boolean => to === collector && (kind === 'default' || kind === 'catch');
  const own = transitions.filter((transition) => !isBundled(transition));
  // Detours first, as the main path continues below them.
  const rows = rowsOf(
    definition.StartAt,
    own.toSorted((a, b) => Number(road.has(a.to)) - Number(road.has(b.to))),
  );
  const rowOf = (name: string): number => rows.get(name) ?? 0;
  const columns = new Map<string, Column>();
  for (const name of Object.keys(definition.States)) columns.set(name, columnOf(name));

  function columnOf(name: string): Column {
    if (road.has(name)) return 'road';
    // Of two detours that start in the same row, the second goes where there is room.
    const isTaken = [...columns].some(([other, column]) => column === 'right' && rowOf(other) === rowOf(name));
    return isTaken || leadsUp(name, own, rowOf) ? 'left' : 'right';
  }

  const left = MARGIN + LANE + GAP / 2 + STATE.width / 2;
  const middle = { left, road: left + STATE.width + GAP, right: left + 2 * (STATE.width + GAP) };
  const lanes = { up: MARGIN, inner: middle.road - STATE.width / 2 - GAP / 2, outer: middle.right + STATE.width / 2 };
  const states = Object.entries(definition.States).map(
    ([name, { Type }]): Place => ({
      name,
      type: Type,
      words: STATE_WORDS[name] ?? { ja: name, en: name },
      x: middle[columns.get(name) ?? 'right'],
      y: MARGIN + STATE.height / 2 + rowOf(name) * ROW,
      ...(Type === 'Choice' ? CHOICE : STATE),
    }),
  );
  const places = new Map(states.map((state) => [state.name, state]));

  function pointsOf(transition: Transition): Point[] {
    const from = places.get(transition.from);
    const to = places.get(transition.to);
    if (!from || !to) throw new Error(`${transition.from} leads to ${transition.to}, which is not a state`);
    if (isBundled(transition)) {
      const isCatch = transition.kind === 'catch';
      // From the left column, the main path is in the way of the lanes.
      if (from.x < to.x) return bySide(from, to, lanes.inner, 'right', 'left', from.y > to.y ? 5 : -5);
      return bySide(from, to, lanes.outer + (isCatch ? 2 : 1) * LANE, 'right', 'right', isCatch ? 5 : -5);
    }
    if (to.y <= from.y) return bySide(from, to, lanes.up, 'left', 'left', 0);
    return downwards(from, to);
  }

  return {
    width: lanes.outer + 2 * LANE + MARGIN,
    height: Math.max(...states.map(({ y }) => y)) + STATE.height / 2 + MARGIN,
    states,
    transitions: transitions.map((transition) => ({ ...transition, points: pointsOf(transition) })),
  };
}

/** Every transition, in the order of the file. Choices that lead to the same state are one transition. */
function transitionsOf({ States }: StateMachineDefinition): Transition[] {
  return Object.entries(States).flatMap(([from, state]) => {
    const { Next, Choices = [], Default, Catch = [] } = state as Ways;
    const chosen = Map.groupBy(Choices, (choice) => choice.Next);
    return [
      ...(Next === undefined ? [] : [{ from, to: Next, kind: 'next' as const }]),
      ...[...chosen].map(([to, choices]) => {
        const label = choices.flatMap(({ StringEquals = [] }) => StringEquals).join(' / ');
        return { from, to, kind: 'choice' as const, label };
      }),
      ...(Default === undefined ? [] : [{ from, to: Default, kind: 'default' as const }]),
      ...[...new Set(Catch.map((caught) => caught.Next))].map((to) => ({ from, to, kind: 'catch' as const })),
    ];
  });
}

/** The states of a successful request: along Next and the choice `continue`, else along Default. */
function roadOf(start: string, transitions: readonly Transition[]): ReadonlySet<string> {
  const road = new Set<string>();
  for (let at: string | undefined = start; at !== undefined && !road.has(at); ) {
    road.add(at);
    const ways = transitions.filter(({ from }) => from === at);
    at = (
      ways.find(({ kind, label }) => kind === 'next' || label?.split(' / ').includes('continue')) ??
      ways.find(({ kind }) => kind === 'default')
    )?.to;
  }
  return road;
}

/** The state in which most errors end. */
function mostCaught(transitions: readonly Transition[]): string | undefined {
  const caught = Map.groupBy(
    transitions.filter(({ kind }) => kind === 'catch'),
    ({ to }) => to,
  );
  return [...caught].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/** Each state's row: below all of its predecessors, ignoring transitions back up. */
function rowsOf(start: string, transitions: readonly Transition[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  const path = new Set<string>();
  function place(name: string, row: number): void {
    if (path.has(name) || row <= (rows.get(name) ?? -1)) return;
    rows.set(name, row);
    path.add(name);
    for (const { from, to } of transitions) if (from === name) place(to, row + 1);
    path.delete(name);
  }
  place(start, 0);
  return rows;
}

/** Whether the path from here leads back up before it reaches a state below. */
function leadsUp(start: string, transitions: readonly Transition[], rowOf: (name: string) => number): boolean {
  const seen = new Set<string>();
  const follow = (name: string): boolean => {
    if (rowOf(name) < rowOf(start)) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return transitions.some(({ from, to }) => from === name && follow(to));
  };
  return follow(start);
}

/** Out at the bottom, half-way to the state below, in at the top. */
function downwards(from: Place, to: Place): Point[] {
  const start = { x: from.x, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y - to.height / 2 };
  if (start.x === end.x) return [start, end];
  const turn = to.y - ROW / 2;
  return [start, { x: start.x, y: turn }, { x: end.x, y: turn }, end];
}

/** Out at a side, along a lane, and in at a side, `offset` beside its middle. */
function bySide(
  from: Place,
  to: Place,
  lane: number,
  out: 'left' | 'right',
  into: 'left' | 'right',
  offset: number,
): Point[] {
  const side = (place: Place, which: 'left' | 'right') =>
    which === 'left' ? place.x - place.width / 2 : place.x + place.width / 2;
  const y = to.y + offset;
  return [
    { x: side(from, out), y: from.y },
    { x: lane, y: from.y },
    { x: lane, y },
    { x: side(to, into), y },
  ];
}
