import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import type { StageSettings } from '../../../domain/stage-settings.ts';
import type { ContactFlow } from '../connect/connect-options.ts';
import type { Contact } from '../connect/contact.ts';
import type { ContactEvent } from '../connect/contact-events.ts';
import type { Answer } from '../connect/live-call.ts';
import { type ConnectModel, createConnectModel } from '../connect/model.ts';
import type { Transfer } from '../connect/transfers.ts';
import { modelNumber } from '../model-number.ts';
import type { Luck } from './random.ts';
import type { Arrival, Range, Scenario } from './scenario.ts';
import { watchInstance } from './surroundings.ts';
import type { TraceRecorder } from './trace.ts';

/** The Amazon Connect instance of a simulated world. */
interface SimulatedInstance {
  model: ConnectModel;
  /** How many calls of ours have been placed so far. */
  placed(): number;
  /** The request whose call this is; undefined for inbound calls. */
  requestOf(contactId: string): string | undefined;
  /** Position of the contact in its customer's chain of contacts, from 0. */
  placeOf(contactId: string): number;
}

interface Options {
  scenario: Scenario;
  settings: StageSettings;
  region: string;
  accountId: string;
  /** By flow id. */
  flows: ReadonlyMap<string, ContactFlow>;
  arrivals: ReadonlyMap<string, Arrival>;
  /** Queue that a request is routed to. */
  queueOf(requestId: string): string;
  luck: Luck;
  trace: TraceRecorder;
  onContactEvent(event: ContactEvent): void;
}

/** Customers who lose patience hang up this many seconds after they answered. */
const IMPATIENT_SECONDS: Range = [1, 30];

/** Share of customers who accept a call-back that is offered while they wait. */
const WISHES = 0.7;

/** The local model with the scenario's queues, quotas and customers; what happens in it is recorded in the trace. */
export function simulatedInstance(options: Options): SimulatedInstance {
  const { scenario, settings, arrivals, luck } = options;
  const { customers, quotas, delays } = scenario;
  const seen = watchInstance(options.trace, options.queueOf);
  const ids = luck.branch('ids');
  const customer = ({ attributes }: Readonly<Contact>): Luck => luck.branch(`contact ${attributes.request_id}`);
  const isServed = (name: string) => scenario.agents.some(({ queues }) => queues.includes(name));
  const served = Object.entries(settings.connect.queues).flatMap(([name, id]) => (isServed(name) ? [id] : []));

  /** Who transfers a customer, and where to. */
  function transfers(contact: Readonly<Contact>): Transfer[] {
    if (contact.initiationMethod === 'INBOUND') return [];
    const own = customer(contact);
    const [count, by] = [own.draw('transfers'), own.branch('transferred by')];
    const drawn = (): Transfer['by'][] =>
      Array.from({ length: count < 0.5 ? 1 : 2 }, () => (by.happens('an agent', 0.5) ? 'agent' : 'flow'));
    const said = arrivals.get(contact.attributes.request_id ?? '')?.transfers;
    const kinds = said ?? (own.happens('transferred', customers.transferred) ? drawn() : []);
    return kinds.map((kind) => {
      const queueId = served[Math.floor(by.draw('queue') * served.length)];
      return { by: kind, ...(queueId !== undefined && { queueId }) };
    });
  }

  function patience(contact: Readonly<Contact>): number {
    if (contact.initiationMethod === 'INBOUND') return Number.POSITIVE_INFINITY;
    const own = customer(contact);
    const said = arrivals.get(contact.attributes.request_id ?? '')?.patienceSeconds;
    const drawn = own.happens('impatient', customers.impatient)
      ? own.between('patience', IMPATIENT_SECONDS)
      : undefined;
    return said ?? drawn ?? Number.POSITIVE_INFINITY;
  }

  // A customer who waits for one particular agent does not hear the call-back offer.
  const missing = settings.offerCallBack === null ? 1 : 3;
  const model = createConnectModel({
    instanceId: settings.connect.instanceId,
    region: options.region,
    accountId: options.accountId,
    sourcePhoneNumbers: [modelNumber(settings.connect)],
    allowedCountries: settings.request.countries.map((code: CountryCode) => `+${getCountryCallingCode(code)}`),
    queues: Object.entries(settings.connect.queues).map(([name, id]) => {
      const { switched: _, ...changes } = scenario.queues[name] ?? {};
      return { id, name, ...changes };
    }),
    flows: options.flows,
    quotas: { rates: quotas.connectRates, activeCalls: quotas.activeCalls },
    ringTimeoutNeedsCampaign: scenario.refusesRingTimeout,
    ringSeconds: (contact) => customer(contact).between('ring', customers.ringSeconds),
    talkSeconds: (contact) =>
      arrivals.get(contact.attributes.request_id ?? '')?.talkSeconds ??
      customer(contact).between('talk', customers.talkSeconds),
    secondsPerCharacter: customers.secondsPerCharacter,
    missedBy: (contact) => (customer(contact).happens('missed', customers.missed) ? missing : 0),
    patience,
    transfers,
    answer: (_, contact) =>
      arrivals.get(contact.attributes.request_id ?? '')?.answer ??
      reaction(customer(contact).draw('answer'), customers.answers),
    presses: (contact, { choices = [] }) =>
      choices.includes('1') && (contact.queuedAt === undefined || customer(contact).happens('call back', WISHES))
        ? '1'
        : undefined,
    metricsLagSeconds: delays.metricsLagSeconds,
    keepTranscripts: false,
    newId: () => ids.id('id'),
    now: () => new Date(),
    watch: seen.watch,
    onContactEvent: options.onContactEvent,
  });
  return { model, placed: seen.placed, requestOf: seen.requestOf, placeOf: seen.placeOf };
}

/** How a phone reacts, from one draw and the shares of the reactions. */
function reaction(draw: number, shares: Scenario['customers']['answers']): Answer {
  let sum = 0;
  for (const answer of ['voicemail', 'no-answer', 'busy', 'unreachable'] as const) {
    sum += shares[answer] ?? 0;
    if (draw < sum) return answer;
  }
  return 'human';
}
