import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { complain, EXIT, print, runCommand, UsageError } from 'connect-flow-kit/command-line';
import type { PhoneRules } from '../domain/phone-number.ts';

const HELP = `npm run conformance -- --stage dev [options]

Checks in a real AWS account, with the credentials of your shell, whether the assumptions of the local stack are true: first the
permissions that every call depends on, then the stage, then every assumption of docs/assumptions.md that can be checked without
calling anybody. It changes nothing, and uses half of Amazon Connect's API rate, so that the calls of a live stage go on.

  --stage NAME       the stage: settings/NAME.yml, in the account of your credentials
  --ring NUMBER      then also call your own phone, +81…, twice, after asking you; do not answer
  --yes              do not ask before calling, for use without a terminal
  --report FILE      file for the report: .json, or Markdown (default conformance-NAME-DATE.md)
  --json             print the report as one JSON document
  --with-account-id  name the AWS account in the report

Each claim is held, broken or not checked, with what was seen. Exit code 1: one is broken. The report contains no telephone
numbers and no visitor data: send it in if a claim is broken, so that the local stack can be corrected.
`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      stage: { type: 'string' },
      ring: { type: 'string' },
      yes: { type: 'boolean', default: false },
      report: { type: 'string' },
      json: { type: 'boolean', default: false },
      'with-account-id': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const name = values.stage;
  if (name === undefined) throw new UsageError('--stage is missing: name the stage, such as --stage dev');
  if (name === 'local') throw new UsageError('the stage local has no AWS account: name one that is deployed');
  // Imported lazily, so that --help and usage errors are answered at once.
  const { loadStage } = await import('../resources/load-stage.ts');
  const stage = { name, ...loadStage(name) };
  const phone = values.ring === undefined ? undefined : await agreedPhone(values.ring, stage.file, values.yes);

  const { accountOf } = await import('../packages/account/account.ts');
  const { accountIdOf } = await import('../packages/account/caller.ts');
  const { resultsOf } = await import('./conformance/results.ts');
  const { markdown, terminalText } = await import('./conformance/conformance-report.ts');
  const { progressOn } = await import('./calls/progress.ts');
  const { widthOf } = await import('./calls/terminal-table.ts');
  const { region } = stage.file;
  const account = accountOf({ region });
  const progress = progressOn();
  try {
    const accountId = await accountIdOf(account);
    if (accountId === undefined && values['with-account-id']) {
      complain('The report does not name the account: AWS refused sts:GetCallerIdentity.');
    }
    const results = await resultsOf({ account, stage, phone, progress: progress.at });
    progress.done();
    const report = {
      stage: name,
      region,
      at: new Date().toISOString(),
      version: versionOfProject(),
      ...(values['with-account-id'] && accountId !== undefined && { accountId }),
      results,
    };
    const file = values.report ?? `conformance-${name}-${report.at.slice(0, 10)}.md`;
    const json = `${JSON.stringify(report, null, 2)}\n`;
    writeReport(file, file.endsWith('.json') ? json : markdown(report));
    if (values.json) process.stdout.write(json);
    else print(terminalText(report, file, widthOf(process.stdout)));
    return results.some(({ state }) => state === 'broken') ? EXIT.problems : EXIT.fine;
  } finally {
    progress.done();
    account.close();
  }
}

/** The number to call, after its owner has agreed. */
async function agreedPhone(written: string, { request }: { request: PhoneRules }, isAgreed: boolean): Promise<string> {
  const { agreesToRing, mustBeAskable, phoneToRing } = await import('./calls/agreed-phone.ts');
  const phone = phoneToRing('--ring', written, { request, isLocal: false });
  mustBeAskable('--ring', isAgreed);
  const message = 'This phone gets two calls; the first rings for a minute. Is it your own, and will you let it ring?';
  if (isAgreed || (await agreesToRing(message))) return phone;
  throw new UsageError('nobody was called: without --ring everything else is checked');
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    throw new UsageError(`--report: ${file} cannot be written (${code}): name a file in an existing folder`);
  }
}

const versionOfProject = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;

await runCommand(main);
