import { afterAll, expect } from 'vitest';

/** Powertools says once in a process that it is there. */
const OF_LIBRARIES = ['AWS_SDK_UA_APP_ID'];

/** A worker takes one file after the other: what a file leaves in its process, another one trips over. */
const found = { environment: { ...process.env }, folder: process.cwd(), command: process.argv.slice(2) };

// Registered first, so it runs last.
afterAll(() => {
  const names = new Set([...Object.keys(found.environment), ...Object.keys(process.env)]);
  // Their names alone: values of a shell do not belong in a log.
  const changed = [...names].filter((name) => process.env[name] !== found.environment[name]);
  expect(changed.filter((name) => !OF_LIBRARIES.includes(name))).toEqual([]);
  expect(process.cwd()).toBe(found.folder);
  expect(process.argv.slice(2)).toEqual(found.command);
});
