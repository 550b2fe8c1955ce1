import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type CallRecord, maskRecord } from '../../../domain/call-record.ts';
import { isObject } from '../../../domain/json-object.ts';
import { maskPhone, maskPhones } from '../../../domain/masking.ts';
import type { Sentence } from '../../../domain/outcome-row.ts';
import { runbookAnchor } from '../../../domain/outcomes.ts';
import type { Agent } from '../connect/agents.ts';
import type { FaultHit } from '../connect/connect-faults.ts';
import type { Contact, TranscriptLine } from '../connect/contact.ts';
import { decisionOf } from '../decision-words.ts';
import { faultsOfVisit } from '../faults-of-visits.ts';
import { glossOfPrompt } from '../prompt-glosses.ts';
import type { Execution, StateVisit } from '../state-machine.ts';
import { endingInWords } from '../voicemail-words.ts';
import { endedCall } from './activity.ts';
import type { CallUnderWay, IncomingCall } from './calls-under-way.ts';
import type { ContactView, RequestDetail, RequestRow, SaidLine } from './protocol.ts';
import { shown } from './request-facts.ts';
import { callNow, incomingRow, type KnownOfCall, rowOf } from './rows.ts';
import { STATE_WORDS } from './state-words.ts';

/** Sources of a detail, besides the execution. */
interface DetailParts {
  call: CallUnderWay | undefined;
  /** The call's contacts, in order. */
  contacts: readonly Contact[];
  record: CallRecord | undefined;
  executions: readonly string[];
  agents: readonly Agent[];
  /** Of all requests. */
  faultHits: readonly FaultHit[];
  /** Of the stage. */
  timeZone: string;
}

/** Everything about one request, numbers masked. */
export function detailOf(execution: Execution, parts: DetailParts): RequestDetail {
  const { call, record, executions, faultHits, timeZone } = parts;
  const row = rowOf(execution, knownOf(parts));
  const ending = endingOf(row) ?? settledEnding(execution, record);
  return {
    ...row,
    ...(ending && { ...ending, class: endingInWords(ending, call?.voicemail).class }),
    visits: execution.states.map((visit) =>
      visitView(visit, execution.status, faultsOfVisit(visit, row.requestId, faultHits), timeZone),
    ),
    record: record ? hideNumbers(record) : null,
    contact: row.outcome === 'duplicate' ? null : contactView(parts),
    executions: [...executions],
    ...endingParts(ending, call?.voicemail),
  };
}

/** Everything about an inbound call. */
export function detailOfIncoming(incoming: IncomingCall, parts: DetailParts): RequestDetail {
  const row = incomingRow(incoming, knownOf(parts));
  const record = parts.record ? hideNumbers(parts.record) : null;
  return {
    ...row,
    visits: [],
    record,
    contact: contactView(parts),
    executions: [],
    ...endingParts(endingOf(row), undefined),
  };
}

const knownOf = ({ call, record, agents }: DetailParts): KnownOfCall => ({
  call: call && callNow(call, agents),
  ended: record && endedCall(record),
});

/** @returns the ending that a row shows */
const endingOf = ({ outcome, reason }: Pick<RequestRow, 'outcome' | 'reason'>) =>
  outcome === undefined || reason === undefined ? undefined : { outcome, reason };

function endingParts(ending: ReturnType<typeof endingOf>, voicemail: true | undefined) {
  if (!ending) return undefined;
  const { outcome, reason } = endingInWords(ending, voicemail);
  return { runbook: runbookAnchor(ending.outcome), ending: { outcome, reason } };
}

/** An execution that was aborted or timed out is settled from outside, so only the record has its ending. */
function settledEnding({ status, arn }: Execution, record: CallRecord | undefined) {
  return status === 'RUNNING' || record?.executionId !== arn ? undefined : endingOf(record);
}

function visitView(
  visit: StateVisit,
  status: Execution['status'],
  faults: readonly FaultHit[],
  timeZone: string,
): RequestDetail['visits'][number] {
  const { name, enteredAt, exitedAt, errors } = visit;
  const isWhereItIs = status === 'RUNNING' && exitedAt === undefined && errors.length === 0;
  const words = isWhereItIs ? STATE_WORDS[name] : undefined;
  return {
    name,
    enteredAt: new Date(enteredAt).toISOString(),
    ...(exitedAt !== undefined && { exitedAt: new Date(exitedAt).toISOString() }),
    errors: [...errors],
    faults: faults.map(({ kind, operation, attempt, at }) => ({
      kind,
      operation,
      ...(attempt !== undefined && { attempt }),
      at: new Date(at).toISOString(),
    })),
    ...(wasCaught(visit) && { caught: true }),
    words: hideInSentence(words ?? decisionOf(visit, timeZone)),
  };
}

/** The state machine stores an error that ends a request under the name of its state. */
function wasCaught({ name, output }: StateVisit): boolean {
  return isObject(output) && isObject(output.failed) && Object.hasOwn(output.failed, name);
}

/** The names of omitted fields are a visitor's own words, too. */
const hideInSentence = ({ ja, en }: Sentence): Sentence => ({ ja: maskPhones(ja), en: maskPhones(en) });

/** In addition to the usual masking, no text of a visitor on a page may show a number. */
function hideNumbers(record: CallRecord): CallRecord {
  const { userType, trackId, leftOut } = record;
  return {
    ...maskRecord(record),
    ...(userType !== undefined && { userType: maskPhones(userType) }),
    ...(trackId !== undefined && { trackId: maskPhones(trackId) }),
    ...(leftOut !== undefined && { leftOut: leftOut.map((field) => shown(field) ?? '') }),
  };
}

function saidLine(line: TranscriptLine): SaidLine {
  const gloss = line.kind === 'system' ? undefined : glossOfPrompt(line.text);
  return { ...line, text: maskPhones(line.text), ...(gloss !== undefined && { gloss: maskPhones(gloss) }) };
}

/** A call from the customer's point of view: one call, across all of its contacts. */
function contactView({ call, contacts, agents }: DetailParts): ContactView | null {
  const [first] = contacts;
  const contact = contacts.find(({ id }) => id === call?.contactId);
  if (!first || !contact) return null;
  const { id, state, endedAt, disconnectReason } = contact;
  const { initiatedAt, answeredAt, initiationMethod } = first;
  // For a withheld number there is a word instead, which needs no masking.
  const customer = contact.destination.startsWith('+') ? maskPhone(contact.destination) : contact.destination;
  const own = parsePhoneNumberFromString(contact.source)?.formatNational() ?? contact.source;
  const isIncoming = initiationMethod === 'INBOUND';
  return {
    id,
    state,
    ...(isIncoming ? { isIncoming, destination: own, source: customer } : { destination: customer, source: own }),
    initiatedAt,
    ...(answeredAt !== undefined && { answeredAt }),
    ...(call?.voicemail && { voicemail: true }),
    ...(call?.over !== undefined && { over: call.over }),
    ...(endedAt !== undefined && { endedAt }),
    ...(disconnectReason !== undefined && { disconnectReason }),
    legs: contacts.map((leg) => {
      const agent = agents.find((one) => one.id === leg.agentId)?.name;
      return {
        id: leg.id,
        startedAt: leg.initiatedAt,
        ...(agent !== undefined && { agent }),
        ...(leg.agentAt !== undefined && { agentAt: leg.agentAt }),
      };
    }),
    transcript: contacts
      .flatMap(({ transcript }) => transcript)
      .map(saidLine)
      .sort((a, b) => a.at.localeCompare(b.at)),
    ...(contact.keysAsked && { asksForKeys: contact.keysAsked }),
  };
}
