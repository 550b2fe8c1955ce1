import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { PROJECT } from '../run-command.ts';

/** The flow kit, packed by npm, in a project of somebody else. */
export interface InstalledFlowKit {
  /** A copy of the package in its repository, which npm packed. */
  source: string;
  /** The folder of that project. */
  app: string;
  /** The package in it. */
  installed: string;
  delete(): void;
}

export const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** Packs a copy, since npm writes into the folder that it packs, and does what `npm install` of the packed file does. */
export function installFlowKit(): InstalledFlowKit {
  const folder = mkdtempSync(join(tmpdir(), 'flow-kit-'));
  const repository = join(folder, 'repository');
  const source = join(repository, 'packages/connect-flow-kit');
  const app = join(folder, 'app');
  const installed = join(app, 'node_modules/connect-flow-kit');
  cpSync(join(PROJECT, 'packages/connect-flow-kit'), source, { recursive: true });
  cpSync(join(PROJECT, 'tsconfig.json'), join(repository, 'tsconfig.json'));
  symlinkSync(join(PROJECT, 'node_modules'), join(repository, 'node_modules'), 'junction');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: source,
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
    shell: process.platform === 'win32',
  });

  const { name, version } = readJson(join(source, 'package.json'));
  mkdirSync(dirname(installed), { recursive: true });
  execFileSync('tar', ['-xzf', `${name}-${version}.tgz`], { cwd: folder });
  renameSync(join(folder, 'package'), installed);
  // From the packages that are here, in place of a registry.
  for (const dependency of Object.keys(readJson(join(installed, 'package.json')).dependencies)) {
    const link = join(app, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules', dependency), link, 'junction');
  }
  return { source, app, installed, delete: () => rmSync(folder, { recursive: true, force: true }) };
}
