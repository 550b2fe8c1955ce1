/** Speaks one text at a time, such as the browser's speech synthesis. */
interface Mouth {
  /** @param done called at the end of the text */
  start(text: string, done: () => void): void;
  /** Stops even in the middle of a word. */
  stop(): void;
}

/**
 * Speaks what happens now: a text waits for at most one other text. When a third one comes, the other two are outdated, and it is
 * spoken at once.
 */
export function newestSpeech(mouth: Mouth) {
  let speaking: { text: string } | undefined;
  let waiting: string | undefined;

  function start(text: string): void {
    const said = { text };
    speaking = said;
    mouth.start(text, () => {
      // A stopped text may report its end late.
      if (speaking !== said) return;
      const next = waiting;
      [speaking, waiting] = [undefined, undefined];
      if (next !== undefined) start(next);
    });
  }

  function stop(): void {
    const spoke = speaking !== undefined;
    [speaking, waiting] = [undefined, undefined];
    if (spoke) mouth.stop();
  }

  return {
    say(text: string): void {
      if (speaking === undefined) start(text);
      else if (waiting === undefined) waiting = text;
      else {
        stop();
        start(text);
      }
    },
    stop,
  };
}
