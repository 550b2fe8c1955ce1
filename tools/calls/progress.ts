/** Reading that takes longer is told of. */
const PATIENCE_MS = 1_000;

/** The one line that says how far a command is. */
interface Progress {
  /** Shows how far it is, on a terminal, once it takes long. */
  at(text: string): void;
  /** Takes the line away. */
  done(): void;
}

/** Says on a terminal how far reading is: on its own stream, so that what is printed can be piped. */
export function progressOn(
  terminal: { isTTY?: boolean; write(text: string): unknown } = process.stderr,
  now: () => number = Date.now,
): Progress {
  const begunAt = now();
  let isShown = false;
  return {
    at(text) {
      if (!terminal.isTTY || now() - begunAt < PATIENCE_MS) return;
      terminal.write(`\r\u001b[K${text}`);
      isShown = true;
    },
    done() {
      if (isShown) terminal.write('\r\u001b[K');
    },
  };
}
