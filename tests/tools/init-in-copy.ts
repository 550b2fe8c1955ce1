import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { parse } from 'yaml';
import type { AccountState } from '../../packages/sandbox/account/account-state.ts';
import { projectCopy } from '../project-copy.ts';
import { commandHere, type Run } from '../run-command.ts';
import { exampleAccount, exampleState, NUMBER, PENDING, shellOf } from './example-account.ts';

export const EXISTING = ['--instance', 'example', '--queue', 'support=サポート', '--number', NUMBER];
export const SOURCE = ['--event-source', PENDING, '--event-bus', 'create', '--company', '例の会社'];

/** The values of the example's account are examples, of which init warns. */
const AN_EXAMPLE = /^Warning: .* counts as an example: .*\n/gm;

/** A copy of the project for the tests of a file, in which init writes the stage `next`; it is gone before each test. */
export function initInCopy() {
  let project = '';
  beforeAll(() => {
    project = projectCopy();
  });
  afterAll(() => rmSync(project, { recursive: true }));
  beforeEach(() => rmSync(fileOf('next'), { force: true }));

  const fileOf = (stage: string) => join(project, `settings/${stage}.yml`);
  return {
    fileOf,
    written: (stage = 'next') => parse(readFileSync(fileOf(stage), 'utf8')),
    nothingIsLeft: () =>
      expect(readdirSync(join(project, 'settings')).toSorted()).toEqual(['dev.yml', 'local.yml', 'prod.yml']),
    /** Runs init, by default with credentials for an account; what is said of examples is `examples`. */
    async init(
      args: string[],
      state: AccountState = exampleState(),
      shell: Record<string, string> = {},
    ): Promise<Run & { examples: string[] }> {
      const env = { ...shellOf(await exampleAccount(state)), ...shell };
      const run = await commandHere('stages', ['init', ...args], { cwd: project, env });
      return { ...run, stderr: run.stderr.replaceAll(AN_EXAMPLE, ''), examples: run.stderr.match(AN_EXAMPLE) ?? [] };
    },
  };
}
