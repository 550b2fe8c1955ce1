import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type CallRecord, maskRecord } from '../../../domain/call-record.ts';
import { isObject } from '../../../domain/json-object.ts';
import { maskPhone, maskPhones } from '../../../domain/masking.ts';
import type { Sentence } from '../../../domain/outcome-row.ts';
import { describeEnding, OUTCOMES, runbookAnchor } from '../../../domain/outcomes.ts';
import type { Agent } from '../connect/agents.ts';
import type { FaultHit } from '../connect/connect-faults.ts';
import type { Contact } from '../connect/contact.ts';
import { decisionOf } from '../decision-words.ts';
import { faultsOfVisit } from '../faults-of-visits.ts';
import type { Execution, StateVisit } from '../state-machine.ts';
import type { CallOfRequest } from './activity.ts';
import type { ContactView, RequestDetail } from './protocol.ts';
import { recordedEnding, shown } from './request-facts.ts';
import { rowOf } from './rows.ts';
import { STATE_WORDS } from './state-words.ts';

/** What a detail is made of, beside the execution. */
interface DetailParts {
  call: CallOfRequest | undefined;
  contact: Contact | undefined;
  record: CallRecord | undefined;
  executions: readonly string[];
  agents: readonly Agent[];
  /** Of all requests. */
  faultHits: readonly FaultHit[];
}

/** Everything about one request, numbers masked. */
export function detailOf(execution: Execution, parts: DetailParts): RequestDetail {
  const { call, contact, record, executions, agents, faultHits } = parts;
  const ending = recordedEnding(execution) ?? settledEnding(execution, record);
  const row = rowOf(execution, call);
  return {
    ...row,
    ...(ending && { outcome: ending.outcome, class: OUTCOMES[ending.outcome].class, reason: ending.reason }),
    visits: execution.states.map((visit) =>
      visitView(visit, execution.status, faultsOfVisit(visit, row.requestId, faultHits)),
    ),
    record: record ? hideNumbers(record) : null,
    contact: contact && row.outcome !== 'duplicate' ? contactView(contact, agents) : null,
    executions: [...executions],
    ...(ending && { runbook: runbookAnchor(ending.outcome), ending: describeEnding(ending) }),
  };
}

/** An execution that was aborted or timed out is settled from outside: only the record knows how. */
function settledEnding({ status, arn }: Execution, record: CallRecord | undefined) {
  if (status === 'RUNNING' || record?.executionId !== arn) return undefined;
  const { outcome, reason } = record;
  return outcome === undefined || reason === undefined ? undefined : { outcome, reason };
}

function visitView(
  visit: StateVisit,
  status: Execution['status'],
  faults: readonly FaultHit[],
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
    words: hideInSentence(words ?? decisionOf(visit)),
  };
}

/** The state machine notes an error that ends a request under the name of the state it happened in. */
function wasCaught({ name, output }: StateVisit): boolean {
  return isObject(output) && isObject(output.failed) && Object.hasOwn(output.failed, name);
}

/** The names of fields that were left out are the visitor's own words, too. */
const hideInSentence = ({ ja, en }: Sentence): Sentence => ({ ja: maskPhones(ja), en: maskPhones(en) });

/** Besides what every reader of records is spared: on a page, no text of a visitor shows a number. */
function hideNumbers(record: CallRecord): CallRecord {
  const { userType, trackId, leftOut } = record;
  return {
    ...maskRecord(record),
    ...(userType !== undefined && { userType: maskPhones(userType) }),
    ...(trackId !== undefined && { trackId: maskPhones(trackId) }),
    ...(leftOut !== undefined && { leftOut: leftOut.map((field) => shown(field) ?? '') }),
  };
}

function contactView(contact: Contact, agents: readonly Agent[]): ContactView {
  const { id, state, destination, source, initiatedAt, answeredAt, endedAt, disconnectReason } = contact;
  const agent = agents.find((one) => one.id === contact.agentId)?.name;
  return {
    id,
    state,
    destination: maskPhone(destination),
    source: parsePhoneNumberFromString(source)?.formatNational() ?? source,
    initiatedAt,
    ...(answeredAt !== undefined && { answeredAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(disconnectReason !== undefined && { disconnectReason }),
    ...(agent !== undefined && { agent }),
    transcript: contact.transcript.map((line) => ({ ...line, text: maskPhones(line.text) })),
    ...(contact.keysAsked && { asksForKeys: contact.keysAsked }),
  };
}
