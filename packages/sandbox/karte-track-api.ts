import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject } from '../../domain/json-object.ts';
import { maskPhones } from '../../domain/masking.ts';
import { readBody, sendJson } from './http.ts';

/**
 * What can go wrong between a request and KARTE's answer.
 * - `lost-answer`: KARTE has the event, but the response is lost
 * - `silence`: KARTE does not have the event, and there is no response
 */
export type KarteFault = 'error' | 'throttled' | 'unauthorised' | 'refused' | 'lost-answer' | 'silence';

/** A request to the Track API and its answer, without the token. */
interface TrackRequest {
  at: string;
  answered: number | 'nothing';
  event?: string;
  values?: Record<string, unknown>;
}

/** The part of KARTE's Track API v2 that writes events. It is not part of AWS. */
export interface KarteTrackApi {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The last requests, oldest first; telephone numbers masked. */
  requests(): readonly TrackRequest[];
  /** Events that KARTE has, including duplicates, with their users. */
  events: readonly { keys: Record<string, string>; event_name: string; values: Record<string, unknown> }[];
}

interface Options {
  /** The valid access token. */
  token: () => string | undefined;
  /** What happens to a request, by its number from 0. */
  fault?: ((index: number) => KarteFault | undefined) | undefined;
  now?: () => Date;
}

/** How many requests are kept. */
const KEPT = 200;

/** Names that KARTE reserves, as far as known. */
const RESERVED = new Set(['view', 'page', 'req', 'group', 'enter_group', 'leave_group', 'message_send', 'date']);
const NAME = /^[a-z][a-z0-9_]*$/;

/** KARTE cuts longer texts; an event has 45 KB at most. https://support.karte.io/post/7leyGX8ReFdgukJBUtCWJP */
const MAX_EVENT_BYTES = 45_000;

export function karteTrackApi({ token, fault = () => undefined, now = () => new Date() }: Options): KarteTrackApi {
  const requests: TrackRequest[] = [];
  const events: { keys: Record<string, string>; event_name: string; values: Record<string, unknown> }[] = [];
  let count = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parsed(await readBody(request));
    const meets = fault(count);
    count += 1;
    const event = isObject(body.event) ? body.event : {};
    const note = (answered: TrackRequest['answered']) => {
      requests.push({ at: now().toISOString(), answered, ...shown(event) });
      requests.splice(0, requests.length - KEPT);
    };
    const answer = (status: number, said: object, headers: Record<string, string> = {}) => {
      note(status);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      sendJson(response, status, said);
    };
    if (meets === 'silence') {
      note('nothing');
      return;
    }
    if (meets === 'error') return answer(500, { status: 500, message: 'internal server error' });
    if (meets === 'throttled')
      return answer(429, { status: 429, message: 'too many requests' }, { 'retry-after': '1' });
    if (meets === 'refused') return answer(400, { status: 400, message: 'this event is not taken' });
    if (meets === 'unauthorised' || request.headers.authorization !== `Bearer ${token()}`) {
      return answer(401, { status: 401, message: 'unauthorized' });
    }
    const wrong = whatIsWrong(body);
    if (wrong !== undefined) return answer(400, { status: 400, message: wrong });
    events.push({
      keys: body.keys as Record<string, string>,
      event_name: String(event.event_name),
      values: isObject(event.values) ? event.values : {},
    });
    if (meets === 'lost-answer') {
      note('nothing');
      response.destroy();
      return;
    }
    answer(200, { status: 200 });
  }

  return { handle, requests: () => requests, events };
}

/** What is wrong with a body, if anything: it needs one key and one event with an allowed name. */
function whatIsWrong({ keys, event }: Record<string, unknown>): string | undefined {
  const [[name = '', id] = [], ...more] = Object.entries(isObject(keys) ? keys : {});
  if (more.length > 0 || !['user_id', 'visitor_id'].includes(name) || typeof id !== 'string' || id === '') {
    return 'keys: either user_id or visitor_id is required';
  }
  if (!isObject(event) || typeof event.event_name !== 'string') return 'event.event_name is required';
  const values = isObject(event.values) ? event.values : {};
  const unusable = [event.event_name, ...Object.keys(values)].find((one) => !NAME.test(one));
  if (unusable !== undefined || RESERVED.has(event.event_name)) return 'a name that cannot be used';
  if (Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) return 'the event is too large';
  return undefined;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}

const shown = ({ event_name, values }: Record<string, unknown>): Pick<TrackRequest, 'event' | 'values'> => ({
  ...(typeof event_name === 'string' && { event: maskPhones(event_name) }),
  ...(isObject(values) && {
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? maskPhones(value) : value]),
    ),
  }),
});
