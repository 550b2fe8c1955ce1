import { DescribeVoicesCommand } from '@aws-sdk/client-polly';
import { compareFlows, type FlowDocument } from 'connect-flow-kit';
import { weekdayAndClock } from '../../../../domain/wall-clock.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { flowsOfStage, publishedFlow } from '../../flows-of-stage.ts';
import { functionsOfInstance } from '../../listings.ts';
import { functionName, idsOf } from '../../stage-answers.ts';

const READING = ['ssm:GetParameter', 'connect:ListContactFlows'];

/** What callers hear: the flows of the repository on the stage's instance. */
export const FLOW_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'flows-identical',
    title: "The published flows are the repository's",
    problem: "The published flows are not the repository's",
    permissions: [...READING, 'connect:DescribeContactFlow'],
    async ask(account, stage) {
      const problems = [];
      const flows = (await flowsOfStage(account, stage)).filter(({ deployed }) => deployed !== undefined);
      for (const { name, document, deployed } of flows) {
        const difference = await differenceOf(account, stage, document, deployed?.id ?? '');
        if (difference !== undefined) problems.push(`${name}: ${difference}`);
      }
      if (flows.length === 0) {
        return { state: 'unchecked', seen: 'none of them is on the instance', nextStep: deploy(stage) };
      }
      return problems.length === 0
        ? { state: 'fine', seen: `${counted(flows.length, 'flow')}, identical in every block` }
        : {
            state: 'problem',
            seen: problems.join('; '),
            nextStep: putBackOrKeep(stage),
          };
    },
  },
  {
    id: 'flow-functions',
    title: 'The functions that the flows call are associated with the instance',
    problem: 'A function that the flows call is not associated with the instance',
    permissions: ['connect:ListLambdaFunctions'],
    async ask(account, stage) {
      if (stage.file.recognizeCaller === null) return { state: 'fine', seen: 'the flows of this stage call none' };
      const { instanceId } = await idsOf(account, stage);
      const name = functionName(stage, 'recognizeCaller');
      const known = await functionsOfInstance(account, instanceId);
      return known.some((arn) => arn.split(':')[6] === name)
        ? { state: 'fine', seen: name }
        : { state: 'problem', seen: `${name} is not associated with the instance`, nextStep: deploy(stage) };
    },
  },
  {
    id: 'flow-voices',
    title: 'Amazon Polly has the voices of the flows in this region',
    problem: 'Amazon Polly lacks a voice of the flows in this region',
    permissions: ['polly:DescribeVoices'],
    async ask(account, stage) {
      const wanted = [...new Set((await flowsOfStage(account, stage)).flatMap(({ document }) => voicesOf(document)))];
      const offered = await voicesOfPolly(account);
      const missing = wanted.filter((voice) => !offered.has(voice));
      return missing.length === 0
        ? { state: 'fine', seen: wanted.join(', ') || 'the flows set none' }
        : {
            state: 'problem',
            seen: `not offered in ${account.region}: ${missing.join(', ')}`,
            nextStep: 'Set another voice in the flows (npm run flows -- lint knows them), and deploy.',
          };
    },
  },
];

const deploy = ({ name }: CheckedStage): string => `Deploy the stage: npx sls deploy --stage ${name}.`;

/** CloudFormation does not see edits in the flow designer: it only updates a flow when the template changes. */
const putBackOrKeep = ({ name }: CheckedStage): string =>
  `Not deployed yet? npx sls deploy --stage ${name}. Edited in the flow designer? Deploying does not undo that: npm run flows -- export --stage ${name}, then import the file there and publish it; or keep the change: docs/contact-flows.md, "Change a flow in the flow designer".`;

/** The first difference between a flow and the published one, and when that was changed; undefined if there is none. */
async function differenceOf(
  account: Account,
  stage: CheckedStage,
  own: FlowDocument,
  flowId: string,
): Promise<string | undefined> {
  const published = await publishedFlow(account, stage, flowId).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'UnreadableFlowError') return error.message;
    if (error instanceof Error && error.name === 'ContactFlowNotPublishedException')
      return 'it has never been published';
    throw error;
  });
  if (typeof published === 'string') return published;
  const { type, start, changed, added, removed } = compareFlows(own, published.document);
  const differences = [
    ...(type ? ['it has another type'] : []),
    ...(start ? [`it begins with block "${start.after.name ?? start.after.identifier}"`] : []),
    ...changed.map(({ identifier, name, parameters: [parameter] }) =>
      parameter
        ? `block "${name ?? identifier}" has another ${parameter.path}`
        : `block "${name ?? identifier}" leads elsewhere`,
    ),
    ...added.map(({ identifier, name }) => `block "${name ?? identifier}" is not in the repository`),
    ...removed.map(({ identifier, name }) => `block "${name ?? identifier}" is missing`),
  ];
  const [first, ...more] = differences;
  if (first === undefined) return undefined;
  const { changedAt } = published;
  const when = changedAt ? ` (last changed ${weekdayAndClock(changedAt, stage.file.callingHours.timeZone)})` : '';
  return `${first}${more.length === 0 ? '' : `, and ${more.length} more`}${when}`;
}

/** `Kazuha neural`: voices that a flow sets by name, with Polly's names of the engines. */
const voicesOf = ({ Actions }: FlowDocument): string[] =>
  Actions.flatMap(({ Type, Parameters: { TextToSpeechVoice: voice, TextToSpeechEngine: engine = 'Standard' } }) =>
    Type === 'UpdateContactTextToSpeechVoice' && typeof voice === 'string' && !voice.startsWith('$')
      ? [`${voice} ${String(engine).toLowerCase()}`]
      : [],
  );

/** @see https://docs.aws.amazon.com/polly/latest/API/API_DescribeVoices.html */
async function voicesOfPolly({ polly }: Account): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let NextToken: string | undefined;
  do {
    const page = await polly.send(new DescribeVoicesCommand({ NextToken }));
    for (const { Id, SupportedEngines = [] } of page.Voices ?? []) {
      for (const engine of SupportedEngines) found.add(`${Id} ${engine}`);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
