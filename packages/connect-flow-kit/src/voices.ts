/** A text-to-speech voice of Amazon Polly with the engine that speaks it. */
export interface Voice {
  voice: string;
  /** `Standard`, `Neural`, `Generative` …, as the flow designer writes it. */
  engine: string;
}

/** The voice that Amazon Connect uses until a flow sets one, and again after setting one failed. */
export const DEFAULT_VOICE: Voice = { voice: 'Joanna', engine: 'Standard' };

const ENGINES = ['Standard', 'Neural', 'Long-form', 'Generative'] as const;

const names = (list: string): readonly string[] => list.split(' ');

/** The Japanese voices. None of them has a long-form or a generative engine. */
const JAPANESE_VOICES: readonly string[] = names('Mizuki Takumi Kazuha Tomoko');

/**
 * The voices by their engines. No standard voice has been added for years, while Polly adds generative and long-form
 * voices every few months, so only the absence of a standard engine, or of any engine, is certain. Justin and
 * Matthew have a standard engine, contrary to the page: published flows use Matthew without naming an engine.
 * @see https://docs.aws.amazon.com/polly/latest/dg/available-voices.html
 */
const ONLY_STANDARD = names(
  `Mizuki Aditi Astrid Carla Carmen Celine Chantal Conchita Cristiano Dora Enrique Ewa Filiz Geraint Giorgio Gwyneth \
Hans Jacek Jan Karl Liv Lotte Mads Maja Marlene Mathieu Maxim Miguel Naja Nicole Penelope Raveena Ricardo Ruben \
Russell Tatyana Zeina`,
);
const STANDARD_AND_OTHERS = names(
  `Takumi Amy Bianca Brian Camila Emma Ines Ivy Joanna Joey Justin Kendra Kevin Kimberly Lea Lucia Lupe Matthew Mia Salli \
Seoyeon Vicki Vitoria Zhiyu`,
);
const NOT_STANDARD = names(
  `Kazuha Tomoko Adriano Alba Ambre Andres Aria Arlet Arthur Ayanda Beatrice Burcu Daniel Danielle Elin Florian \
Gabrielle Gregory Hala Hannah Hiujin Ida Isabelle Jasmine Jihye Jitka Kajal Laura Lennart Liam Lisa Lorenzo \
Niamh Ola Olivia Patrick Pedro Raul Remi Ruth Sabrina Sergio Sofie Stephen Suvi Thiago Tiffany Zayd`,
);

export const isJapaneseVoice = (name: string): boolean => JAPANESE_VOICES.includes(name);

/** The engines a voice can have; undefined for a name that is not a voice. */
export function enginesOf(name: string): readonly string[] | undefined {
  const standard = ONLY_STANDARD.includes(name) || STANDARD_AND_OTHERS.includes(name);
  if (!standard && !NOT_STANDARD.includes(name)) return undefined;
  if (ONLY_STANDARD.includes(name)) return ['Standard'];
  const others = isJapaneseVoice(name) ? ['Neural'] : ENGINES.slice(1);
  return standard ? ['Standard', ...others] : others;
}

/**
 * Looks a voice up as "Set voice" does when the call runs.
 *
 * @param engine in any case; Amazon Connect falls back to `Standard` if a flow names none
 * @returns the voice, or a sentence (without a full stop) that says why there is none
 */
export function findVoice(name: string, engine = 'Standard'): Voice | string {
  const wanted = engine.charAt(0).toUpperCase() + engine.slice(1).toLowerCase();
  const engines = enginesOf(name);
  if (engines === undefined) return `there is no voice "${name}"`;
  if (!engines.includes(wanted)) return `${name} has no ${wanted} engine, only ${engines.join(' and ')}`;
  return { voice: name, engine: wanted };
}
