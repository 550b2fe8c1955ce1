import type { CallRequest, OwnPart } from './call-request.ts';
import type { Continuing, ReadyToCall, Turn, Waiting } from './call-state.ts';
import { isObject } from './json-object.ts';
import type { KarteKey } from './karte-key.ts';
import { OUTCOMES } from './outcomes.ts';

/**
 * A step received a document that it cannot read: the state machine and the function are of different versions. The message names
 * the field but never its value, which may be a telephone number.
 */
class UnreadableDocumentError extends Error {
  override readonly name = 'UnreadableDocument';
  constructor(step: string, field: string, expected: string) {
    super(
      `${step} cannot read its document: ${field} is not ${expected}. The state machine and the functions seem to be of different versions: deploy the stage again.`,
    );
  }
}

/**
 * Parses the input of a step of the state machine. Each field is checked once, on entry; unknown fields are dropped. Written by hand,
 * because a schema library would be larger than the steps that use it.
 *
 * @param step name of the state that reads; all methods throw `UnreadableDocumentError`
 */
export function documentsOf(step: string) {
  const fail = (field: string, expected: string): never => {
    throw new UnreadableDocumentError(step, field, expected);
  };
  const object = (value: unknown, field: string) => (isObject(value) ? value : fail(field, 'an object'));
  const text = (value: unknown, field: string) =>
    typeof value === 'string' && value !== '' ? value : fail(field, 'a text');
  const time = (value: unknown, field: string) => {
    const found = text(value, field);
    return Number.isNaN(Date.parse(found)) ? fail(field, 'a time') : found;
  };
  /** An optional field, to be spread into an object. */
  const maybe = <Name extends string, T>(
    of: Record<string, unknown>,
    name: Name,
    where: string,
    read: (value: unknown, field: string) => T,
  ): Partial<Record<Name, T>> =>
    of[name] === undefined ? {} : ({ [name]: read(of[name], `${where}.${name}`) } as Record<Name, T>);

  function keyOf(value: unknown, field: string): KarteKey {
    const key = object(value, field);
    return 'user_id' in key
      ? { user_id: text(key.user_id, `${field}.user_id`) }
      : { visitor_id: text(key.visitor_id, `${field}.visitor_id`) };
  }

  function requestIn(state: Record<string, unknown>): CallRequest {
    const request = object(state.request, 'request');
    const queue = object(request.queue, 'request.queue');
    const attributes = object(request.attributes, 'request.attributes');
    const leftOut = Array.isArray(request.leftOut) ? request.leftOut : fail('request.leftOut', 'a list');
    return {
      requestId: text(request.requestId, 'request.requestId'),
      requestedAt: time(request.requestedAt, 'request.requestedAt'),
      receivedAt: time(request.receivedAt, 'request.receivedAt'),
      deadlineAt: time(request.deadlineAt, 'request.deadlineAt'),
      phone: text(request.phone, 'request.phone'),
      userType: text(request.userType, 'request.userType'),
      queue: { name: text(queue.name, 'request.queue.name'), id: text(queue.id, 'request.queue.id') },
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : fail(`request.attributes.${name}`, 'a text'),
        ]),
      ),
      leftOut: leftOut.map((name, index) => text(name, `request.leftOut[${index}]`)),
      ...maybe(request, 'inquiryType', 'request', text),
      ...maybe(request, 'trackId', 'request', text),
      ...maybe(request, 'karteKey', 'request', keyOf),
      ...maybe(request, 'opensAt', 'request', time),
      ...maybe(request, 'callAt', 'request', time),
      ...maybe(request, 'bookedAt', 'request', time),
      ...maybe(request, 'own', 'request', ownIn),
    };
  }

  function ownIn(value: unknown, field: string): OwnPart {
    const own = object(value, field);
    const because = text(own.because, `${field}.because`);
    return {
      tryOf: text(own.tryOf, `${field}.tryOf`),
      try: typeof own.try === 'number' ? own.try : fail(`${field}.try`, 'a number'),
      after: text(own.after, `${field}.after`),
      because:
        because === 'not_reached' || because === 'call_back'
          ? because
          : fail(`${field}.because`, 'one that this function knows'),
      endedAt: time(own.endedAt, `${field}.endedAt`),
    };
  }

  function signatureIn(value: unknown, field: string): { nonce: string; expiresAt: string } {
    const signature = object(value, field);
    return {
      nonce: text(signature.nonce, `${field}.nonce`),
      expiresAt: time(signature.expiresAt, `${field}.expiresAt`),
    };
  }

  function turnIn(value: unknown): Turn {
    const turn = object(value, 'turn');
    return {
      at: time(turn.at, 'turn.at'),
      wakeAt: time(turn.wakeAt, 'turn.wakeAt'),
      queueArn: text(turn.queueArn, 'turn.queueArn'),
      ...(turn.isOpen === true && { isOpen: true as const }),
      ...maybe(turn, 'closesAt', 'turn', time),
    };
  }

  const documentIn = (state: unknown) => object(state, 'the state');

  return {
    toBook(state: unknown): Continuing & { request: { callAt: string } } {
      const document = documentIn(state);
      const request = requestIn(document);
      return {
        decision: 'appointment',
        request: { ...request, callAt: time(request.callAt, 'request.callAt') },
        ...maybe(document, 'signature', 'state', signatureIn),
      };
    },

    toCheck(state: unknown): Continuing {
      const document = documentIn(state);
      return {
        decision: 'continue',
        request: requestIn(document),
        ...maybe(document, 'signature', 'state', signatureIn),
      };
    },

    toCall(state: unknown): ReadyToCall {
      const document = documentIn(state);
      return { decision: 'continue', request: requestIn(document), holdsGuards: true, turn: turnIn(document.turn) };
    },

    toWait(state: unknown): Waiting {
      const document = documentIn(state);
      const { waitSeconds } = document;
      return {
        decision: 'wait',
        request: requestIn(document),
        holdsGuards: true,
        waitSeconds: typeof waitSeconds === 'number' ? waitSeconds : fail('waitSeconds', 'a number'),
      };
    },

    /**
     * Any result of the request, or KARTE's event if the first step failed. Nothing is guessed: if it is unreadable, the execution
     * fails and is settled by its record.
     */
    toRecord(state: unknown): unknown {
      if (!isObject(state)) return state;
      const { failed, request, ending } = state;
      const failures = failed === undefined ? {} : object(failed, 'failed');
      for (const [at, error] of Object.entries(failures)) {
        text(object(error, `failed.${at}`).Error, `failed.${at}.Error`);
      }
      if ('ValidateRequest' in failures) return state;
      if (request !== undefined) {
        const { requestId, receivedAt } = object(request, 'request');
        text(requestId, 'request.requestId');
        time(receivedAt, 'request.receivedAt');
      }
      if (ending !== undefined) {
        const { outcome, reason } = object(ending, 'ending');
        text(reason, 'ending.reason');
        if (!Object.hasOwn(OUTCOMES, text(outcome, 'ending.outcome'))) {
          fail('ending.outcome', 'one that this function knows');
        }
      }
      return state;
    },

    /** Name of the error stored by a Catch. */
    errorIn(state: unknown, field: string): string {
      return text(object(documentIn(state)[field], field).Error, `${field}.Error`);
    },

    text,

    /** The input names a step that the function does not have. */
    unknownStep: (): never => fail('step', 'one that this function has'),
  };
}
