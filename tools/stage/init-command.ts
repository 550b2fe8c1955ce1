import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { complain, EXIT, print, UsageError } from 'connect-flow-kit/command-line';
import { parse } from 'yaml';
import { unknownRegion } from '../../resources/aws-contradictions.ts';
import { exampleValues, isAllExamples } from '../../resources/example-values.ts';
import { readStage } from '../../resources/read-stage.ts';
import { unusableName } from '../../resources/stage-name.ts';
import { StageSettingsError } from '../../resources/stage-settings-error.ts';
import { asker } from './ask.ts';
import { initAnswers } from './init-answers.ts';
import { newStageFile } from './new-stage-file.ts';
import { onAccount } from './on-account.ts';
import { SETTINGS, type StageCommand, stageNamed } from './stage-command.ts';
import { refuseToReplace, writeWholeFile } from './write-whole-file.ts';

/** The stage file whose comments and other settings a new one copies; a replaced one keeps its own. */
const MODEL = 'dev';

const PERMISSIONS = [
  'connect:ListInstances',
  'connect:ListQueues',
  'connect:ListHoursOfOperations',
  'connect:ListPhoneNumbersV2',
  'events:ListEventSources',
];

const OPTIONS = {
  region: { type: 'string', default: 'ap-northeast-1' },
  instance: { type: 'string' },
  'instance-alias': { type: 'string' },
  queue: { type: 'string', multiple: true },
  'default-queue': { type: 'string' },
  hours: { type: 'string' },
  'routing-profiles': { type: 'string' },
  number: { type: 'string' },
  'event-source': { type: 'string' },
  'event-bus': { type: 'string' },
  company: { type: 'string' },
  force: { type: 'boolean', default: false },
} as const;

export const init: StageCommand = {
  summary: 'writes settings/<name>.yml from what the AWS account has, by questions or flags',
  help: `Writes settings/<name>.yml. With the AWS credentials of your shell it lists what
the account has, and asks for what no flag gives; without a terminal, every flag
that applies is required. Whatever is not asked for is taken from
settings/${MODEL}.yml, comments included; where settings/<name>.yml is replaced, it
stays as it is there. It changes nothing in AWS.

  npm run stage -- init <name> [flags]

  --region REGION          default ap-northeast-1
  --instance ID            Amazon Connect instance, by id or alias; create: the
                           stack makes one
  --instance-alias NAME    with --instance create: its name in
                           https://<name>.my.connect.aws
  --queue NAME=QUEUE       a queue: its name in the settings, and its id or name
                           in Amazon Connect, or create; once per queue
  --default-queue NAME     with several: the one for requests that no routing
                           rule matches
  --hours HOURS            with created queues: "MONDAY-FRIDAY 09:00-18:00", or
                           id or name of existing hours
  --routing-profiles yes   the stack creates routing profiles with the queues,
                           new or existing, for the agents; or no. Required
                           with created queues, else no
  --number +81…            number that calls are made from, in E.164 form; none:
                           there is none yet, and nobody can be called
  --event-source NAME      KARTE's event source, aws.partner/karte.io/…
  --event-bus create       the stack associates the event source; exists: it is
                           or will be associated by hand
  --company NAME           name of your company, which customers hear first
  --force                  replace a settings/<name>.yml that holds more than
                           examples
`,
  async run(args) {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const name = stageNamed(positionals);
    const unusable = unusableName(name);
    if (unusable) throw new UsageError(unusable);
    if (name === 'local') throw new UsageError('the stage "local" is reserved for this machine: choose another name');
    const path = join(SETTINGS, `${name}.yml`);
    const force = values.force || holdsExamples(path);
    refuseToReplace(path, { force });
    for (const { found, expected } of unknownRegion(values)) {
      throw new UsageError(`--region is ${found}: expected ${expected}`);
    }
    const changes = await onAccount(values.region, PERMISSIONS, (account) =>
      initAnswers(account, { ...values, queue: values.queue ?? [] }, asker()),
    );
    const model = existsSync(path) ? name : MODEL;
    const text = newStageFile(modelText(model), model, name, changes);
    warnOfExamples(text);
    writeWholeFile(path, text, { force });
    const isWithoutNumber = changes.some(({ path, value }) => path.at(-1) === 'sourcePhoneNumber' && value === null);
    print(nextSteps(name, model, values.region) + (isWithoutNumber ? stepsToNumber(name) : ''));
    return EXIT.fine;
  },
};

/** The settings that are shipped: replacing them loses nobody's work. */
function holdsExamples(path: string): boolean {
  try {
    return isAllExamples(parse(readFileSync(path, 'utf8')));
  } catch {
    return false;
  }
}

function warnOfExamples(text: string): void {
  for (const { path, found } of exampleValues(parse(text))) {
    complain(`Warning: ${path} is ${found}, which counts as an example: it can be packaged but not deployed.`);
  }
}

function modelText(name: string): string {
  try {
    // Invalid YAML is reported with its line.
    readStage(name, SETTINGS);
    return readFileSync(join(SETTINGS, `${name}.yml`), 'utf8');
  } catch (cause) {
    if (cause instanceof StageSettingsError) throw cause;
    throw new UsageError(`settings/${name}.yml is the model for new stages and cannot be read`, { cause });
  }
}

const nextSteps = (
  name: string,
  model: string,
  region: string,
): string => `settings/${name}.yml is written. What was not asked for is as in
settings/${model}.yml: limits, calling hours, alarms, routing …

Next:
  npm run stage -- check ${name}          checks it, and shows what it says
  npm run stage -- plan ${name}           shows what a deployment creates in ${region}, and what that costs
  npx sls deploy --stage ${name}
`;

const stepsToNumber = (
  name: string,
): string => `  Nobody can be called yet: claim a number for the instance, put it into
  settings/${name}.yml (connect.sourcePhoneNumber), then
  npx sls deploy --stage ${name}
  npm run stage -- attach-flow ${name}    lets customers who call back hear the stage's flow
`;
