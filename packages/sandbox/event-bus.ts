import { randomUUID } from 'node:crypto';
import { parseJson } from '../../domain/json-text.ts';
import { usableId } from '../../domain/request-id.ts';
import { whyUnmatched } from './event-pattern.ts';
import type { Service } from './service.ts';
import { type Execution, type LocalStateMachine, StartExecutionError } from './state-machine.ts';

export type Event = Record<string, unknown>;

/** What the bus did with an event. */
export type Delivery =
  | { event: Event; result: 'started'; execution: Execution }
  | { event: Event; result: 'unmatched'; because: string[] }
  | { event: Event; result: 'dead-letter'; because: string };

/** An event that a rule could not deliver, or on which a function failed for good. */
export interface DeadLetter {
  event: Event;
  errorCode: string;
  errorMessage: string;
  /** The function that failed on it; missing if it did not even reach the state machine. */
  function?: string;
  /** When it was given up, epoch milliseconds. */
  at: number;
}

export interface LocalEventBus {
  /** Puts an event on the bus: as EventBridge delivers one, or a PutEvents entry. */
  put(event: Event): Delivery;
  deadLetters: readonly DeadLetter[];
  /** The last events, and whether each matched the rule. */
  traffic: readonly { at: number; isMatched: boolean }[];
}

/** How many events are kept. */
const COUNTED = 10_000;

/** The partner event bus with the stage's one rule, whose target is the state machine. */
export function localEventBus(
  service: Service,
  stateMachine: LocalStateMachine,
  deadLetters: DeadLetter[],
  now: () => Date,
): LocalEventBus {
  const traffic: { at: number; isMatched: boolean }[] = [];
  return {
    deadLetters,
    traffic,
    put(input) {
      const event = toEvent(input, service, now());
      const because = whyUnmatched(service.rule.pattern, event);
      traffic.push({ at: now().getTime(), isMatched: because.length === 0 });
      if (traffic.length > COUNTED) traffic.shift();
      if (because.length > 0) return { event, result: 'unmatched', because };
      try {
        // EventBridge names executions itself; a redelivery of the same event is a new execution.
        return { event, result: 'started', execution: stateMachine.start(event, executionName(event.id)) };
      } catch (error) {
        if (!(error instanceof StartExecutionError)) throw error;
        deadLetters.push({ event, errorCode: error.name, errorMessage: error.message, at: now().getTime() });
        return { event, result: 'dead-letter', because: error.message };
      }
    },
  };
}

const executionName = (id: unknown): string => `${usableId(id)?.slice(0, 36) ?? 'event'}_${randomUUID()}`;

/** Fills in what a producer left out. */
function toEvent(input: Event, service: Service, now: Date): Event {
  const entry = 'DetailType' in input || 'Detail' in input ? fromEntry(input) : input;
  return {
    version: '0',
    id: randomUUID(),
    source: service.rule.eventBusName,
    account: '000000000000',
    time: `${now.toISOString().slice(0, 19)}Z`,
    region: service.stage.file.region,
    resources: ['karte'],
    ...entry,
  };
}

/** A PutEvents entry whose `Detail` is not JSON; EventBridge answers MalformedDetail. */
export class MalformedDetailError extends Error {
  override readonly name = 'MalformedDetailError';
}

/** A PutEvents entry: `Detail` is JSON text there. */
function fromEntry({ Source, DetailType, Detail, Time, Resources }: Event): Event {
  let detail = Detail;
  try {
    if (typeof Detail === 'string') detail = parseJson(Detail);
  } catch (cause) {
    throw new MalformedDetailError('Detail of the PutEvents entry is not JSON text', { cause });
  }
  return {
    ...(Source !== undefined && { source: Source }),
    ...(Time !== undefined && { time: Time }),
    ...(Resources !== undefined && { resources: Resources }),
    'detail-type': DetailType,
    detail,
  };
}
