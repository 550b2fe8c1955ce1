import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EXIT, runCommand, UsageError, wholeNumber } from 'connect-flow-kit/command-line';

const HELP = `npm run doctor -- --stage NAME [--json]

No call comes? Asks the AWS account of your shell's credentials for everything that a request needs on its way from KARTE to the
ringing phone, in the order in which a request meets it. Each line is fine, a problem, or could not be checked, with what was seen and
what to do. It changes nothing and rings nobody, and names neither numbers nor accounts.

  --stage NAME  the stage: settings/NAME.yml; local is the stack that npm start keeps up (on PORT, or 4545)
  --json        prints one JSON document
  --help        this text

Exit codes: 0 no problem was found, 1 there is one, 2 a mistake in the command, or nothing could be asked.
`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      stage: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const name = values.stage;
  if (name === undefined) throw new UsageError('--stage is missing: name the stage, such as --stage dev');
  // Loaded late: --help and a mistake are answered at once.
  const { reachStage } = await import('./doctor/reach-stage.ts');
  const port = wholeNumber('PORT', process.env.PORT || '4545', 1, 65_535);
  const { account, stage } = await reachStage(name, port);

  const { askedInOrder } = await import('./doctor/asked-in-order.ts');
  const { doctorText, reportOf } = await import('./doctor/doctor-report.ts');
  const { progressOn } = await import('./calls/progress.ts');
  const { widthOf } = await import('./calls/terminal-table.ts');
  const progress = progressOn();
  try {
    const lines = await askedInOrder(account, stage, progress.at);
    progress.done();
    const report = reportOf(
      { stage: name, region: stage.file.region, at: new Date().toISOString(), version: versionOfProject() },
      lines,
    );
    const { stdout } = process;
    const isColoured = stdout.isTTY === true && !process.env.NO_COLOR;
    stdout.write(
      values.json ? `${JSON.stringify(report, null, 2)}\n` : doctorText(report, widthOf(stdout), isColoured),
    );
    return report.problems > 0 ? EXIT.problems : EXIT.fine;
  } finally {
    progress.done();
    account.close();
  }
}

const versionOfProject = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;

await runCommand(main);
