import type { Texts } from './texts.ts';
import { english } from './texts-en.ts';
import { japanese } from './texts-ja.ts';

export type Language = 'ja' | 'en';

/** The default texts of a language. `company` is who calls; without it, a general word is used. */
export const textsIn = (language: Language, company?: string): Texts =>
  language === 'en' ? english(company) : japanese(company);
