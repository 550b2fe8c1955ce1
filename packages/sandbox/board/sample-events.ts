import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../../domain/json-text.ts';
import { atSlot } from '../at-slot.ts';
import type { Event } from '../event-bus.ts';
import { PROJECT } from '../service.ts';
import type { Stack } from '../stack.ts';
import { ActionError } from './action-error.ts';
import type { ActionResult } from './protocol.ts';

const FOLDER = join(PROJECT, 'events');

/** Those that KARTE could send: the others are what single functions take. */
const SAMPLES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => /^(?:call-request\..+|unmatched)\.json$/.test(file))
  .map((file) => file.slice(0, -'.json'.length));

/** Puts a sample event on the bus as if it happened now, unless its point is that it is old. Throws `ActionError`. */
export function sendSample(stack: Stack, name: string): ActionResult {
  if (!SAMPLES.includes(name)) throw new ActionError(`expected one of the sample events ${SAMPLES.join(', ')}`);
  const event = parseJson(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Event;
  const { stage } = stack.service;
  const inNextSlot = Date.now() + (stage.file.appointments?.slotMinutes ?? 0) * 60_000;
  const delivery = stack.put({ ...atSlot(event, stage, inNextSlot), id: randomUUID() });
  if (delivery.result === 'started') return { requestId: String(delivery.event.id) };
  throw new ActionError(`the rule does not take this event: ${[delivery.because].flat().join('; ')}`);
}
