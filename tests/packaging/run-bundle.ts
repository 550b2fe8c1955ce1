import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How a bundled function failed: the error Lambda gets, and the lines it logged. */
interface BundleFailure {
  message: string;
  stack: string;
  log: string;
}

/**
 * Runs the handler of a bundle in a fresh process, as Lambda does, with an event it must fail on.
 *
 * @param bundle file name and text, as in the function's zip
 * @param environment variables of the function
 */
export async function failureOf(
  bundle: { name: string; text: string },
  environment: Record<string, string>,
  event: unknown,
): Promise<BundleFailure> {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    const path = join(folder, basename(bundle.name));
    writeFileSync(path, bundle.text);
    const script = `
      const { handler } = require(${JSON.stringify(path)});
      handler(${JSON.stringify(event)}, { functionName: 'bundled', awsRequestId: 'one' }).then(
        () => { throw new Error('the function did not fail'); },
        ({ message, stack }) => console.error(JSON.stringify({ message, stack })),
      );`;
    const env = { PATH: process.env.PATH, AWS_REGION: 'ap-northeast-1', ...environment };
    // The logger writes everything, errors too, where Lambda reads it.
    const { stdout, stderr } = await run(process.execPath, ['-e', script], { env });
    const [told = ''] = stderr.match(/^{"message".*$/m) ?? [];
    return { ...(JSON.parse(told) as { message: string; stack: string }), log: `${stdout}${stderr.replace(told, '')}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
