import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../connect/live-call.ts';
import type { BoardAction, ContactView, RequestRow, SaidLine } from '../protocol.ts';
import { pressKey, TEXTS } from './board-texts.ts';
import { ANSWER_WORDS, callWords } from './code-words.ts';
import { happenedInWords } from './happened-words.ts';
import { LanguageContext, useSay } from './language.tsx';
import { Foreign, Panel } from './parts.tsx';
import { useJapaneseVoice, useReadAloud } from './read-aloud.ts';
import { Clock } from './times.tsx';
import { valueInWords } from './value-words.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

interface Props {
  /** How the phone is answered where nobody touches it. */
  answer: Answer;
  row: RequestRow | undefined;
  contact: ContactView | null;
  onAction(action: BoardAction): void;
}

/** The visitor's phone: it rings, speaks, takes keys and hangs up. */
export function Phone({ answer, row, contact, onAction }: Props) {
  const say = useSay();
  return (
    <Panel id="phone" title={TEXTS.phoneTitle} step={3}>
      <label class="answer-mode">
        {say(TEXTS.answerMode)}
        <select
          value={answer}
          onChange={({ currentTarget: { value } }) => onAction({ do: 'set-answer', answer: value as Answer })}
        >
          {Object.entries(ANSWER_WORDS).map(([value, words]) => (
            <option key={value} value={value}>
              {say(words)}
            </option>
          ))}
        </select>
      </label>
      <div class={`handset telephone ${contact?.state ?? 'idle'}`}>
        {contact ? (
          <Call contact={contact} onAction={onAction} />
        ) : (
          <div class="idle-screen">
            <p class="state-of-call">{say(TEXTS.phoneIdle)}</p>
            <p>{say(row === undefined ? TEXTS.phoneIdleHelp : whyNoCall(row))}</p>
            {row && <p class="dim">{say(row.words)}</p>}
          </div>
        )}
        <ReadAloud contact={contact} />
      </div>
    </Panel>
  );
}

/** A switch, off at first. Where the device cannot speak Japanese, it says so once somebody wants to hear it. */
function ReadAloud({ contact }: { contact: ContactView | null }) {
  const say = useSay();
  const [isOn, setOn] = useState(false);
  const voice = useJapaneseVoice();
  useReadAloud(contact, isOn ? voice : undefined);
  return (
    <div class="read-aloud">
      <label>
        <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => setOn(currentTarget.checked)} />
        {say(TEXTS.readAloud)}
      </label>
      <p role="status">{isOn && voice === undefined && say(TEXTS.noJapaneseVoice)}</p>
    </div>
  );
}

const whyNoCall = ({ status }: RequestRow) => (status === 'RUNNING' ? TEXTS.phoneNotYet : TEXTS.phoneNotCalled);

function Call({ contact, onAction }: { contact: ContactView; onAction: Props['onAction'] }) {
  const say = useSay();
  const { id, state, legs, source, destination, asksForKeys } = contact;
  const agent = legs.find((leg) => leg.id === id)?.agent;
  return (
    <>
      <div class="line">
        <p class="state-of-call" role="status">
          {say(callWords(contact))}
          {state === 'with-agent' && agent !== undefined && (
            <>
              {' '}
              <span class="agent-name">{`(${agent})`}</span>
            </>
          )}
        </p>
        <p class="numbers">
          {source} <span aria-hidden="true">→</span> {destination}
        </p>
      </div>
      <Transcript key={legs[0]?.id} lines={contact.transcript} />
      {state === 'ringing' && (
        <div class="call-buttons">
          <button type="button" class="answer" onClick={() => onAction({ do: 'answer', contact: id })}>
            {say(TEXTS.answer)}
          </button>
          <button type="button" class="hang-up" onClick={() => onAction({ do: 'hang-up', contact: id })}>
            {say(TEXTS.decline)}
          </button>
        </div>
      )}
      {state !== 'ringing' && state !== 'ended' && (
        <>
          <Keypad asked={asksForKeys} onPress={(key) => onAction({ do: 'press', contact: id, key })} />
          <div class="call-buttons">
            <button type="button" class="hang-up" onClick={() => onAction({ do: 'hang-up', contact: id })}>
              {say(TEXTS.hangUp)}
            </button>
          </div>
        </>
      )}
      {state === 'ended' && contact.disconnectReason !== undefined && (
        <p class="over">{say(valueInWords('disconnectReason', contact.disconnectReason, { timeZone: '' }))}</p>
      )}
      {state === 'ended' && ![source, destination].includes('anonymous') && (
        <div class="call-buttons">
          <button type="button" class="answer" onClick={() => onAction({ do: 'call-back', contact: id })}>
            {say(TEXTS.callBack)}
          </button>
        </div>
      )}
    </>
  );
}

/** Grows line by line, and stays at its end unless somebody reads further up. */
function Transcript({ lines }: { lines: readonly SaidLine[] }) {
  const say = useSay();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);

  // The number of lines moves the end.
  useEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines.length]);

  function onScroll(): void {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div ref={box} class="transcript" role="log" aria-label={say(TEXTS.transcript)} tabIndex={0} onScroll={onScroll}>
      {lines.map((line, index) => (
        <Line key={`${index} ${line.at}`} {...line} />
      ))}
    </div>
  );
}

function Line({ kind, text, at, voice, gloss }: SaidLine) {
  const say = useSay();
  const language = useContext(LanguageContext);
  if (kind === 'system') {
    return (
      <p class="happened">
        <Clock iso={at} /> {say(happenedInWords(text))}
      </p>
    );
  }
  return (
    <div class={`spoken ${kind}`}>
      <p class="speaker">
        {voice ?? say(TEXTS.recording)}
        {kind === 'whisper' && ` – ${say(TEXTS.agentOnly)}`}
      </p>
      <p class="speech" lang="ja">
        <Foreign text={text} />
      </p>
      {language === 'en' && gloss !== undefined && (
        <p class="gloss" lang="en">
          <Foreign text={gloss} />
        </p>
      )}
    </div>
  );
}

function Keypad({ asked, onPress }: { asked: ContactView['asksForKeys']; onPress(key: string): void }) {
  const say = useSay();
  return (
    <fieldset class={`keypad ${asked ? 'asked' : ''}`}>
      <legend>{say(asked ? TEXTS.keysAsked : TEXTS.keypad)}</legend>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          class={asked?.choices?.includes(key) ? 'choice' : ''}
          aria-label={say(pressKey(key))}
          onClick={() => onPress(key)}
        >
          {key}
        </button>
      ))}
    </fieldset>
  );
}
