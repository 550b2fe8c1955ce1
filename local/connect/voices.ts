/** A text-to-speech voice of Amazon Polly with the engine that speaks it. */
export interface Voice {
  voice: string;
  /** `Standard`, `Neural`, `Generative` …, as the flow designer writes it. */
  engine: string;
}

/** What Amazon Connect speaks with until a flow sets a voice, and again after it could not set one. */
export const DEFAULT_VOICE: Voice = { voice: 'Joanna', engine: 'Standard' };

/**
 * The Japanese voices and the engines each of them has. No Japanese voice is generative.
 * @see https://docs.aws.amazon.com/polly/latest/dg/available-voices.html
 */
const JAPANESE_VOICES: Readonly<Record<string, readonly string[]>> = {
  Mizuki: ['Standard'],
  Takumi: ['Standard', 'Neural'],
  Kazuha: ['Neural'],
  Tomoko: ['Neural'],
};

/**
 * Looks a voice up as "Set voice" does when the call runs.
 *
 * Only the Japanese voices and the default are known: every other name counts as a mistake, because a flow of this
 * project speaks Japanese.
 *
 * @param engine in any letter case; Amazon Connect falls back to `Standard` where a flow names none
 * @returns the voice, or a sentence that says why there is none
 */
export function findVoice(name: string, engine = 'Standard'): Voice | string {
  const wanted = engine.charAt(0).toUpperCase() + engine.slice(1).toLowerCase();
  if (name === DEFAULT_VOICE.voice) return { voice: name, engine: wanted };
  const engines = Object.hasOwn(JAPANESE_VOICES, name) ? JAPANESE_VOICES[name] : undefined;
  if (!engines) return `"${name}" is none of the Japanese voices`;
  if (!engines.includes(wanted)) return `${name} has no ${wanted} engine, only ${engines.join(' and ')}`;
  return { voice: name, engine: wanted };
}
