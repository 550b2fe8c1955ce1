import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type HeardNumber, readHeardNumber } from '../../../../../domain/heard-inquiry-number.ts';
import { firstLanguage, type Language, LanguageContext, LanguageSwitch, useSay } from '../../page/language.tsx';
import { PageLinks } from '../../page/page-links.tsx';
import { copyText } from './copy-text.ts';
import { spoken, stillMissing, OPERATOR_TEXTS as TEXTS } from './operator-texts.ts';

/** What KARTE's user search wants: the guide's event, and the field that holds the number. */
const EVENT = 'call_tracking';
const FIELD = 'track_id';

interface Props {
  /** What is known of the request with this number; nothing where the page stands alone. */
  found?: (digits: string) => ComponentChildren;
}

/** The page for anyone who speaks with customers: is the number right, and how is the customer found in KARTE? */
export function Operator({ found }: Props) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = TEXTS.title[language];
  }, [language]);
  return (
    <LanguageContext.Provider value={language}>
      <Header isServed={found !== undefined} language={language} onLanguage={setLanguage} />
      <NumberDesk found={found} />
    </LanguageContext.Provider>
  );
}

interface HeaderProps {
  /** By the local stack, which has other pages, too. */
  isServed: boolean;
  language: Language;
  onLanguage(language: Language): void;
}

function Header({ isServed, ...languages }: HeaderProps) {
  const say = useSay();
  return (
    <header class="top">
      <div class="name">
        <h1>{say(TEXTS.title)}</h1>
        <p>{say(TEXTS.intro)}</p>
      </div>
      {isServed && <PageLinks from="operator" />}
      <LanguageSwitch {...languages} />
    </header>
  );
}

function NumberDesk({ found }: { found: Props['found'] | undefined }) {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus(), []);
  const heard = readHeardNumber(typed);

  function clear(): void {
    setTyped('');
    field.current?.focus();
  }

  return (
    <main>
      <section class="panel desk">
        <label for={id}>{say(TEXTS.label)}</label>
        <div class="entry">
          <input
            id={id}
            ref={field}
            value={typed}
            inputMode="numeric"
            autocomplete="off"
            maxLength={40}
            placeholder="4829-1532"
            aria-describedby={`${id}-said`}
            onInput={({ currentTarget: { value } }) => setTyped(value)}
          />
          <button type="button" class="quiet" disabled={typed === ''} onClick={clear}>
            {say(TEXTS.clear)}
          </button>
        </div>
        <div id={`${id}-said`} class={`said ${heard.state}`} role="status">
          <Verdict heard={heard} />
        </div>
      </section>
      {heard.state === 'right' && <KarteSearch digits={heard.digits} />}
      {heard.state === 'right' && found?.(heard.digits)}
      {!found && <p class="dim">{say(TEXTS.onlyNumber)}</p>}
    </main>
  );
}

function Verdict({ heard }: { heard: HeardNumber }) {
  const say = useSay();
  switch (heard.state) {
    case 'empty':
      return <p class="dim">{say(TEXTS.hint)}</p>;
    case 'unfinished':
      return <p class="dim">{say(stillMissing(heard.missing))}</p>;
    case 'letters':
    case 'long':
    case 'zero':
      return <p>{say(TEXTS[heard.state])}</p>;
    case 'wrong':
      return (
        <>
          <p class="verdict">
            <span aria-hidden="true">×</span> {say(TEXTS.wrong)} <b>{heard.grouped}</b>
          </p>
          <p>{say(TEXTS.wrongWhy)}</p>
          <ReadBack grouped={heard.grouped} />
        </>
      );
    case 'right':
      return (
        <>
          <p class="verdict">
            <span aria-hidden="true">✓</span> {say(TEXTS.right)} <b>{heard.grouped}</b>
          </p>
          <ReadBack grouped={heard.grouped} />
        </>
      );
  }
}

function ReadBack({ grouped }: { grouped: string }) {
  const say = useSay();
  return (
    <p class="dim">
      {say(TEXTS.readBack)}: {say(spoken(grouped))}
    </p>
  );
}

function KarteSearch({ digits }: { digits: string }) {
  const say = useSay();
  const id = useId();
  const rows = [
    { words: TEXTS.event, text: EVENT },
    { words: TEXTS.field, text: FIELD },
    { words: TEXTS.value, text: digits },
  ];
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{say(TEXTS.search)}</h2>
      <p class="help">{say(TEXTS.searchHow)}</p>
      <dl class="search">
        {rows.map(({ words, text }) => (
          <div key={text}>
            <dt>{say(words)}</dt>
            <dd>
              <code>{text}</code>
              <CopyButton text={text} what={say(words)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** How long it says that it was copied, in milliseconds. */
const SAID_MS = 2_000;

function CopyButton({ text, what }: { text: string; what: string }) {
  const say = useSay();
  const [said, setSaid] = useState<'copied' | 'notCopied'>();
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => void copyText(text).then((done) => setSaid(done ? 'copied' : 'notCopied'));
  return (
    <>
      <button type="button" aria-label={`${what}: ${say(TEXTS.copy)}`} onClick={copy}>
        {say(TEXTS.copy)}
      </button>
      <span class="dim" role="status">
        {said && say(TEXTS[said])}
      </span>
    </>
  );
}
