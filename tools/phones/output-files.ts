import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from 'connect-flow-kit/command-line';

/** A file written next to its destination and moved there at the end. */
export interface OutputFile {
  path: string;
  write(text: string): Promise<void>;
}

interface OpenFile extends OutputFile {
  partial: string;
  handle: FileHandle;
  isEmpty: boolean;
}

/**
 * Throws `UsageError` if writing would destroy something: if an output exists without `force`, is the input, or is not a regular
 * file.
 */
export function refuseToOverwrite(input: string, outputs: readonly string[], { force }: { force: boolean }): void {
  const from = statSync(input, { bigint: true });
  for (const path of outputs) {
    const there = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (resolve(path) === resolve(input) || (there?.ino === from.ino && there.dev === from.dev)) {
      throw new UsageError(`${path} is both input and output: name another output`);
    }
    if (there && !there.isFile()) throw new UsageError(`${path} is not a regular file: name another output`);
    if (there && !force) throw new UsageError(`${path} exists: name another output, or overwrite it with --force`);
  }
}

/**
 * Lets `work` write two files that appear together once both are complete, replacing older ones. A file that stays empty does
 * not appear, and an older one is removed. If `work` throws or the process is interrupted, nothing is left behind.
 *
 * @param paths the second is moved into place last: if it exists, both do
 */
export async function writeWhole<T>(
  paths: readonly [string, string],
  { force }: { force: boolean },
  work: (first: OutputFile, last: OutputFile) => Promise<T>,
): Promise<T> {
  const files: OpenFile[] = [];
  const clear = () => {
    for (const path of paths) rmSync(partialOf(path), { force: true });
  };
  const stopListening = onInterruption(clear);
  try {
    const [first, last] = paths;
    const open = async (path: string) => {
      const file = await openPartial(path);
      files.push(file);
      return file;
    };
    const result = await work(await open(first), await open(last));
    for (const { path, handle } of files) await told(path, () => handle.sync());
    await closeAll(files);
    putInPlace(files, force);
    return result;
  } finally {
    await closeAll(files);
    clear();
    stopListening();
  }
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Calls `clear` if the process ends early. */
function onInterruption(clear: () => void): () => void {
  const exits = Object.entries(EXIT_CODES).map(([signal, code]) => ({ signal, exit: () => process.exit(code) }));
  process.once('exit', clear);
  for (const { signal, exit } of exits) process.once(signal, exit);
  return () => {
    process.off('exit', clear);
    for (const { signal, exit } of exits) process.off(signal, exit);
  };
}

const partialOf = (path: string): string => `${path}.${process.pid}.partial`;

async function openPartial(path: string): Promise<OpenFile> {
  const partial = partialOf(path);
  // An `open` that creates the file while a signal is handled could leave it behind.
  await told(path, async () => closeSync(openSync(partial, 'wx')));
  const handle = await told(path, () => open(partial, 'r+'));
  const file: OpenFile = {
    path,
    partial,
    handle,
    isEmpty: true,
    async write(text) {
      if (text === '') return;
      file.isEmpty = false;
      await told(path, () => handle.writeFile(text));
    },
  };
  return file;
}

const closeAll = (files: readonly OpenFile[]): Promise<unknown> =>
  Promise.all(files.map(({ handle }) => handle.close().catch(() => undefined)));

/** Synchronous, so that no signal interrupts it. */
function putInPlace(files: readonly OpenFile[], force: boolean): void {
  const meanwhile = files.find(({ path }) => !force && existsSync(path));
  if (meanwhile) throw new UsageError(`${meanwhile.path} was created meanwhile: name another output, or use --force`);
  for (const { path, partial, isEmpty } of files) {
    if (isEmpty) rmSync(path, { force: true });
    else renameSync(partial, path);
  }
}

/** A full disk, a missing folder, no permission: one sentence. */
async function told<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new UsageError(`${path} cannot be written${code}; nothing is left of it`, { cause });
  }
}
