/** What the player uses of the browser that runs it; browser types do not belong in the rest of the package. */
interface PageElement {
  textContent: string | null;
  querySelector(selector: string): PageElement | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  scrollIntoView(where: { block: 'nearest' }): void;
  append(text: string): void;
  addEventListener(type: string, listener: () => void): void;
}
interface PagePlayer extends PageElement {
  src: string;
  currentTime: number;
  paused: boolean;
  ended: boolean;
  play(): Promise<void>;
}
declare const document: {
  body: { dataset: Record<string, string> };
  querySelector<T = PageElement>(selector: string): T;
  querySelectorAll(selector: string): Iterable<PageElement>;
};
declare const OfflineAudioContext: new (
  channels: number,
  length: number,
  rate: number,
) => { decodeAudioData(file: ArrayBuffer): Promise<{ getChannelData(channel: number): Float32Array }> };
declare function requestAnimationFrame(next: () => void): void;

/** What the page tells its player, in `#sound`. */
export interface PageSound {
  /** Base64. */
  clips: string[];
  /** `seconds` of silence if a line has no clip. */
  lines: { clip?: number; seconds?: number; isRecording?: true }[];
}

/**
 * The script of a listen page; it runs only there, and uses nothing outside itself. Joins the clips and what
 * is between them into one sound, so that the browser's own player has play, pause, position and speed for the whole
 * call, and marks the line that is heard.
 *
 * In the page, `#lines` has an item with a button for each line, `#call` is the browser's player, `#short` the switch for short
 * silences, and `#state` says that it takes a moment.
 */
export async function player(): Promise<void> {
  const RATE = 16_000;
  /** A line without a sound of its own is marked for long enough to be seen. */
  const EVENT_SECONDS = 0.5;
  /** The length of a recording is unknown: a low hum stands for it. */
  const RECORDING_SECONDS = 3;
  const SHORT_SECONDS = 2;

  const { clips, lines }: PageSound = JSON.parse(document.querySelector('#sound').textContent ?? '');
  const items = [...document.querySelectorAll('#lines > li')];
  const audio = document.querySelector<PagePlayer>('#call');
  const short = document.querySelector<PageElement & { checked: boolean }>('#short');
  const state = document.querySelector('#state');

  const sounds = await Promise.all(clips.map(decoded));
  /** Where each line begins, in seconds. */
  let starts: number[] = [];
  let current = -1;

  /** Null if the browser cannot play it. */
  function decoded(base64: string): Promise<Float32Array | null> {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const context = new OfflineAudioContext(1, 1, RATE);
    return context.decodeAudioData(bytes.buffer).then(
      (sound) => sound.getChannelData(0),
      () => null,
    );
  }

  /** Samples of a line; undefined if it is silent. */
  function soundOf(index: number): Float32Array | undefined {
    const { clip, isRecording } = lines[index] ?? {};
    if (isRecording) {
      return Float32Array.from(
        { length: RECORDING_SECONDS * RATE },
        (_, at) => 0.04 * Math.sin((at * 2 * Math.PI * 220) / RATE),
      );
    }
    return clip === undefined ? undefined : (sounds[clip] ?? undefined);
  }

  function lengthOf(index: number): number {
    const sound = soundOf(index);
    if (sound) return sound.length;
    const seconds = lines[index]?.seconds ?? EVENT_SECONDS;
    return Math.round((short.checked ? Math.min(seconds, SHORT_SECONDS) : seconds) * RATE);
  }

  function assemble(): void {
    const lengths = lines.map((_, index) => lengthOf(index));
    const samples = new Int16Array(lengths.reduce((sum, length) => sum + length, 0));
    starts = [];
    let at = 0;
    lengths.forEach((length, index) => {
      starts.push(at / RATE);
      soundOf(index)?.forEach((value, offset) => {
        samples[at + offset] = Math.max(-1, Math.min(1, value)) * 0x7fff;
      });
      at += length;
    });
    URL.revokeObjectURL(audio.src);
    audio.src = URL.createObjectURL(new Blob([wavHeader(samples.byteLength), samples], { type: 'audio/wav' }));
    items.forEach((item, index) => {
      const button = item.querySelector('button');
      if (button) button.textContent = clock(starts[index] ?? 0);
    });
  }

  /** One channel of 16 bits. */
  function wavHeader(bytes: number): DataView<ArrayBuffer> {
    const view = new DataView(new ArrayBuffer(44));
    const letters = (at: number, text: string) =>
      [...text].forEach((letter, index) => {
        view.setUint8(at + index, letter.charCodeAt(0));
      });
    letters(0, 'RIFF');
    view.setUint32(4, 36 + bytes, true);
    letters(8, 'WAVEfmt ');
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true);
    view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true);
    view.setUint32(28, RATE * 2, true);
    view.setUint16(32, 2, true);
    view.setUint16(34, 16, true);
    letters(36, 'data');
    view.setUint32(40, bytes, true);
    return view;
  }

  const clock = (seconds: number): string =>
    `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

  function mark(): void {
    const index = starts.findLastIndex((start) => start <= audio.currentTime + 0.001);
    if (index !== current) {
      items[current]?.removeAttribute('aria-current');
      items[index]?.setAttribute('aria-current', 'true');
      if (!audio.paused) items[index]?.scrollIntoView({ block: 'nearest' });
      current = index;
    }
    if (!audio.paused && !audio.ended) requestAnimationFrame(mark);
  }

  assemble();
  sounds.forEach((sound, clip) => {
    if (sound) return;
    lines.forEach((line, index) => {
      if (line.clip === clip) items[index]?.append(' (this browser cannot play it)');
    });
  });
  items.forEach((item, index) => {
    item.querySelector('button')?.addEventListener('click', () => {
      audio.currentTime = starts[index] ?? 0;
      audio.play();
    });
  });
  audio.addEventListener('play', mark);
  audio.addEventListener('seeked', mark);
  audio.addEventListener('timeupdate', mark);
  short.addEventListener('change', () => {
    const [line, plays] = [current, !audio.paused];
    assemble();
    audio.currentTime = starts[line] ?? 0;
    if (plays) audio.play();
  });
  state.textContent = '';
  document.body.dataset.state = 'ready';
}
