import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../command-line.ts';

/** Writes a file into a folder that --out may name, which is created if missing. */
export function writeTo(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    throw new UsageError(`${path} cannot be written: give another folder with --out`, { cause });
  }
}
