import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Packaging and end-to-end tests start real processes; the default 5 s is for pure functions.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
