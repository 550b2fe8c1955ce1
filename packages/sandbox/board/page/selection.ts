import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { queryOf, requestOf, type View, viewOf } from './address.ts';

const here = () => ({ pathname: location.pathname, query: location.search });

/**
 * The state in the page's address: the request, and the view below. Links, tabs, filter and search change the address without
 * reloading the page; back and forward work.
 */
export function useSelection() {
  const [at, setAt] = useState(here);

  const go = useCallback((pathname: string, query: string, how: 'pushState' | 'replaceState' = 'pushState') => {
    if (pathname !== location.pathname || query !== location.search) history[how](null, '', pathname + query);
    setAt({ pathname, query });
  }, []);

  /** Shows a request, and scrolls it into view. */
  const select = useCallback(
    (address: string) => {
      go(address, location.search);
      bringIntoView('path');
    },
    [go],
  );

  /** A changed filter starts at the first page. A typed word is one step in the history, not one per letter. */
  const show = useCallback(
    (change: Partial<View>) => {
      const before = viewOf(location.search);
      const isTyping = change.search !== undefined && before.search !== '';
      go(location.pathname, queryOf({ ...before, page: 1, ...change }), isTyping ? 'replaceState' : 'pushState');
    },
    [go],
  );

  useEffect(() => {
    const onPopState = (): void => setAt(here());
    function onClick(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      if (!link || elsewhere || link.origin !== location.origin) return;
      const { pathname, search, hash } = link;
      if (pathname !== '/' && requestOf(pathname) === undefined) return;
      event.preventDefault();
      go(pathname, search || location.search);
      if (hash !== '') bringIntoView(hash.slice(1));
      else if (pathname !== '/') bringIntoView('path');
    }
    addEventListener('popstate', onPopState);
    document.addEventListener('click', onClick);
    return () => {
      removeEventListener('popstate', onPopState);
      document.removeEventListener('click', onClick);
    };
  }, [go]);

  const view = useMemo(() => viewOf(at.query), [at.query]);
  return { selected: requestOf(at.pathname), view, go, select, show };
}

/** Nothing moves if its start is already visible. */
function bringIntoView(id: string): void {
  const part = document.getElementById(id);
  const top = part?.getBoundingClientRect().top ?? 0;
  if (top < 0 || top > innerHeight / 2) part?.scrollIntoView();
}
