import { describe, expect, it } from 'vitest';
import type { HeardLine } from '../src/listen/call-lines.ts';
import { listenPage } from '../src/listen/listen-page.ts';
import { type Prompt, promptKey } from '../src/listen/prompt.ts';

const HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">\'"&';
const by = (text: string): Prompt => ({ voice: 'Kazuha', engine: 'Neural', text });
const speech = (prompt: Prompt, listener: HeardLine['listener'] = 'customer'): HeardLine => ({
  kind: 'speech',
  flow: 'test',
  listener,
  prompt,
});

/** A page of these lines; prompts in `spoken` have a clip. */
function page(lines: HeardLine[], { spoken = [] as Prompt[], unheard = [] as string[], flow = 'test' } = {}): string {
  const audio = new Map(spoken.map((prompt) => [promptKey(prompt), Buffer.from(`clip of ${prompt.text}`)]));
  return listenPage({
    command: 'flows listen test',
    flow,
    because: 'Over.',
    speaker: '',
    lines,
    spoken: audio,
    unheard,
  });
}

/** What the page hands to its player. */
const soundOf = (text: string): unknown =>
  JSON.parse(/<script type="application\/json" id="sound">([^<]*)<\/script>/.exec(text)?.[1] ?? '');

describe('a listen page', () => {
  it('holds each clip once, however often it is heard, and says what is heard when', () => {
    const [hello, bye] = [by('こんにちは'), by('さようなら')];
    const lines: HeardLine[] = [
      { kind: 'event', listener: 'customer', text: 'The customer answers.' },
      speech(hello),
      { kind: 'silence', listener: 'customer', seconds: 10 },
      speech(hello),
      speech(bye),
      { kind: 'recording', listener: 'customer', recording: 'music' },
    ];
    expect(soundOf(page(lines, { spoken: [hello, bye] }))).toEqual({
      clips: ['clip of こんにちは', 'clip of さようなら'].map((text) => Buffer.from(text).toString('base64')),
      lines: [{}, { clip: 0 }, { seconds: 10 }, { clip: 0 }, { clip: 1 }, { isRecording: true }],
    });
  });

  it('marks who hears a prompt, and one that could not be spoken', () => {
    const text = page([speech(by('お客様です')), speech(by('会員です'), 'agent')], { spoken: [by('お客様です')] });
    expect(text).toContain('<p class="who">Kazuha (Neural) · the customer hears it</p>');
    expect(text).toContain(
      '<p class="who">Kazuha (Neural) · only the agent hears it · not heard: nobody was asked to say it</p>',
    );
  });

  it('tells the parts that nobody has heard, or that there is none', () => {
    expect(page([])).toContain('<p>Every prompt of this call is heard here.</p>');
    expect(page([], { unheard: ['the recording <music>'] })).toContain('<li>the recording &lt;music&gt;</li>');
  });

  it('takes every text of a flow for text', () => {
    const lines: HeardLine[] = [
      speech({ voice: HOSTILE, engine: HOSTILE, text: HOSTILE }),
      { kind: 'recording', flow: HOSTILE, listener: 'agent', recording: HOSTILE },
      { kind: 'event', listener: 'customer', text: HOSTILE },
      { kind: 'unsaid', flow: HOSTILE, listener: 'customer', text: HOSTILE },
    ];
    const text = page(lines, { unheard: [HOSTILE], flow: HOSTILE });
    expect(text).not.toContain('<img');
    // The sound and the player.
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/<\/script/g)).toHaveLength(2);
  });
});
