import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, runCommand } from 'connect-flow-kit/command-line';
import { launchChromium, NoChromiumError } from '../packages/sandbox/chromium/launch-chromium.ts';
import { takePictures } from './screenshots/pictures.ts';

const IMAGES = join(import.meta.dirname, '../docs/images');

const HELP = `Takes the pictures for the documents: pop-up, board, dashboard and operator page of a local stack.

  npm run screenshots [-- --out folder]

  --out folder   where to write them (default docs/images)
  --help         this text

It needs Chrome or Chromium, located as npm test does (CHROME_PATH names another one), and a Japanese font. Look at the pictures
before you commit them.
`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { out: { type: 'string', default: IMAGES }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const chromium = await launchChromium();
  try {
    await mkdir(values.out, { recursive: true });
    for await (const { file, bytes } of takePictures(chromium.wsEndpoint(), values.out)) {
      console.log(`${relative(process.cwd(), file)}  ${Math.ceil(bytes / 1024)} KB`);
    }
  } finally {
    await chromium.close();
  }
  return EXIT.fine;
}

await runCommand(main, (error) => (error instanceof NoChromiumError ? error.message : undefined));
