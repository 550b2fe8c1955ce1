import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { sendJson } from '../http.ts';
import type { Stack } from '../stack.ts';
import { ActionError } from './action-error.ts';
import { ACTION } from './action-schema.ts';
import { bundled } from './assets.ts';
import { act } from './board-actions.ts';
import { BOARD_PAGE, DASHBOARD_PAGE, ICON } from './board-page.ts';
import { dashboardOf } from './dashboard-of-stack.ts';
import { docImage, docPage } from './doc-page.ts';
import { OPERATOR_PAGE } from './operator/operator-page.ts';
import { requestsWithNumber } from './operator/operator-requests.ts';
import type { BoardAction, KarteSend, StageView } from './protocol.ts';
import { readChecked, sendPart } from './responses.ts';
import { embeddedPopUp, samplePageNow } from './sample/serve.ts';
import { callTokenFor } from './sample-token.ts';
import type { Streams } from './streams.ts';

/** What decides whether anybody would be called now: anyone who switches it here sees at once what it does. */
const SWITCHES: readonly BoardAction['do'][] = ['set-queue', 'stop', 'resume'];

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

/**
 * What the board, and the sample page beside it, ask this server. The caller has made sure that the request is one of this
 * machine's own pages, or of no page.
 *
 * - `GET /` for a browser, `GET /requests/<request id or execution>`: the page
 * - `GET /dashboard`, `GET /dashboard/…`: the dashboard that a stage has in CloudWatch, drawn from this stack's own metrics
 * - `GET /docs/<name>.md`: a document, such as the runbook that an outcome names; `GET /docs/images/<name>.png`: what it shows
 * - `GET /board/…`: its program, its style, and the stream of what happens
 * - `POST /board/actions`: what is clicked on it
 * - `GET /operator`, `GET /operator/…`: the page for operators, and what it asks
 * - `GET /sample`, `GET /sample/…`: a page of a firm, with the pop-up; `POST /sample/token`: that firm's back end
 * - `POST /karte/send`: KARTE
 *
 * @returns undefined if the board does not answer such a request
 */
export function boardRoute(stack: Stack, stage: StageView, streams: Streams) {
  const dashboard = dashboardOf(stack, stage);
  const page: Answer = (_, response) => sendPart(response, 'html', BOARD_PAGE);

  const get: Readonly<Record<string, Answer>> = {
    '/board/app.js': async (_, response) => sendPart(response, 'js', await bundled('page/app.tsx')),
    '/board/style.css': async (_, response) => sendPart(response, 'css', await bundled('page/style.css')),
    '/board/icon.svg': (_, response) => sendPart(response, 'svg', ICON),
    '/board/stream': (_, response, url) => streams.open(response, url.searchParams.get('request') || undefined),
    '/dashboard': (_, response) => sendPart(response, 'html', DASHBOARD_PAGE),
    '/dashboard/app.js': async (_, response) => sendPart(response, 'js', await bundled('page/dashboard-app.tsx')),
    '/dashboard/style.css': async (_, response) => sendPart(response, 'css', await bundled('page/dashboard.css')),
    '/dashboard/values': (_, response) => sendJson(response, 200, dashboard()),
    '/operator': (_, response) => sendPart(response, 'html', OPERATOR_PAGE),
    '/operator/app.js': async (_, response) => sendPart(response, 'js', await bundled('operator/page/with-log.tsx')),
    '/operator/style.css': async (_, response) =>
      sendPart(response, 'css', await bundled('operator/page/operator.css')),
    '/operator/requests': async (_, response, url) =>
      sendJson(response, 200, await requestsWithNumber(stack, url.searchParams.get('number') ?? '')),
    '/sample': (_, response, url) => sendPart(response, 'html', samplePageNow(stack, url.searchParams.get('lang'))),
    '/sample/style.css': async (_, response) => sendPart(response, 'css', await bundled('sample/style.css')),
    '/sample/krt.js': async (_, response) => sendPart(response, 'js', await bundled('sample/krt.ts')),
    '/sample/visual-ivr.js': async (_, response) => sendPart(response, 'js', await embeddedPopUp(stack)),
  };

  const post: Readonly<Record<string, Answer>> = {
    '/board/actions': async (request, response) => {
      const action = await readChecked(request, response, ACTION);
      if (!action) return;
      try {
        const result = await act(stack, action);
        if (SWITCHES.includes(action.do)) await stack.forgetReadings();
        sendJson(response, 200, result);
      } catch (error) {
        if (!(error instanceof ActionError)) throw error;
        return sendJson(response, 400, { error: error.message });
      }
    },
    '/karte/send': async (request, response) => {
      const call = await readChecked(request, response, KARTE_SEND);
      if (call) sendJson(response, 200, stack.karte.send(call));
    },
    '/sample/token': async (request, response) => {
      const asked = await readChecked(request, response, TOKEN_REQUEST);
      if (!asked) return;
      const token = await callTokenFor(stack, asked.phone_e164);
      if (token === undefined) sendJson(response, 404, { error: 'this stack wants no signatures (--signed does)' });
      else sendJson(response, 200, { token });
    },
  };

  return ({ method, headers }: IncomingMessage, { pathname }: URL): Answer | undefined => {
    if (method === 'POST') return post[pathname];
    // A stream has no end, and nothing but a body.
    if (method !== 'GET' && (method !== 'HEAD' || pathname === '/board/stream')) return undefined;
    if (pathname === '/') return headers.accept?.includes('text/html') ? page : undefined;
    if (/^\/requests\/[^/]+$/.test(pathname)) return page;
    const document = docPage(/^\/docs\/([^/]+)$/.exec(pathname)?.[1] ?? '');
    if (document) return async (_, response) => sendPart(response, 'html', await document());
    const image = docImage(/^\/docs\/images\/([^/]+)$/.exec(pathname)?.[1] ?? '');
    if (image) return (_, response) => sendPart(response, 'png', image());
    return get[pathname];
  };
}

const anId = z
  .string('expected an id')
  .regex(/^[A-Za-z0-9-]{1,64}$/, 'expected an id of up to 64 letters, digits and hyphens');

const MOST_FIELDS = 30;

const KARTE_SEND: z.ZodType<KarteSend> = z.strictObject({
  visitor: anId,
  access: anId,
  event: z.string('expected the name of an event').min(1, 'expected the name of an event').max(100, 'expected less'),
  values: z
    .record(z.string(), z.unknown(), 'expected an object')
    .refine((values) => Object.keys(values).length <= MOST_FIELDS, `expected at most ${MOST_FIELDS} fields`),
});

const TOKEN_REQUEST = z.strictObject({
  phone_e164: z
    .string('expected a telephone number in E.164 form')
    .regex(/^\+[1-9]\d{6,14}$/, 'expected a telephone number in E.164 form'),
});
