import type { Controls } from '../../adapters/shared-state/controls.ts';
import { type CallRecord, maskRecord } from '../../domain/call-record.ts';
import { changeOf } from './target.ts';

export const REVEAL_OPTIONS = {
  reveal: { type: 'boolean', default: false },
  why: { type: 'string' },
  by: { type: 'string' },
} as const;

export const REVEAL_HELP = `  --reveal       show whole telephone numbers; needs --why "…", and is recorded before anything is shown
  --by NAME      who is looking, if not the user of this machine`;

/**
 * How records are shown: masked, unless whole numbers are asked for. That is recorded first, so that nobody sees them without a
 * trace. Throws `UsageError` if the reason is missing, before anything is read.
 */
export function maskingOf(values: { reveal: boolean; why?: string | undefined; by?: string | undefined }) {
  const change = values.reveal ? changeOf(values) : undefined;
  return async function shown(records: readonly CallRecord[], what: string, controls: Controls) {
    if (change === undefined) return records.map(maskRecord);
    if (records.length > 0) await controls.note(`reveal ${what}`, change);
    return [...records];
  };
}
