import { randomUUID } from 'node:crypto';
import { keptHistory } from '../kept-history.ts';
import { type Agent, type AgentStatus, agentList } from './agents.ts';
import { idOf, instanceNames } from './arns.ts';
import { callLives } from './call-life.ts';
import type { NewContact } from './call-surroundings.ts';
import { timesOf } from './call-times.ts';
import { ConnectError, NoAnswer } from './connect-errors.ts';
import { type Fault, type FaultKind, faultError, faultList, throttled } from './connect-faults.ts';
import type { ConnectOptions } from './connect-options.ts';
import { effectiveHours, hoursIdOf, overrideHours, type Queue, TIME_ZONE } from './connect-queues.ts';
import { associatedContact, type Contact, describeContact } from './contact.ts';
import { contactEvent } from './contact-events.ts';
import { contactWorld } from './contact-world.ts';
import { type MetricRequest, metricResults } from './current-metrics.ts';
import { functionsOfFlows } from './function-calls.ts';
import { laggingView } from './lagging-view.ts';
import type { Answer } from './live-call.ts';
import { checkOutboundRequest, clientTokens, type OutboundRequest } from './outbound-request.ts';
import { DEFAULT_QUOTAS, type Operation, rateLimiter } from './quotas.ts';
import { createTimers } from './timers.ts';
import { METHOD_OF, type Transfer } from './transfers.ts';

/**
 * Seconds for which a phone rings.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundVoiceContact.html
 */
const DEFAULT_RING_TIMEOUT = 60;

export type ConnectModel = ReturnType<typeof createConnectModel>;

/**
 * One Amazon Connect instance in memory: queues, agents, and calls that run in scaled time. It knows nothing about HTTP.
 *
 * The first group of methods are operations of Amazon Connect's API: they take and return what the service does, and
 * throw `ConnectError`, or `NoAnswer` if the caller is to be left waiting. The others are for people and tests.
 */
export function createConnectModel(options: ConnectOptions) {
  const { instanceId, region, accountId, flows, sourcePhoneNumbers, onContactEvent, onChange, watch } = options;
  const now = options.now ?? (() => new Date());
  const names = instanceNames(region, accountId, instanceId);
  const queues = new Map(
    options.queues.map((queue): [string, Queue] => [queue.id, { enabled: true, open: true, ...queue }]),
  );
  const activeCalls = options.quotas?.activeCalls ?? DEFAULT_QUOTAS.activeCalls;
  const { speed = 1, transfers = [] } = options;
  const takeRequest = rateLimiter({ ...DEFAULT_QUOTAS.rates, ...options.quotas?.rates }, now, speed);
  const faults = faultList(now);
  const tokens = clientTokens(now);
  const newId = options.newId ?? randomUUID;
  const seen = laggingView(((options.metricsLagSeconds ?? 0) * 1_000) / speed, now);
  const agents = agentList(newId, (agent, gone) => {
    seen.agentChanged(agent, gone);
    watch?.agent(agent);
  });
  const contacts = keptHistory<Contact>({ keptMs: options.endedKeptMs ?? 0, now: () => now().getTime() });
  const timers = createTimers(speed);
  const closing = new AbortController();
  let waitingForIdle: (() => void)[] = [];
  let answer: Answer = typeof options.answer === 'string' ? options.answer : 'human';
  let reactionOf = typeof options.answer === 'function' ? options.answer : () => answer;

  const times = timesOf(options);
  const calls = callLives({
    ...times,
    now,
    timers,
    agents,
    keepTranscripts: options.keepTranscripts ?? true,
    flow: (idOrArn) => flows.get(idOf(idOrArn)),
    queueId: (idOrArn) => findQueue(idOrArn)?.id,
    ...(options.presses && { presses: options.presses }),
    ...functionsOfFlows(options.askFunction, names.instance),
    world: (contact, phone) =>
      contactWorld(contact, phone, {
        names,
        region,
        flow: (idOrArn) => flows.get(idOf(idOrArn)),
        queue: findQueue,
        queueWithHours,
        agents: agents.now,
        waiting: () => calls.waiting(),
        now,
        secondsPerCharacter: times.secondsPerCharacter,
      }),
    event(type, contact) {
      const event = contactEvent(type, contact, { names, instanceId, region, accountId, newId });
      later(() => onContactEvent?.(event));
      if (type === 'COMPLETED') later(tellIdle);
      if (type === 'COMPLETED' && options.endedKeptMs !== undefined) contacts.end(contact.id);
    },
    changed(contact) {
      if (!onChange) return;
      const copy = structuredClone(contact);
      later(() => onChange(copy));
    },
    moved(contact, from) {
      if (contact.state === 'in-queue') seen.enteredQueue(contact);
      else if (from === 'in-queue') seen.leftQueue(contact);
      watch?.contact(contact);
    },
    newContact,
    transfers: (contact) => (typeof transfers === 'function' ? transfers(contact) : transfers),
    lineOver: (root) => watch?.lineOver?.(root),
  });

  /** Listeners are notified when a change is complete, in the order of events, and may then act on the model. */
  function later(tell: () => void): void {
    queueMicrotask(() => {
      if (!closing.signal.aborted) tell();
    });
  }

  function tellIdle(): void {
    if (calls.count() > 0) return;
    for (const resolve of waitingForIdle) resolve();
    waitingForIdle = [];
  }

  const findQueue = (idOrArn: string): Queue | undefined =>
    [...queues.values()].find(({ id }) => idOrArn === id || idOrArn === names.queue(id));

  const queueWithHours = (hoursId: string): Queue | undefined =>
    [...queues.values()].find(({ id }) => hoursIdOf(id) === hoursId);

  function requireQueue(idOrArn: string): Queue {
    const queue = findQueue(idOrArn);
    if (!queue) throw new ConnectError('ResourceNotFoundException', 'The queue does not exist.');
    return queue;
  }

  /** Every operation passes through here: faults first, then its rate, then the instance. */
  function serve<T>(operation: Operation, by: Pick<OutboundRequest, 'InstanceId' | 'ClientToken'>, work: () => T): T {
    const fault = faults.take(operation, by.ClientToken);
    if (fault && fault !== 'timeout-after-accepting') throw faultError(fault, operation);
    if (!takeRequest(operation)) throw throttled(operation);
    if (idOf(by.InstanceId) !== instanceId) {
      throw new ConnectError('ResourceNotFoundException', 'The instance does not exist.');
    }
    const answer = work();
    if (fault) throw new NoAnswer();
    return answer;
  }

  /** A contact that begins now. */
  function newContact(facts: NewContact): Contact {
    const at = now().toISOString();
    const contact = { id: newId(), ...facts, initiatedAt: at, updatedAt: at, transcript: [], walk: [] };
    contacts.begin(contact.id, contact);
    const before = contacts.get(facts.previousContactId ?? '');
    if (before) before.nextContactId = contact.id;
    return contact;
  }

  function place(request: OutboundRequest): string {
    checkOutboundRequest(request, {
      flowExists: (id) => flows.has(id),
      queueExists: (idOrArn) => findQueue(idOrArn) !== undefined,
      sourcePhoneNumbers,
      allowedCountries: options.allowedCountries ?? ['+81'],
      ringTimeoutNeedsCampaign: options.ringTimeoutNeedsCampaign ?? false,
    });
    if (calls.count() >= activeCalls) {
      throw new ConnectError('LimitExceededException', `The instance has ${activeCalls} active calls.`);
    }
    const queueId = request.QueueId === undefined ? undefined : findQueue(request.QueueId)?.id;
    const contact = newContact({
      state: 'ringing',
      initiationMethod: 'API',
      destination: request.DestinationPhoneNumber,
      source: request.SourcePhoneNumber ?? sourcePhoneNumbers[0],
      flowId: idOf(request.ContactFlowId),
      ...(queueId !== undefined && { queueId }),
      ...(request.Name !== undefined && { name: request.Name }),
      ...(request.Description !== undefined && { description: request.Description }),
      attributes: { ...request.Attributes },
    });
    calls.start(
      contact,
      reactionOf(contact.destination, contact),
      request.RingTimeoutInSeconds ?? DEFAULT_RING_TIMEOUT,
    );
    return contact.id;
  }

  return {
    /** StartOutboundVoiceContact. A known client token returns its contact and places no call. */
    startOutbound: (request: OutboundRequest): { ContactId: string } =>
      serve('StartOutboundVoiceContact', request, () => {
        const known = tokens.contactOf(request.ClientToken);
        if (known !== undefined) return { ContactId: known };
        const ContactId = place(request);
        tokens.remember(request.ClientToken, ContactId);
        return { ContactId };
      }),

    /** GetCurrentMetricData */
    currentMetricData: (request: MetricRequest) =>
      serve('GetCurrentMetricData', request, () => {
        const filtered = (request.Filters?.Queues ?? []).map(requireQueue);
        if (filtered.length === 0) {
          throw new ConnectError('InvalidParameterException', 'The local model needs a filter of queues.');
        }
        const targets = filtered.map(({ id }) => ({ id, arn: names.queue(id) }));
        const MetricResults = metricResults(request, targets, seen.look());
        return {
          MetricResults,
          DataSnapshotTime: now().getTime() / 1_000,
          ApproximateTotalCount: MetricResults.length,
        };
      }),

    /** DescribeQueue */
    describeQueue: (InstanceId: string, queueId: string) =>
      serve('DescribeQueue', { InstanceId }, () => {
        const { id, name, enabled, maxContacts } = requireQueue(queueId);
        return {
          Queue: {
            Name: name,
            QueueArn: names.queue(id),
            QueueId: id,
            HoursOfOperationId: hoursIdOf(id),
            MaxContacts: maxContacts,
            Status: enabled ? 'ENABLED' : 'DISABLED',
          },
        };
      }),

    /** GetEffectiveHoursOfOperations. Dates are YYYY-MM-DD. */
    effectiveHours: (InstanceId: string, hoursId: string, from: string, to: string) =>
      serve('GetEffectiveHoursOfOperations', { InstanceId }, () => {
        const queue = queueWithHours(hoursId);
        if (!queue) throw new ConnectError('ResourceNotFoundException', 'The hours of operation do not exist.');
        return {
          EffectiveHoursOfOperationList: effectiveHours(queue, from, to),
          EffectiveOverrideHoursList: overrideHours(queue, from, to),
          TimeZone: TIME_ZONE,
        };
      }),

    /** DescribeContact */
    describeContact: (InstanceId: string, contactId: string) =>
      serve('DescribeContact', { InstanceId }, () => {
        const contact = contacts.get(contactId);
        if (!contact) throw new ConnectError('ResourceNotFoundException', 'The contact does not exist.');
        return { Contact: describeContact(contact, names) };
      }),

    /** ListAssociatedContacts: the contacts that a customer went through, on one page. */
    associatedContacts: (InstanceId: string, contactId: string) =>
      serve('ListAssociatedContacts', { InstanceId }, () => {
        const asked = contacts.get(contactId);
        if (!asked) throw new ConnectError('ResourceNotFoundException', 'The contact does not exist.');
        const chain: Contact[] = [];
        let next = contacts.get(asked.initialContactId ?? asked.id);
        while (next) {
          chain.push(next);
          next = contacts.get(next.nextContactId ?? '');
        }
        return { ContactSummaryList: chain.map((contact) => associatedContact(contact, names)) };
      }),

    /** StopContact. It ends the customer's line, and does not work for a contact that began with a transfer. */
    stopContact: (InstanceId: string, contactId: string): Record<string, never> =>
      serve('StopContact', { InstanceId }, () => {
        const method = contacts.get(contactId)?.initiationMethod;
        if (Object.values(METHOD_OF).some((transferred) => transferred === method)) {
          throw new ConnectError('InvalidRequestException', `A contact of the kind ${method} cannot be stopped.`);
        }
        if (calls.stop(contactId)) return {};
        throw new ConnectError('ContactNotFoundException', 'The contact is not active or does not exist.');
      }),

    /** ListContactFlows. All on one page: filters and page sizes are ignored. */
    listContactFlows: (InstanceId: string) =>
      serve('ListContactFlows', { InstanceId }, () => ({
        ContactFlowSummaryList: [...flows].map(([Id, { name, type }]) => ({
          Id,
          Arn: names.flow(Id),
          Name: name,
          ContactFlowType: type,
          ContactFlowState: 'ACTIVE',
          ContactFlowStatus: 'PUBLISHED',
        })),
      })),

    /**
     * A customer calls in and wants an agent of the queue.
     * @returns the id of the contact; undefined if all lines of the instance are busy
     */
    callIn({ queueId, talkSeconds }: { queueId: string; talkSeconds?: number }): string | undefined {
      const { id } = requireQueue(queueId);
      if (calls.count() >= activeCalls) return undefined;
      const contact = newContact({
        state: 'in-flow',
        initiationMethod: 'INBOUND',
        destination: 'anonymous',
        source: sourcePhoneNumbers[0],
        queueId: id,
        attributes: {},
      });
      calls.receive(contact, talkSeconds);
      return contact.id;
    },

    /**
     * A customer whom we called calls our number, and hears the flow that our call had.
     * @returns the id of the new contact; undefined if there was no such call, or all lines of the instance are busy
     */
    callBack(contactId: string): string | undefined {
      const called = contacts.get(contactId);
      const first = contacts.get(called?.initialContactId ?? contactId);
      if (first?.flowId === undefined || calls.count() >= activeCalls) return undefined;
      const { destination, source, flowId } = first;
      const call = { state: 'in-flow', initiationMethod: 'INBOUND', attributes: {} } as const;
      const contact = newContact({ ...call, destination, source, flowId });
      calls.receive(contact, undefined);
      return contact.id;
    },

    /** How phones react, unless a function decides for each. */
    answer: (): Answer => answer,
    /** Changes how phones react to calls that begin from now on. */
    setAnswer(next: Answer): void {
      answer = next;
      reactionOf = () => next;
    },
    /** Somebody picks up a phone, whatever it would have done by itself. @returns false if it does not ring */
    answerCall: (contactId: string): boolean => calls.answer(contactId),
    /** Somebody presses a key: 0–9, * or #. @returns false if no flow asks for keys, so that nothing happens */
    pressKey: (contactId: string, key: string): boolean => calls.press(contactId, key),
    /** The customer hangs up, or declines a call that rings. Any contact of the line will do; no effect if it is over. */
    hangUp: (contactId: string): void => calls.hangUp(contactId),
    /**
     * The agent, or the queue flow, transfers a contact to a queue; an agent leaves the call a moment later.
     * @param contactId one that is talking with an agent, or waiting in a queue
     * @returns the id of the contact in which the customer continues; undefined if there is no such contact
     */
    transfer(contactId: string, transfer: Required<Transfer>): string | undefined {
      requireQueue(transfer.queueId);
      return calls.transfer(contactId, transfer);
    },

    /** Logs an agent in, available. @param agent its queues are ids */
    addAgent(agent: { name: string; queues: readonly string[] }): Agent {
      const added = agents.add(agent);
      calls.connectAgents();
      return added;
    },
    /** Logs an agent off for good; a call of the agent continues. */
    removeAgent(agentId: string): void {
      agents.remove(agentId);
    },
    setAgentStatus(agentId: string, status: AgentStatus): void {
      agents.setStatus(agentId, status);
      calls.connectAgents();
    },
    agents: (): Agent[] => agents.all(),

    /** Changes a queue as an administrator would in the console. */
    updateQueue(queueId: string, changes: Partial<Omit<Queue, 'id'>>): void {
      Object.assign(requireQueue(queueId), changes);
    },
    queues: (): Queue[] => structuredClone([...queues.values()]),

    /** Makes the next requests fail. @param fault its operation is StartOutboundVoiceContact unless it says otherwise */
    addFault(fault: { kind: FaultKind; operation?: Operation; times: number }): void {
      faults.add(fault);
    },
    /** The faults that are still to come, and the requests that faults have hit. */
    faults: (): Fault[] => faults.all(),
    faultHits: faults.hits,
    clearFaults: (): void => faults.clear(),

    /** A copy of a contact, over or not. */
    contact: (contactId: string): Contact | undefined => structuredClone(contacts.get(contactId)),
    /** Copies of all contacts, in the order in which they began. */
    contacts: (): Contact[] => structuredClone(contacts.keys().flatMap((id) => contacts.get(id) ?? [])),

    /** Customers on the line: however many contacts they went through, each is one active call. */
    activeCalls: (): number => calls.count(),
    /** Resolves when no call is active, immediately if none is. */
    idle: (): Promise<void> =>
      calls.count() === 0 || closing.signal.aborted
        ? Promise.resolve()
        : new Promise((resolve) => waitingForIdle.push(resolve)),

    /** Aborts when the model closes: a caller that was left without a response must not keep the process alive. */
    closing: closing.signal,
    /** Stops time: no call continues, nobody is notified any more, and whoever waits for idleness continues. */
    close(): void {
      timers.close();
      closing.abort();
      for (const resolve of waitingForIdle) resolve();
      waitingForIdle = [];
    },
  };
}
