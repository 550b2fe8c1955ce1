import { benchFlows } from './bench/flows.ts';
import { benchLoad } from './bench/load.ts';
import { EXIT, runCommand, UsageError } from './cli.ts';

const BENCHES: Record<string, { says: string; run: (args: string[]) => Promise<void> }> = {
  load: { says: "each function's bundle size and load time beside its AWS clients alone", run: benchLoad },
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
  await bench.run(args);
  return EXIT.fine;
}

await runCommand(main);
