import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillTokens, tokensIn } from 'connect-flow-kit/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodesOfTheMachine } from '../machine-nodes.ts';
import { PROJECT } from '../run-command.ts';
import { type InstalledFlowKit, installFlowKit, readJson } from './flow-kit-package.ts';

let kit: InstalledFlowKit;
beforeAll(() => {
  kit = installFlowKit();
});
afterAll(() => kit.delete());

describe('the packed package', () => {
  it('holds what was built, its papers, and nothing of the repository alone', () => {
    const files = [
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/rules.md',
      'action.yml',
    ];
    expect(files.filter((file) => !existsSync(join(kit.installed, file)))).toEqual([]);
    expect(['src', 'tests', 'build', 'tsconfig.json'].filter((file) => existsSync(join(kit.installed, file)))).toEqual(
      [],
    );
    const { scripts, devDependencies } = readJson(join(kit.installed, 'package.json'));
    expect({ scripts, devDependencies }).toEqual({});
  });

  it('leaves the package.json of the repository as it was', () => {
    expect(readJson(join(kit.source, 'package.json'))).toEqual(
      readJson(join(PROJECT, 'packages/connect-flow-kit/package.json')),
    );
  });
});

describe.each([process.execPath, ...nodesOfTheMachine()])(
  'connect-flow-kit in somebody else’s project, with %s',
  (node) => {
    const run = (...args: string[]) => spawnSync(node, args, { cwd: kit.app, encoding: 'utf8' });
    const flows = (...args: string[]) => run(join(kit.installed, 'bin/connect-flow-kit.cjs'), ...args);

    beforeAll(() => {
      cpSync(join(PROJECT, 'contact-flows'), join(kit.app, 'contact-flows'), { recursive: true });
      writeFileSync(join(kit.app, 'connect-flow-kit.config.mjs'), "export default { attributes: ['shop'] };\n");
    });

    it('checks a flow as Amazon Connect exports it', () => {
      // Prepare
      const text = readFileSync(join(PROJECT, 'contact-flows/call-me-queue.json'), 'utf8');
      const values = Object.fromEntries(tokensIn(text).map((token) => [token, '00000000-0000-4000-8000-00000000d001']));
      mkdirSync(join(kit.app, 'exports'), { recursive: true });
      writeFileSync(join(kit.app, 'exports/queue.json'), fillTokens(text, values));
      writeFileSync(
        join(kit.app, 'exports/broken.json'),
        fillTokens(text, values).replace(/"Type": "\w+"/, '"Type": "PlayPrompt"'),
      );
      // Act & Assess
      expect(flows('lint', 'exports/queue.json')).toMatchObject({
        status: 0,
        stdout: '0 errors, 0 warnings in 1 flow\n',
        stderr: '',
      });
      const { stdout } = flows('lint', 'exports/*.json');
      const [, page = '', rule] = / see (\S+)#(\S+)$/m.exec(stdout) ?? [];
      expect(page).toBe('node_modules/connect-flow-kit/dist/rules.md');
      expect(readFileSync(join(kit.app, page), 'utf8')).toContain(`\n### ${rule}\n`);
      const sarif = JSON.parse(flows('lint', '--format', 'sarif', 'exports/*.json').stdout);
      expect(sarif.runs[0].tool.driver.semanticVersion).toBe(readJson(join(kit.installed, 'package.json')).version);
    });

    it.each([
      ['lint', /^0 errors, /m],
      ['simulate call-me', /「/],
      ['test', /all as expected/],
      ['review', /call-me\.md is up to date/],
      ['diff exports/queue.json contact-flows/call-me-queue.json', /^### /],
      ['export --help', /npx connect-flow-kit export /],
      ['test --help', /^ {2}agentAfterSeconds /m],
    ])('runs %s', (command, output) => {
      const { status, stdout, stderr } = flows(...command.split(' '));
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(output);
    });

    it('loads from each of its entry points', () => {
      const names = Object.keys(readJson(join(kit.installed, 'package.json')).exports).filter(
        (name) => !name.endsWith('.json'),
      );
      expect(names.length).toBeGreaterThan(3);
      const imports = names.map((name) => `await import('connect-flow-kit${name.slice(1)}');`).join('\n');
      const { stdout, stderr } = run('--input-type=module', '--eval', `${imports}\nconsole.log('loaded');`);
      expect({ stdout, stderr }).toEqual({ stdout: 'loaded\n', stderr: '' });
    });
  },
);

it('connect-flow-kit brings types that a strict compiler takes', () => {
  // Prepare
  const use = `import { type FlowKitConfig, lintFlow, readFlow } from 'connect-flow-kit';
import { readContactFlows } from 'connect-flow-kit/files';
import { projectScenarios } from 'connect-flow-kit/project';
const config: FlowKitConfig = { folders: { flows: 'ivr' } };
const rules: string[] = lintFlow(readFlow('{}')).map(({ rule }) => rule);
const names: string[] = readContactFlows('.').map(({ name }) => name);
const path: string | undefined = projectScenarios({ root: '.', folders: { ...config.folders } as never })[0]?.path;
// @ts-expect-error: a finding is no number
const wrong: number = lintFlow(readFlow('{}'))[0];
`;
  writeFileSync(join(kit.app, 'use.ts'), use);
  const compilerOptions = {
    ...{ module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: ['node'] },
    ...{ typeRoots: [join(PROJECT, 'node_modules/@types')], exactOptionalPropertyTypes: true },
  };
  writeFileSync(join(kit.app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  writeFileSync(join(kit.app, 'package.json'), '{ "type": "module" }');
  // Act
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', kit.app],
    {
      encoding: 'utf8',
    },
  );
  // Assess
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
