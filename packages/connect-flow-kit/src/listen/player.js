/**
 * The script of a listen page; it runs there and nowhere else, and knows nothing outside itself. Puts the clips and what
 * is between them together as one sound, so that the browser's own player has play, pause, position and speed of the whole
 * call, and marks the line that is heard.
 *
 * In the page: `#sound` holds `{ clips: base64[], lines: { clip?, seconds?, isRecording? }[] }`, `#lines` an item for each
 * line with a button, `#call` the player, `#short` the switch for short silences, `#state` what is said meanwhile.
 */
export async function player() {
  const RATE = 16_000;
  /** A line without a sound of its own is marked long enough to be seen. */
  const EVENT_SECONDS = 0.5;
  /** Nobody knows how long a recording is: a low hum stands for it. */
  const RECORDING_SECONDS = 3;
  const SHORT_SECONDS = 2;

  /** @type {{ clips: string[], lines: { clip?: number, seconds?: number, isRecording?: true }[] }} */
  const { clips, lines } = JSON.parse(document.querySelector('#sound')?.textContent ?? '');
  const items = [...document.querySelectorAll('#lines > li')];
  const audio = /** @type {HTMLAudioElement} */ (document.querySelector('#call'));
  const short = /** @type {HTMLInputElement} */ (document.querySelector('#short'));
  const state = /** @type {HTMLElement} */ (document.querySelector('#state'));

  const sounds = await Promise.all(clips.map(decoded));
  /** Where each line begins, in seconds. @type {number[]} */
  let starts = [];
  let current = -1;

  /** @param {string} base64 */
  async function decoded(base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const context = new OfflineAudioContext(1, 1, RATE);
    return context.decodeAudioData(bytes.buffer).then(
      (sound) => sound.getChannelData(0),
      () => null,
    );
  }

  /** Samples of a line; undefined where it is silent. @param {number} index */
  function soundOf(index) {
    const { clip, isRecording } = lines[index] ?? {};
    if (isRecording) {
      return Float32Array.from(
        { length: RECORDING_SECONDS * RATE },
        (_, at) => 0.04 * Math.sin((at * 2 * Math.PI * 220) / RATE),
      );
    }
    return clip === undefined ? undefined : (sounds[clip] ?? undefined);
  }

  /** @param {number} index */
  function lengthOf(index) {
    const sound = soundOf(index);
    if (sound) return sound.length;
    const seconds = lines[index]?.seconds ?? EVENT_SECONDS;
    return Math.round((short.checked ? Math.min(seconds, SHORT_SECONDS) : seconds) * RATE);
  }

  function assemble() {
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

  /** One channel of 16 bits. @param {number} bytes */
  function wavHeader(bytes) {
    const view = new DataView(new ArrayBuffer(44));
    const letters = (/** @type {number} */ at, /** @type {string} */ text) =>
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

  /** @param {number} seconds */
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

  function mark() {
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
