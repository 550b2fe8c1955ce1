import { isObject } from '../../domain/json-object.ts';
import type { LoadedStage } from '../../resources/load-stage.ts';
import type { Event } from './event-bus.ts';

/**
 * Replaces the chosen time of an event, which in a sample is always in the past, with the slot at a given moment; other events are
 * unchanged.
 */
export function atSlot(event: Event, { file }: Pick<LoadedStage, 'file'>, moment: number): Event {
  const { detail } = event;
  if (file.appointments === null || !isObject(detail) || !isObject(detail.content)) return event;
  if (detail.content.call_at === undefined) return event;
  // The zones of the local stack have whole-hour offsets.
  const length = file.appointments.slotMinutes * 60_000;
  const call_at = new Date(moment - (moment % length)).toISOString();
  return { ...event, detail: { ...detail, content: { ...detail.content, call_at } } };
}
