import { useEffect, useRef, useState } from 'preact/hooks';
import type { TranscriptLine } from '../../connect/contact.ts';
import type { ContactView } from '../protocol.ts';
import { newestSpeech } from './newest-speech.ts';

/** Missing in a browser without speech synthesis. */
const SYNTHESIS = (globalThis as Partial<typeof globalThis>).speechSynthesis;

/** The device's Japanese voice, once the browser has loaded its voices. */
export function useJapaneseVoice(): SpeechSynthesisVoice | undefined {
  const [voice, setVoice] = useState(japaneseVoice);
  useEffect(() => {
    const look = () => setVoice(japaneseVoice);
    SYNTHESIS?.addEventListener?.('voiceschanged', look);
    return () => SYNTHESIS?.removeEventListener?.('voiceschanged', look);
  }, []);
  return voice;
}

/**
 * Android uses `ja_JP`. Some browsers have voices that run on a server and would receive what visitors typed; only local voices are
 * used, so that nothing leaves this machine.
 */
const japaneseVoice = (): SpeechSynthesisVoice | undefined =>
  SYNTHESIS?.getVoices().find(({ lang, localService }) => localService && /^ja\b|^ja_/i.test(lang));

/**
 * Reads out what the customer hears in the call on show, from now on: no recordings, nothing that only the agent hears, and
 * nothing after its end.
 *
 * @param voice undefined: silent
 */
export function useReadAloud(contact: ContactView | null, voice: SpeechSynthesisVoice | undefined): void {
  const speech = useRef<ReturnType<typeof newestSpeech>>(null);
  const heard = useRef<{ call: string | undefined; lines: number }>({ call: undefined, lines: 0 });

  useEffect(() => {
    if (voice === undefined) return;
    const speaking = newestSpeech(mouthOf(voice));
    speech.current = speaking;
    return () => {
      speaking.stop();
      speech.current = null;
    };
  }, [voice]);

  const call = contact?.legs[0]?.id;
  const isOver = contact === null || contact.state === 'ended';
  const lines = contact?.transcript ?? NO_LINES;
  useEffect(() => {
    const isAnother = heard.current.call !== call;
    if (isAnother || isOver) speech.current?.stop();
    // For a call already in progress, only the newest prompt.
    const fresh = lines.slice(isAnother ? 0 : heard.current.lines).filter(isSpoken);
    heard.current = { call, lines: lines.length };
    if (isOver) return;
    for (const { text } of isAnother ? fresh.slice(-1) : fresh) speech.current?.say(text);
  }, [call, isOver, lines]);
}

const NO_LINES: readonly TranscriptLine[] = [];

/** Recordings are not available here, so they are not spoken. */
const isSpoken = ({ kind, voice, text }: TranscriptLine): boolean =>
  kind === 'prompt' && voice !== undefined && text.trim() !== '';

const mouthOf = (voice: SpeechSynthesisVoice) => ({
  start(text: string, done: () => void): void {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = 'ja-JP';
    utterance.addEventListener('end', done);
    utterance.addEventListener('error', done);
    SYNTHESIS?.speak(utterance);
  },
  stop: () => SYNTHESIS?.cancel(),
});
