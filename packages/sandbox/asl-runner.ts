import { createRequire } from 'node:module';

type Runner = typeof import('aws-local-stepfunctions');

/** Dependencies of the runner that take half a second to load and are not needed here: validation, and calling real functions. */
const UNUSED = ['asl-validator', '@aws-sdk/client-lambda', '@aws-sdk/credential-providers'];

/** aws-local-stepfunctions 3.0.0 without those; other importers still get them. */
function loadRunner(): Runner {
  const here = createRequire(import.meta.url);
  const packages = createRequire(here.resolve('aws-local-stepfunctions'));
  const before = UNUSED.map((name) => {
    const path = packages.resolve(name);
    const loaded = packages.cache[path];
    packages.cache[path] = { exports: {} } as NodeJS.Module;
    return () => {
      if (loaded) packages.cache[path] = loaded;
      else delete packages.cache[path];
    };
  });
  const runner = here('aws-local-stepfunctions') as Runner;
  for (const putBack of before) putBack();
  return runner;
}

/** Runs a state machine file, which must be one that passes validation. */
export const AslRunner = loadRunner().StateMachine;
