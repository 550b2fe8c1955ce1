import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, runCommand, UsageError, wholeNumber } from 'connect-flow-kit/command-line';

const HELP = `Runs the tests that try random inputs, with many more inputs than npm test has time for.

  npm run fuzz [-- --runs N --seed N] [file …]

  --runs N   inputs for a test with cheap inputs (default 100000); the others try proportionally fewer
  --seed N   seed of the random inputs, to repeat a run; every run prints its own first (default: a new one each time)
  file …     only test files whose path contains one of these
  --help     this text

It prints each test as it ends, and takes some minutes. A failure names its seed and the smallest input that fails.
`;

const PROJECT = join(import.meta.dirname, '..');

/** Test files that scale with FUZZ_RUNS: through tests/fuzz-runs.ts, or directly in the flow kit, which is self-contained. */
const fuzzTests = (): string[] =>
  globSync(['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'], { cwd: PROJECT }).filter((file) =>
    /\/fuzz-runs\.ts'|\bFUZZ_RUNS\b/.test(readFileSync(join(PROJECT, file), 'utf8')),
  );

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const runs = wholeNumber('--runs', values.runs, 1, 100_000_000);
  const seed = wholeNumber('--seed', values.seed, 1, 2_147_483_647);
  const files = fuzzTests().filter(
    (file) => positionals.length === 0 || positionals.some((part) => file.includes(part)),
  );
  if (files.length === 0)
    throw new UsageError(`no test with random inputs has ${positionals.join(' or ')} in its path`);
  process.stdout.write(`seed ${seed}\n`);
  const vitest = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...files, '--reporter=verbose', '--test-timeout=0'],
    { cwd: PROJECT, env: { ...process.env, FUZZ_RUNS: String(runs), FUZZ_SEED: String(seed) }, stdio: 'inherit' },
  );
  return new Promise((resolve) => vitest.once('close', (code) => resolve(code ?? EXIT.problems)));
}

await runCommand(main);
