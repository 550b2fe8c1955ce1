import { cpSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './run-command.ts';

/** A copy of the project that may be changed without another test seeing it. The caller removes it. */
export function projectCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'project-'));
  for (const name of readdirSync(PROJECT)) {
    if (name === 'node_modules') symlinkSync(join(PROJECT, name), join(copy, name));
    else if (!name.startsWith('.')) cpSync(join(PROJECT, name), join(copy, name), { recursive: true });
  }
  return copy;
}
