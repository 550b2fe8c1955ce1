import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from 'connect-flow-kit/command-line';

/**
 * Writes files so that none is ever half-written: each is written in full next to its destination before the first is moved there.
 * Throws `UsageError` if the folder cannot be written to; then the old files are still there.
 *
 * @param option what named the folder, for the sentence
 */
export async function writeTogether(
  option: string,
  folder: string,
  files: readonly { name: string; text: string }[],
): Promise<void> {
  const unfinished = (name: string) => join(folder, `.${name}.${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, text } of files) await writeFile(unfinished(name), text);
    for (const { name } of files) await rename(unfinished(name), join(folder, name));
  } catch (cause) {
    await Promise.all(files.map(({ name }) => rm(unfinished(name), { force: true }).catch(() => undefined)));
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new UsageError(`${option} is ${folder}, where no files can be written${code}: name another folder`, {
      cause,
    });
  }
}
