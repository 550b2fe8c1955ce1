import { ownInput } from '../../../domain/own-request.ts';
import type { ContactEvent } from '../connect/contact-events.ts';
import { whyUnmatched } from '../event-pattern.ts';
import { executionStatusChange } from '../execution-status-change.ts';
import { localFunctionEvents } from '../function-events.ts';
import type { Service } from '../service.ts';
import { localQueues } from '../sqs-queues.ts';
import type { EndedExecution } from './executions.ts';
import type { Invocations } from './invocations.ts';
import type { Luck } from './random.ts';
import type { Delays, Faults } from './scenario.ts';
import type { SilentCalls } from './silent-calls.ts';
import type { TraceRecorder } from './trace.ts';

/** What invokes functions besides the state machine: rules of Amazon EventBridge, and the release queue. */
interface SimulatedEvents {
  contact(event: ContactEvent): void;
  executionEnded(execution: EndedExecution): void;
  /** SendMessage. @param luck the sender's random draws */
  send(queueName: string, body: string, delaySeconds: number, luck: Luck): void;
  /** Messages that were sent. */
  messages(): number;
  close(): void;
}

interface Options {
  service: Service;
  lambda: Pick<Invocations, 'invoke'>;
  requestOf(contactId: string): string | undefined;
  /** Position of the contact in its customer's chain of contacts, from 0. */
  placeOf(contactId: string): number;
  silent: Pick<SilentCalls, 'isSilent'>;
  delays: Delays;
  faults: Faults;
  luck: Luck;
  trace: TraceRecorder;
}

/** Events and messages that come late, twice or never; each with the random draws of what it is about. */
export function simulatedEvents(options: Options): SimulatedEvents {
  const { service, lambda, requestOf, placeOf, silent, delays, faults, luck, trace } = options;
  let messages = 0;

  /** How often each function was invoked for each request: every invocation has random draws of its own. */
  const counts = new Map<string, number>();
  const functions = {
    invoke(name: string, payload: unknown): Promise<unknown> {
      const requestId = requestIn(payload, requestOf);
      const key = `${name} ${requestId ?? ''}`;
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return lambda.invoke(name, payload, {
        luck: luck.branch(`${key} ${count}`),
        ...(requestId !== undefined && { requestId }),
      });
    },
  };
  const bus = localFunctionEvents(service.functionRules, functions, 1, ({ errorCode }) =>
    trace.add({ kind: 'fault', fault: `event given up after ${errorCode}` }),
  );
  const queues = localQueues(service.queues, functions, 1);

  const isWanted = (event: ContactEvent): boolean =>
    service.functionRules.some(({ pattern }) => whyUnmatched(pattern, { ...event }).length === 0);

  return {
    contact(event) {
      const requestId = requestOf(event.detail.contactId);
      if (requestId === undefined || !isWanted(event)) return;
      if (silent.isSilent(requestId)) {
        trace.add({ kind: 'fault', fault: 'callSilent', requestId });
        return;
      }
      const place = placeOf(event.detail.contactId);
      const own = luck.branch(`contact event ${requestId} ${event.detail.eventType}${place === 0 ? '' : ` ${place}`}`);
      const happens = (kind: 'contactEventLost' | 'contactEventLate' | 'contactEventDoubled'): boolean => {
        const happened = own.happens(kind, faults[kind]);
        if (happened) trace.add({ kind: 'fault', fault: kind, requestId });
        return happened;
      };
      if (happens('contactEventLost')) return;
      const once = () => own.between('event', delays.eventMs) / 1_000;
      const late = () => own.between('late by', faults.lateMs) / 1_000;
      const first = once() + (happens('contactEventLate') ? late() : 0);
      bus.put(event, happens('contactEventDoubled') ? [first, once() + late()] : [first]);
    },

    executionEnded(execution) {
      const own = execution.luck.branch('status event');
      const once = () => own.between('event', delays.eventMs) / 1_000;
      const happens = (kind: 'statusEventLate' | 'statusEventDoubled', purpose: string): boolean => {
        const happened = own.happens(purpose, faults[kind]);
        if (happened) trace.add({ kind: 'fault', fault: kind, requestId: execution.requestId });
        return happened;
      };
      const late = happens('statusEventLate', 'late') ? own.between('late by', faults.lateMs) / 1_000 : 0;
      const event = executionStatusChange({ ...execution, states: [], done: Promise.resolve() });
      bus.put(event, [once() + late, ...(happens('statusEventDoubled', 'doubled') ? [once()] : [])]);
    },

    send(queueName, body, delaySeconds, own) {
      messages += 1;
      const once = () => delaySeconds + own.between('queue', delays.queueMs) / 1_000;
      queues.send(queueName, body, once());
      if (!own.happens('message doubled', faults.messageDoubled)) return;
      trace.add({ kind: 'fault', fault: 'messageDoubled' });
      queues.send(queueName, body, once());
    },

    messages: () => messages,
    close() {
      queues.close();
      bus.close();
    },
  };
}

/** The request that an event is about, if any. */
function requestIn(payload: unknown, requestOf: Options['requestOf']): string | undefined {
  const { detail } = payload as { detail?: { contactId?: string; input?: string } };
  if (detail?.contactId !== undefined) return requestOf(detail.contactId);
  if (detail?.input === undefined) return undefined;
  const input: unknown = JSON.parse(detail.input);
  return ownInput(input)?.ownRequest.requestId ?? (input as { id?: string }).id;
}
