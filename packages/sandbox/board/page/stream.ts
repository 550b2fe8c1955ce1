import type { Change, Hello } from '../protocol.ts';
import { addChange, type News, newsOfHello, noNews } from './board-state.ts';

interface Listener {
  /** At most once per frame. */
  news(news: News): void;
  lost(): void;
}

/** The browser reconnects by itself if the connection breaks, but not after an error response. */
const RETRY_MILLISECONDS = 1_500;

/**
 * Listens to the server while the page is visible: a browser has six connections for all pages of a server, and the hello of a
 * new connection has everything.
 *
 * @param request the request or execution whose detail is wanted
 * @returns stops listening
 */
export function listen(request: string | undefined, { news: tell, lost }: Listener): () => void {
  const address = request === undefined ? '/board/stream' : `/board/stream?request=${encodeURIComponent(request)}`;
  let waiting = noNews();
  let frame = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;

  function open(): EventSource {
    const opened = new EventSource(address);
    opened.addEventListener('hello', ({ data }) => {
      waiting = newsOfHello(JSON.parse(data) as Hello);
      nextFrame();
    });
    opened.addEventListener('change', ({ data }) => {
      addChange(waiting, JSON.parse(data) as Change);
      nextFrame();
    });
    opened.addEventListener('error', () => {
      lost();
      if (opened.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(connect, RETRY_MILLISECONDS);
    });
    return opened;
  }

  function connect(): void {
    clearTimeout(retry);
    source?.close();
    source = document.hidden ? undefined : open();
  }

  function nextFrame(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      const news = waiting;
      waiting = noNews();
      tell(news);
    });
  }

  connect();
  document.addEventListener('visibilitychange', connect);
  return () => {
    document.removeEventListener('visibilitychange', connect);
    clearTimeout(retry);
    cancelAnimationFrame(frame);
    source?.close();
  };
}
