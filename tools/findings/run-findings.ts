import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The result of a finding: a script that could not install its library proves nothing. */
type Verdict = 'holds' | 'changed' | 'not tried';

export interface Finding {
  /** Name of its script. */
  name: string;
  /** The surprise, in its script's own words. */
  says: string;
  verdict: Verdict;
  /** Output of the script: the difference, or why it could not be tried. */
  told: string;
}

/** Exit code of a script that could not install its library. */
const NOT_TRIED = 2;

/** Runs the scripts of the folder one by one, as they share npm's cache and their output must not mix. */
export async function* runFindings(folder: string): AsyncGenerator<Finding> {
  for (const name of scriptsOf(folder)) {
    const { code, told } = await run(join(folder, name));
    yield { name, says: titleOf(join(folder, name)), verdict: verdictOf(code), told };
  }
}

/** Names of the scripts, in the order of their run. */
export const scriptsOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sh'))
    .sort();

/** The first comment line after the shebang. */
const titleOf = (path: string): string => readFileSync(path, 'utf8').split('\n')[1]?.replace(/^# /, '') ?? '';

function verdictOf(code: number | undefined): Verdict {
  if (code === 0) return 'holds';
  return code === NOT_TRIED || code === undefined ? 'not tried' : 'changed';
}

/** Never rejects: no exit code means that the script did not start or was killed. */
function run(script: string): Promise<{ code: number | undefined; told: string }> {
  return new Promise((resolve) => {
    const child = spawn('bash', [script], { stdio: ['ignore', 'pipe', 'pipe'] });
    let told = '';
    const listen = (text: Buffer) => {
      told += String(text);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', ({ message }) => resolve({ code: undefined, told: message }));
    child.on('close', (code) => resolve({ code: code ?? undefined, told }));
  });
}
