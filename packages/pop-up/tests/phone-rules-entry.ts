import { normalisePhone } from '../../../domain/phone-number.ts';
import { formatForReading, formatWhileTyping, readPhone } from '../browser/phone-entry.ts';

export const bundled = { normalisePhone, readPhone, formatWhileTyping, formatForReading };

/* Bundled as the pop-up is: what stands here runs with the metadata of the stage's countries alone. */
Object.assign(globalThis, { bundled });
