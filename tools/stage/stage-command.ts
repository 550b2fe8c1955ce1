import { join } from 'node:path';
import { UsageError } from 'connect-flow-kit/command-line';

/** One command of `npm run stage`. */
export interface StageCommand {
  /** One line for the list of commands. */
  summary: string;
  help: string;
  /** @returns the exit code */
  run(args: string[]): Promise<number>;
}

/** Folder of the stage files. */
export const SETTINGS = join(import.meta.dirname, '../../settings');

/** The name of the stage, the argument of every command. Throws `UsageError`. */
export function stageNamed(positionals: readonly string[]): string {
  const [name, ...more] = positionals;
  if (name === undefined) throw new UsageError('the name of the stage is missing, such as dev');
  if (more.length > 0) throw new UsageError(`expected the name of one stage; found ${positionals.length} names`);
  return name;
}
