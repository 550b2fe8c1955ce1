import './resources/needs-node-24.cjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { forgetAwsOfShell } from './resources/aws-of-the-shell.ts';
import { LongestFirst } from './tests/longest-first.ts';

// No test reaches AWS, whatever the shell has set: the workers and the commands they start inherit this environment.
forgetAwsOfShell();

// Workers and the commands they start load the same modules again and again: each is compiled once per run.
const compiled = mkdtempSync(join(tmpdir(), 'compiled-'));
process.env.NODE_COMPILE_CACHE = compiled;
process.once('exit', () => rmSync(compiled, { recursive: true, force: true, maxRetries: 5 }));

/** Files that drive a browser. */
const IN_A_BROWSER = 'packages/*/tests/browser/**/*.test.ts';
/** The whole path with the local stack, and the commands: they wait for processes and timers. */
const PATH_AND_COMMANDS = [
  'tests/e2e/**/*.test.ts',
  'tests/tools/**/*.test.ts',
  'tests/known-bugs/known-bugs-of-the-path.test.ts',
];
/** A process is its own: what these are about is made once in a process, a client of AWS, the logger, a function with its settings. */
const ALONE = [
  'tests/e2e/signed-requests-of-path.test.ts',
  'tests/adapters/event-log.test.ts',
  'tests/functions/ends-without-ids.test.ts',
  'tests/resources/alarm-metrics.test.ts',
];
/** What a deployment would send, packaged once for them all. */
const PACKAGED = [
  'package',
  'events-and-queues',
  'deployed-names',
  'availability-function',
  'caller-recognition',
  'approved-origins',
  'karte-reports-function',
  'made-by-the-stack',
  'stage-names',
  'stage-plan',
  'roles-used',
  'template-safety',
  'deployer-policy',
  'dashboard-of-stage',
].map((name) => `tests/packaging/${name}.test.ts`);

export default defineConfig({
  test: {
    // A worker takes one file of a project after the other, with the modules that it has loaded: a file leaves its process
    // (environment, clock, working directory, console) as it found it.
    isolate: false,
    // Node loads the sources itself, as it does in `npm start` and in the commands: Vite's own loader takes a quarter more of the
    // processor. vi.mock and vi.resetModules do not work then; a query behind a module's name loads it anew.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      // Local stacks and function tests do not share modules: the functions' logger writes to the stack's log.
      {
        extends: true,
        test: {
          name: 'path and commands',
          include: PATH_AND_COMMANDS,
          exclude: ALONE,
          // Before the others, and more at a time: they leave most of the processor to each other.
          sequence: { groupOrder: 0 },
          maxWorkers: availableParallelism() + 4,
          setupFiles: ['tests/process-as-found.ts'],
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, isolate: true } },
      {
        extends: true,
        test: {
          name: 'packaged',
          include: PACKAGED,
          globalSetup: ['tests/packaging/packaged-stages.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'sandbox',
          include: ['packages/{account,sandbox}/tests/*.test.ts'],
          setupFiles: ['tests/process-as-found.ts'],
        },
      },
      // Together, as each project costs workers of its own, which load everything anew.
      {
        extends: true,
        test: {
          name: 'service',
          include: ['tests/**/*.test.ts', 'packages/{connect-flow-kit,pop-up}/tests/**/*.test.ts'],
          exclude: [...PATH_AND_COMMANDS, ...ALONE, ...PACKAGED, IN_A_BROWSER],
        },
      },
      // Of its own, because its setup brings up a browser, and only runs that have one of these files need one.
      {
        extends: true,
        test: { name: 'browser', include: [IN_A_BROWSER], globalSetup: ['tests/browser/shared-chromium.ts'] },
      },
    ],
    sequence: { sequencer: LongestFirst, groupOrder: 1 },
    // Two more than the cores: many tests wait for processes and timers. By default one core would stay idle.
    maxWorkers: availableParallelism() + 2,
    // What is waited for comes late on a busy machine; by default it is given up after a second.
    expect: { poll: { timeout: 60_000 } },
    // Only what hangs takes so long: on a machine with other work, a real process that is ready in seconds needs minutes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
