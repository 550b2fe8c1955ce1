import * as z from 'zod';
import { isOrigin, ORIGIN } from './web-origin.ts';

/**
 * Sites that may embed the softphone of the instance, such as KARTE's own: docs/softphone.md. Amazon Connect only takes https, up to 267
 * characters.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-connect-approvedorigin.html
 * @see https://github.com/amazon-connect/amazon-connect-streams/blob/master/Documentation.md#allowlisting
 */
export const approvedOrigins = z
  .array(
    z
      .string(ORIGIN)
      .max(267, ORIGIN)
      .refine((text) => isOrigin(text) && text.startsWith('https://'), ORIGIN),
  )
  .refine((origins) => new Set(origins).size === origins.length, 'every origin once')
  .default([]);
