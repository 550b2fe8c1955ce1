import { EXIT, UsageError } from '../command-line.ts';
import type { FlowsCommand } from './flows-command.ts';
import { openProject, type Project } from './open-project.ts';

// Imported lazily: one command needs little of what all of them need.
const COMMANDS: Record<string, () => Promise<FlowsCommand>> = {
  lint: async () => (await import('./lint-command.ts')).lint,
  simulate: async () => (await import('./simulate-command.ts')).simulate,
  listen: async () => (await import('./listen-command.ts')).listen,
  test: async () => (await import('./test-command.ts')).test,
  review: async () => (await import('./review-command.ts')).review,
  diff: async () => (await import('./diff-command.ts')).diff,
  export: async () => (await import('./export-command.ts')).exportCommand,
  'test-cases': async () => (await import('./test-cases-command.ts')).testCases,
  import: async () => (await import('./import-command.ts')).importCommand,
};

/**
 * Runs one of the commands and gives its exit code. Throws `UsageError`, or another error with `isUsersMistake`, for a
 * user's mistake.
 *
 * @param args the command's name and its arguments
 * @param root folder of the project that has the flows
 */
export async function flows([name, ...args]: string[], root = process.cwd()): Promise<number> {
  const project = await openProject(root);
  if (name === undefined || name === '--help') {
    process.stdout.write(await help(project));
    return name === undefined ? EXIT.unusable : EXIT.fine;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`there is no command ${name}: expected one of ${Object.keys(COMMANDS).join(', ')}`);
  const command = await load();
  if (args.includes('--help')) {
    process.stdout.write(command.help(project));
    return EXIT.fine;
  }
  return command.run(args, project);
}

async function help({ command }: Project): Promise<string> {
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(12)} ${(await load()).summary}`),
  );
  return `${command} <command> …

Contact flows that can be read, heard, checked and compared before a customer hears them.

${lines.join('\n')}

${command} <command> --help shows the options of a command.
`;
}
