import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EXIT, print, runCommand, UsageError, wholeNumber } from 'connect-flow-kit/command-line';

const HELP = `npm run doctor -- --stage NAME [--json] [--place-test-call +81…]

No calls arriving? Checks, with the AWS credentials of your shell, everything that a request needs on its way from KARTE to the
ringing phone, in that order. Each line is fine, a problem, or could not be checked, with what was seen and what to do. It changes
nothing, calls nobody unless told to, and prints neither telephone numbers nor account ids.

  --stage NAME  the stage: settings/NAME.yml; local is the stack that npm start keeps up (on PORT, or 4545)
  --json        print one JSON document
  --place-test-call NUMBER
                then asks you, and lets the stage call this phone as for a visitor's request: through every check and limit to
                the flow and an agent. Shows what happens until the call is over. KARTE is not involved
  --yes         do not ask before calling, for use without a terminal
  --help        this text

Exit codes: 0 no problem was found, 1 there is one, 2 a mistake in the command, or AWS could not be reached.
`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      stage: { type: 'string' },
      json: { type: 'boolean', default: false },
      'place-test-call': { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const name = values.stage;
  if (name === undefined) throw new UsageError('--stage is missing: name the stage, such as --stage dev');
  // Imported lazily, so that --help and usage errors are answered at once.
  const { reachStage } = await import('./doctor/reach-stage.ts');
  const port = wholeNumber('PORT', process.env.PORT || '4545', 1, 65_535);
  const { account, stage } = await reachStage(name, port);
  const { phoneOfTestCall, placeTestCall, testCallText } = await import('./doctor/place-test-call.ts');
  const written = values['place-test-call'];
  const phone = written === undefined ? undefined : phoneOfTestCall(written, stage, values.yes);

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
    const width = widthOf(stdout);
    const isColoured = stdout.isTTY === true && !process.env.NO_COLOR;
    if (!values.json) stdout.write(doctorText(report, width, isColoured));
    const asked = { isAgreed: values.yes, isTold: !values.json, width };
    const testCall = phone === undefined ? undefined : await placeTestCall(account, stage, phone, asked);
    if (values.json) stdout.write(`${JSON.stringify({ ...report, ...(testCall && { testCall }) }, null, 2)}\n`);
    else if (testCall) print(testCallText(testCall, width));
    return report.problems > 0 || testCall?.state === 'problem' ? EXIT.problems : EXIT.fine;
  } finally {
    progress.done();
    account.close();
  }
}

const versionOfProject = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;

await runCommand(main);
