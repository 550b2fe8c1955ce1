import type { ComponentChildren } from 'preact';
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import type { RequestRow, WorldView } from '../protocol.ts';
import { addressOf, type View } from './address.ts';
import { isOfKind, KINDS, kindOf, matches } from './board-state.ts';
import { placeOfRow, rowsOfAll, shown, TEXTS } from './board-texts.ts';
import { KIND_WORDS, userTypeWords } from './code-words.ts';
import { useSay } from './language.tsx';
import { CallOfRow } from './life-of-call.tsx';
import { Foreign, InquiryNumber, KindBadge, Panel } from './parts.tsx';
import { placesInLine } from './places-in-line.ts';
import { Clock, ZoneName } from './times.tsx';

interface Props {
  rows: readonly RequestRow[];
  queues: WorldView['queues'];
  /** Execution of the request on show. */
  selected: string | undefined;
  /** What is filtered, searched and leafed to is in the address. */
  view: Pick<View, 'kind' | 'search' | 'page'>;
  onView(change: Partial<View>): void;
}

/** So many rows are drawn, however many requests there are. */
const ROWS_OF_PAGE = 25;

/** Every request, newest first. A row is a link to the request's own page. */
export function CallLog({ rows, queues, selected, view, onView }: Props) {
  const say = useSay();
  const { kind, search } = view;
  const found = useMemo(() => rows.filter((row) => isOfKind(row, kind) && matches(row, search)), [rows, kind, search]);
  const firsts = useMemo(() => firstExecutions(rows), [rows]);
  const pages = Math.max(1, Math.ceil(found.length / ROWS_OF_PAGE));
  const page = Math.min(view.page, pages);
  const from = (page - 1) * ROWS_OF_PAGE;
  const counts = useMemo(() => Map.groupBy(rows, kindOf), [rows]);
  const places = placesInLine(rows, queues);

  return (
    <Panel id="log" title={TEXTS.log} help={TEXTS.logHelp}>
      <search class="filters">
        <label>
          {say(TEXTS.filterKind)}
          <select value={kind} onChange={({ currentTarget: { value } }) => onView({ kind: value as View['kind'] })}>
            <option value="all">
              {say(TEXTS.all)} ({rows.length})
            </option>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {say(KIND_WORDS[one])} ({counts.get(one)?.length ?? 0})
              </option>
            ))}
            <option value="unreached">
              {say(TEXTS.notReachedAll)} ({rows.filter((row) => isOfKind(row, 'unreached')).length})
            </option>
          </select>
        </label>
        <label>
          {say(TEXTS.filterText)}
          <input
            type="search"
            value={search}
            placeholder={say(TEXTS.filterHint)}
            onInput={({ currentTarget: { value } }) => onView({ search: value })}
          />
        </label>
        <output>{say(shown(found.length, rows.length))}</output>
      </search>
      {found.length === 0 ? (
        <p class="empty">{say(rows.length === 0 ? TEXTS.logEmpty : TEXTS.logNoMatch)}</p>
      ) : (
        <LogTable>
          {found.slice(from, from + ROWS_OF_PAGE).map((row) => (
            <LogRow
              key={row.execution}
              row={row}
              place={places.get(row.execution)?.place}
              of={places.get(row.execution)?.of}
              address={addressOf(firsts.get(row.requestId) === row.execution ? row.requestId : row.execution)}
              selected={row.execution === selected}
            />
          ))}
        </LogTable>
      )}
      {pages > 1 && (
        <Pager page={page} pages={pages} onPage={(next) => onView({ page: next })}>
          {say(rowsOfAll(from + 1, Math.min(from + ROWS_OF_PAGE, found.length), found.length))}
        </Pager>
      )}
    </Panel>
  );
}

interface PagerProps {
  page: number;
  pages: number;
  onPage(page: number): void;
  children: ComponentChildren;
}

function Pager({ page, pages, onPage, children }: PagerProps) {
  const say = useSay();
  return (
    <nav class="pager" aria-label={say(TEXTS.pages)}>
      <button type="button" class="quiet" disabled={page === 1} onClick={() => onPage(page - 1)}>
        {say(TEXTS.newer)}
      </button>
      <span>{children}</span>
      <button type="button" class="quiet" disabled={page === pages} onClick={() => onPage(page + 1)}>
        {say(TEXTS.older)}
      </button>
    </nav>
  );
}

/** A redelivery is a request of its own in the log: it goes by the name of its execution. Request id → its first execution. */
const firstExecutions = (rows: readonly RequestRow[]): ReadonlyMap<string, string> =>
  new Map(rows.map(({ requestId, execution }) => [requestId, execution]));

function LogTable({ children }: { children: ComponentChildren }) {
  const say = useSay();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys lead on from here.
    <section class="log-rows" aria-label={say(TEXTS.logRows)} tabIndex={0} onKeyDown={moveBetweenRows}>
      <table>
        <thead>
          <tr>
            {[TEXTS.time, TEXTS.inquiryNumber, TEXTS.inquiry, TEXTS.phone, TEXTS.result].map((words) => (
              <th key={words.en} scope="col">
                {say(words)} {words === TEXTS.time && <ZoneName />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** Arrow keys lead from row to row. */
function moveBetweenRows(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const box = event.currentTarget;
  if (step === undefined || !(box instanceof HTMLElement)) return;
  const links = [...box.querySelectorAll<HTMLElement>('tbody a')];
  const at = links.findIndex((link) => link.matches(':focus'));
  const next = links[at === -1 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface RowProps {
  row: RequestRow;
  /** Of a request that waits in line. */
  place: number | undefined;
  of: number | undefined;
  address: string;
  selected: boolean;
}

/** Drawn again only where its request, or what is selected, has changed. */
const LogRow = memo(({ row, place, of, address, selected }: RowProps) => {
  const say = useSay();
  const { requestId, startedAt, trackId, userType, inquiryType, phone, state, words, isIncoming } = row;
  const code = row.outcome ?? state;
  return (
    <tr class={selected ? 'selected' : ''} data-request={requestId}>
      <td>
        <a href={address} aria-current={selected ? 'true' : undefined}>
          <Clock iso={startedAt} />
        </a>
      </td>
      <td>{trackId === undefined ? '–' : <InquiryNumber text={trackId} />}</td>
      <td>
        {isIncoming && <span class="tag">{say(TEXTS.incoming)}</span>}
        {userType !== undefined && (
          <span class="user-type">
            <Foreign text={say(userTypeWords(userType))} cut={40} />
          </span>
        )}{' '}
        <Foreign text={inquiryType} cut={120} />
      </td>
      <td>{phone}</td>
      <td>
        <KindBadge kind={kindOf(row)} /> {code !== '' && <code>{code}</code>} <CallOfRow row={row} />{' '}
        {place !== undefined && of !== undefined && (
          <>
            <span class="tag">{say(placeOfRow({ place, of }))}</span>{' '}
          </>
        )}
        <span class="dim">{say(words)}</span>
      </td>
    </tr>
  );
});
