import { createHash } from 'node:crypto';
import { html } from '../review/escape.ts';
import { isJapaneseVoice } from '../voices.ts';
import type { HeardLine } from './call-lines.ts';
import { PAGE_STYLE } from './page-style.ts';
import { type PageSound, player } from './player.ts';
import { type Audio, promptKey, type SpokenPrompts } from './prompt.ts';

/** Everything that a listen page is made from. */
interface ListenedCall {
  /** The options that the call was requested with. */
  command: string;
  flow: string;
  /** How the call ended, one sentence. */
  because: string;
  /** Who speaks, a sentence. */
  speaker: string;
  lines: readonly HeardLine[];
  spoken: SpokenPrompts;
  /** See `unheardIn`. */
  unheard: readonly string[];
}

/**
 * One HTML page with a call as it sounds. It contains its sound, requests nothing from the network, and runs no script but its
 * own, whatever the flow's texts contain.
 */
export function listenPage({ command, flow, because, speaker, lines, spoken, unheard }: ListenedCall): string {
  const script = `(${player.toString()})();`;
  const allowed = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src ${allowed}; media-src blob:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(flow)}: the call as it sounds</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${html(flow)}: the call as it sounds</h1>
<p class="dim"><code>${html(command)}</code></p>
<p>${html(because)} ${html(speaker)}</p>
${unheardNote(unheard)}
<div class="player">
<audio id="call" controls preload="auto"></audio>
<label><input type="checkbox" id="short"> Cut every silence to two seconds</label>
<span id="state" role="status">The sound is being put together …</span>
</div>
<ol id="lines">
${lines.map((line, index) => lineItem(line, lines[index - 1], spoken)).join('\n')}
</ol>
</main>
<script type="application/json" id="sound">${soundOf(lines, spoken)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function unheardNote(unheard: readonly string[]): string {
  if (unheard.length === 0) return '<p>Every prompt of this call is heard here.</p>';
  const parts = unheard.map((part) => `<li>${html(part)}</li>`).join('');
  return `<div class="unheard"><p>Nobody has heard this here:</p><ul>${parts}</ul></div>`;
}

function lineItem(line: HeardLine, before: HeardLine | undefined, spoken: SpokenPrompts): string {
  const { kind, flow, listener } = line;
  const heading = flow !== undefined && flow !== before?.flow ? `<p class="flow">${html(flow)}</p>` : '';
  const what = `<div class="what">${wordsOf(line, spoken)}</div>`;
  return `<li class="${kind} ${listener}">${heading}<button type="button">▶</button>${what}</li>`;
}

function wordsOf(line: HeardLine, spoken: SpokenPrompts): string {
  const who = line.listener === 'agent' ? 'only the agent hears it' : 'the customer hears it';
  switch (line.kind) {
    case 'speech': {
      const { voice, engine, text } = line.prompt;
      const pause = line.pauseSeconds === undefined ? '' : ` · ${line.pauseSeconds} s of pauses in it`;
      const audio = spoken.get(promptKey(line.prompt));
      const silent = typeof audio === 'object' ? '' : ` · not heard: ${html(audio ?? 'nobody was asked to say it')}`;
      const language = isJapaneseVoice(voice) ? ' lang="ja"' : '';
      return `<p class="who">${html(voice)} (${html(engine)}) · ${who}${pause}${silent}</p><p class="said"${language}>${html(text)}</p>`;
    }
    case 'recording':
      return `<p class="who">music or a recording of unknown length · ${who}</p><p>♪ <code>${html(line.recording)}</code></p>`;
    case 'silence':
      return `<p class="event">silence, ${line.seconds} s${line.listener === 'agent' ? ` · ${who}` : ''}</p>`;
    case 'event':
      return `<p class="event">— ${html(line.text)}</p>`;
    case 'unsaid':
      return `<p class="event">✕ Nothing is said: ${html(line.text)}</p>`;
  }
}

/** What the player reads: each clip once, however often it is heard. */
function soundOf(lines: readonly HeardLine[], spoken: SpokenPrompts): string {
  const clips: Audio[] = [];
  const heard = lines.map((line): PageSound['lines'][number] => {
    if (line.kind === 'recording') return { isRecording: true };
    if (line.kind !== 'speech') return 'seconds' in line ? { seconds: line.seconds } : {};
    const audio = spoken.get(promptKey(line.prompt));
    if (typeof audio !== 'object') return {};
    if (!clips.includes(audio)) clips.push(audio);
    return { clip: clips.indexOf(audio) };
  });
  const sound: PageSound = { clips: clips.map((audio) => Buffer.from(audio).toString('base64')), lines: heard };
  return JSON.stringify(sound).replaceAll('<', '\\u003c');
}
