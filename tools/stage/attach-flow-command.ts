import { parseArgs } from 'node:util';
import { complain, EXIT, print } from 'connect-flow-kit/command-line';
import type { Account } from '../../packages/account/account.ts';
import { attachFlow as attach, detachFlow as detach } from '../../packages/account/changes.ts';
import { flows, flowsOfNumbers, type ListedNumber, phoneNumbers } from '../../packages/account/listings.ts';
import type { LoadedStage } from '../../resources/load-stage.ts';
import { type Asker, asker } from './ask.ts';
import { connectOf, idsOfStack, stageOfAws } from './deployed-stage.ts';
import { listed, onAccount } from './on-account.ts';
import { type StageCommand, stageNamed } from './stage-command.ts';

const READING = [
  'ssm:GetParameter',
  'connect:ListPhoneNumbersV2',
  'connect:ListFlowAssociations',
  'connect:ListContactFlows',
];

export const attachFlow: StageCommand = {
  summary: "starts calls to the stage's number with its flow; detaches it again",
  help: `Anyone who rings back the number that called them hears a flow only once one is
attached to the number. Attaches the deployed flow that the stage's calls start
with to connect.sourcePhoneNumber, and prints which one was there before.

  npm run stage -- attach-flow <name> [--yes]
  npm run stage -- attach-flow <name> --detach [--yes]
    before npx sls remove: detaches the flow from the number

  --yes   do not ask before changing the number
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { detach: { type: 'boolean', default: false }, yes: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const name = stageNamed(positionals);
    const stage = stageOfAws(name);
    const change = values.detach ? 'DisassociatePhoneNumberContactFlow' : 'AssociatePhoneNumberContactFlow';
    if (stage.file.connect.sourcePhoneNumber === null) {
      complain(
        `settings/${name}.yml has no number yet (connect.sourcePhoneNumber is null): claim one for the stage's instance, add it there, run npx sls deploy --stage ${name}, then this again.`,
      );
      return EXIT.problems;
    }
    return onAccount(stage.file.region, [...READING, `connect:${change}`], (account) =>
      changeNumber(account, { name, ...stage }, asker(), values),
    );
  },
};

/** Attaches or detaches the flow. @returns the exit code */
async function changeNumber(
  account: Account,
  stage: LoadedStage & { name: string },
  asker: Asker,
  { detach: isDetaching, yes }: { detach: boolean; yes: boolean },
): Promise<number> {
  const { instanceId } = await connectOf(account, stage);
  const ours = idIn(await idsOfStack(account, stage).entryFlow(instanceId));
  const number = await numberOf(account, stage, instanceId);
  if (!number) return EXIT.problems;
  const { before, known } = await flowBefore(account, instanceId, number);
  const is = async (flow: string | undefined) => (flow === undefined ? 'no flow' : nameOf(account, instanceId, flow));
  if (isDetaching && known && before !== ours) {
    print(`The number starts with ${await is(before)}, which is not the stage's: there is nothing to detach.\n`);
    return EXIT.fine;
  }
  if (!isDetaching && known && before === ours) {
    print(`The number already starts with ${await is(ours)}.\n`);
    return EXIT.fine;
  }
  const from = known ? await is(before) : 'unknown';
  print(`The stage's number: ${from} → ${await is(isDetaching ? undefined : ours)}\n`);
  if (!(yes || (await asker.agree('--yes', 'Change it?')))) {
    print('Nothing was changed.\n');
    return EXIT.fine;
  }
  const of = { InstanceId: instanceId, PhoneNumberId: number.id };
  if (isDetaching) await detach(account, of);
  else await attach(account, { ...of, ContactFlowId: ours });
  print(done(stage.name, isDetaching, before === undefined ? undefined : from));
  return EXIT.fine;
}

function done(stage: string, isDetaching: boolean, from: string | undefined): string {
  if (isDetaching) return `Detached. Callers of the number hear no flow until one is attached.\n`;
  const back =
    from === undefined
      ? `npm run stage -- attach-flow ${stage} --detach`
      : `Amazon Connect, Channels > Phone numbers, the number, flow ${from}`;
  return `Attached: call the number to hear it. To take it back: ${back}\n`;
}

/** The id at the end of an ARN. */
const idIn = (idOrArn: string): string => idOrArn.split('/').at(-1) ?? '';

/** The stage's number; undefined, with the reason printed, if the instance does not have it. */
async function numberOf(
  account: Account,
  { file: { connect }, name }: LoadedStage & { name: string },
  instanceId: string,
): Promise<ListedNumber | undefined> {
  const numbers = await phoneNumbers(account);
  const number = numbers.find((one) => one.number === connect.sourcePhoneNumber);
  if (number?.targetArn.endsWith(`:instance/${instanceId}`)) return number;
  const where = number ? `is claimed for ${number.targetArn.split(':').at(-1)}` : `is not claimed in ${account.region}`;
  complain(
    `The number of settings/${name}.yml (connect.sourcePhoneNumber) ${where}: expected one of the stage's instance, ${instanceId}.`,
  );
  return undefined;
}

/** Which flow the number starts with now, if the credentials may ask. */
async function flowBefore(account: Account, instanceId: string, { arn }: ListedNumber) {
  const attached = await listed(
    account,
    'flows of numbers',
    'connect:ListFlowAssociations',
    flowsOfNumbers(account, instanceId).then((map) => [...map]),
  );
  if (attached.why !== undefined) complain(attached.why);
  const flow = new Map(attached.items).get(arn);
  return { known: attached.why === undefined, before: flow === undefined ? undefined : idIn(flow) };
}

async function nameOf(account: Account, instanceId: string, flow: string): Promise<string> {
  const { items } = await listed(account, 'flows', 'connect:ListContactFlows', flows(account, instanceId));
  return items.find(({ id }) => id === flow)?.name ?? flow;
}
