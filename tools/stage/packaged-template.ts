import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from 'connect-flow-kit/command-line';

const PROJECT = join(import.meta.dirname, '../..');
const TEMPLATE = 'cloudformation-template-update-stack.json';

/** A resource of a packaged template. */
export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
}

/** Logical id → resource. */
export type Resources = Readonly<Record<string, Resource>>;

/** Resources of an existing package. Throws `UsageError` if there is none. */
export function resourcesIn(folder: string): Resources {
  try {
    return JSON.parse(readFileSync(join(folder, TEMPLATE), 'utf8')).Resources;
  } catch (cause) {
    throw new UsageError(`${folder} holds no ${TEMPLATE}: package the stage with --package ${folder} first`, { cause });
  }
}

/** Packages a stage as a deployment does, without AWS, and discards the package. Throws `UsageError`. */
export async function packagedResources(stage: string): Promise<Resources> {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  // A folder of its own, so that a deployment can run at the same time.
  const bundles = `.esbuild-${process.pid}`;
  try {
    await sls(['package', '--stage', stage, '--package', folder], bundles);
    return resourcesIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(PROJECT, bundles), { recursive: true, force: true });
  }
}

function sls(args: string[], ESBUILD_WORK_FOLDER: string): Promise<void> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('serverless/package.json')), 'bin/serverless.js');
  const env = { ...process.env, ESBUILD_WORK_FOLDER, SLS_TELEMETRY_DISABLED: '1' };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [cli, ...args], { cwd: PROJECT, env }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else
        reject(new UsageError(`the stage could not be packaged: ${stderr.trim() || stdout.trim()}`, { cause: error }));
    });
  });
}
