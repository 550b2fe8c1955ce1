import type { Project } from './open-project.ts';

/** One of the commands. */
export interface FlowsCommand {
  /** One line for the list of commands. */
  summary: string;
  /** Printed for `--help`. */
  help(project: Project): string;
  /** Returns the exit code; throws `UsageError` for a user's mistake. */
  run(args: string[], project: Project): Promise<number>;
}
