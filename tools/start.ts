import { parseArgs } from 'node:util';
import { OUTCOMES } from '../domain/outcomes.ts';
import { addressesOf } from '../local/server.ts';
import { PortTakenError, startStack } from '../local/stack.ts';
import type { Execution } from '../local/state-machine.ts';
import { EXIT, runCommand, UsageError } from './cli.ts';

const HELP = `Keeps the whole path up on this machine, without AWS, until Ctrl-C.

  npm start [-- --agents N] [-- --speed N] [-- --verbose]

  --agents N   free agents (default 2)
  --speed N    how many times faster than life ringing, speech and waits go (default 4)
  --verbose    print the functions' log lines to standard error
  --help       this text

The environment variable PORT chooses another port than 4545.
`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      agents: { type: 'string', default: '2' },
      speed: { type: 'string', default: '4' },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const [port, agents, speed] = [process.env.PORT ?? '4545', values.agents, values.speed].map(Number);
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError(`PORT is ${process.env.PORT}: expected a port number from 1 to 65535`);
  }
  if (
    agents === undefined ||
    speed === undefined ||
    !(agents >= 0 && agents <= 100) ||
    !(speed >= 1 && speed <= 1000)
  ) {
    throw new UsageError('expected --agents from 0 to 100 and --speed from 1 to 1000');
  }

  const stack = await startStack({
    port,
    agents,
    speed,
    ...(values.verbose && { onLog: (line: string) => console.error(line) }),
    onEnd: announce,
  });
  console.log('The local stack is up. Ctrl-C ends it.\n');
  for (const [name, address] of Object.entries(addressesOf(stack.url))) console.log(`  ${name.padEnd(14)} ${address}`);
  console.log(`\nTry: curl -d @events/call-request.visitor.json ${stack.url}/events\n`);

  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await stack.close();
  return EXIT.fine;
}

/** One line per request that ended. */
function announce({ status, output, error, states }: Execution): void {
  const recorded = (output ?? states.findLast(({ name }) => name === 'RecordOutcome')?.output) as
    | { requestId: string; outcome: keyof typeof OUTCOMES }
    | undefined;
  const time = new Date().toLocaleTimeString('en-GB');
  if (!recorded) console.log(`${time}  execution ${status}: ${error ?? ''}`);
  else console.log(`${time}  ${recorded.requestId}  ${recorded.outcome}: ${OUTCOMES[recorded.outcome].en}`);
}

await runCommand(main, (error) => (error instanceof PortTakenError ? error.message : undefined));
