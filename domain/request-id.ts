import { maskPhones } from './masking.ts';

/** EventBridge and SNS ids are UUIDs; anything plain and short is accepted, but nothing that reads like a number. */
export function usableId(id: unknown): string | undefined {
  const usable = typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9_.:-]{7,127}$/.test(id) && maskPhones(id) === id;
  return usable ? id : undefined;
}
