import { inquiryDigits } from '../../../../domain/inquiry-number.ts';
import type { Stack } from '../../stack.ts';
import type { OperatorAnswer, RequestDetail } from '../protocol.ts';
import { requestFacts, requestIdOf } from '../request-facts.ts';
import { watchRequest } from '../watched-request.ts';

/** Enough for any reader: a number belongs to one request and its further calls. */
const MOST = 5;

/**
 * The requests with an inquiry number, the latest first, numbers masked.
 *
 * @param typed as people write it
 */
export async function requestsWithNumber(stack: Stack, typed: string): Promise<OperatorAnswer> {
  const digits = inquiryDigits(typed);
  const ids = digits === undefined ? [] : await idsOf(stack, digits);
  const details = await Promise.all(ids.slice(0, MOST).map((id) => detailNow(stack, id)));
  return {
    timeZone: stack.service.stage.file.callingHours.timeZone,
    requests: details.filter((detail) => detail !== undefined),
  };
}

/** Requests with a record, and those that have none yet. */
async function idsOf(stack: Stack, digits: string): Promise<string[]> {
  const recorded = (await stack.records())
    .filter(({ trackId }) => trackId !== undefined && inquiryDigits(trackId) === digits)
    .map(({ requestId, receivedAt }) => ({ requestId, at: Date.parse(receivedAt) }));
  const running = stack.activity
    .running()
    .filter((execution) => inquiryDigits(requestFacts(execution).trackId ?? '') === digits)
    .map((execution) => ({ requestId: requestIdOf(execution), at: execution.startedAt }));
  const latest = [...running, ...recorded].toSorted((a, b) => b.at - a.at);
  return [...new Set(latest.map(({ requestId }) => requestId))];
}

/** Undefined for a request that this stack has forgotten. */
async function detailNow(stack: Stack, requestId: string): Promise<RequestDetail | undefined> {
  const watched = watchRequest(stack, requestId);
  await watched.read();
  const json = watched.news();
  return json === undefined ? undefined : (JSON.parse(json) as RequestDetail);
}
