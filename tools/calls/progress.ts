/** Progress is shown once reading takes longer than this. */
const PATIENCE_MS = 1_000;

/** A single line with the progress of a command. */
interface Progress {
  /** Shows the progress on a terminal, once it takes long. */
  at(text: string): void;
  /** Clears the line. */
  done(): void;
}

/** Shows progress on standard error, so that the output can be piped. */
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
