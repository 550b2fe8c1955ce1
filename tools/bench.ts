import { benchBurst } from './bench/burst.ts';
import { benchFaults } from './bench/faults.ts';
import { benchFlows } from './bench/flows.ts';
import { benchLoad } from './bench/load.ts';
import { EXIT, runCommand, UsageError } from './cli.ts';

const BENCHES: Record<string, { says: string; run: (args: string[]) => Promise<unknown> }> = {
  load: { says: "each function's bundle size and load time beside its AWS clients alone", run: benchLoad },
  burst: { says: 'many requests at once, in virtual time, beside two simpler ways', run: benchBurst },
  faults: { says: 'the same while everything goes wrong, and what must hold all the same', run: benchFaults },
  flows: { says: 'lint, simulation and comparison of contact flows beside parsing alone', run: benchFlows },
};

const HELP = `Measures this project, each figure beside its baseline.

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
  const bench = BENCHES[name];
  if (!bench) throw new UsageError(`there is no bench "${name}": expected one of ${Object.keys(BENCHES).join(', ')}`);
  // Some benches have targets, and say by their exit code whether they are met.
  const code = await bench.run(args);
  return typeof code === 'number' ? code : EXIT.fine;
}

await runCommand(main);
