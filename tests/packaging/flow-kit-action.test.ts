import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT } from '../run-command.ts';
import { type InstalledFlowKit, installFlowKit, readJson } from './flow-kit-package.ts';

interface Action {
  inputs: Record<string, { description: string; default: string }>;
  runs: { using: string; steps: { shell: string; run: string; env?: Record<string, string> }[] };
}
const action: Action = parse(readFileSync(join(PROJECT, 'packages/connect-flow-kit/action.yml'), 'utf8'));

const FINE = { Version: '2019-10-30', StartAction: 'a', Actions: [{ Identifier: 'a', Type: 'DisconnectParticipant' }] };
const WARNED = {
  ...FINE,
  Metadata: { type: 'contactFlow' },
  Actions: [...FINE.Actions, { Identifier: 'b', Type: 'DisconnectParticipant' }],
};
const BROKEN = { ...FINE, StartAction: 'nowhere' };

let kit: InstalledFlowKit;
beforeAll(() => {
  kit = installFlowKit();
  mkdirSync(join(kit.app, 'flows/more flows'), { recursive: true });
  writeFileSync(join(kit.app, 'flows/fine.json'), JSON.stringify(FINE));
  writeFileSync(join(kit.app, 'flows/warned.json'), JSON.stringify(WARNED));
  writeFileSync(join(kit.app, 'flows/more flows/broken.json'), JSON.stringify(BROKEN));
  // In place of npm, which must not be needed.
  mkdirSync(join(kit.app, 'bin'));
  writeFileSync(join(kit.app, 'bin/npm'), '#!/bin/sh\necho "npm $*"\n');
  chmodSync(join(kit.app, 'bin/npm'), 0o755);
});
afterAll(() => kit.delete());

/** Runs the steps as the runner of GitHub does, and gives the exit code of the first that fails. */
function run(given: Record<string, string>, actionPath = kit.installed): { code: number; log: string } {
  const inputs = Object.entries(action.inputs).map(([name, input]) => [
    `\${{ inputs.${name} }}`,
    given[name] ?? input.default,
  ]);
  const inputsBy = new Map(inputs.map(([expression = '', value = '']) => [expression, value]));
  let log = '';
  for (const { run: script, env = {} } of action.runs.steps) {
    const values = Object.entries(env).map(([name, expression]) => [name, inputsBy.get(expression)]);
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script],
      {
        cwd: kit.app,
        encoding: 'utf8',
        env: {
          ...Object.fromEntries(values),
          PATH: [join(kit.app, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
          GITHUB_ACTION_PATH: actionPath,
        },
      },
    );
    log += stdout + stderr;
    if (status !== 0) return { code: status ?? -1, log };
  }
  return { code: 0, log };
}

describe('the GitHub Action of connect-flow-kit', () => {
  it('is a composite action, of which no input can become a part of a script', () => {
    expect(action.runs.using).toBe('composite');
    for (const { shell, run: script, env = {} } of action.runs.steps) {
      expect(shell).toBe('bash');
      expect(script).not.toContain('${{');
      for (const expression of Object.values(env)) expect(expression).toMatch(/^\$\{\{ inputs\.[\w-]+ \}\}$/);
    }
  });

  it('shows findings beside their lines, and fails for errors', () => {
    expect(run({ files: 'flows/**/*.json' })).toEqual({
      code: 1,
      log: expect.stringMatching(/^::error file=flows\/more flows\/broken\.json,line=1,col=1,title=\S+::/),
    });
    expect(run({ files: 'flows/fine.json' })).toEqual({ code: 0, log: '0 errors, 0 warnings in 1 flow\n' });
  });

  it('takes one path or pattern a line, blanks among its letters', () => {
    expect(run({ files: 'flows/fine.json\nflows/more flows/*.json\n' }).log).toContain(
      '1 error, 0 warnings in 2 flows\n',
    );
  });

  it('fails for warnings where it is told to', () => {
    expect(run({ files: 'flows/warned.json' }).code).toBe(0);
    expect(run({ files: 'flows/warned.json', 'max-warnings': '0' }).code).toBe(1);
  });

  it('writes a file for code scanning, and fails all the same', () => {
    expect(run({ files: 'flows/**/*.json', format: 'sarif', 'sarif-file': 'out.sarif' })).toEqual({ code: 1, log: '' });
    expect(readJson(join(kit.app, 'out.sarif')).runs[0].results).toHaveLength(2);
  });

  it('does not take a name for a command', () => {
    const name = '$(touch flows/owned.json); "`touch flows/owned.json`".json';
    expect(run({ files: name })).toMatchObject({ code: 2, log: expect.stringContaining(`${name} matches no file`) });
    expect(existsSync(join(kit.app, 'flows/owned.json'))).toBe(false);
  });

  it('installs its libraries where it does not stand beside them', () => {
    // Prepare
    const alone = join(kit.app, '../alone');
    cpSync(kit.installed, alone, { recursive: true });
    // Act & Assess
    expect(run({ files: 'flows/fine.json' }, alone).log).toMatch(/^npm install --omit=dev --ignore-scripts /);
  });
});
