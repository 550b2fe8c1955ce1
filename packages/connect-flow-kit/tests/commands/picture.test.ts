import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TypedCommand, terminalPicture } from '../../build/terminal-picture.ts';
import { type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/support-line.json');
const START = process.cwd();
let project: TemporaryProject;

beforeEach(() => {
  project = temporaryProject();
  project.write('support-line.json', readFileSync(EXAMPLE, 'utf8'));
  // Where it is once the package is installed.
  project.write(
    'connect-flow-kit.config.mjs',
    "export default { rulesPage: 'node_modules/connect-flow-kit/dist/rules.md' };",
  );
  process.chdir(project.folder);
});
afterEach(() => {
  process.chdir(START);
  project.delete();
});

async function typedAndRun(...args: string[]): Promise<TypedCommand> {
  const { stdout, stderr } = await runFlows(project.folder, ...args);
  expect(stderr).toBe('');
  return { command: `npx connect-flow-kit ${args.join(' ')}`, output: stdout };
}

it('picture.svg, which the README shows, is what the commands print', async () => {
  const typed = [
    await typedAndRun('lint', 'support-line.json'),
    await typedAndRun('simulate', 'support-line.json', '--press', '1', '--attribute', 'customer_name=Alex'),
  ];
  await expect(terminalPicture(typed)).toMatchFileSnapshot('../../picture.svg');
});
