import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Sentence } from '../../../../domain/outcome-row.ts';

export type Language = keyof Sentence;

/** The language of the board's own texts, and what acts on it. */
export const LanguageContext = createContext<Language>('ja');

/** Says a sentence in the language of the page. */
export function useSay(): (sentence: Sentence) => string {
  const language = useContext(LanguageContext);
  return (sentence) => sentence[language];
}

const STORED = 'board-language';

/** What was chosen on this page before, else the browser's first language that the board has; Japanese where it has none. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(STORED);
  const known = [chosen ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find((tag) => tag === 'ja' || tag === 'en') ?? 'ja';
}

const LANGUAGES: Record<Language, string> = { ja: '日本語', en: 'English' };
const LEGEND: Sentence = { ja: '表示言語', en: 'Language' };

/** Switches the language of the page, and remembers it. */
export function LanguageSwitch({ language, onLanguage }: { language: Language; onLanguage(language: Language): void }) {
  const say = useSay();
  function choose(chosen: Language): void {
    localStorage.setItem(STORED, chosen);
    onLanguage(chosen);
  }
  return (
    <fieldset class="languages">
      <legend class="unseen">{say(LEGEND)}</legend>
      {Object.entries(LANGUAGES).map(([tag, name]) => (
        <button
          key={tag}
          type="button"
          lang={tag}
          aria-pressed={tag === language}
          onClick={() => choose(tag as Language)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
