import type { ServerResponse } from 'node:http';
import type { ControlState } from '../../../adapters/shared-state/controls.ts';
import type { Stack } from '../stack.ts';
import type { Execution } from '../state-machine.ts';
import { NEWEST_ROWS } from './newest-rows.ts';
import type { Hello, StageView } from './protocol.ts';
import { rowOf } from './rows.ts';
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
  /** Executions that changed since the last message. A slow reader gets their newest state, once. */
  changed: Set<string>;
  /** The world as it was last sent. */
  world: string;
  request: ReturnType<typeof watchRequest> | undefined;
}

/** Nothing is made and no timer runs while nobody looks. */
export function boardStreams(stack: Stack, stage: StageView): Streams {
  const { activity, stateMachine } = stack;
  const streams = new Set<Stream>();
  let controls: Pick<ControlState, 'stopped' | 'limits'> = { stopped: false, limits: {} };
  let ticks = 0;
  let timer: NodeJS.Timeout | undefined;

  const stopListening = activity.listen((execution) => {
    for (const { changed } of streams) changed.add(execution);
  });

  const row = (execution: Execution) => {
    const view = rowOf(execution, undefined);
    const call = activity.callOf(view.requestId);
    return call ? rowOf(execution, call) : view;
  };

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
    const world = JSON.stringify(worldView(stack, controls, new Date()));
    for (const stream of streams) {
      // Whoever has not read the last message yet gets everything since then in one, later.
      if (!stream.response.writableNeedDrain) sendChange(stream, world);
    }
  }

  function sendChange(stream: Stream, world: string): void {
    const rows = [...stream.changed].flatMap((name) => stateMachine.executions.get(name) ?? []).map(row);
    stream.changed.clear();
    const detail = stream.request?.news();
    const parts = [
      ...(world === stream.world ? [] : [`"world":${world}`]),
      ...(rows.length === 0 ? [] : [`"rows":${JSON.stringify(rows)}`]),
      ...(detail === undefined ? [] : [`"detail":${detail}`]),
    ];
    stream.world = world;
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
      const stream: Stream = { response, changed: new Set(), world: '', request: undefined };
      if (requested !== undefined) stream.request = watchRequest(stack, requested);
      await Promise.all([readControls(), stream.request?.read()]);
      if (response.destroyed) return;

      // From here on nothing waits: what changes after the hello is in a change.
      const world = worldView(stack, controls, new Date());
      stream.world = JSON.stringify(world);
      const detail = stream.request?.news();
      const newest = stateMachine.executions.keys().slice(-NEWEST_ROWS);
      const hello: Omit<Hello, 'detail'> = {
        stage,
        world,
        rows: newest.flatMap((name) => stateMachine.executions.get(name) ?? []).map(row),
      };
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
