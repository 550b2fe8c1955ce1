import { EVERY_KIND, type PhoneRules } from '../../domain/phone-number.ts';

/**
 * Which numbers an agent may call by hand: every kind that reaches a person, in the countries of the stage, or in Japan. A
 * stage's other rules (kinds, prefixes) guard calls that any visitor can request.
 */
export async function rulesOfAgents(stage: string | undefined): Promise<PhoneRules> {
  if (stage === undefined) return { countries: ['JP'], ...EVERY_KIND };
  // Imported lazily: checking settings takes a third of the time that a small file does.
  const { loadStage } = await import('../../resources/load-stage.ts');
  return { countries: loadStage(stage).file.request.countries, ...EVERY_KIND };
}
