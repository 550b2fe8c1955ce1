import type { AccountState } from '../../sandbox/account/account-state.ts';
import type { Case } from './doctor-cases.ts';
import { EXAMINED, ORIGIN, SALES } from './healthy-account.ts';

const SUPPORT = EXAMINED.file.connect.queues.support ?? '';

/** The only instance of the account. */
export function instanceIn({ instances: [instance] }: AccountState) {
  if (!instance) throw new Error('there is no instance');
  return instance;
}

/** A flow on it, by how its name ends. */
export function flowIn(state: AccountState, name: string) {
  const flow = instanceIn(state).flows.find((one) => one.name.endsWith(name));
  if (!flow) throw new Error(`there is no flow ${name}`);
  return flow;
}

const ofKind = (type: 'TOLL_FREE' | 'UIFN') => (state: AccountState) =>
  Object.assign(state.phoneNumbers[0] ?? {}, { type });

const quota = (name: string, value: number) => (state: AccountState) => {
  for (const one of state.quotas) if (one.name.includes(name)) one.value = value;
};

/** Agents of one team serve support alone. */
const servesSupport = (state: AccountState) => {
  instanceIn(state).routingProfiles = [{ id: 'a', name: 'Support', queues: [SUPPORT] }];
};

const twoTeams = (state: AccountState) => {
  servesSupport(state);
  instanceIn(state).routingProfiles.push({ id: 'b', name: 'Sales', queues: [SALES] });
  instanceIn(state).users.push({ id: 'b', username: 'b', routingProfileId: 'b' });
};

const nobodyLoggedIn = (state: AccountState) => {
  instanceIn(state).agentsOfQueues = {};
  // At this hour, too.
  Reflect.deleteProperty(instanceIn(state).hours[0] ?? {}, 'hours');
};

const refusedMobile = ({ records: [record] }: AccountState) => {
  Reflect.deleteProperty(record ?? {}, 'placedAt');
  Object.assign(record ?? {}, { outcome: 'destination_not_allowed' });
};

/** At least one of each check about Amazon Connect: what a problem looks like. */
export const PROBLEMS_OF_CONNECT: readonly Case[] = [
  { id: 'source-number-kind', change: ofKind('UIFN'), seen: 'UIFN of JP: it can receive calls or messages' },
  {
    id: 'source-number-kind',
    change: ({ phoneNumbers: [own] }) => Object.assign(own ?? {}, { country: 'US' }),
    seen: 'DID of US: customers see a foreign number',
  },
  {
    id: 'number-flow',
    change: ({ phoneNumbers: [own] }) => Reflect.deleteProperty(own ?? {}, 'flowId'),
    seen: 'no flow is attached',
  },
  {
    id: 'number-flow',
    change: ({ phoneNumbers: [own] }) => Object.assign(own ?? {}, { flowId: 'other' }),
    seen: "another flow than the stage's",
  },
  { id: 'mobile-prefixes', change: refusedMobile, seen: 'Amazon Connect refused to dial +8190' },
  { id: 'active-call-quota', change: quota('active calls', 2), seen: '2 concurrent calls; the stage would place 10' },
  { id: 'active-call-quota', change: quota('active calls', 0), seen: '0 concurrent calls' },
  { id: 'rate-quotas', change: quota('StartOutbound', 1), seen: '1 a second' },
  {
    id: 'opening-hours-now',
    change: (state) => Object.assign(instanceIn(state).hours[0] ?? {}, { hours: {} }),
    seen: 'support, sales: closed now, and does not open within two weeks',
  },
  {
    id: 'agents-of-queues',
    change: (state) => (instanceIn(state).users = []),
    seen: 'none of 0 users gets calls of support, sales',
  },
  { id: 'agents-of-queues', change: servesSupport, seen: 'none of 1 user gets calls of sales' },
  { id: 'agents-now', change: nobodyLoggedIn, seen: 'support and sales: nobody is logged in' },
  {
    id: 'agents-now',
    change: (state) => [nobodyLoggedIn(state), state.deny.push('connect:GetEffectiveHoursOfOperations')],
    seen: 'nobody is logged in',
  },
  { id: 'pools-of-agents', change: twoTeams, seen: 'no agent links support with sales, which share a pool' },
  {
    id: 'pools-of-agents',
    stage: {
      ...EXAMINED,
      file: { ...EXAMINED.file, agents: { ...EXAMINED.file.agents, pools: [['support'], ['sales']] } },
    },
    seen: 'the routing profile All serves support and sales, which are in different pools',
  },
  {
    id: 'approved-origins',
    change: (state) => (instanceIn(state).approvedOrigins = []),
    seen: `not approved: ${ORIGIN}`,
  },
  {
    id: 'flows',
    change: (state) => Object.assign(flowIn(state, 'call-me-hold'), { status: 'SAVED' }),
    seen: 'call-me-hold: ACTIVE, SAVED',
  },
  {
    id: 'flows',
    change: (state) => Object.assign(flowIn(state, 'call-me'), { id: 'made-by-hand' }),
    seen: 'call-me is not the flow that the stack created',
  },
  {
    id: 'flows',
    change: (state) => instanceIn(state).flows.pop(),
    seen: 'the instance does not have karte-connect-call-dev-',
  },
  {
    id: 'flows-identical',
    change: (state) => Object.assign(flowIn(state, 'call-me-hold'), { status: 'SAVED' }),
    seen: 'karte-connect-call-dev-call-me-hold: it has never been published',
  },
  {
    id: 'flow-functions',
    change: (state) => (instanceIn(state).functions = []),
    seen: 'karte-connect-call-dev-recognizeCaller is not associated',
  },
  {
    id: 'flow-voices',
    change: ({ voices }) => Reflect.deleteProperty(voices, 'Kazuha'),
    seen: 'not offered in ap-northeast-1: Kazuha neural',
  },
];

/** What of Amazon Connect there is nothing to see of. */
export const UNCHECKED_OF_CONNECT: readonly Case[] = [
  { id: 'source-number-kind', change: (state) => (state.phoneNumbers = []), seen: 'not claimed' },
  {
    id: 'source-number-kind',
    change: ofKind('TOLL_FREE'),
    seen: 'TOLL_FREE of JP: no API tells whether it may be shown',
  },
  { id: 'number-flow', change: (state) => (state.parameters = {}), seen: 'the stack does not give the id of its flow' },
  {
    id: 'mobile-prefixes',
    change: ({ records }) => records.pop(),
    seen: 'no API tells whether +8170 may be dialled, and there is no call to such a phone in the log',
  },
  {
    id: 'flows-identical',
    change: (state) => (instanceIn(state).flows = []),
    seen: 'none of them is on the instance',
  },
];
