import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flowOf, say } from 'connect-flow-kit/flow-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadStage } from '../../resources/load-stage.ts';
import { commandHere } from '../run-command.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flows-command-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const flows = (...args: string[]) => commandHere('flows', args);

describe('npm run flows', () => {
  it('lists the commands', async () => {
    const { code, stdout } = await flows('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^npm run flows -- <command> …\n/);
  });

  it.each([
    ['lint', 'Every rule, with the reason for it and an example, is in docs/flow-lint-rules.md.\n'],
    ['simulate', 'spoken for tokens such as ${CompanyName} (default local)\n'],
    ['test', 'Makes the calls of contact-flows/scenarios/*.yml'],
    ['export', '--stage <stage>  whose ARNs; "local" is the running npm start\n'],
  ])('%s --help tells what this project is like', async (name, line) => {
    const { code, stdout } = await flows(name, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(line);
  });

  it('finds nothing wrong with the flows of this repository, wherever it is called', async () => {
    const { code, stdout } = await flows('lint');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^0 errors, 0 warnings in \d+ flows\n$/);
    expect(await flows('lint', 'contact-flows/call-me.json')).toMatchObject({
      stdout: '0 errors, 0 warnings in 1 flow\n',
    });
  });

  it('knows the flows of this repository by name', async () => {
    expect(await flows('simulate', 'call-me-queue')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('call-me-queue'),
    });
  });

  it('speaks the texts of the stage that it is told', async () => {
    const path = join(folder, 'flow.json');
    writeFileSync(path, JSON.stringify(flowOf(say('${CompanyName}です。'))));
    const { stdout } = await flows('simulate', path, '--stage', 'dev');
    expect(stdout).toContain(`「${loadStage('dev').file.connect.flowValues.CompanyName}です。」`);
  });

  it('names the stages where there is none of that name', async () => {
    const { code, stderr } = await flows('simulate', 'call-me', '--stage', 'staging');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^there is no stage "staging": expected one of .*dev/);
  });
});
