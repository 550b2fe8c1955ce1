import * as z from 'zod';
import { text } from './setting-forms.ts';

/** KARTE's endpoint for events: https://developers.karte.io/reference, Track API v2. */
const TRACK_API = 'https://api.karte.io/v2/track/event/write';

/**
 * Whether the result of each request and call is reported to KARTE; null for no reports.
 * @see docs/report-to-karte.md
 */
export const karteReportSettings = z
  .strictObject({
    /** Of the Track API v2. */
    endpoint: text(/^(https:\/\/|http:\/\/127\.0\.0\.1:)[^\s?#@]+$/, 'an address that begins with https://').default(
      TRACK_API,
    ),
    /** Secret of AWS Secrets Manager with the access token. */
    secretName: text(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'the name of a secret in AWS Secrets Manager'),
    /** Prefix of the events' names. */
    eventPrefix: text(
      /^[a-z][a-z0-9_]{0,39}$/,
      'the beginning of an event name: a small letter, then up to 39 small letters, digits and _',
    ).default('karte_ivr_'),
  })
  .nullable()
  .default(null);
