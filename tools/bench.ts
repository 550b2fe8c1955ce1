import { EXIT, runCommand, UsageError } from 'connect-flow-kit/command-line';

// Imported lazily, so that --help and usage errors are answered at once.
const BENCHES: Record<string, { says: string; load: () => Promise<(args: string[]) => Promise<unknown>> }> = {
  load: {
    says: "each function's bundle size and load time, compared with its libraries alone or with another commit",
    load: async () => (await import('../packages/sandbox/bench/bench-load.ts')).benchLoad,
  },
  road: {
    says: 'a whole call, from event to record, cold and warm, in fresh processes, compared with simpler approaches and an older commit',
    load: async () => (await import('../packages/sandbox/bench/bench-road.ts')).benchRoad,
  },
  burst: {
    says: "many requests at once, in virtual time, compared with the function of KARTE's guide and two simpler approaches",
    load: async () => (await import('../packages/sandbox/bench/bench-burst.ts')).benchBurst,
  },
  faults: {
    says: 'the same with faults of every kind injected, and the invariants that must still hold',
    load: async () => (await import('../packages/sandbox/bench/bench-faults.ts')).benchFaults,
  },
  stack: {
    says: 'how much memory npm start holds after many requests',
    load: async () => (await import('../packages/sandbox/bench/bench-stack.ts')).benchStack,
  },
  board: {
    says: "longest time that the board's page keeps a browser busy without a break, with 1,000 requests",
    load: async () => (await import('../packages/sandbox/bench/bench-board.ts')).benchBoard,
  },
  call: {
    says: 'how much CPU time npm run call takes, compared with an older commit',
    load: async () => (await import('../packages/sandbox/bench/bench-call.ts')).benchCall,
  },
  log: {
    says: 'how many reads a query of the call log takes, in small and large tables, compared with an older commit',
    load: async () => (await import('../packages/sandbox/bench/bench-log.ts')).benchLog,
  },
  contacts: {
    says: 'what it costs to follow 1,000 contacts to their end, both those of the stage and others',
    load: async () => (await import('../packages/sandbox/bench/bench-contacts.ts')).benchContacts,
  },
  flows: {
    says: 'lint, simulation and comparison of contact flows, compared with parsing alone',
    load: async () => (await import('../packages/sandbox/bench/bench-flows.ts')).benchFlows,
  },
  phones: {
    says: 'rows per second of npm run phones, and its memory, compared with a bare loop of parsing, checking and writing',
    load: async () => (await import('../packages/sandbox/bench/bench-phones.ts')).benchPhones,
  },
};

const HELP = `Measures this project, each figure next to a baseline.

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
  // The exit code of a bench with targets says whether it met them.
  const run = await bench.load();
  const code = await run(args);
  return typeof code === 'number' ? code : EXIT.fine;
}

await runCommand(main);
