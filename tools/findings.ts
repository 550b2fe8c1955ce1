import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, print, runCommand } from 'connect-flow-kit/command-line';
import { runFindings, scriptsOf } from './findings/run-findings.ts';

const HELP = `Runs the scripts in findings/, and says which quirks of other libraries still exist.

  npm run findings

Each installs its library into its own folder, so this needs the network.
Exit code 0: all still exist. 1: one no longer does. 2: one could not be tried, and the others exist.

  --help   this text
`;

const FOLDER = join(import.meta.dirname, '../findings');

const WORDS = { holds: 'still holds', changed: 'HAS CHANGED', 'not tried': 'could not be tried' };

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const names = scriptsOf(FOLDER);
  const count = { holds: 0, changed: 0, 'not tried': 0 };
  const progress = (done: number) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r\u001b[K${names[done] ? `${done + 1}/${names.length} ${names[done]}` : ''}`);
  };
  let done = 0;
  progress(done);
  for await (const { name, says, verdict, told } of runFindings(FOLDER)) {
    done += 1;
    count[verdict] += 1;
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    print(`${WORDS[verdict].padEnd(20)}${says} (${name})\n`);
    if (verdict !== 'holds') print(`${told.trim().replace(/^/gm, '    ')}\n`);
    progress(done);
  }
  print(
    `\n${count.holds} of ${names.length} still hold, ${count.changed} changed, ${count['not tried']} could not be tried.\n`,
  );
  if (count.changed > 0) return EXIT.problems;
  return count['not tried'] > 0 ? EXIT.unusable : EXIT.fine;
}

await runCommand(main);
