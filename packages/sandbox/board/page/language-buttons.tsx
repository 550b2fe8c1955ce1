import { TEXTS } from './board-texts.ts';
import { type Language, useSay } from './language.tsx';

const LANGUAGES: Record<Language, string> = { ja: '日本語', en: 'English' };

/** The two languages of a page of the board, one of them pressed. */
export function LanguageButtons({
  language,
  onLanguage,
}: {
  language: Language;
  onLanguage(language: Language): void;
}) {
  const say = useSay();
  return (
    <fieldset class="languages">
      <legend class="unseen">{say(TEXTS.language)}</legend>
      {Object.entries(LANGUAGES).map(([tag, name]) => (
        <button
          key={tag}
          type="button"
          lang={tag}
          aria-pressed={tag === language}
          onClick={() => onLanguage(tag as Language)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
