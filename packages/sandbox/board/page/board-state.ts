import { NEWEST_ROWS } from '../newest-rows.ts';
import type {
  Change,
  FiguresView,
  GraphView,
  Hello,
  RequestDetail,
  RequestRow,
  StageView,
  WorldView,
} from '../protocol.ts';

/** Everything that the server has sent to this page. */
export interface BoardState {
  /** `lost` while the browser tries to reach the server again. */
  connection: 'connecting' | 'live' | 'lost';
  stage: StageView | null;
  world: WorldView | null;
  figures: FiguresView | null;
  /** Newest first. */
  rows: readonly RequestRow[];
  /** Of the request that the stream was opened for; null until the server knows it. */
  detail: RequestDetail | null;
}

export const NOTHING_YET: BoardState = {
  connection: 'connecting',
  stage: null,
  world: null,
  figures: null,
  rows: [],
  detail: null,
};

/** News since the last frame, the latest of each kind. */
export interface News {
  hello?: Hello;
  world?: WorldView;
  figures?: FiguresView;
  rows: Map<string, RequestRow>;
  detail?: RequestDetail;
}

export const noNews = (): News => ({ rows: new Map() });

/** A new hello replaces everything, including pending news. */
export const newsOfHello = (hello: Hello): News => ({ hello, rows: new Map() });

export function addChange(news: News, { world, figures, rows = [], detail }: Change): void {
  if (world) news.world = world;
  if (figures) news.figures = figures;
  if (detail) news.detail = detail;
  for (const row of rows) news.rows.set(row.execution, row);
}

/** The state after the news. Unchanged rows stay the same objects, so that only the others are redrawn. */
export function withNews(state: BoardState, { hello, world, figures, rows, detail }: News): BoardState {
  const before: BoardState = hello
    ? {
        connection: 'live',
        stage: hello.stage,
        world: hello.world,
        figures: hello.figures,
        rows: newestFirst(hello.rows),
        detail: hello.detail,
      }
    : state;
  return {
    ...before,
    world: world ?? before.world,
    figures: figures ?? before.figures,
    detail: detail ?? before.detail,
    rows: rows.size === 0 ? before.rows : withRows(before.rows, rows),
  };
}

function withRows(rows: readonly RequestRow[], changed: ReadonlyMap<string, RequestRow>): readonly RequestRow[] {
  const fresh = new Map(changed);
  const kept = rows.map((row) => {
    const newer = fresh.get(row.execution);
    fresh.delete(row.execution);
    return newer ?? row;
  });
  return fresh.size === 0 ? kept : [...newestFirst([...fresh.values()]), ...kept].slice(0, NEWEST_ROWS);
}

/** The server sorts by start; requests of the same instant keep their order. */
const newestFirst = (oldestFirst: readonly RequestRow[]): readonly RequestRow[] =>
  oldestFirst.toReversed().slice(0, NEWEST_ROWS);

/** The path of a request through the graph: state → positions in the order of visits, and the transitions taken. */
export function pathOf(visits: readonly { name: string; caught?: true }[]) {
  const places = new Map<string, number[]>();
  const ways = new Set<string>();
  visits.forEach(({ name }, index) => {
    places.set(name, [...(places.get(name) ?? []), index + 1]);
    const before = visits[index - 1];
    if (before) ways.add(wayKey(before.name, name, before.caught === true));
  });
  return { places, ways };
}

/** Whether this transition was taken. Two states may be connected by one for errors and by another. */
export function isTaken(
  { from, to, kind }: GraphView['transitions'][number],
  { transitions }: Pick<GraphView, 'transitions'>,
  ways: ReadonlySet<string>,
): boolean {
  const twin = transitions.some((other) => other.from === from && other.to === to && other.kind !== kind);
  if (twin) return ways.has(wayKey(from, to, kind === 'catch'));
  return ways.has(wayKey(from, to, false)) || ways.has(wayKey(from, to, true));
}

const wayKey = (from: string, to: string, caught: boolean): string => `${from} ${caught ? '⇢' : '→'} ${to}`;

/** How a request ended, or that it has not: a filter of the log. */
export const KINDS = ['running', 'placed', 'reached', 'missed', 'refused', 'unavailable', 'failed'] as const;
export type Kind = (typeof KINDS)[number];

/** Filters of the log; `unreached` is every end without a conversation, except refusals. */
export const FILTERS = ['all', ...KINDS, 'unreached'] as const;
export type Filter = (typeof FILTERS)[number];

const UNREACHED: readonly Kind[] = ['missed', 'unavailable', 'failed'];

export const isOfKind = (row: Pick<RequestRow, 'status' | 'class'>, filter: Filter): boolean =>
  filter === 'all' || (filter === 'unreached' ? UNREACHED.includes(kindOf(row)) : kindOf(row) === filter);

/** An execution that ended without an outcome has failed. */
export const kindOf = ({ status, class: kind }: Pick<RequestRow, 'status' | 'class'>): Kind =>
  status === 'RUNNING' ? 'running' : (kind ?? 'failed');

/** Whether any text of the row contains the search text. */
export function matches(row: RequestRow, search: string): boolean {
  const wanted = fold(search);
  if (wanted === '') return true;
  return textOf(row).includes(wanted);
}

/** Rows are replaced, never changed, so their texts are folded only once. */
const texts = new WeakMap<RequestRow, string>();

function textOf(row: RequestRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const { requestId, trackId, phone, userType, inquiryType, outcome, reason, state, words } = row;
  const parts = [requestId, trackId, phone, userType, inquiryType, outcome, reason, state, words.ja, words.en];
  const text = parts.map((part) => fold(part ?? '')).join(BETWEEN);
  texts.set(row, text);
  return text;
}

/** Cannot occur in a search text, as `fold` removes white space. */
const BETWEEN = '\n';

/** Ignores case, width, and the hyphen of an inquiry number. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '');
