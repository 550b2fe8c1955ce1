import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { command, commandHere } from '../../../tests/run-command.ts';
import { bundlesOf } from '../bench/built-functions.ts';
import { libraryFloor } from '../bench/library-floor.ts';
import type { Weight } from '../bench/load-times.ts';
import { roadOf } from '../bench/road-of-machine.ts';
import { compareRoads } from '../bench/road-weight.ts';
import { readService } from '../service.ts';

const invoke = (id: string) => ({ Type: 'Task', Parameters: { FunctionName: { 'Fn::GetAtt': [id, 'Arn'] } } });

describe('npm run bench -- load', () => {
  it('finds every bundle at most 1.4 times as big as its libraries, and none smaller', async () => {
    const { code, stdout } = await command('bench', ['load', '--runs', '1', '--json']);
    expect(code).toBe(0);
    const { rows } = JSON.parse(stdout) as { rows: { function: string; bundle: Weight; floor: Weight }[] };
    expect(rows.map((row) => row.function)).toEqual(Object.keys(readService('local', 0).functions));
    for (const { function: name, bundle, floor } of rows) {
      expect(bundle.loadMs, name).toBeGreaterThan(0);
      expect(bundle.kilobytes / floor.kilobytes, name).toBeGreaterThanOrEqual(1);
      expect(bundle.kilobytes / floor.kilobytes, name).toBeLessThanOrEqual(1.4);
    }
  });

  it('exits 2 on a commit that does not exist', async () => {
    expect(await command('bench', ['load', '--against', 'nowhere'])).toMatchObject({
      code: 2,
      stderr: 'git knows no commit nowhere\n',
    });
  });
});

describe('the functions of a commit', () => {
  it('are built as its own files say, and leave nothing behind', async () => {
    const built = await bundlesOf('HEAD', 4545);
    try {
      expect(built.says).toMatch(/^[0-9a-f]{7}, with /);
      const road = roadOf(built.stateMachine());
      expect(road.length).toBeGreaterThan(0);
      for (const name of road) {
        const { file, environment, memoryMb } = built.functions.get(name) ?? {};
        expect(readFileSync(file ?? '', 'utf8'), name).toContain('exports');
        expect(environment?.AWS_ENDPOINT_URL_DYNAMODB).toBe('http://127.0.0.1:4545/aws/dynamodb');
        expect(memoryMb).toBeGreaterThan(0);
      }
    } finally {
      built.dispose();
    }
    expect(existsSync(built.folder)).toBe(false);
    for (const { file } of built.functions.values()) expect(existsSync(file)).toBe(false);
  });
});

describe('the road beside that of another commit', () => {
  const weight = (kilobytes: number, loadCpuMs: number): Weight => ({
    kilobytes,
    loadCpuMs,
    loadMs: loadCpuMs,
    zipKilobytes: kilobytes / 3,
  });
  const machine = (...ids: string[]) => ({
    StartAt: '0',
    States: Object.fromEntries(ids.map((id, index) => [String(index), { ...invoke(id), Next: String(index + 1) }])),
  });
  const before = {
    stateMachine: machine('OneLambdaFunction', 'TwoLambdaFunction'),
    weightOf: () => weight(500, 50),
  };

  it.each([
    ['meets its target at the very ratios', 550, 65, true],
    ['misses it by its size', 551, 65, false],
    ['misses it by its load time', 550, 66, false],
  ])('%s', (_name, kilobytes, loadCpuMs, met) => {
    const now = { stateMachine: machine('AllLambdaFunction'), weightOf: () => weight(kilobytes, loadCpuMs) };
    const comparison = compareRoads(before, now);
    expect(comparison).toMatchObject({ met, before: { sum: weight(1000, 100) }, now: { functions: ['all'] } });
  });

  it('counts a function once that two of its states invoke', () => {
    const now = {
      stateMachine: machine('AllLambdaFunction', 'AllLambdaFunction'),
      weightOf: () => weight(100, 10),
    };
    expect(compareRoads(before, now)).toMatchObject({ now: { functions: ['all'], sum: weight(100, 10) } });
  });
});

describe('the floor of a function', () => {
  it('holds the names that its own code uses, each once, nothing of Node, and on demand what comes on demand', () => {
    const ownCode = [
      'import {\n  GetThingCommand,\n  ThingClient as ThingClient2\n} from "@aws-sdk/client-thing";',
      'import middy from "@middy/core";',
      'import { parseThing } from "unused-thing";',
      'import { readFileSync } from "node:fs";',
      'import { GetThingCommand as GetThingCommand2 } from "@aws-sdk/client-thing";',
      'const later = () => import("/project/later.ts");',
      'new ThingClient2(middy, readFileSync, GetThingCommand, GetThingCommand2);',
    ].join('\n');
    expect(libraryFloor(ownCode)).toBe(
      [
        "import { GetThingCommand, ThingClient } from '@aws-sdk/client-thing';",
        "import { default as middy } from '@middy/core';",
        "export const kept = [GetThingCommand, ThingClient, middy, () => import('/project/later.ts')];",
        '',
      ].join('\n'),
    );
  });
});

describe('the road to a call', () => {
  it('goes on where a decision says so, and passes every function that a state names', () => {
    const road = roadOf({
      StartAt: 'First',
      States: {
        First: { ...invoke('FirstLambdaFunction'), Next: 'IsFine' },
        IsFine: {
          Type: 'Choice',
          Choices: [
            { StringEquals: 'wait', Next: 'Elsewhere' },
            { StringEquals: 'continue', Next: 'Pause' },
          ],
          Default: 'Last',
        },
        Elsewhere: { ...invoke('ElsewhereLambdaFunction'), Next: 'Last' },
        Pause: { Type: 'Wait', Next: 'Again' },
        Again: { ...invoke('FirstLambdaFunction'), Next: 'Last' },
        Last: { ...invoke('LastLambdaFunction'), Next: 'MustSomebodyAct' },
        MustSomebodyAct: { Type: 'Choice', Choices: [{ StringEquals: 'alarm', Next: 'Failed' }], Default: 'Ended' },
        Failed: { Type: 'Fail' },
        Ended: { Type: 'Succeed' },
      },
    });
    expect(road).toEqual(['first', 'first', 'last']);
  });
});

describe('npm run bench', () => {
  it('exits 2 on a bench that does not exist', async () => {
    expect(await commandHere('bench', ['speed'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"speed"'),
    });
  });
});
