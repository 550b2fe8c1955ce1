import { EXIT, runCommand, UsageError } from 'connect-flow-kit/command-line';
import { wrapped } from '../resources/wrapped.ts';
import type { StageCommand } from './stage/stage-command.ts';

const COMMANDS: Record<string, () => Promise<StageCommand>> = {
  init: async () => (await import('./stage/init-command.ts')).init,
  check: async () => (await import('./stage/check-command.ts')).check,
  plan: async () => (await import('./stage/plan-command.ts')).plan,
  agents: async () => (await import('./stage/agents-command.ts')).agents,
  'attach-flow': async () => (await import('./stage/attach-flow-command.ts')).attachFlow,
};

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => wrapped((await load()).summary, `  ${name.padEnd(12)} `)),
  );
  return `npm run stage -- <command> <name> …

From no stage to a ringing phone, in this order; a deployment (npx sls
deploy --stage <name>) stands between plan and agents.

${lines.flat().join('\n')}

npm run stage -- <command> --help shows the options of a command. Exit codes:
0 fine, 1 something is wrong with the stage or its account, 2 a mistake in the
command.
`;
}

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help') {
    process.stdout.write(await help());
    return name === undefined ? EXIT.unusable : EXIT.fine;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`there is no command ${name}: expected one of ${Object.keys(COMMANDS).join(', ')}`);
  const command = await load();
  if (rest.includes('--help')) {
    process.stdout.write(command.help);
    return EXIT.fine;
  }
  return command.run(rest);
}

/** What @inquirer throws on Ctrl+C. */
const isInterruption = (error: unknown): boolean => error instanceof Error && error.name === 'ExitPromptError';

await runCommand(main, (error) => (isInterruption(error) ? 'interrupted: nothing was changed' : undefined));
