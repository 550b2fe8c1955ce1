import type { KarteSend, RequestMade, Switched } from '../protocol.ts';

/*
 * Stands for KARTE's tag on the sample page: `krt('send', event, values)` goes to the model of KARTE in the local stack.
 * Also what the page itself would have: a function that asks the company's back end for a call token.
 */

const VISITOR = 'sample-visitor';

/** One visitor per tab; a reload is a new access of the same one. */
function visitorId(): string {
  const known = sessionStorage.getItem(VISITOR);
  if (known !== null) return known;
  const made = crypto.randomUUID();
  sessionStorage.setItem(VISITOR, made);
  return made;
}

const visitor = visitorId();
const access = crypto.randomUUID();

/** KARTE takes events in the order in which they were sent. */
let sent: Promise<unknown> = Promise.resolve();

function krt(command: unknown, event?: unknown, values?: unknown): void {
  if (command !== 'send' || typeof event !== 'string') return;
  const call: KarteSend = { visitor, access, event, values: { ...(values as Record<string, unknown> | undefined) } };
  sent = sent.then(() => hand(call)).catch((error: unknown) => console.error('krt', error));
}

async function hand(call: KarteSend): Promise<void> {
  const { requestId } = (await post('/karte/send', call)) as { requestId?: string };
  if (requestId === undefined || window.parent === window) return;
  const made: RequestMade = { requestId };
  window.parent.postMessage(made, location.origin);
}

async function callToken(phone_e164: string): Promise<string> {
  const { token } = (await post('/sample/token', { phone_e164 })) as { token: string };
  return token;
}

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `${response.status}`);
  return answer;
}

/** Anyone who opens the pop-up next sees what the switches on the board say now; nobody is taken out of one that is open. */
function whenSwitched({ origin, data }: MessageEvent<unknown>): void {
  if (origin !== location.origin || (data as Partial<Switched> | null)?.switched !== true) return;
  const host = [...document.body.children].find(({ shadowRoot }) => shadowRoot);
  if (!host?.shadowRoot?.querySelector('dialog[open]')) location.reload();
}

addEventListener('message', whenSwitched);
Object.assign(window, { krt, callToken });
