import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PROJECT } from '../service.ts';

/** A change to one file of the project. */
export interface Patch {
  /** From the project's root. */
  file: string;
  /** Occurs in the file exactly once. */
  find: string;
  replace: string;
}

/** A text is no longer in the sources, or occurs more than once. */
class PatchDoesNotFit extends Error {
  override readonly name = 'PatchDoesNotFit';
  readonly isUsersMistake = true;
}

/** The texts of the files that are patched, by their path. Throws if a patch does not fit. */
export function patchedTexts(patches: readonly Patch[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { file, find, replace } of patches) {
    const text = texts.get(file) ?? readFileSync(join(PROJECT, file), 'utf8');
    const found = text.split(find).length - 1;
    if (found !== 1) {
      throw new PatchDoesNotFit(
        `${file} has ${JSON.stringify(find)} ${found} times instead of once: adapt packages/sandbox/bench/planted-bugs.ts`,
      );
    }
    texts.set(
      file,
      text.replace(find, () => replace),
    );
  }
  return texts;
}

/**
 * A copy of the project's sources, without their tests, in a separate folder, with patches. The libraries are the project's
 * own, by a link. The caller removes it.
 *
 * @param begun is told its path before anything is in it
 * @returns its path
 */
export function patchedCopy(patches: readonly Patch[], begun: (copy: string) => void = () => undefined): string {
  const copy = mkdtempSync(join(tmpdir(), 'project-'));
  begun(copy);
  for (const name of readdirSync(PROJECT)) {
    if (name === 'node_modules') symlinkSync(join(PROJECT, name), join(copy, name));
    else if (!name.startsWith('.') && isSource(name))
      cpSync(join(PROJECT, name), join(copy, name), { recursive: true, filter: isSource });
  }
  for (const [file, text] of patchedTexts(patches)) writeFileSync(join(copy, file), text);
  return copy;
}

const isSource = (path: string): boolean => !['node_modules', 'tests'].includes(basename(path));
