import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalFunctions, loadFunctions } from '../local-functions.ts';
import type { Service } from '../service.ts';

/** Ends when it is told to; its order and how many of it run are seen from outside. */
const MODULE = `
  globalThis.runsOfTest = { begun: [], end: new Map() };
  export const handler = ({ number }) => {
    globalThis.runsOfTest.begun.push(number);
    return new Promise((resolve, reject) => globalThis.runsOfTest.end.set(number, number % 2 ? resolve : reject));
  };
`;

let folder: string;
let functions: LocalFunctions;

const runs = () =>
  (globalThis as unknown as { runsOfTest: { begun: number[]; end: Map<number, (with_: unknown) => void> } }).runsOfTest;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'functions-'));
  writeFileSync(join(folder, 'slow.mjs'), MODULE);
  const slow = { module: join(folder, 'slow.mjs'), export: 'handler', timeoutSeconds: 60, memoryMb: 512 };
  const stage = { environment: {}, file: { region: 'ap-northeast-1' } };
  functions = await loadFunctions({
    functions: { slow, other: slow },
    stage,
    stateMachine: { name: 'machine' },
  } as unknown as Service);
});

afterAll(() => {
  functions.close();
  rmSync(folder, { recursive: true });
});

it('eight functions run at a time, the others when one has ended, however, in the order in which they came', async () => {
  // Prepare
  const invoked = Array.from({ length: 12 }, (_, number) =>
    functions.invoke('slow', { number }).then(
      () => 'done',
      () => 'failed',
    ),
  );
  const upTo = (count: number) => expect.poll(() => runs().begun).toEqual([...Array(count).keys()]);
  // Act, Assess
  await upTo(8);
  runs().end.get(5)?.(null);
  await upTo(9);
  runs().end.get(2)?.(new Error('fails'));
  runs().end.get(0)?.(new Error('fails'));
  await upTo(11);
  runs().end.get(10)?.(new Error('fails'));
  await upTo(12);
  for (const end of runs().end.values()) end(null);
  await functions.idle();
  const again = Array.from({ length: 8 }, (_, number) => functions.invoke('slow', { number }).catch(() => undefined));
  await expect.poll(() => runs().begun.length).toBe(20);
  for (const end of runs().end.values()) end(null);
  await Promise.all(again);
  expect(await Promise.all(invoked)).toEqual(invoked.map((_, number) => (number % 2 ? 'done' : 'failed')));
});

it('a function that is asked for once does not wait behind all runs of another', async () => {
  // Prepare
  const loaded = functions.invoke('other', { number: 97 });
  await expect.poll(() => runs().end.get(97)).toBeDefined();
  runs().end.get(97)?.(null);
  await loaded;
  runs().begun.length = 0;
  const invoked = Array.from({ length: 10 }, (_, number) => functions.invoke('slow', { number }));
  invoked.push(functions.invoke('other', { number: 99 }));
  await expect.poll(() => runs().begun).toHaveLength(8);
  // Act
  for (const number of [1, 3, 5]) runs().end.get(number)?.(null);
  await expect.poll(() => runs().begun).toHaveLength(11);
  // Assess
  expect(runs().begun.slice(8)).toEqual([8, 99, 9]);
  for (const end of runs().end.values()) end(null);
  await Promise.allSettled(invoked);
});
