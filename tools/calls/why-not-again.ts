import { randomUUID } from 'node:crypto';
import type { CallRecord } from '../../domain/call-record.ts';
import { parseCallRequest } from '../../domain/call-request.ts';
import { isObject } from '../../domain/json-object.ts';
import { describeEnding, mayHaveRung } from '../../domain/outcomes.ts';
import { karteEventIn } from '../../domain/own-request.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

const BY_HAND = 'the customer may ask again, or an agent calls by hand';

/**
 * Why a request is not done again, whatever the stage would say to it now, and what to do instead. Undefined where it is certain
 * that no phone rang, and nothing is under way. A sentence without its full stop.
 */
export function whyNeverAgain(record: CallRecord, now: Date): string | undefined {
  const { kind, executionId, status, outcome, reason, bookedAt, callAt, tryOf, triedAgainAs } = record;
  if (kind !== undefined) return 'it is no request: a customer or an agent dialled';
  // What redrive --record-lost leaves: the letter is gone.
  if (!executionId.startsWith('arn:')) return `it never reached Step Functions, and its event is not kept: ${BY_HAND}`;
  if (outcome === undefined && status === 'calling') return 'its call is going out just now: wait for how it ends';
  if (outcome === undefined && bookedAt !== undefined && callAt !== undefined) {
    return 'its call was promised for a time, and goes out then: npm run calls -- cancel takes it back';
  }
  if (outcome === undefined)
    return 'it is under way: its call goes out, or it ends by itself. npm run calls -- cancel takes it back';
  if (outcome === 'call_unconfirmed') {
    return 'their phone may have rung: look for the number in the contact search of Amazon Connect, then let an agent call by hand';
  }
  if (outcome === 'call_placed') return 'its call has gone out, and rings or goes on: wait for how it ends';
  if (mayHaveRung(outcome)) {
    const next = triedAgainAs === undefined ? BY_HAND : `the request ${triedAgainAs} calls once more`;
    return `its call has gone out already (${outcome}: ${reason}): ${next}`;
  }
  if (tryOf !== undefined)
    return `it was to be a further call of ${tryOf}, whose phone has rung: let an agent call by hand`;
  if (outcome === 'duplicate')
    return 'it was delivered twice, and its first delivery went its own way: npm run calls -- list --phone shows it';
  if (callAt !== undefined && Date.parse(callAt) <= now.getTime()) {
    return 'the time that was chosen is over: let an agent call by hand, or the customer choose another time';
  }
  return undefined;
}

/**
 * KARTE's event out of an execution's input, as a request of its own that is made now.
 *
 * @param input of the execution that ended without a call
 * @returns undefined where it holds no event
 */
export function eventAgain(input: unknown, requestId: string, now: Date): Record<string, unknown> | undefined {
  const event = karteEventIn(input);
  return isObject(event) ? { ...event, id: requestId, time: now.toISOString() } : undefined;
}

/** Either whom the event asks to call (E.164), or why the stage's first look would refuse it, a sentence without its full stop. */
export function readAgain(
  event: Record<string, unknown>,
  settings: StageSettings,
  now: Date,
): { phone: string } | { problem: string } {
  if (settings.signature.mode === 'required') {
    return {
      problem: `the stage calls signed requests alone (signature.mode: required), and a token holds once: ${BY_HAND}`,
    };
  }
  const parsed = parseCallRequest(event, settings, now, randomUUID);
  if (parsed.decision !== 'end') return { phone: parsed.request.phone };
  const { outcome, reason } = parsed.ending;
  const because = describeEnding(parsed.ending).reason.en.replace(/\.$/, '');
  return { problem: `the event itself is refused, now as then (${outcome}: ${reason}): ${because}` };
}
