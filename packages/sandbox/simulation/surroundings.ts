import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import type { Documents } from '../../../adapters/dynamodb.ts';
import { type Controls, dynamoControls } from '../../../adapters/shared-state/controls.ts';
import { CALL_RESULT } from '../../../domain/call-outcome.ts';
import type { Agent } from '../connect/agents.ts';
import type { Contact } from '../connect/contact.ts';
import type { ConnectModel } from '../connect/model.ts';
import type { VirtualClock } from './clock.ts';
import type { Action, Scenario } from './scenario.ts';
import type { TraceRecorder } from './trace.ts';

interface Options {
  scenario: Scenario;
  clock: VirtualClock;
  model: ConnectModel;
  trace: TraceRecorder;
  /** Queue id by name. */
  queues: Readonly<Record<string, string>>;
  guardsTable: string;
  documents: Documents;
}

/** Plays everything that a scenario has besides its requests: shifts and breaks, inbound calls, switches. */
export function scheduleSurroundings({ scenario, clock, model, trace, queues, guardsTable, documents }: Options): void {
  const at = (moment: number, happen: () => void) => clock.after(moment, happen);
  const queueId = (name: string): string => {
    const id = queues[name];
    if (id === undefined) throw new Error(`the scenario names the queue "${name}", which the stage does not have`);
    return id;
  };

  for (const { name, queues: served, from, until, breaks = [] } of scenario.agents) {
    const ids = served.map(queueId);
    at(from, () => {
      const { id } = model.addAgent({ name, queues: ids });
      for (const pause of breaks) {
        at(pause.from - from, () => model.setAgentStatus(id, 'break'));
        at(pause.until - from, () => model.setAgentStatus(id, 'available'));
      }
      if (until !== undefined) at(until - from, () => model.setAgentStatus(id, 'offline'));
    });
  }
  for (const { at: moment, queue, talkSeconds } of scenario.inbound) {
    at(moment, () => void model.callIn({ queueId: queueId(queue), talkSeconds }));
  }
  for (const [name, { switched = [] }] of Object.entries(scenario.queues)) {
    for (const { at: moment, open } of switched) {
      at(moment, () => {
        model.updateQueue(queueId(name), { open });
        trace.add({ kind: open ? 'opened' : 'closed', queueId: queueId(name) });
      });
    }
  }
  const controls = dynamoControls(guardsTable, documents);
  for (const action of scenario.actions) at(action.at, () => void insist(action));

  /** A caller who is told that the table is too busy tries again. */
  async function insist(action: Action): Promise<void> {
    try {
      await act(action, controls, trace);
    } catch (error) {
      if (!(error instanceof ProvisionedThroughputExceededException)) throw error;
      at(1_000, () => void insist(action));
    }
  }
}

async function act(action: Action, controls: Controls, trace: TraceRecorder): Promise<void> {
  const change = { by: 'operator', at: new Date().toISOString(), why: 'simulation' };
  switch (action.do) {
    case 'stop':
    case 'resume':
      await controls.setStopped(action.do === 'stop', change);
      trace.add({ kind: action.do === 'stop' ? 'stopped' : 'resumed' });
      break;
    case 'block':
      await controls.block({ ...change, phone: action.phone, kind: 'blocked' });
      trace.add({ kind: 'blocked', phone: action.phone });
      break;
    case 'unblock':
      await controls.unblock(action.phone, change);
      trace.add({ kind: 'unblocked', phone: action.phone });
  }
}

/** Whose contact it is, and its position in its customer's chain of contacts, from 0. */
interface ContactOfRequest {
  requestId: string;
  place: number;
}

/** Records what happens to calls and agents in the trace. @param queueOf queue that a request is routed to */
export function watchInstance(trace: TraceRecorder, queueOf: (requestId: string) => string) {
  const agents = new Map<string, string>();
  const contacts = new Map<string, ContactOfRequest>();
  let placed = 0;

  /** Every contact of a call of ours has its request. */
  function note(contact: Readonly<Contact>): ContactOfRequest {
    const { id, attributes, previousContactId = '' } = contact;
    const known = contacts.get(id);
    if (known) return known;
    const before = contacts.get(previousContactId);
    const noted = { requestId: attributes.request_id ?? '', place: before === undefined ? 0 : before.place + 1 };
    contacts.set(id, noted);
    return noted;
  }

  return {
    /** Calls of ours that were placed. */
    placed: (): number => placed,
    /** Undefined for inbound calls. */
    requestOf: (contactId: string): string | undefined => contacts.get(contactId)?.requestId,
    placeOf: (contactId: string): number => contacts.get(contactId)?.place ?? 0,
    watch: {
      contact(contact: Readonly<Contact>): void {
        const { id, state, initiationMethod, destination, initialContactId: root, disconnectReason: reason } = contact;
        if (initiationMethod === 'INBOUND') {
          if (state === 'in-flow') trace.add({ kind: 'inbound', callId: id, state: 'started' });
          return;
        }
        // What follows an inbound call is not ours either.
        if (root !== undefined && !contacts.has(root)) return;
        const { requestId } = note(contact);
        const result = contact.attributes[CALL_RESULT];
        if (state === 'ringing') {
          placed += 1;
          trace.add({ kind: 'rang', requestId, contactId: id, phone: destination, queueId: queueOf(requestId) });
        } else {
          trace.add({
            kind: 'call',
            contactId: id,
            state,
            ...(root !== undefined && { root }),
            ...(reason !== undefined && { reason }),
            ...(result !== undefined && { result }),
          });
        }
      },
      lineOver(root: string): void {
        const ours = contacts.get(root);
        if (ours) trace.add({ kind: 'line-over', requestId: ours.requestId, contactId: root });
        else trace.add({ kind: 'inbound', callId: root, state: 'ended' });
      },
      agent({ id, status, contactId, queues }: Readonly<Agent>): void {
        const state = contactId !== undefined ? 'busy' : status === 'available' ? 'free' : status;
        const known = agents.get(id);
        if (known === state) return;
        agents.set(id, state);
        trace.add({ kind: 'agent', agentId: id, state, ...(known === undefined && { queueIds: [...queues] }) });
      },
    },
  };
}
