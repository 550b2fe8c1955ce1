import { complain, oneOf, UsageError } from 'connect-flow-kit/command-line';
import { CREATE } from '../../domain/created-ids.ts';
import type { Account } from '../../packages/account/account.ts';
import {
  eventSources,
  hours,
  instances,
  type ListedInstance,
  phoneNumbers,
  queues,
} from '../../packages/account/listings.ts';
import { hasFlowVersions } from '../../resources/connect-regions.ts';
import type { Asker } from './ask.ts';
import { eventSourceAnswer, KARTE_SOURCES } from './event-source-question.ts';
import { type InitFlags, refuseGaps } from './init-flags.ts';
import { aliasAnswer, instanceAnswer } from './instance-question.ts';
import { numberAnswer } from './number-question.ts';
import { type Listed, listed } from './on-account.ts';
import { defaultQueueAnswer, hoursAnswer, queueAnswers } from './queue-questions.ts';
import type { StageChange } from './stage-of-model.ts';

/** Asks for everything that no flag gives. */
export async function initAnswers(account: Account, flags: InitFlags, asker: Asker): Promise<StageChange[]> {
  const list = <T>(what: string, permission: string, items: Promise<T[]>) => listed(account, what, permission, items);
  const sources = list('event sources', 'events:ListEventSources', eventSources(account, KARTE_SOURCES));
  // Awaited only later, and may be rejected before that.
  sources.catch(() => undefined);
  const all = tell(await list('instances', 'connect:ListInstances', instances(account)));
  if (!asker.canAsk && flags.instance === undefined) refuseGaps(flags, { sources: await sources });
  const instanceId = await instanceAnswer(asker, flags.instance, all);
  const isMade = instanceId === CREATE;
  if (!isMade && flags['instance-alias'] !== undefined)
    throw new UsageError('--instance-alias requires --instance create');
  warnOfInstance(all.items.find(({ id }) => id === instanceId));

  const nothing: Listed<never> = { items: [] };
  const [itsQueues, itsHours, itsNumbers] = await Promise.all([
    isMade ? nothing : list('queues', 'connect:ListQueues', queues(account, instanceId)),
    isMade ? nothing : list('hours of operation', 'connect:ListHoursOfOperations', hours(account, instanceId)),
    isMade ? nothing : list('numbers', 'connect:ListPhoneNumbersV2', numbersOf(account, instanceId)),
  ]);
  if (!asker.canAsk) refuseGaps(flags, { numbers: itsNumbers, sources: await sources });
  const instanceAlias = isMade ? await aliasAnswer(asker, flags['instance-alias']) : null;
  const named = await queueAnswers(asker, flags.queue, tell(itsQueues), !isMade);
  const fallback = await defaultQueueAnswer(asker, flags['default-queue'], Object.keys(named));
  const makesQueues = Object.values(named).includes(CREATE);
  const open = makesQueues ? await hoursAnswer(asker, flags.hours, tell(itsHours)) : null;
  if (!makesQueues && flags.hours !== undefined)
    throw new UsageError('--hours only applies to queues that the stack creates');
  const routingProfiles = await makesProfiles(asker, flags['routing-profiles'], makesQueues);
  if (itsNumbers.why === undefined && itsNumbers.items.length === 0) complain(NO_NUMBER);
  const number = await numberAnswer(asker, flags.number, tell(itsNumbers));
  const itsSources = tell(await sources);
  if (itsSources.why === undefined && itsSources.items.length === 0) complain(NO_SOURCE);
  const bus = await eventSourceAnswer(asker, { source: flags['event-source'], bus: flags['event-bus'] }, itsSources);
  const company =
    flags.company ??
    (await asker.text('--company', 'Name of your company, which customers hear first:', (text) =>
      text === '' ? 'expected a name' : undefined,
    ));
  return [
    { path: ['region'], value: flags.region },
    { path: ['karte', 'eventBusName'], value: bus.name },
    { path: ['connect', 'instanceId'], value: instanceId },
    { path: ['connect', 'sourcePhoneNumber'], value: number },
    { path: ['connect', 'queues'], value: named },
    { path: ['connect', 'flowValues', 'CompanyName'], value: company },
    ...(hasFlowVersions(flags.region) ? [] : [{ path: ['connect', 'flowVersions'] as const, value: false }]),
    { path: ['create', 'instanceAlias'], value: instanceAlias },
    { path: ['create', 'hours'], value: open },
    { path: ['create', 'routingProfiles'], value: routingProfiles },
    { path: ['create', 'eventBus'], value: bus.createBus },
    { path: ['routing', 'default'], value: fallback },
  ];
}

async function numbersOf(account: Account, instanceId: string) {
  const all = await phoneNumbers(account);
  return all.filter(({ targetArn }) => targetArn.endsWith(`:instance/${instanceId}`));
}

async function makesProfiles(asker: Asker, flag: string | undefined, makesQueues: boolean): Promise<boolean> {
  if (flag !== undefined) return oneOf('--routing-profiles', flag, ['yes', 'no']) === 'yes';
  if (!makesQueues) return false;
  const answer = await asker.one(
    '--routing-profiles',
    'Should the stack create routing profiles with the queues, for the agents?',
    [
      { value: 'yes', name: 'yes: npm run stage -- agents assigns them' },
      { value: 'no', name: 'no: I add the new queues to routing profiles by hand' },
    ],
  );
  return answer === 'yes';
}

function warnOfInstance(instance: ListedInstance | undefined): void {
  if (instance && !instance.outboundCallsEnabled) {
    complain('The instance may not make calls: allow outbound calls under Telephony in its AWS console.');
  }
}

const NO_NUMBER =
  'The instance has no telephone number. A Japanese one needs a support case with business documents, and takes weeks: docs/deploy.md.';
const NO_SOURCE =
  'There is no KARTE event source in this region: KARTE creates it once its Amazon EventBridge plug-in has this AWS account and region.';

/** Prints why a list is missing. */
function tell<T>(list: Listed<T>): Listed<T> {
  if (list.why !== undefined) complain(list.why);
  return list;
}
