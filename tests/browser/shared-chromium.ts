import type { TestProject } from 'vitest/node';
import { launchChromium, NoChromiumError } from '../../packages/sandbox/chromium/launch-chromium.ts';

/** The browser that all test files share: where it listens, or why there is none. */
type SharedChromium = { endpoint: string } | { missing: string };

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: SharedChromium;
  }
}

/** Runs once, before the first test file that drives a browser, and in no run without one. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  try {
    const server = await launchChromium();
    project.provide('chromium', { endpoint: server.wsEndpoint() });
    return () => server.close();
  } catch (error) {
    if (!(error instanceof NoChromiumError)) throw error;
    // Told by each test file that asks for the browser, so that all the others still run.
    project.provide('chromium', { missing: error.message });
    return undefined;
  }
}
