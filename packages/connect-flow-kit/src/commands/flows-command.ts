/** One command of `npm run flows`. */
export interface FlowsCommand {
  /** One line for the list of commands. */
  summary: string;
  /** Printed for `--help`. */
  help: string;
  /** Returns the exit code; throws `UsageError` for a user's mistake. */
  run(args: string[]): Promise<number>;
}
