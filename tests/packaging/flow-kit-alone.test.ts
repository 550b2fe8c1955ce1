import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fillTokens, tokensIn } from 'connect-flow-kit/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodesOfTheMachine } from '../machine-nodes.ts';
import { PROJECT } from '../run-command.ts';

const KIT = 'packages/connect-flow-kit';
const folder = mkdtempSync(join(tmpdir(), 'flow-kit-'));
/** A copy of the package in its repository, which npm packs. */
const repository = join(folder, 'repository');
/** A project of somebody else, with the package installed. */
const app = join(folder, 'app');
const installed = join(app, 'node_modules/connect-flow-kit');

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

beforeAll(() => {
  cpSync(join(PROJECT, KIT), join(repository, KIT), { recursive: true });
  cpSync(join(PROJECT, 'tsconfig.json'), join(repository, 'tsconfig.json'));
  symlinkSync(join(PROJECT, 'node_modules'), join(repository, 'node_modules'), 'junction');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: join(repository, KIT),
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
    shell: process.platform === 'win32',
  });
  install();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm install` of the packed file does, from the packages that are here in the place of a registry. */
function install(): void {
  const { name, version } = readJson(join(PROJECT, KIT, 'package.json'));
  mkdirSync(dirname(installed), { recursive: true });
  execFileSync('tar', ['-xzf', `${name}-${version}.tgz`], { cwd: folder });
  renameSync(join(folder, 'package'), installed);
  for (const dependency of Object.keys(readJson(join(installed, 'package.json')).dependencies)) {
    const link = join(app, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules', dependency), link, 'junction');
  }
}

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
    expect(files.filter((file) => !existsSync(join(installed, file)))).toEqual([]);
    expect(['src', 'tests', 'build', 'tsconfig.json'].filter((file) => existsSync(join(installed, file)))).toEqual([]);
    const { scripts, devDependencies } = readJson(join(installed, 'package.json'));
    expect({ scripts, devDependencies }).toEqual({});
  });

  it('leaves the package.json of the repository as it was', () => {
    expect(readJson(join(repository, KIT, 'package.json'))).toEqual(readJson(join(PROJECT, KIT, 'package.json')));
  });
});

describe.each([process.execPath, ...nodesOfTheMachine()])(
  'connect-flow-kit in somebody else’s project, with %s',
  (node) => {
    const bin = join(installed, 'bin/connect-flow-kit.cjs');
    const run = (...args: string[]) => spawnSync(node, args, { cwd: app, encoding: 'utf8' });
    const flows = (...args: string[]) => run(bin, ...args);

    beforeAll(() => {
      cpSync(join(PROJECT, 'contact-flows'), join(app, 'contact-flows'), { recursive: true });
      writeFileSync(join(app, 'connect-flow-kit.config.mjs'), "export default { attributes: ['shop'] };\n");
    });

    it('checks a flow as Amazon Connect exports it', () => {
      // Prepare
      const text = readFileSync(join(PROJECT, 'contact-flows/call-me-queue.json'), 'utf8');
      const values = Object.fromEntries(tokensIn(text).map((token) => [token, 'サンプル']));
      mkdirSync(join(app, 'exports'), { recursive: true });
      writeFileSync(join(app, 'exports/queue.json'), fillTokens(text, values));
      writeFileSync(
        join(app, 'exports/broken.json'),
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
      expect(readFileSync(join(app, page), 'utf8')).toContain(`\n### ${rule}\n`);
      const sarif = JSON.parse(flows('lint', '--format', 'sarif', 'exports/*.json').stdout);
      expect(sarif.runs[0].tool.driver.semanticVersion).toBe(readJson(join(installed, 'package.json')).version);
    });

    it.each([
      ['lint', /^0 errors, /m],
      ['simulate call-me', /「/],
      ['test', /all as expected/],
      ['review', /call-me\.md is up to date/],
      ['diff exports/queue.json contact-flows/call-me-queue.json', /^### /],
      ['export --help', /npx connect-flow-kit export /],
      ['test --help', /scenario-schema\.js\.$/m],
    ])('runs %s', (command, output) => {
      const { status, stdout, stderr } = flows(...command.split(' '));
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(output);
    });

    it('loads from each of its entry points', () => {
      const names = Object.keys(readJson(join(installed, 'package.json')).exports).filter(
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
export const config: FlowKitConfig = { folders: { flows: 'ivr' } };
export const rules: string[] = lintFlow(readFlow('{}')).map(({ rule }) => rule);
export const names: string[] = readContactFlows('.').map(({ name }) => name);
export const path: string | undefined = projectScenarios({ root: '.', folders: { ...config.folders } as never })[0]?.path;
// @ts-expect-error: a finding is no number
export const wrong: number = lintFlow(readFlow('{}'))[0];
`;
  writeFileSync(join(app, 'use.ts'), use);
  const compilerOptions = {
    ...{ module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: ['node'] },
    ...{ typeRoots: [join(PROJECT, 'node_modules/@types')], exactOptionalPropertyTypes: true },
  };
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
  // Act
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', app],
    {
      encoding: 'utf8',
    },
  );
  // Assess
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
