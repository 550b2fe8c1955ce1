import type { ServerResponse } from 'node:http';
import type { ControlState } from '../../../adapters/shared-state/controls.ts';
import type { Agent } from '../connect/agents.ts';
import type { Stack } from '../stack.ts';
import { NEWEST_ROWS } from './newest-rows.ts';
import type { Hello, RequestRow, StageView } from './protocol.ts';
import { recordReader } from './record-reader.ts';
import { requestIdOf } from './request-facts.ts';
import { callNow, incomingRow, rowOf } from './rows.ts';
import { watchRequest } from './watched-request.ts';
import { worldView } from './world-view.ts';

/** What changed is told so often, in milliseconds, whatever happens in between. */
const TICK_MS = 100;
/** The guards table can be changed from outside (`npm run calls`): it is read so often while somebody looks. */
const CONTROLS_EVERY = 5;
/** A comment, so that neither side takes a quiet stream for a dead one. */
const HEARTBEAT_EVERY = 150;
/** After a lost connection the browser waits so long, in milliseconds. */
const RETRY_MS = 1_000;

/** The server-sent events of all pages that look on. */
export interface Streams {
  /** Answers `GET /board/stream`. @param requested a request id, or the name of an execution */
  open(response: ServerResponse, requested: string | undefined): Promise<void>;
  close(): void;
}

interface Stream {
  response: ServerResponse;
  /** Keys of the rows that changed since the last message. A slow reader gets their newest state, once. */
  changed: Set<string>;
  /** The world and the figures as they were last sent. */
  world: string;
  figures: string;
  request: ReturnType<typeof watchRequest> | undefined;
}

/** Nothing is made and no timer runs while nobody looks. */
export function boardStreams(stack: Stack, stage: StageView): Streams {
  const { activity, stateMachine } = stack;
  const streams = new Set<Stream>();
  let controls: ControlState = { stopped: false, limits: {}, changes: {} };
  const queuesAtStart = stack.connect.queues();
  let ticks = 0;
  let timer: NodeJS.Timeout | undefined;

  const readRecords = recordReader(stack);
  /** Made again when something counts that did not. */
  let figures = { version: -1, json: '' };

  const stopListening = activity.listen((row) => {
    for (const { changed } of streams) changed.add(row);
  });

  /** @param key name of an execution, or id of a call that came in */
  function row(key: string, agents: readonly Agent[]): RequestRow[] {
    const known = (requestId: string) => {
      const call = activity.callOf(requestId);
      return { call: call && callNow(call, agents), ended: activity.endOf(requestId) };
    };
    const execution = stateMachine.executions.get(key);
    if (execution) return [rowOf(execution, known(requestIdOf(execution)))];
    const incoming = activity.incomingCall(key);
    return incoming ? [incomingRow(incoming, known(key))] : [];
  }

  /** Oldest first. */
  function newestRows(): RequestRow[] {
    const keys = [
      ...stateMachine.executions.keys().slice(-NEWEST_ROWS),
      ...activity.incoming().map((one) => one.requestId),
    ];
    const agents = stack.connect.agents();
    const rows = keys.flatMap((key) => row(key, agents));
    return rows.sort((a, b) => a.startedAt.localeCompare(b.startedAt)).slice(-NEWEST_ROWS);
  }

  function figuresNow(now: Date): string {
    const version = activity.figures.version(now);
    if (version !== figures.version) figures = { version, json: JSON.stringify(activity.figures.view()) };
    return figures.json;
  }

  async function readControls(): Promise<void> {
    try {
      controls = await stack.controls.read();
    } catch {
      // The table does not answer while the stack closes; what was last read stays.
    }
  }

  function tick(): void {
    ticks += 1;
    if (ticks % CONTROLS_EVERY === 0) void readControls();
    void readRecords();
    const now = new Date();
    const world = JSON.stringify(worldView(stack, controls, queuesAtStart, now));
    const figures = figuresNow(now);
    for (const stream of streams) {
      // Anyone who has not read the last message yet gets everything since then in one, later.
      if (!stream.response.writableNeedDrain) sendChange(stream, world, figures);
    }
  }

  function sendChange(stream: Stream, world: string, figures: string): void {
    const agents = stream.changed.size === 0 ? [] : stack.connect.agents();
    const rows = [...stream.changed].flatMap((key) => row(key, agents));
    stream.changed.clear();
    const detail = stream.request?.news();
    const parts = [
      ...(world === stream.world ? [] : [`"world":${world}`]),
      ...(figures === stream.figures ? [] : [`"figures":${figures}`]),
      ...(rows.length === 0 ? [] : [`"rows":${JSON.stringify(rows)}`]),
      ...(detail === undefined ? [] : [`"detail":${detail}`]),
    ];
    Object.assign(stream, { world, figures });
    if (parts.length > 0) stream.response.write(message('change', `{${parts.join(',')}}`));
    else if (ticks % HEARTBEAT_EVERY === 0) stream.response.write(': still here\n\n');
  }

  function leave(stream: Stream): void {
    streams.delete(stream);
    if (streams.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    async open(response, requested) {
      const stream: Stream = { response, changed: new Set(), world: '', figures: '', request: undefined };
      if (requested !== undefined) stream.request = watchRequest(stack, requested);
      await Promise.all([readControls(), readRecords(), stream.request?.read()]);
      if (response.destroyed) return;

      // From here on nothing waits: what changes after the hello is in a change.
      const now = new Date();
      const world = worldView(stack, controls, queuesAtStart, now);
      stream.world = JSON.stringify(world);
      stream.figures = figuresNow(now);
      const detail = stream.request?.news();
      const hello: Omit<Hello, 'detail'> = { stage, world, figures: activity.figures.view(), rows: newestRows() };
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
      response.write(`retry: ${RETRY_MS}\n\n`);
      response.write(message('hello', `${JSON.stringify(hello).slice(0, -1)},"detail":${detail ?? 'null'}}`));
      streams.add(stream);
      response.once('close', () => leave(stream));
      timer ??= setInterval(tick, TICK_MS).unref();
    },

    close() {
      stopListening();
      clearInterval(timer);
      for (const { response } of streams) response.end();
      streams.clear();
    },
  };
}

/** JSON has no line breaks, so it is one line of data. */
const message = (event: 'hello' | 'change', json: string): string => `event: ${event}\ndata: ${json}\n\n`;
