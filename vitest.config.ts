import './resources/needs-node-24.cjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { forgetAwsOfShell } from './resources/aws-of-the-shell.ts';

// No test reaches AWS, whatever the shell has set: the workers and the commands they start inherit this environment.
forgetAwsOfShell();

// Workers and the commands they start load the same modules again and again: each is compiled once per run.
const compiled = mkdtempSync(join(tmpdir(), 'compiled-'));
process.env.NODE_COMPILE_CACHE = compiled;
process.once('exit', () => rmSync(compiled, { recursive: true, force: true, maxRetries: 5 }));

/** Files that drive a browser. */
const IN_A_BROWSER = 'packages/*/tests/browser/**/*.test.ts';
/** These change nothing of their process: no environment, no clock, no module of others. */
const SIDE_BY_SIDE = ['adapters', 'contact-flows', 'docs', 'domain', 'known-bugs', 'statemachines', 'structure'].map(
  (folder) => `tests/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      // The service: what is deployed, and its commands.
      { extends: true, test: { name: 'service', include: ['tests/**/*.test.ts'], exclude: SIDE_BY_SIDE } },
      // Without a process and all modules anew for each file.
      { extends: true, test: { name: 'service, side by side', include: SIDE_BY_SIDE, isolate: false } },
      {
        extends: true,
        test: { name: 'flow kit', include: ['packages/connect-flow-kit/tests/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: { name: 'pop-up', include: ['packages/pop-up/tests/*.test.ts'], isolate: false },
      },
      { extends: true, test: { name: 'sandbox', include: ['packages/sandbox/tests/*.test.ts'] } },
      // Of its own, because its setup brings up a browser, and only runs that have one of these files need one.
      {
        extends: true,
        test: {
          name: 'browser',
          include: [IN_A_BROWSER],
          globalSetup: ['tests/browser/shared-chromium.ts'],
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
