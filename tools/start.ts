import { parseArgs } from 'node:util';
import { EXIT, runCommand, wholeNumber } from 'connect-flow-kit/command-line';
import type { Sentence } from '../domain/outcome-row.ts';
import type { Outcome } from '../domain/outcomes.ts';
import { clockOf, zoneName } from '../domain/wall-clock.ts';
import { FOR_THE_BOARD } from '../packages/sandbox/board/board-settings.ts';
import type { Execution } from '../packages/sandbox/state-machine.ts';
import { endingInWords } from '../packages/sandbox/voicemail-words.ts';

const HELP = `Runs the whole path on this machine, without AWS, until Ctrl-C: open the address it prints to see it work.

  npm start [-- --agents N --speed N --press-to-connect --signed --verbose]

  --agents N   free agents (default 2)
  --speed N    how many times faster than real time ringing, speech and waits go (default 2)
  --press-to-connect   customers must press 1 before they reach an agent, as in dev and prod (connect.pressToConnect)
  --signed     only requests with a token as in docs/signed-requests.md are called; its example key signs them
  --verbose    print the functions' log lines to standard error
  --help       this text

The stage is settings/local.yml, with numbers that belong to nobody.
The environment variable PORT sets a port other than 4545.
`;

/** The key of the test vector in docs/signed-requests.md. */
const SIGNATURE = { mode: 'required', secretName: 'signing-keys' } as const;
const SECRETS = {
  [SIGNATURE.secretName]: JSON.stringify({ current: 'an-example-key-that-signs-no-real-request' }),
};

/** How long a phone rings, in simulated seconds, so that somebody at the board can answer before it does by itself. */
const RING_SECONDS = 6;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      agents: { type: 'string', default: '2' },
      speed: { type: 'string', default: '2' },
      'press-to-connect': { type: 'boolean', default: false },
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

  // Imported lazily, so that --help and usage errors are answered at once.
  const { startStack } = await import('../packages/sandbox/start-stack.ts');
  const { addressesOf } = await import('../packages/sandbox/server.ts');
  /** Requests whose call is in progress. */
  const underWay = new Set<string>();
  let isEnding = false;
  const stack = await startStack({
    port,
    agents,
    speed,
    ringSeconds: RING_SECONDS,
    settings: {
      ...FOR_THE_BOARD,
      connect: { pressToConnect: values['press-to-connect'] },
      ...(values.signed && { signature: SIGNATURE }),
    },
    ...(values.signed && { secrets: SECRETS }),
    ...(values.verbose && { onLog: (line: string) => console.error(line) }),
    onEnd(execution) {
      const requestId = announce(execution, stack.service.stage.file.callingHours.timeZone);
      if (requestId !== undefined) underWay.add(requestId);
    },
    onRecordWritten(requestId) {
      if (!underWay.has(requestId)) return;
      announceCall(requestId).catch((error: unknown) => {
        // The stack may be stopped in the middle of a call, when nobody waits for the record.
        if (!isEnding) console.error(error);
      });
    },
  });

  async function announceCall(requestId: string): Promise<void> {
    const { outcome, reason = '', contactId = '' } = (await stack.record(requestId)) ?? {};
    // The end is written more than once, as more becomes known.
    if (outcome === undefined || outcome === 'call_placed' || !underWay.delete(requestId)) return;
    const { timeZone } = stack.service.stage.file.callingHours;
    const said = endingInWords({ outcome, reason }, stack.connect.contact(contactId)?.voicemail).outcome;
    console.log(lineOf(timeZone, requestId, outcome, said));
  }

  console.log(`Open ${stack.url} to see a call from the pop-up to the operator. Ctrl-C ends it.\n`);
  const { board: _, ...addresses } = addressesOf(stack.url);
  for (const [name, address] of Object.entries(addresses)) console.log(`  ${name.padEnd(14)} ${address}`);
  console.log(`\nTry: curl -d @events/call-request.visitor.json ${stack.url}/events\n`);

  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  isEnding = true;
  await stack.close();
  return EXIT.fine;
}

/** One line per request that ended. @param timeZone of the stage @returns its id if the call is still in progress */
function announce({ status, output, error, states }: Execution, timeZone: string): string | undefined {
  const recorded = (output ?? states.findLast(({ name }) => name === 'RecordOutcome')?.output) as
    | { requestId: string; outcome: Outcome; reason: string }
    | undefined;
  if (!recorded) {
    console.log(`${timeNow(timeZone)}  execution ${status}: ${error ?? ''}`);
    return undefined;
  }
  const { requestId, outcome, reason } = recorded;
  console.log(lineOf(timeZone, requestId, outcome, endingInWords({ outcome, reason }, undefined).outcome));
  return outcome === 'call_placed' ? requestId : undefined;
}

const timeNow = (timeZone: string): string => `${clockOf(new Date().toISOString(), timeZone)} ${zoneName(timeZone)}`;
const lineOf = (timeZone: string, requestId: string, outcome: Outcome, said: Sentence): string =>
  `${timeNow(timeZone)}  ${requestId}  ${outcome}: ${said.en}`;

await runCommand(main, (error) =>
  error instanceof Error && error.name === 'PortTakenError' ? error.message : undefined,
);
