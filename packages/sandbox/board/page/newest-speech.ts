/** What can say one text at a time, such as the browser's speech synthesis. */
interface Mouth {
  /** @param done to be called when it has been said */
  start(text: string, done: () => void): void;
  /** In the middle of a word. */
  stop(): void;
}

/**
 * Says what happens now: a text waits for the one that is being said, and no longer. Where a third one comes, both are old,
 * and it is said at once.
 */
export function newestSpeech(mouth: Mouth) {
  let speaking: { text: string } | undefined;
  let waiting: string | undefined;

  function start(text: string): void {
    const said = { text };
    speaking = said;
    mouth.start(text, () => {
      // What was stopped may say so late.
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
