import { parseArgs } from 'node:util';
import { OUTCOMES } from '../domain/outcomes.ts';
import { addressesOf } from '../local/server.ts';
import { PortTakenError, type StackOptions, startStack } from '../local/stack.ts';
import type { Execution } from '../local/state-machine.ts';
import { EXIT, runCommand, wholeNumber } from './cli.ts';

const HELP = `Keeps the whole path up on this machine, without AWS, until Ctrl-C.

  npm start [-- --agents N --speed N --signed --verbose]

  --agents N   free agents (default 2)
  --speed N    how many times faster than life ringing, speech and waits go (default 4)
  --signed     only requests with a token of docs/signed-requests.md are called; its example key signs them
  --verbose    print the functions' log lines to standard error
  --help       this text

The environment variable PORT chooses another port than 4545.
`;

/** The key of the test vector in docs/signed-requests.md. */
const SIGNED: Pick<StackOptions, 'settings' | 'secrets'> = {
  settings: { signature: { mode: 'required', secretName: 'signing-keys' } },
  secrets: { 'signing-keys': JSON.stringify({ current: 'an-example-key-that-signs-no-real-request' }) },
};

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      agents: { type: 'string', default: '2' },
      speed: { type: 'string', default: '4' },
      signed: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const port = wholeNumber('PORT', process.env.PORT || '4545', 1, 65_535);
  const agents = wholeNumber('--agents', values.agents, 0, 100);
  const speed = wholeNumber('--speed', values.speed, 1, 1000);

  const stack = await startStack({
    port,
    agents,
    speed,
    ...(values.signed && SIGNED),
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
