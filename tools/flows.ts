import { EXIT, runCommand, UsageError } from '../packages/connect-flow-kit/src/command-line.ts';
import type { FlowsCommand } from '../packages/connect-flow-kit/src/commands/flows-command.ts';

const COMMANDS: Record<string, () => Promise<FlowsCommand>> = {
  lint: async () => (await import('../packages/connect-flow-kit/src/commands/lint-command.ts')).lint,
  simulate: async () => (await import('../packages/connect-flow-kit/src/commands/simulate-command.ts')).simulate,
  test: async () => (await import('../packages/connect-flow-kit/src/commands/test-command.ts')).test,
  review: async () => (await import('../packages/connect-flow-kit/src/commands/review-command.ts')).review,
  diff: async () => (await import('../packages/connect-flow-kit/src/commands/diff-command.ts')).diff,
  export: async () => (await import('../packages/connect-flow-kit/src/commands/export-command.ts')).exportCommand,
  import: async () => (await import('../packages/connect-flow-kit/src/commands/import-command.ts')).importCommand,
};

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(10)} ${(await load()).summary}`),
  );
  return `npm run flows -- <command> …

Contact flows that can be read, heard, checked and compared before a customer hears them.

${lines.join('\n')}

npm run flows -- <command> --help shows the options of a command.
`;
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help') {
    process.stdout.write(await help());
    return name === undefined ? EXIT.unusable : EXIT.fine;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`there is no command ${name}: expected one of ${Object.keys(COMMANDS).join(', ')}`);
  const command = await load();
  if (args.includes('--help')) {
    process.stdout.write(command.help);
    return EXIT.fine;
  }
  return command.run(args);
}

await runCommand(main);
