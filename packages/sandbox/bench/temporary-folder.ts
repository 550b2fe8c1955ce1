import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new temporary folder of the operating system, which is removed when the process ends at the latest, even if it is
 * interrupted.
 */
export function temporaryFolder(prefix: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), prefix));
  const clear = () => rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  const interrupted = () => process.exit(130);
  process.once('exit', clear).once('SIGINT', interrupted).once('SIGTERM', interrupted);
  return {
    path,
    remove() {
      process.off('exit', clear).off('SIGINT', interrupted).off('SIGTERM', interrupted);
      clear();
    },
  };
}
