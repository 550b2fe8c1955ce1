import type { FlowDocument } from 'connect-flow-kit';
import { afterEach, beforeEach, vi } from 'vitest';
import type { ConnectOptions } from '../connect/connect-options.ts';
import type { Contact } from '../connect/contact.ts';
import type { ContactEvent } from '../connect/contact-events.ts';
import type { ConnectModel } from '../connect/model.ts';
import { FLOW, REQUEST, testModel } from './connect-support.ts';

const START = new Date('2026-11-22T03:00:00.000Z');

/** Time stands still from START on until a test lets it pass. Call it once in a test file. */
export function stopTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START });
  });
  afterEach(() => {
    // First a spy on them: put back later, it would leave the timers of the test behind.
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}

/** Lets this many seconds of life pass. */
export const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

/** An instance that runs as fast as life, with what it told. */
export function instance(options: Partial<ConnectOptions> = {}) {
  const events: ContactEvent[] = [];
  const model = testModel({ speed: 1, onContactEvent: (event) => events.push(event), ...options });
  return { model, events, eventTypes: () => events.map(({ detail }) => detail.eventType) };
}

export const call = (model: ConnectModel, request: Partial<typeof REQUEST> = {}): string =>
  model.startOutbound({ ...REQUEST, ...request }).ContactId;

export function contactOf(model: ConnectModel, id: string): Contact {
  const contact = model.contact(id);
  if (!contact) throw new Error(`no contact ${id}`);
  return contact;
}

export const heard = (contact: Contact): string[] =>
  contact.transcript.filter(({ kind }) => kind === 'prompt').map(({ text }) => text);
export const happened = (contact: Contact): string[] =>
  contact.transcript.filter(({ kind }) => kind === 'system').map(({ text }) => text);

/** Long enough for the greeting of the flow, which is 59 characters at seven a second. */
export const GREETING_SECONDS = 10;

/** An instance whose only flow is this one. */
export const flowInstance = (document: FlowDocument, options: Partial<ConnectOptions> = {}) =>
  instance({ flows: new Map([[FLOW, { name: 'test', type: 'CONTACT_FLOW', document }]]), ...options });
