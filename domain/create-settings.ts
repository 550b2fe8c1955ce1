import * as z from 'zod';
import { closing, opening, text, uuid } from './setting-forms.ts';

/** The id of an existing resource, or the word of domain/created-ids.ts for what the stack creates. */
export const idOrCreate = text(
  /^(?:create|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  'a UUID in lower case, or create',
);

/** As Amazon Connect writes them. */
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
const DAY = `one of ${DAYS.join(', ')}`;
const DATE = 'a day in quotes, such as "2026-12-29"';

/** Whether the day exists: no 13th month, no 30th of February. */
const isDay = (date: string): boolean =>
  !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().slice(0, 10) === date;

/**
 * When the queues that the stack creates are open, in `callingHours.timeZone`. Amazon Connect takes hours and minutes for each day
 * separately, with midnight as 0:00.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_HoursOfOperationConfig.html
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/set-hours-operation.html
 */
const weeklyHours = z.strictObject({
  days: z
    .array(z.enum(DAYS, DAY), 'a list of days')
    .min(1, 'at least one day')
    .refine((days) => new Set(days).size === days.length, 'every day once'),
  start: opening,
  /** Exclusive; "24:00" is midnight. */
  end: closing,
  /** Closed on the holidays of Japan of two years, from the day on which the stage is packaged. */
  closedOnHolidays: z.boolean('true or false').default(true),
  /** Further days on which they are closed, YYYY-MM-DD. */
  alsoClosed: z
    .array(text(/^\d{4}-\d\d-\d\d$/, DATE).refine(isDay, DATE))
    .refine((days) => new Set(days).size === days.length, 'every day once')
    .default([]),
});

/**
 * What the stack creates, besides resources with `create` under `connect`. Switching something off does not delete it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-connect-instance.html for the alias
 */
export const createSettings = z
  .strictObject({
    /** The instance's name in https://<alias>.my.connect.aws, which must be unique; with `instanceId: create`. */
    instanceAlias: text(
      /^(?!d-)[\da-zA-Z](?:-*[\da-zA-Z]){0,44}$/,
      'up to 45 letters, digits and hyphens between them, not beginning with d-',
    )
      .max(45, 'at most 45 characters')
      .nullable()
      .default(null),
    /** Hours of operation of the queues that the stack creates: when they are open, or the id of existing hours. */
    hours: z
      .union([uuid, weeklyHours], 'a group of fields (days, start, end, closedOnHolidays, alsoClosed), a UUID, or null')
      .nullable()
      .default(null),
    /** One routing profile for each pool of `agents.pools`, with all its queues. */
    routingProfiles: z.boolean('true or false').default(false),
    /** The event bus of KARTE's event source, which stays pending in the account until it is associated. */
    eventBus: z.boolean('true or false').default(false),
  })
  .prefault({});
