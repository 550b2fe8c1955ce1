import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from '../../../../tests/run-command.ts';

/** A project with the tools of this one, flows of its own, and a history of its own. */
export interface TemporaryProject {
  folder: string;
  write(path: string, content: unknown): void;
  remove(path: string): void;
  git(...args: string[]): string;
  /** Commits everything as it is. */
  commit(message: string): void;
  delete(): void;
}

/** What tools are made of. */
const SOURCES = ['tools', 'packages', 'resources', 'settings', 'functions', 'adapters', 'domain'];

export function temporaryProject(): TemporaryProject {
  const folder = mkdtempSync(join(tmpdir(), 'flows-'));
  for (const part of ['package.json', ...SOURCES]) {
    cpSync(join(PROJECT, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');

  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
  git('init', '--quiet', '--initial-branch=main');

  return {
    folder,
    git,
    write(path, content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    },
    remove: (path) => rmSync(join(folder, path)),
    commit(message) {
      git('add', '--all', 'contact-flows');
      git('commit', '--quiet', '--allow-empty', '--message', message);
    },
    delete: () => rmSync(folder, { recursive: true, force: true }),
  };
}
