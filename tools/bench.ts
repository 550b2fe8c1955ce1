import { EXIT, runCommand, UsageError } from 'connect-flow-kit/command-line';

// Loaded late: --help and a mistake are answered at once.
const BENCHES: Record<string, { says: string; load: () => Promise<(args: string[]) => Promise<unknown>> }> = {
  load: {
    says: "each function's bundle size and load time beside its libraries alone, or another commit's",
    load: async () => (await import('../packages/sandbox/bench/bench-load.ts')).benchLoad,
  },
  road: {
    says: 'the whole road from event to call, cold and warm, in fresh processes, beside simpler ways and an older commit',
    load: async () => (await import('../packages/sandbox/bench/bench-road.ts')).benchRoad,
  },
  burst: {
    says: "many requests at once, in virtual time, beside the function of KARTE's guide and two simpler ways",
    load: async () => (await import('../packages/sandbox/bench/bench-burst.ts')).benchBurst,
  },
  faults: {
    says: 'the same while everything goes wrong, and what must hold all the same',
    load: async () => (await import('../packages/sandbox/bench/bench-faults.ts')).benchFaults,
  },
  stack: {
    says: 'how much memory npm start holds after many requests',
    load: async () => (await import('../packages/sandbox/bench/bench-stack.ts')).benchStack,
  },
  board: {
    says: "how long the board's page keeps a browser busy at a stretch, with 1,000 requests",
    load: async () => (await import('../packages/sandbox/bench/bench-board.ts')).benchBoard,
  },
  call: {
    says: 'how much CPU time npm run call takes, beside an older commit',
    load: async () => (await import('../packages/sandbox/bench/bench-call.ts')).benchCall,
  },
  log: {
    says: 'how many reads a question to the call log takes, in small and large tables, beside an older commit',
    load: async () => (await import('../packages/sandbox/bench/bench-log.ts')).benchLog,
  },
  contacts: {
    says: 'what it costs to follow 1,000 contacts to their end, of our calls and of others',
    load: async () => (await import('../packages/sandbox/bench/bench-contacts.ts')).benchContacts,
  },
  flows: {
    says: 'lint, simulation and comparison of contact flows beside parsing alone',
    load: async () => (await import('../packages/sandbox/bench/bench-flows.ts')).benchFlows,
  },
  phones: {
    says: 'rows a second of npm run phones, and its memory, beside a bare loop of parsing, checking and writing',
    load: async () => (await import('../packages/sandbox/bench/bench-phones.ts')).benchPhones,
  },
};

const HELP = `Measures this project, each figure next to its baseline.

  npm run bench -- <name> [options]

${Object.entries(BENCHES)
  .map(([name, { says }]) => `  ${name.padEnd(8)} ${says}`)
  .join('\n')}

  --help   this text; after a name, that bench's options
`;

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help') {
    process.stdout.write(HELP);
    return name === undefined ? EXIT.unusable : EXIT.fine;
  }
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) throw new UsageError(`there is no bench "${name}": expected one of ${Object.keys(BENCHES).join(', ')}`);
  // Some benches have targets, and say by their exit code whether they are met.
  const run = await bench.load();
  const code = await run(args);
  return typeof code === 'number' ? code : EXIT.fine;
}

await runCommand(main);
