import { parseArgs } from 'node:util';
import { EXIT, print, runCommand, UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import { NoChromiumError } from '../packages/sandbox/chromium/launch-chromium.ts';
import { loadStage, SERVICE } from '../resources/load-stage.ts';

const HELP = `Shows the dashboard of a stage: requests and their outcomes, waits, agents
and lines, errors, and what the day costs.

  npm run dashboard -- --stage <name> [--png FILE]

  --stage dev    print the address in the AWS console
  --stage local  print the address on the board of the running npm start;
                 give both the same PORT
  --png FILE     write the local one as a picture, with Chrome or Chromium, in
                 the language of this machine
  --help         this text

Both show the same dashboard: the metrics of the functions on this machine are
drawn as CloudWatch draws them in AWS.
`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { stage: { type: 'string' }, png: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    print(HELP);
    return EXIT.fine;
  }
  const { stage, png } = values;
  if (stage === undefined) throw new UsageError('--stage is missing: name a stage, or local for npm start');
  if (stage !== 'local') {
    if (png !== undefined) {
      throw new UsageError(`--png draws the dashboard of the local stack only: leave it out, or use --stage local`);
    }
    print(`${consoleLink(stage, loadStage(stage).file.region)}\n`);
    return EXIT.fine;
  }
  const port = wholeNumber('PORT', process.env.PORT || '4545', 1, 65_535);
  const url = `http://127.0.0.1:${port}`;
  await assertStackIsUp(url);
  if (png !== undefined) {
    // Imported lazily, as everything else is answered at once.
    const { pictureOfDashboard } = await import('./screenshots/picture-of-dashboard.ts');
    await pictureOfDashboard(url, png);
  }
  print(`${png ?? `${url}/dashboard`}\n`);
  return EXIT.fine;
}

/** Stage and service names need no escaping in a link. */
const consoleLink = (stage: string, region: string): string =>
  `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${SERVICE}-${stage}`;

async function assertStackIsUp(url: string): Promise<void> {
  let isStack: boolean;
  try {
    const { status, headers } = await fetch(`${url}/dashboard/values`);
    isStack = status === 200 && /json/.test(headers.get('content-type') ?? '');
  } catch {
    throw new UsageError(
      `nothing listens at ${url}: start the local stack with npm start, and give both the same PORT`,
    );
  }
  if (!isStack) {
    throw new UsageError(`what listens at ${url} is not this version's local stack: give the PORT of npm start`);
  }
}

await runCommand(main, (error) =>
  error instanceof NoChromiumError || (error instanceof Error && error.name === 'StageSettingsError')
    ? error.message
    : undefined,
);
