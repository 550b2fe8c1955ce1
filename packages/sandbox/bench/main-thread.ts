import type { Browser } from 'playwright-core';

/** An event of a trace. Times are microseconds. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** CPU time: unlike wall-clock time, it does not grow if the machine is busy with other things. */
  tdur?: number;
  args?: { name?: string };
}

/**
 * The tasks that the main threads of a browser's pages performed during an action, each by its CPU time.
 *
 * @returns milliseconds, the longest first
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Tracing/
 */
export async function mainThreadTasks(browser: Browser, act: () => Promise<unknown>): Promise<number[]> {
  // The session of a page would end with its process, which a reload may change.
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  await act();
  const isComplete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await isComplete;
  await session.detach();
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mains = new Set(events.filter(isNameOfMain).map(threadOf));
  return events
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && mains.has(threadOf(event)))
    .map(({ tdur = 0 }) => Math.round(tdur / 1_000))
    .sort((a, b) => b - a);
}

const isNameOfMain = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args?.name === 'CrRendererMain';
