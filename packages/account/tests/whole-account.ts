import { filledFlows } from '../../../resources/filled-flows.ts';
import { flowStage } from '../../../resources/flow-stage.ts';
import { loadStage } from '../../../resources/load-stage.ts';
import { type AccountState, accountState } from '../../sandbox/account/account-state.ts';
import { instanceNames } from '../../sandbox/connect/arns.ts';
import type { CheckedStage } from '../check.ts';
import { INSTANCE, instanceState } from './account-support.ts';

export const ORIGIN = 'https://www.example.com';
const ROAD = 'karte-connect-call-dev-road';
const FLOW = '00000000-0000-4000-8000-00000000f001';

/** The stage of the tests: dev, with what only some stages have. */
const OPTIONS = { availability: { origins: [ORIGIN] }, connect: { flowVersions: true } };
export const STAGE = { name: 'dev', ...loadStage('dev', 4545, undefined, OPTIONS) };
const { file } = STAGE;
const QUEUE = file.connect.queues.support ?? '';
const HOURS = '00000000-0000-4000-8000-00000000b001';
const WEEKDAY = [{ start: '09:00', end: '18:00' }];

/** The flows of the repository as the deployment of a stage leaves them on the instance. */
export function publishedFlows(stage: CheckedStage) {
  const names = instanceNames(file.region, '000000000000', INSTANCE);
  const idOf = (name: string) => (name === file.connect.contactFlow ? FLOW : FLOW.replace('f001', `f0${name.length}`));
  return filledFlows(flowStage(stage.name, stage), {
    flow: (name) => names.flow(idOf(name)),
    queue: names.queue,
    function: (name) => `arn:aws:lambda:${file.region}:000000000000:function:${name}`,
  }).map(({ name, deployedName, type, document }) => ({
    id: idOf(name),
    name: deployedName,
    type,
    versions: 2,
    content: JSON.stringify(document),
    changedAt: '2026-11-22T03:00:00.000Z',
  }));
}
const FLOWS = publishedFlows(STAGE);

/** YYYY-MM-DD, so many days from today. */
const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** An account in which the stage dev is deployed and everything is as the local stack assumes. */
export const wholeAccount = (parts: Partial<AccountState> = {}): AccountState =>
  accountState({
    instances: [
      instanceState({
        queues: [{ id: QUEUE, name: 'Support', hoursId: HOURS }],
        hours: [
          {
            id: HOURS,
            name: 'Support',
            hours: {
              MONDAY: WEEKDAY,
              TUESDAY: WEEKDAY,
              WEDNESDAY: WEEKDAY,
              THURSDAY: WEEKDAY,
              FRIDAY: WEEKDAY,
              SATURDAY: [{ start: '00:00', end: '00:00' }],
            },
            overrides: { [dayFromNow(9)]: [] },
          },
        ],
        flows: structuredClone(FLOWS),
        routingProfiles: [{ id: 'a', name: 'Support', queues: [QUEUE] }],
        users: [{ id: 'a', username: 'example', routingProfileId: 'a' }],
      }),
    ],
    phoneNumbers: [{ id: 'a', number: file.connect.sourcePhoneNumber ?? '', instanceId: INSTANCE, flowId: FLOW }],
    eventSources: [{ name: file.karte.eventBusName, state: 'ACTIVE' }],
    eventBuses: [file.karte.eventBusName],
    rules: [
      {
        name: 'calls',
        bus: file.karte.eventBusName,
        pattern: { detail: { name: [file.karte.actionName] } },
        targets: [],
      },
    ],
    parameters: { '/karte-connect-call/dev/ids': JSON.stringify({ instanceId: INSTANCE, contactFlow: FLOW }) },
    quotas: [
      { service: 'connect', name: 'Concurrent active calls per instance', value: 5 },
      {
        service: 'connect',
        name: 'Concurrent active calls per instance',
        value: 10,
        appliesTo: `arn:aws:connect:ap-northeast-1:000000000000:instance/${INSTANCE}`,
      },
      { service: 'connect', name: 'Rate of StartOutboundVoiceContact API requests', value: 2 },
      { service: 'states', name: 'StartExecution throttle token bucket size', value: 800 },
      { service: 'states', name: 'StartExecution throttle token refill rate per second', value: 150 },
      { service: 'states', name: 'StateTransition throttle token refill rate per second', value: 800 },
    ],
    functions: [{ name: ROAD, answer: { decision: 'wait' } }],
    executions: [
      {
        name: 'second',
        startedAt: '2026-11-22T03:00:10.000Z',
        endedAt: '2026-11-22T03:00:20.000Z',
        pausesMs: [20, 900],
      },
      { name: 'first', startedAt: '2026-11-22T03:00:00.000Z' },
    ],
    records: [
      {
        requestId: 'called',
        executionId: 'first',
        status: 'ended',
        attempts: 1,
        expiresAt: 0,
        requestedAt: `${dayFromNow(-1)}T03:00:00.000Z`,
        receivedAt: `${dayFromNow(-1)}T03:00:01.000Z`,
        placedAt: `${dayFromNow(-1)}T03:00:03.000Z`,
      },
    ],
    warmThroughput: { read: 12_000, write: 4_000 },
    ...parts,
  });
