import { isObject } from '../../domain/json-object.ts';
import type { LoadedStage } from '../../resources/load-stage.ts';
import type { Event } from './event-bus.ts';

/**
 * An event that chose a time, which a sample can only do for a day that is past, with the slot that runs at a moment instead;
 * every other event as it is.
 */
export function atSlot(event: Event, { file }: Pick<LoadedStage, 'file'>, moment: number): Event {
  const { detail } = event;
  if (file.appointments === null || !isObject(detail) || !isObject(detail.content)) return event;
  if (detail.content.call_at === undefined) return event;
  // All that the local stack knows of zones are whole hours.
  const length = file.appointments.slotMinutes * 60_000;
  const call_at = new Date(moment - (moment % length)).toISOString();
  return { ...event, detail: { ...detail, content: { ...detail.content, call_at } } };
}
