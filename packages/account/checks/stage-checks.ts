import { DescribeEventBusCommand, DescribeEventSourceCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { UnusableIds } from '../../../domain/created-ids.ts';
import type { Account } from '../account.ts';
import type { CheckedStage, DoctorCheck, Finding } from '../check.ts';
import { counted } from '../counted.ts';
import { flowsOfStage } from '../flows-of-stage.ts';
import { instances, phoneNumbers, queuesOfProfile, routingProfiles } from '../listings.ts';
import { idsOf, idsParameter, once, queueOf, toldIds } from '../stage-answers.ts';
import { onBoardOr } from './doctor/commands-to-run.ts';

const deploy = ({ name }: CheckedStage): string => `Deploy the stage: npx sls deploy --stage ${name}.`;

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

/** What a stage needs before a request can become a call, in order of dependency. */
export const STAGE_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'instance',
    title: 'The instance is active and may place calls',
    problem: 'The instance cannot place calls',
    permissions: ['connect:ListInstances'],
    async ask(account, stage) {
      const { instanceId } = await idsOf(account, stage);
      const found = (await once(account, 'instances', () => instances(account))).find(({ id }) => id === instanceId);
      if (!found) {
        return {
          state: 'problem',
          seen: `there is no instance ${instanceId} in ${account.region} of this account`,
          nextStep: 'Check connect.instanceId and region in the settings, and the credentials.',
        };
      }
      if (found.status !== 'ACTIVE') {
        return { state: 'problem', seen: `its status is ${found.status}`, nextStep: 'Wait until it is ACTIVE.' };
      }
      return found.outboundCallsEnabled
        ? { state: 'fine', seen: 'active, and outbound calls are allowed' }
        : {
            state: 'problem',
            seen: 'outbound calls are not allowed',
            nextStep: 'Allow them in the console of Amazon Connect: Telephony > Outbound calls.',
          };
    },
  },
  {
    id: 'source-number',
    title: 'The number that calls are made from is claimed for the instance',
    problem: 'The number that calls are made from is not claimed for the instance',
    permissions: ['connect:ListPhoneNumbersV2'],
    async ask(account, stage) {
      const { instanceId } = await idsOf(account, stage);
      const { sourcePhoneNumber } = stage.file.connect;
      if (sourcePhoneNumber === null) {
        return {
          state: 'problem',
          seen: 'connect.sourcePhoneNumber is null: nobody can be called',
          nextStep: `Claim a number for the instance, put it into settings/${stage.name}.yml, deploy, attach the flow.`,
        };
      }
      const claimed = await once(account, 'numbers', () => phoneNumbers(account));
      const own = claimed.find(({ number }) => number === sourcePhoneNumber);
      if (own?.targetArn.endsWith(`/${instanceId}`)) return { state: 'fine', seen: 'claimed' };
      return {
        state: 'problem',
        seen: own
          ? 'it is claimed for something else'
          : `it is not claimed in this account and region, which have ${counted(claimed.length, 'other number')}`,
        nextStep: 'Claim it for the instance, or set connect.sourcePhoneNumber to one that is.',
      };
    },
  },
  {
    id: 'queues',
    title: 'Every queue is enabled and has hours of operation',
    problem: 'A queue is missing, disabled or without hours of operation',
    permissions: ['connect:DescribeQueue'],
    async ask(account, stage) {
      const problems = [];
      const names = Object.keys(stage.file.connect.queues);
      for (const name of names) {
        const queue = await queueOf(account, stage, name).catch((error: unknown) => {
          if (isMissing(error)) return undefined;
          throw error;
        });
        if (!queue) problems.push(`${name} does not exist`);
        else if (queue.status !== 'ENABLED') problems.push(`${name} is ${queue.status.toLowerCase()}`);
        else if (queue.hoursId === '') problems.push(`${name} has no hours`);
      }
      return problems.length === 0
        ? { state: 'fine', seen: names.join(', ') }
        : {
            state: 'problem',
            seen: problems.join(', '),
            nextStep: onBoardOr(stage, 'Check connect.queues in the settings, and the queues in Amazon Connect.'),
          };
    },
  },
  {
    id: 'routing-profiles',
    title: 'Every queue is served by a routing profile, for calls',
    problem: 'A queue is in no routing profile for calls',
    permissions: ['connect:ListRoutingProfiles', 'connect:ListRoutingProfileQueues'],
    async ask(account, stage) {
      const { instanceId, queues } = await idsOf(account, stage);
      const served = new Set<string>();
      for (const { id } of await routingProfiles(account, instanceId)) {
        if (Object.values(queues).every((queue) => served.has(queue))) break;
        const own = await queuesOfProfile(account, instanceId, id);
        for (const { queueId, channel } of own) if (channel === 'VOICE') served.add(queueId);
      }
      const alone = Object.entries(queues).filter(([, id]) => !served.has(id));
      return alone.length === 0
        ? { state: 'fine', seen: `${Object.keys(queues).join(', ')}: served` }
        : {
            state: 'problem',
            seen: `no routing profile has ${alone.map(([name]) => name).join(', ')}`,
            nextStep: onBoardOr(
              stage,
              `Add it to a routing profile, and give that to agents: npm run stage -- agents ${stage.name}.`,
            ),
          };
    },
  },
  {
    id: 'ids-parameter',
    title: 'The stack gives the functions its ids',
    problem: 'The stack does not give the functions its ids',
    permissions: ['ssm:GetParameter'],
    async ask(account, stage) {
      try {
        await toldIds(account, stage);
        return { state: 'fine', seen: idsParameter(stage) };
      } catch (error) {
        if (!(error instanceof UnusableIds)) throw error;
        return {
          state: 'problem',
          seen: `the parameter ${idsParameter(stage)} ${error.message}`,
          nextStep: deploy(stage),
        };
      }
    },
  },
  {
    id: 'flows',
    title: 'Every flow is published',
    problem: 'A flow is not published',
    permissions: ['ssm:GetParameter', 'connect:ListContactFlows'],
    async ask(account, stage) {
      const { contactFlow } = await idsOf(account, stage);
      if (contactFlow === undefined) {
        // Throws if it cannot be read, for example without the permission.
        await toldIds(account, stage);
        return { state: 'unchecked', seen: 'the stack does not give the id of the flow', nextStep: deploy(stage) };
      }
      const flows = await flowsOfStage(account, stage);
      const problems = flows.flatMap(({ name, isEntry, deployed }) => {
        if (!deployed) return [`the instance does not have ${name}`];
        const { id, state, status } = deployed;
        if (state !== 'ACTIVE' || status !== 'PUBLISHED') return [`${name}: ${state}, ${status}`];
        return isEntry && id !== contactFlow
          ? [`${name} is not the flow that the stack created, with which calls start`]
          : [];
      });
      return problems.length === 0
        ? { state: 'fine', seen: flows.map(({ name }) => name).join(', ') }
        : { state: 'problem', seen: problems.join('; '), nextStep: 'Publish it, or deploy the stage again.' };
    },
  },
  {
    id: 'event-source',
    title: "KARTE's event source delivers to its event bus",
    problem: "KARTE's event source does not deliver to its event bus",
    permissions: ['events:DescribeEventSource', 'events:DescribeEventBus'],
    ask: (account, stage) => eventSource(account, stage),
  },
  {
    id: 'event-rule',
    title: 'A rule of the event bus starts executions',
    problem: 'The rule that starts executions is missing, disabled or duplicated',
    permissions: ['events:ListRules'],
    async ask(account, stage) {
      const EventBusName = stage.file.karte.eventBusName;
      const rules = [];
      let NextToken: string | undefined;
      do {
        const page = await account.eventBridge.send(new ListRulesCommand({ EventBusName, NextToken }));
        rules.push(...(page.Rules ?? []));
        NextToken = page.NextToken;
      } while (NextToken);
      const own = rules.filter(({ EventPattern = '' }) => EventPattern.includes(`"${stage.file.karte.actionName}"`));
      const enabled = own.filter(({ State }) => State?.startsWith('ENABLED'));
      if (enabled.length === 1) return { state: 'fine', seen: `${enabled[0]?.Name ?? 'a rule'}, enabled` };
      if (enabled.length > 1) {
        return {
          state: 'problem',
          seen: `${enabled.length} rules wait for ${stage.file.karte.actionName}: each request is sent to all of them`,
          nextStep: 'Give each stage its own actionName, or remove the other rule.',
        };
      }
      return {
        state: 'problem',
        seen: own.length > 0 ? 'the rule is disabled' : `no rule waits for ${stage.file.karte.actionName}`,
        // A deployment does not enable it: CloudFormation compares templates.
        nextStep:
          own.length > 0
            ? `Enable it: aws events enable-rule --event-bus-name ${EventBusName} --name ${own[0]?.Name}`
            : deploy(stage),
      };
    },
  },
];

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html */
async function eventSource({ eventBridge }: Account, stage: CheckedStage): Promise<Finding> {
  const Name = stage.file.karte.eventBusName;
  const orMissing = (error: unknown): undefined => {
    if (!isMissing(error)) throw error;
  };
  const source = await eventBridge.send(new DescribeEventSourceCommand({ Name })).catch(orMissing);
  if (!source) {
    return {
      state: 'problem',
      seen: 'there is no such event source',
      nextStep:
        'Connect Amazon EventBridge in KARTE with this account and region, or correct karte.eventBusName in the settings.',
    };
  }
  if (source.State !== 'ACTIVE') {
    return {
      state: 'problem',
      seen: `its state is ${source.State}`,
      nextStep:
        'Associate it with an event bus: create.eventBus: true in the settings, or EventBridge > Partner event sources in the console.',
    };
  }
  const bus = await eventBridge.send(new DescribeEventBusCommand({ Name })).catch(orMissing);
  return bus
    ? { state: 'fine', seen: 'active, and its bus exists' }
    : { state: 'problem', seen: 'active, but without its event bus', nextStep: 'Associate it with an event bus.' };
}
