import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Workers and the commands they start load the same modules again and again: each is compiled once per run.
const compiled = mkdtempSync(join(tmpdir(), 'compiled-'));
process.env.NODE_COMPILE_CACHE = compiled;
process.once('exit', () => rmSync(compiled, { recursive: true, force: true, maxRetries: 5 }));

const BROWSER_TESTS = 'tests/browser/**/*.test.ts';
/** These change nothing of their process: no environment, no clock, no module of others. */
const SIDE_BY_SIDE_TESTS = [
  'adapters',
  'contact-flows',
  'docs',
  'domain',
  'flow-language',
  'known-bugs',
  'stages',
  'statemachines',
  'structure',
  'visual-ivr',
].map((folder) => `tests/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['tests/**/*.test.ts'], exclude: [BROWSER_TESTS, ...SIDE_BY_SIDE_TESTS] },
      },
      // Without a process and all modules anew for each file.
      { extends: true, test: { name: 'side by side', include: SIDE_BY_SIDE_TESTS, isolate: false } },
      // Of its own, because its setup brings up a browser, and only runs that have one of these files need one.
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          globalSetup: ['tests/browser/chromium.ts'],
          // The driver and the build are loaded once per worker, not once per file.
          isolate: false,
        },
      },
    ],
    // One more than the cores: many tests wait for processes and timers. By default one core would stay idle.
    maxWorkers: availableParallelism() + 1,
    // Packaging and end-to-end tests start real processes; the default 5 s is for pure functions.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
