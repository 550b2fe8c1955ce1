import { beforeAll, describe, expect, it } from 'vitest';
import { command, commandHere } from '../../../tests/run-command.ts';
import { libraryFloor } from '../bench/library-floor.ts';
import { roadOf } from '../bench/road-of-machine.ts';
import { readService } from '../service.ts';

interface Weight {
  kilobytes: number;
  loadMs: number;
}

interface Report {
  rows: { function: string; bundle: Weight; floor: Weight; before: Weight }[];
  against: { met: boolean; ratio: Weight };
}

describe('npm run bench -- load --against HEAD', () => {
  let ended: { code: number; stdout: string };
  let report: Report;
  beforeAll(async () => {
    ended = await command('bench', ['load', '--runs', '1', '--against', 'HEAD', '--json']);
    report = JSON.parse(ended.stdout) as Report;
  });

  it('finds every bundle at most 1.3 times as big as its libraries, and none smaller', () => {
    expect(report.rows.map((row) => row.function)).toEqual(Object.keys(readService('dev', 0).functions));
    for (const { function: name, bundle, floor } of report.rows) {
      expect(bundle.loadMs, name).toBeGreaterThan(0);
      expect(bundle.kilobytes / floor.kilobytes, name).toBeGreaterThanOrEqual(1);
      expect(bundle.kilobytes / floor.kilobytes, name).toBeLessThanOrEqual(1.3);
    }
  });

  it('exits with 1, for what hardly differs has not become light enough', () => {
    expect(report.against.met).toBe(false);
    expect(ended.code).toBe(1);
  });

  it('exits 2 on a commit that does not exist', async () => {
    expect(await command('bench', ['load', '--against', 'nowhere'])).toMatchObject({
      code: 2,
      stderr: 'git knows no commit nowhere\n',
    });
  });
});

describe('the floor of a function', () => {
  it('holds the names that its own code imports, each once, nothing of Node, and on demand what comes on demand', () => {
    const ownCode = [
      'import {\n  GetThingCommand,\n  ThingClient as ThingClient2\n} from "@aws-sdk/client-thing";',
      'import middy from "@middy/core";',
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
  const invoke = (id: string) => ({ Type: 'Task', Parameters: { FunctionName: { 'Fn::GetAtt': [id, 'Arn'] } } });

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
