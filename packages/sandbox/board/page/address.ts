import { FILTERS, type Filter } from './board-state.ts';

const REQUESTS = '/requests/';

/** Each request has a page of its own. @param id request id, or name of an execution */
export const addressOf = (id: string): string => REQUESTS + encodeURIComponent(id);

/** The request in the address; undefined if there is none. */
export function requestOf(pathname: string): string | undefined {
  if (!pathname.startsWith(REQUESTS)) return undefined;
  const text = pathname.slice(REQUESTS.length);
  try {
    return decodeURIComponent(text) || undefined;
  } catch {
    // A stray per cent sign: the raw text matches no request, and the page says so.
    return text;
  }
}

export const TABS = ['log', 'record', 'centre', 'trials', 'figures', 'settings'] as const;
export type Tab = (typeof TABS)[number];

/** The view below the story; all of it is in the address. */
export interface View {
  tab: Tab;
  kind: Filter;
  search: string;
  /** Of the log, from 1. */
  page: number;
}

const AT_FIRST: View = { tab: 'log', kind: 'all', search: '', page: 1 };

/** @param query such as `?tab=log&result=refused&search=4829&page=2`; missing or invalid parts have their defaults */
export function viewOf(query: string): View {
  const given = new URLSearchParams(query);
  const page = Number(given.get('page'));
  return {
    tab: TABS.find((tab) => tab === given.get('tab')) ?? AT_FIRST.tab,
    kind: FILTERS.find((kind) => kind === given.get('result')) ?? AT_FIRST.kind,
    search: given.get('search') ?? AT_FIRST.search,
    page: Number.isInteger(page) && page > 0 ? page : AT_FIRST.page,
  };
}

/** @returns the shortest query for a view: empty for the default */
export function queryOf({ tab, kind, search, page }: View): string {
  const query = new URLSearchParams();
  if (tab !== AT_FIRST.tab) query.set('tab', tab);
  if (kind !== AT_FIRST.kind) query.set('result', kind);
  if (search !== AT_FIRST.search) query.set('search', search);
  if (page !== AT_FIRST.page) query.set('page', String(page));
  return query.size === 0 ? '' : `?${query}`;
}
