import type { Ending } from './outcomes.ts';
import type { StageSettings } from './stage-settings.ts';

/** The number in KARTE's guide, in E.164. It is in the sample events and on many pages, and may belong to somebody. */
export const EXAMPLE_NUMBER = '+819012345678';

/**
 * Refuses the example number everywhere except in the local stack, where phones are simulated, so that a sample event sent to a real
 * stage by mistake calls nobody.
 *
 * @param phone E.164, or any text from a sample event of startCall
 */
export function refusalOfExample(phone: string, { isLocal }: Pick<StageSettings, 'isLocal'>): Ending | undefined {
  if (isLocal || nationalDigits(phone) !== nationalDigits(EXAMPLE_NUMBER)) return undefined;
  return { outcome: 'number_refused', reason: 'example_number' };
}

/** `+81 (0)90-1234-5678` and `090 1234 5678` are one number. */
const nationalDigits = (phone: string): string => phone.replace(/\D/g, '').replace(/^(?:81)?0?/, '');
