import type { Change, Hello } from '../protocol.ts';
import { addChange, type News, newsOfHello, noNews } from './board-state.ts';

interface Listener {
  /** At most once per frame. */
  news(news: News): void;
  lost(): void;
}

/** The browser tries again by itself where the connection breaks, but not where the server answered with an error. */
const RETRY_MILLISECONDS = 1_500;

/**
 * Listens to the server.
 *
 * @param request the request or execution whose detail is wanted
 * @returns ends it
 */
export function listen(request: string | undefined, { news: tell, lost }: Listener): () => void {
  const address = request === undefined ? '/board/stream' : `/board/stream?request=${encodeURIComponent(request)}`;
  let waiting = noNews();
  let frame = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let source = open();

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
      retry = setTimeout(() => {
        source = open();
      }, RETRY_MILLISECONDS);
    });
    return opened;
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

  return () => {
    clearTimeout(retry);
    cancelAnimationFrame(frame);
    source.close();
  };
}
