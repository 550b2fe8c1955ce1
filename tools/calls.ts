import { EXIT, runCommand, UsageError } from 'connect-flow-kit/command-line';
import type { CallsCommand } from './calls/calls-command.ts';

const COMMANDS: Record<string, () => Promise<CallsCommand>> = {
  status: async () => (await import('./calls/status-command.ts')).status,
  list: async () => (await import('./calls/list-command.ts')).list,
  show: async () => (await import('./calls/show-command.ts')).show,
  stats: async () => (await import('./calls/stats-command.ts')).stats,
  stop: async () => (await import('./calls/switch-commands.ts')).stop,
  resume: async () => (await import('./calls/switch-commands.ts')).resume,
  block: async () => (await import('./calls/block-command.ts')).block,
  unblock: async () => (await import('./calls/block-command.ts')).unblock,
  cancel: async () => (await import('./calls/cancel-command.ts')).cancel,
  again: async () => (await import('./calls/again-command.ts')).again,
  limits: async () => (await import('./calls/limits-command.ts')).limits,
  redrive: async () => (await import('./calls/redrive-command.ts')).redrive,
  'alarm-test': async () => (await import('./calls/alarm-test-command.ts')).alarmTest,
};

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(10)} ${(await load()).summary}`),
  );
  return `npm run calls -- [command] …

The call log of a stage, or of the local stack, and what people switch at run time.

${lines.join('\n')}

npm run calls -- <command> --help shows the options of a command.
`;
}

async function main(args: string[]): Promise<number> {
  const [first = 'status'] = args;
  if (first === '--help') {
    process.stdout.write(await help());
    return EXIT.fine;
  }
  // Options without a command belong to `status`, the default.
  const [name, rest] = first.startsWith('-') ? ['status', args] : [first, args.slice(1)];
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`there is no command ${name}: expected one of ${Object.keys(COMMANDS).join(', ')}`);
  const command = await load();
  if (rest.includes('--help')) {
    process.stdout.write(command.help);
    return EXIT.fine;
  }
  const { withLocalPort } = await import('./calls/target.ts');
  return command.run(withLocalPort(rest));
}

await runCommand(main, (error) => (error instanceof Error && error.name === 'TargetError' ? error.message : undefined));
