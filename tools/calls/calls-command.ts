/** One command of `npm run calls`. */
export interface CallsCommand {
  /** One line for the list of commands. */
  summary: string;
  help: string;
  /** @returns the exit code */
  run(args: string[]): Promise<number>;
}
