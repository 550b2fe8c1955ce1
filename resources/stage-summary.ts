import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { CREATE } from '../domain/created-ids.ts';
import type { StageFile } from '../domain/stage-file.ts';
import { hasFlowVersions, KARTE_REGION } from './connect-regions.ts';
import { wrapped } from './wrapped.ts';

/** What a stage is about to do, for whoever packages or deploys it: lines with a name and a value. */
export function stageSummary(stage: string, file: StageFile): string[] {
  const lines = {
    'calls from': caller(file),
    speaks: `as ${file.connect.flowValues.CompanyName ?? '(CompanyName is not set)'}, flow ${file.connect.contactFlow}${file.connect.pressToConnect ? ', press 1 to be connected' : ''}`,
    'called for': `${file.karte.actionName} on ${file.karte.eventBusName}${file.karte.intake === 'sns' ? ', through SNS' : ''}`,
    queues: queues(file),
    numbers: numbers(file.request),
    hours: hours(file),
    limits: limits(file),
    'no answer': unanswered(file),
    makes: makes(file),
    'switched on': options(file),
    keeps: `records ${file.recordRetentionDays} days, logs ${file.logRetentionDays} days`,
    alarms: toldOfAlarms(file),
  };
  const width = Math.max(...Object.keys(lines).map((name) => name.length));
  return [
    `Stage ${stage} in ${file.region}`,
    ...Object.entries(lines).flatMap(([name, text]) => wrapped(text, `  ${name.padEnd(width)}  `)),
  ];
}

/** At least one of them goes off if visitors ask and nobody is called. */
const MAIN_ALARMS = ['silentCalls', 'failedSetup', 'failedCapacity', 'failedSystem', 'executionsFailed'] as const;

/** What does not prevent a deployment but should be known before it, a sentence each. */
export function stageWarnings(stage: string, { region, connect, alarmTopicArn, alarms }: StageFile): string[] {
  return [
    ...(connect.sourcePhoneNumber === null
      ? [
          `nobody can be called, as connect.sourcePhoneNumber is null: every request ends as misconfigured. Claim a number for the instance, add it to settings/${stage}.yml, and deploy again.`,
        ]
      : []),
    ...(connect.flowVersions && !hasFlowVersions(region)
      ? [
          `CloudFormation is not known to support flow versions in ${region}, and without support it refuses the whole template (Unrecognized resource types): set connect.flowVersions of settings/${stage}.yml to false.`,
        ]
      : []),
    ...(region !== KARTE_REGION
      ? [
          `KARTE's guide only names ${KARTE_REGION} as the region for its events: in ${region} an event source may never appear.`,
        ]
      : []),
    ...(alarmTopicArn === null && alarms.addresses.length === 0
      ? [`nobody is notified of alarms: set alarms.addresses or alarmTopicArn in settings/${stage}.yml.`]
      : []),
    ...(MAIN_ALARMS.every((alarm) => alarms[alarm] === null)
      ? [
          `no alarm goes off if visitors are not called: ${MAIN_ALARMS.join(', ')} under alarms are all null in settings/${stage}.yml. Leave one out to use its default.`,
        ]
      : []),
    ...(alarms.runbookUrl === null && (alarmTopicArn !== null || alarms.addresses.length > 0)
      ? [
          `the texts of alarms refer to docs/runbook.md without a link: set alarms.runbookUrl in settings/${stage}.yml to its https:// address for your engineers.`,
        ]
      : []),
    ...(alarms.addresses.length > 0
      ? [
          `SNS sends an email with a link to each of alarms.addresses: without following it, nobody is notified. npm run calls -- alarm-test --stage ${stage} shows who has.`,
        ]
      : []),
  ];
}

/** Never the addresses: many people may read the output of a deployment. */
function toldOfAlarms({ alarmTopicArn, alarms: { addresses } }: StageFile): string {
  const mails = `${addresses.length} email ${addresses.length === 1 ? 'address' : 'addresses'}`;
  return [alarmTopicArn, addresses.length > 0 && mails].filter(Boolean).join(', ') || 'tell NOBODY';
}

function caller({ connect: { sourcePhoneNumber, instanceId }, request: { countries } }: StageFile): string {
  const instance = `instance ${instanceId === CREATE ? 'that the stack creates' : instanceId}`;
  if (sourcePhoneNumber === null) return `NO NUMBER, so nobody can be called; ${instance}`;
  const country = parsePhoneNumberFromString(sourcePhoneNumber)?.country;
  const foreign =
    country && !countries.includes(country) ? ` (a number of ${country}: customers may not call it back)` : '';
  return `${sourcePhoneNumber}${foreign}, ${instance}`;
}

/** Each queue with the requests that lead to it, and which queues share agents. */
function queues({ connect, routing, agents: { pools, maxContactsWaiting } }: StageFile): string {
  const named = Object.keys(connect.queues).map((name) => {
    const rules = routing.rules
      .filter(({ queue }) => queue === name)
      .map(({ userType, inquiryType }) => [userType, inquiryType].filter(Boolean).join(' + '));
    const from = [...rules, ...(routing.default === name ? [routing.rules.length > 0 ? 'all others' : 'all'] : [])];
    return `${name} (${from.join(', ') || 'nobody'})`;
  });
  const shared = pools.filter((pool) => pool.length > 1).map((pool) => pool.join(' + '));
  return [
    named.join(', '),
    ...(shared.length > 0 ? [`shared agents: ${shared.join('; ')}`] : []),
    ...(maxContactsWaiting > 0 ? [`${maxContactsWaiting} more calls than free agents`] : []),
  ].join('; ');
}

function numbers({ countries, numberTypes, allowedPrefixes, refusedPrefixes }: StageFile['request']): string {
  return [
    `${countries.join(', ')}: ${numberTypes.join(', ')}`,
    ...(allowedPrefixes.length > 0 ? [`only ${allowedPrefixes.join(', ')}`] : []),
    ...(refusedPrefixes.length > 0 ? [`not ${refusedPrefixes.join(', ')}`] : []),
  ].join('; ');
}

function hours({ callingHours: { start, end, timeZone }, whenClosed }: StageFile): string {
  const closed =
    whenClosed.do === 'wait'
      ? `waits ${time(whenClosed.maxDelaySeconds)} at most, called within ${time(whenClosed.callWithinSeconds)} of opening time`
      : 'refused';
  return `phones ring ${start}-${end} ${timeZone}; requests while it is closed: ${closed}`;
}

function limits({ limits, pacing }: StageFile): string {
  const most = (limit: number | null, what: string) => (limit === null ? `any number of ${what}` : `${limit} ${what}`);
  return [
    most(limits.maxConcurrentCalls, 'concurrent calls'),
    most(limits.callsPerDay, 'calls a day'),
    most(limits.callsPerNumberPerDay, 'calls a day to one number'),
    most(limits.requestsPerMinute, 'requests a minute'),
    `${pacing.callsPerSecond} a second`,
    `${time(limits.coolDownSeconds)} between calls to a number`,
  ].join(', ');
}

function unanswered({ retryUnanswered: { times, afterSeconds }, limits }: StageFile): string {
  const tries = limits.triesPerNumberPerDay === null ? '' : `; ${limits.triesPerNumberPerDay} tries a day at most`;
  return `${times === 0 ? 'not called again' : `called ${times} more ${times === 1 ? 'time' : 'times'}, after ${time(afterSeconds)}`}${tries}`;
}

/** What the stack creates in Amazon Connect and on the way from KARTE, besides its own functions and tables. */
function makes({ connect, create }: StageFile): string {
  const made = Object.keys(connect.queues).filter((name) => connect.queues[name] === CREATE);
  return [
    ...(connect.instanceId === CREATE ? [`the instance ${create.instanceAlias}`] : []),
    ...(made.length > 0 ? [`queues ${made.join(', ')}`] : []),
    ...(made.length > 0 && typeof create.hours !== 'string' ? ['hours of operation'] : []),
    ...(create.routingProfiles ? ['routing profiles'] : []),
    ...(create.eventBus ? ['the event bus'] : []),
    `contact flows${connect.flowVersions ? ' and their versions' : ''}`,
    ...(connect.approvedOrigins.length > 0 ? [`approved origins ${connect.approvedOrigins.join(', ')}`] : []),
  ].join(', ');
}

function options(file: StageFile): string {
  const { appointments, offerCallBack, availability, reportToKarte, recognizeCaller, signature, callLog } = file;
  const on = Object.entries({ appointments, offerCallBack, availability, reportToKarte, recognizeCaller })
    .filter(([, option]) => option !== null)
    .map(([name]) => name);
  return (
    [
      ...on,
      ...(signature.mode === 'off' ? [] : [`signature ${signature.mode}`]),
      ...(callLog.agentCalls ? ['callLog.agentCalls'] : []),
    ].join(', ') || 'nothing'
  );
}

/** 57600 → 16 h, 90 → 90 s. */
function time(seconds: number): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds > 0 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
