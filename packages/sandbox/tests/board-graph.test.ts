import { describe, expect, it } from 'vitest';
import { graphOf } from '../board/graph-layout.ts';
import type { GraphView } from '../board/protocol.ts';
import { STATE_WORDS } from '../board/state-words.ts';
import { readService } from '../service.ts';

const { definition } = readService('local', 0).stateMachine;
const graph = graphOf(definition);

type State = GraphView['states'][number];
type Transition = GraphView['transitions'][number];

const state = (name: string): State => {
  const found = graph.states.find((one) => one.name === name);
  if (!found) throw new Error(`no state ${name}`);
  return found;
};

const shown = ({ from, to, kind, label }: Transition): string => [from, kind, to, label].filter(Boolean).join(' ');

/** Every way the file names. */
const written = Object.entries(definition.States).flatMap(([from, fields]) => {
  const { Next, Choices, Default, Catch } = fields as {
    Next?: string;
    Choices?: { Next: string }[];
    Default?: string;
    Catch?: { Next: string }[];
  };
  return [
    ...(Next === undefined ? [] : [`${from} next ${Next}`]),
    ...(Choices ?? []).map((choice) => `${from} choice ${choice.Next}`),
    ...(Default === undefined ? [] : [`${from} default ${Default}`]),
    ...(Catch ?? []).map((caught) => `${from} catch ${caught.Next}`),
  ];
});

describe('the graph of the state machine', () => {
  it('shows every state and every way of the file, and no other', () => {
    expect(graph.states.map(({ name, type }) => [name, type])).toEqual(
      Object.entries(definition.States).map(([name, { Type }]) => [name, Type]),
    );
    expect(graph.transitions.map(({ from, kind, to }) => `${from} ${kind} ${to}`).sort()).toEqual(
      [...new Set(written)].sort(),
    );
  });

  it('says what leads along a choice, once for all that lead to the same state', () => {
    expect(
      graph.transitions.filter(({ from, kind }) => from === 'HasLaterTurn' || kind === 'choice').map(shown),
    ).toEqual([
      'IsRequestValid choice CheckQueue continue',
      'IsRequestValid choice BookAppointment appointment',
      'IsRequestValid choice WaitForTry later',
      'IsAppointmentMade choice WaitForAppointment appointment',
      'CanQueueTakeIt choice StartCall continue',
      'CanQueueTakeIt choice WaitForTurn turn',
      'CanQueueTakeIt choice WaitForAgent wait',
      'CanQueueTakeIt choice WaitForOpening opening',
      'HasLaterTurn choice WaitForTurn turn',
      'HasLaterTurn default RecordOutcome',
      'MustSomebodyAct choice RequestFailed alarm',
    ]);
  });

  it('leads a request with which all goes well straight down', () => {
    const road = [
      'ValidateRequest',
      'IsRequestValid',
      'CheckQueue',
      'CanQueueTakeIt',
      'StartCall',
      'RecordOutcome',
      'MustSomebodyAct',
      'RequestEnded',
    ].map(state);
    expect(new Set(road.map(({ x }) => x)).size).toBe(1);
    expect(road.map(({ y }) => y)).toEqual(road.map(({ y }) => y).sort((a, b) => a - b));
  });

  it('has room in the middle of a page', () => {
    expect(graph.width).toBeLessThanOrEqual(560);
    expect(graph.height).toBeLessThanOrEqual(900);
  });
});

describe('what is drawn', () => {
  const left = ({ x, width }: State) => x - width / 2;
  const right = ({ x, width }: State) => x + width / 2;
  const top = ({ y, height }: State) => y - height / 2;
  const bottom = ({ y, height }: State) => y + height / 2;

  it('overlaps nowhere and stays inside', () => {
    for (const one of graph.states) {
      expect([left(one) >= 0, top(one) >= 0, right(one) <= graph.width, bottom(one) <= graph.height]).not.toContain(
        false,
      );
      const covered = graph.states.filter(
        (other) =>
          other !== one &&
          left(other) < right(one) &&
          left(one) < right(other) &&
          top(other) < bottom(one) &&
          top(one) < bottom(other),
      );
      expect(covered.map(({ name }) => `${one.name} covers ${name}`)).toEqual([]);
    }
  });

  it.each(graph.transitions.map((transition): [string, Transition] => [shown(transition), transition]))(
    '%s leads from edge to edge, in straight steps, through no state',
    (_name, { from, to, points }) => {
      const onEdge = (point: { x: number; y: number } | undefined, one: State) =>
        point !== undefined &&
        (((point.x === left(one) || point.x === right(one)) && point.y > top(one) && point.y < bottom(one)) ||
          ((point.y === top(one) || point.y === bottom(one)) && point.x > left(one) && point.x < right(one)));
      expect(onEdge(points[0], state(from))).toBe(true);
      expect(onEdge(points.at(-1), state(to))).toBe(true);
      for (const [index, end] of points.slice(1).entries()) {
        const start = points[index] ?? end;
        expect(start.x === end.x || start.y === end.y).toBe(true);
        const crossed = graph.states.filter(
          (one) =>
            Math.max(start.x, end.x) > left(one) &&
            Math.min(start.x, end.x) < right(one) &&
            Math.max(start.y, end.y) > top(one) &&
            Math.min(start.y, end.y) < bottom(one),
        );
        expect(crossed.map(({ name }) => name)).toEqual([]);
      }
      expect(points.every(({ x, y }) => x >= 0 && y >= 0 && x <= graph.width && y <= graph.height)).toBe(true);
    },
  );
});

it('every state of the file, and no other, is put in words', () => {
  expect(Object.keys(STATE_WORDS).sort()).toEqual(Object.keys(definition.States).sort());
  expect(graph.states.map(({ name, words }) => [name, words])).toEqual(
    Object.keys(definition.States).map((name) => [name, STATE_WORDS[name]]),
  );
});
