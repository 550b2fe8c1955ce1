import { useCallback, useEffect, useState } from 'preact/hooks';
import { requestOf } from './address.ts';

/** The request in the page's address. Links to requests change the address without a new page; back and forward work. */
export function useSelection() {
  const [selected, setSelected] = useState(() => requestOf(location.pathname));

  const select = useCallback((address: string) => {
    if (address !== location.pathname) history.pushState(null, '', address);
    setSelected(requestOf(address));
  }, []);

  useEffect(() => {
    const onPopState = (): void => setSelected(requestOf(location.pathname));
    function onClick(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      if (!link || elsewhere || link.origin !== location.origin) return;
      if (link.pathname !== '/' && requestOf(link.pathname) === undefined) return;
      event.preventDefault();
      select(link.pathname);
    }
    addEventListener('popstate', onPopState);
    document.addEventListener('click', onClick);
    return () => {
      removeEventListener('popstate', onPopState);
      document.removeEventListener('click', onClick);
    };
  }, [select]);

  return { selected, select };
}
