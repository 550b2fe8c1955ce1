import { UsageError } from 'connect-flow-kit/command-line';

/** One of several answers, as a list shows it. */
export interface Choice {
  value: string;
  name: string;
  /** Shown once it is chosen, if shorter than the name. */
  short?: string;
  /** Shown below the list while it is highlighted. */
  description?: string;
  /** Why it cannot be chosen. */
  disabled?: string;
}

/** Asks the user at the terminal. Without a terminal, each question is a `UsageError` that names its flag. */
export interface Asker {
  /** Whether there is a terminal. */
  canAsk: boolean;
  /** One of a list. */
  one(flag: string, message: string, choices: readonly Choice[]): Promise<string>;
  /** Any number of a list; at least one. */
  some(flag: string, message: string, choices: readonly Choice[]): Promise<string[]>;
  /** A text; `wrong` says what is wrong with it. */
  text(flag: string, message: string, wrong: (text: string) => string | undefined, suggested?: string): Promise<string>;
  /** Yes or no; the default is no, as a yes changes something. */
  agree(flag: string, message: string): Promise<boolean>;
}

/** The streams of a terminal. */
interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

const OF_PROCESS: Terminal = { input: process.stdin, output: process.stderr };

/** Longer lists scroll. */
const LINES = 12;

/** Questions go to standard error, so that the output of a command can be redirected. */
export function asker(terminal: Terminal = OF_PROCESS): Asker {
  async function prompts(flag: string) {
    if (!terminal.input.isTTY) throw new UsageError(`${flag} is missing, and there is no terminal to ask in`);
    // Imported lazily: with --help or complete flags there is nothing to ask.
    return import('@inquirer/prompts');
  }
  return {
    canAsk: terminal.input.isTTY === true,
    async one(flag, message, choices) {
      const { select } = await prompts(flag);
      return select<string>({ message, choices, pageSize: LINES, loop: false }, terminal);
    },
    async some(flag, message, choices) {
      const { checkbox } = await prompts(flag);
      return checkbox<string>({ message, choices, pageSize: LINES, loop: false, required: true }, terminal);
    },
    async text(flag, message, wrong, suggested) {
      const { input } = await prompts(flag);
      const validate = (text: string) => wrong(text.trim()) ?? true;
      return (
        await input({ message, validate, ...(suggested !== undefined && { default: suggested }) }, terminal)
      ).trim();
    },
    async agree(flag, message) {
      const { confirm } = await prompts(flag);
      return confirm({ message, default: false }, terminal);
    },
  };
}
