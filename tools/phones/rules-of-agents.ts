import { EVERY_KIND, type PhoneRules } from '../../domain/phone-number.ts';
import { loadStage } from '../../resources/load-stage.ts';

/**
 * Which numbers an agent may call by hand: every kind that reaches a person, in the countries of the stage. Its other rules
 * (kinds, prefixes) are for calls that a visitor asks for, and anybody can ask.
 */
export const rulesOfAgents = (stage: string): PhoneRules => ({
  countries: loadStage(stage).file.request.countries,
  ...EVERY_KIND,
});
