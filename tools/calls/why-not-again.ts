import { randomUUID } from 'node:crypto';
import type { CallRecord } from '../../domain/call-record.ts';
import { parseCallRequest } from '../../domain/call-request.ts';
import { isObject } from '../../domain/json-object.ts';
import { describeEnding, mayHaveRung } from '../../domain/outcomes.ts';
import { karteEventIn } from '../../domain/own-request.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

const BY_HAND = 'the customer may ask again, or an agent calls by hand';

/**
 * Why a request must not be repeated, whatever state the stage is in now, and what to do instead; a sentence without a full
 * stop. Undefined if certainly no phone rang and nothing is in progress.
 */
export function whyNeverAgain(record: CallRecord, now: Date): string | undefined {
  const { kind, executionId, status, outcome, reason, bookedAt, callAt, tryOf, triedAgainAs } = record;
  if (kind !== undefined) return 'it is not a request: a customer or an agent dialled';
  // Left by redrive --record-lost, which deleted the letter.
  if (!executionId.startsWith('arn:')) return `it never reached Step Functions, and its event is not kept: ${BY_HAND}`;
  if (outcome === undefined && status === 'calling') return 'its call is going out right now: wait for the result';
  if (outcome === undefined && bookedAt !== undefined && callAt !== undefined) {
    return 'its call is promised for a later time: npm run calls -- cancel cancels it';
  }
  if (outcome === undefined)
    return 'it is under way, and will call or end by itself: npm run calls -- cancel cancels it';
  if (outcome === 'call_unconfirmed') {
    return 'their phone may have rung: look for the number in the contact search of Amazon Connect, then let an agent call by hand';
  }
  if (outcome === 'call_placed') return 'its call is ringing or in progress: wait for the result';
  if (mayHaveRung(outcome)) {
    const next = triedAgainAs === undefined ? BY_HAND : `the request ${triedAgainAs} calls once more`;
    return `its call has gone out already (${outcome}: ${reason}): ${next}`;
  }
  if (tryOf !== undefined)
    return `it was another attempt for ${tryOf}, whose phone has rung: let an agent call by hand`;
  if (outcome === 'duplicate')
    return 'it is a duplicate of a request that was processed: npm run calls -- list --phone shows that one';
  if (callAt !== undefined && Date.parse(callAt) <= now.getTime()) {
    return 'the chosen time has passed: let an agent call by hand, or let the customer choose another time';
  }
  return undefined;
}

/**
 * KARTE's event from an execution's input, as a new request made now.
 *
 * @param input of the execution that ended without a call
 * @returns undefined if there is no event in it
 */
export function eventAgain(input: unknown, requestId: string, now: Date): Record<string, unknown> | undefined {
  const event = karteEventIn(input);
  return isObject(event) ? { ...event, id: requestId, time: now.toISOString() } : undefined;
}

/** The number to call (E.164), or why validation would refuse the event, as a sentence without a full stop. */
export function readAgain(
  event: Record<string, unknown>,
  settings: StageSettings,
  now: Date,
): { phone: string } | { problem: string } {
  if (settings.signature.mode === 'required') {
    return {
      problem: `the stage calls signed requests only (signature.mode: required), and a token is valid once: ${BY_HAND}`,
    };
  }
  const parsed = parseCallRequest(event, settings, now, randomUUID);
  if (parsed.decision !== 'end') return { phone: parsed.request.phone };
  const { outcome, reason } = parsed.ending;
  const because = describeEnding(parsed.ending).reason.en.replace(/\.$/, '');
  return { problem: `the event itself would be refused again (${outcome}: ${reason}): ${because}` };
}
