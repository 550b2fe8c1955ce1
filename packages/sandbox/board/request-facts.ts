import { isObject } from '../../../domain/json-object.ts';
import { parseJson } from '../../../domain/json-text.ts';
import { maskPhone, maskPhones } from '../../../domain/masking.ts';
import { OUTCOMES, type Outcome } from '../../../domain/outcomes.ts';
import { karteEventIn, ownInput } from '../../../domain/own-request.ts';
import { usableId } from '../../../domain/request-id.ts';
import type { Execution } from '../state-machine.ts';

/** The visitor's request, masked and shortened. */
interface RequestFacts {
  phone?: string;
  userType?: string;
  inquiryType?: string;
  trackId?: string;
}

/** The request's id: that of the event, or the one the path gave it; until then the execution's own name. */
export function requestIdOf({ name, input, states }: Execution): string {
  for (const { output } of states) {
    if (!isObject(output)) continue;
    const id = isObject(output.request) ? output.request.requestId : output.requestId;
    if (typeof id === 'string') return id;
  }
  return ownInput(input)?.ownRequest.requestId ?? (isObject(input) ? usableId(input.id) : undefined) ?? name;
}

/** As the path understood it, or else as in the event. */
export function requestFacts({ input, states }: Execution): RequestFacts {
  const read = states.map(({ output }) => isObject(output) && output.request).find(isObject);
  const typed = contentOf(karteEventIn(input));
  const phone = textOf(read?.phone);
  const facts = {
    phone: phone === undefined ? maskTyped(typed.phone_e164) : maskPhone(phone),
    userType: shown(read?.userType ?? typed.user_type),
    inquiryType: shown(read?.inquiryType ?? typed.inquiry_type),
    trackId: shown(read?.trackId ?? typed.track_id),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, text]) => text !== undefined));
}

/** The ending that `RecordOutcome` recorded. */
export function recordedEnding({ states }: Execution): { outcome: Outcome; reason: string } | undefined {
  const output = states.findLast(({ name }) => name === 'RecordOutcome')?.output;
  if (!isObject(output) || typeof output.outcome !== 'string' || typeof output.reason !== 'string') return undefined;
  return Object.hasOwn(OUTCOMES, output.outcome)
    ? { outcome: output.outcome as Outcome, reason: output.reason }
    : undefined;
}

/** Masks what visitors and other systems wrote. An event may be large, so only part of it is examined and shown. */
export function shown(text: unknown): string | undefined {
  const written = textOf(text);
  return written === undefined ? undefined : clip(maskPhones(written.slice(0, 2 * SHOWN_LENGTH)));
}

const SHOWN_LENGTH = 500;

function clip(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH).toWellFormed()}…` : text.toWellFormed();
}

/** This many digits could be somebody's number, however they are written. */
const MANY_DIGITS = 7;

/** A number that was refused is masked, too; `110` or a variable without a value is shown as it is. */
function maskTyped(phone: unknown): string | undefined {
  const text = shown(phone);
  if (text === undefined) return undefined;
  const digits = text.normalize('NFKC').replace(/\D/g, '');
  return digits.length < MANY_DIGITS ? text : `******${digits.slice(-4)}`;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** `detail.content`, an object or its JSON text. */
function contentOf(event: unknown): Record<string, unknown> {
  const detail = isObject(event) && isObject(event.detail) ? event.detail : {};
  const { content } = detail;
  if (typeof content !== 'string') return isObject(content) ? content : {};
  try {
    const parsed = parseJson(content);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
