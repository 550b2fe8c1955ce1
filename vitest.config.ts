import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Workers and the commands they start load the same modules again and again: each is compiled once.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // One more than the cores: many tests wait for processes and timers. By default one core would stay idle.
    maxWorkers: availableParallelism() + 1,
    // Packaging and end-to-end tests start real processes; the default 5 s is for pure functions.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
