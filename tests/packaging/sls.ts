import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { projectCopy } from '../project-copy.ts';
import { PROJECT } from '../run-command.ts';
import type { Template } from './cloudformation-check.ts';

/** Test files run at the same time: each process bundles in a folder of its own. */
const ESBUILD_WORK_FOLDER = `.esbuild-${process.pid}`;

/** Only a run that hangs takes so long, however much else the machine does. */
const TEN_MINUTES = 600_000;

/** A bare machine: no AWS credentials, no home with any. */
const environment = () => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('npm_'));
  return { ...Object.fromEntries(kept), HOME: tmpdir(), SLS_TELEMETRY_DISABLED: '1', ESBUILD_WORK_FOLDER };
};

/** Runs the Serverless Framework as a person does. Never rejects: the exit code tells. */
export const sls = (...args: string[]): Promise<SlsResult> => slsIn(PROJECT, ...args);

interface SlsResult {
  code: number;
  output: string;
  stdout: string;
}

/** The same in another folder, such as a copy of the project. */
export const slsIn = (cwd: string, ...args: string[]): Promise<SlsResult> => runSls(cwd, {}, args);

/** The same in a shell that has set something. */
export const slsInShell = (shell: Record<string, string>, ...args: string[]): Promise<SlsResult> =>
  runSls(PROJECT, shell, args);

function runSls(cwd: string, shell: Record<string, string>, args: string[]): Promise<SlsResult> {
  const cli = join(PROJECT, 'node_modules/serverless/bin/serverless.js');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...args],
      { cwd, env: { ...environment(), ...shell }, timeout: TEN_MINUTES, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        rmSync(join(PROJECT, ESBUILD_WORK_FOLDER), { recursive: true, force: true });
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        const ended = error?.killed ? '\nIt was still running after ten minutes.' : '';
        resolve({ code, output: `${stdout}${stderr}${ended}`, stdout });
      },
    );
  });
}

export interface Packaged {
  template: Template;
  output: string;
  /** Function → the one file of its zip. */
  bundles: Map<string, { name: string; text: string }>;
}

/**
 * Packages a stage into a folder. In a copy of the project: whatever folder it packages into, the framework puts everything
 * together in `.serverless`, where two runs at once take each other's template.
 *
 * @param change is given the copy before it is packaged
 */
export async function packageInto(folder: string, stage: string, change?: (project: string) => void): Promise<void> {
  const project = projectCopy();
  try {
    change?.(project);
    const { code, output } = await slsIn(project, 'package', '--stage', stage, '--package', folder);
    if (code !== 0) throw new Error(`sls package --stage ${stage} failed:\n${output}`);
    writeFileSync(join(folder, OUTPUT), output);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/** What the framework said while it packaged. */
const OUTPUT = 'output.txt';

/** Reads what `packageInto` has left. */
export function readPackaged(folder: string): Packaged {
  const bundles = readdirSync(folder)
    .filter((name) => name.endsWith('.zip'))
    .map((name) => [name.slice(0, -'.zip'.length), firstFile(readFileSync(join(folder, name)))] as const);
  return {
    template: JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8')),
    output: readFileSync(join(folder, OUTPUT), 'utf8'),
    bundles: new Map(bundles),
  };
}

/** The first file of a zip, by its local header. @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.7 */
function firstFile(zip: Buffer): { name: string; text: string } {
  const nameEnd = 30 + zip.readUInt16LE(26);
  const dataStart = nameEnd + zip.readUInt16LE(28);
  return { name: zip.toString('utf8', 30, nameEnd), text: inflateRawSync(zip.subarray(dataStart)).toString('utf8') };
}
