import { UsageError } from 'connect-flow-kit/command-line';
import { type CallRecord, maskRecord } from '../../domain/call-record.ts';
import { groupInquiryNumber, inquiryDigits, isInquiryNumber } from '../../domain/inquiry-number.ts';
import { dateAndClock, zoneName } from '../../domain/wall-clock.ts';
import type { Target } from './target.ts';

/** How a person refers to a record. */
type Asked = { inquiryNumber: string } | { id: string };

/** Ids are UUIDs. Anything shorter may be an inquiry number of the company's own scheme, such as `A7K2`. */
const LENGTH_OF_ID = 36;

/** Longer than any real reference. */
const MAX_LENGTH = 300;

/**
 * Which record somebody means: an inquiry number, in whatever words and digits it stands, or the id of a request or contact.
 * Throws `UsageError` where it is neither, or nothing.
 *
 * @param words what stands behind the command; the shell takes them apart
 * @param command its name, for the sentence that says how it is used
 * @example askedRecord(['お問い合わせ番号：４８２９－１５３２'], 'show') // { inquiryNumber: '48291532' }
 */
export function askedRecord(words: readonly string[], command: 'show' | 'again' | 'cancel'): Asked {
  const typed = words.join(' ').trim();
  const inquiryNumber = inquiryDigits(typed);
  if (inquiryNumber !== undefined) return { inquiryNumber };
  const id = typed.slice(typed.lastIndexOf('/') + 1).normalize('NFKC');
  if (/^[\w.:-]{1,200}$/.test(id)) return { id };
  // The words around the number contain no digits.
  const digits = typed.length > MAX_LENGTH ? undefined : inquiryDigits(typed.normalize('NFKC').replace(/\D/g, ''));
  if (digits !== undefined) return { inquiryNumber: digits };
  throw new UsageError(`expected one request id, contact id or inquiry number: npm run calls -- ${command} 4829-1532`);
}

/** The record referred to, or a sentence saying why there is none. */
export async function findAsked(
  asked: Asked,
  { log, name, requestOfContact }: Target,
  { whole, hint }: { whole: boolean; hint: string },
): Promise<{ record: CallRecord } | { problem: string }> {
  if ('id' in asked) {
    const { id } = asked;
    const record = (await withId(id)) ?? (await withId(id.toLowerCase()));
    if (record) return { record };
    if (id.length >= LENGTH_OF_ID) {
      return { problem: `there is no call record with this request id or contact id in ${name}` };
    }
    const called = (await withTrackId(id)) ?? (await withTrackId(id.toUpperCase()));
    if (called) return { record: called };
    return { problem: `there is no call record with this id or inquiry number in ${name}${hint}` };
  }
  const { inquiryNumber } = asked;
  const record = await withTrackId(inquiryNumber);
  if (record) return { record };
  if (isInquiryNumber(inquiryNumber)) {
    return { problem: `there is no call record with this inquiry number in ${name}${hint}` };
  }
  return {
    problem: `${groupInquiryNumber(inquiryNumber)} is not a valid inquiry number: a digit was misheard, or two were swapped. Ask the customer to repeat it`,
  };

  async function withId(id: string): Promise<CallRecord | undefined> {
    const [own, requestId] = await Promise.all([log.one(id), requestOfContact(id)]);
    return own ?? (requestId === undefined ? undefined : await log.one(requestId));
  }

  /** The latest. */
  async function withTrackId(number: string): Promise<CallRecord | undefined> {
    return whole ? (await log.all()).findLast(({ trackId }) => trackId === number) : log.withInquiryNumber(number);
  }
}

/** A request in one line, its number masked. */
export function recordInWords(record: CallRecord, { timeZone }: Target): string {
  const { requestId, trackId, phone = 'no number', receivedAt, callAt } = maskRecord(record);
  const what = callAt === undefined ? 'a call as soon as possible' : `a call at ${dateAndClock(callAt, timeZone)}`;
  const inquiry = trackId === undefined ? '' : `inquiry ${groupInquiryNumber(trackId)}, `;
  return `${requestId}: ${inquiry}${phone}, asked on ${dateAndClock(receivedAt, timeZone)} for ${what} (${zoneName(timeZone)})`;
}
