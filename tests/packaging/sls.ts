import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template } from './cloudformation-check.ts';

export const PROJECT = join(import.meta.dirname, '../..');

/** Test files run at the same time: each process bundles in a folder of its own. */
const ESBUILD_WORK_FOLDER = `.esbuild-${process.pid}`;

/** A bare machine: no AWS credentials, no home with any. */
const environment = () => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('npm_'));
  return { ...Object.fromEntries(kept), HOME: tmpdir(), SLS_TELEMETRY_DISABLED: '1', ESBUILD_WORK_FOLDER };
};

/** Runs the Serverless Framework as a person does. Never rejects: the exit code tells. */
export function sls(...args: string[]): Promise<{ code: number; output: string; stdout: string }> {
  const cli = join(PROJECT, 'node_modules/serverless/bin/serverless.js');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...args],
      { cwd: PROJECT, env: environment(), timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        rmSync(join(PROJECT, ESBUILD_WORK_FOLDER), { recursive: true, force: true });
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, output: `${stdout}${stderr}`, stdout });
      },
    );
  });
}

export interface Packaged {
  template: Template;
  output: string;
  /** Function → its zip, uncompressed names readable in it. */
  zips: Map<string, Buffer>;
}

/** Packages a stage into a folder of its own and reads what came out. */
export async function packageStage(stage: string): Promise<Packaged> {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  try {
    const { code, output } = await sls('package', '--stage', stage, '--package', folder);
    if (code !== 0) throw new Error(`sls package --stage ${stage} failed:\n${output}`);
    const template = JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
    const zips = readdirSync(folder)
      .filter((name) => name.endsWith('.zip'))
      .map((name) => [name.slice(0, -'.zip'.length), readFileSync(join(folder, name))] as const);
    return { template, output, zips: new Map(zips) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
