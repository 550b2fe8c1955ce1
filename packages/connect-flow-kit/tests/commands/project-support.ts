import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FlowStage } from '../../src/config.ts';

/** A project with flows and a history of its own, and a config where the test writes one. */
export interface TemporaryProject {
  folder: string;
  /** Gives the absolute path. */
  write(path: string, content: unknown): string;
  read(path: string): string;
  remove(path: string): void;
  git(...args: string[]): string;
  /** Commits the flows as they are. */
  commit(message: string): void;
  delete(): void;
}

export function temporaryProject(): TemporaryProject {
  const folder = mkdtempSync(join(tmpdir(), 'flows-'));
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  return {
    folder,
    git,
    write(path, content) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
      return file;
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    remove: (path) => rmSync(join(folder, path)),
    commit(message) {
      git('add', '--all', 'contact-flows');
      git('commit', '--quiet', '--allow-empty', '--message', message);
    },
    delete: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A stage that is deployed nowhere. */
export const stageOf = (change: Partial<FlowStage> = {}): FlowStage => ({
  region: 'ap-northeast-1',
  instanceId: '00000000-0000-4000-8000-000000000001',
  queues: { support: '00000000-0000-4000-8000-00000000a001' },
  defaultQueue: 'support',
  flowValues: {},
  valuesAt: { setting: 'flowValues', file: 'settings/dev.yml' },
  deployedName: (flow) => `dev-${flow}`,
  ifNotDeployed: 'deploy it first',
  ...change,
});
