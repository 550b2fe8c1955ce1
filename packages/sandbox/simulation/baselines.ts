import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import type { Documents } from '../../../adapters/dynamodb.ts';
import { queueFor } from '../../../domain/routing.ts';
import type { StageSettings } from '../../../domain/stage-settings.ts';
import { ConnectError, NoAnswer } from '../connect/connect-errors.ts';
import { type ConnectModel, createConnectModel } from '../connect/model.ts';
import { localContactFlows } from '../local-contact-flows.ts';
import { readService } from '../service.ts';
import { type VirtualClock, virtualClock } from './clock.ts';
import type { Usage } from './prices.ts';
import { luckOf } from './random.ts';
import type { Arrival, Scenario } from './scenario.ts';
import { scheduleSurroundings, watchInstance } from './surroundings.ts';
import { recordTrace, type Trace } from './trace.ts';

/**
 * What the path is measured against, on the same arrivals, agents and customers.
 *
 * - `no retry`: one function call per event, which asks Amazon Connect once. It is what KARTE's guide builds.
 * - `jitter only`: a state machine of one Task with retries and full jitter, until the call is accepted or the request is
 *   too old. It looks at no agents either.
 */
export type Baseline = 'no retry' | 'jitter only';

interface BaselineResult {
  trace: Trace;
  usage: Usage;
}

/** Of the retries: 1 s, doubled each time, one minute at most; each anywhere between nothing and that. */
const FIRST_RETRY_SECONDS = 1;
const LONGEST_RETRY_SECONDS = 60;
const ACCOUNT = '000000000000';
/** 512 MB, as the project's own functions have. */
const GIGABYTES = 0.5;

/** Runs a baseline on a scenario, as far as it concerns one: faults, limits and waiting are not for it. */
export async function runBaseline(baseline: Baseline, scenario: Scenario): Promise<BaselineResult> {
  const service = readService('local', 0);
  const settings = JSON.parse(service.stage.environment.STAGE_SETTINGS ?? '') as StageSettings;
  const clock = virtualClock(Date.parse(scenario.startsAt));
  const uninstall = clock.install();
  try {
    const world = baselineWorld(scenario, service, settings, clock);
    for (const arrival of scenario.arrivals) {
      clock.after(arrival.at, () => void world.live(arrival, baseline === 'jitter only'));
    }
    await clock.run(Date.parse(scenario.startsAt) + scenario.endsAt);
    world.model.close();
    return { trace: world.trace.entries, usage: world.usage };
  } finally {
    uninstall();
  }
}

function baselineWorld(
  scenario: Scenario,
  service: ReturnType<typeof readService>,
  settings: StageSettings,
  clock: VirtualClock,
) {
  const { customers, delays, quotas } = scenario;
  const { connect, routing } = settings;
  const { countries, maxAgeSeconds } = { ...settings.request, ...scenario.settings.request };
  const luck = luckOf(scenario.seed);
  const trace = recordTrace(() => Math.floor(clock.now()));
  const usage = { ...NOTHING };
  const queueOf = ({ userType }: Pick<Arrival, 'userType'>) => queueFor({ userType }, routing, connect.queues).id;
  const queues = new Map(scenario.arrivals.map((arrival) => [arrival.requestId, queueOf(arrival)]));
  const instance = watchInstance(trace, (requestId) => queues.get(requestId) ?? '');
  const contactLuck = (requestId: string) => luck.branch(`contact ${requestId}`);
  const ids = luck.branch('ids');
  const flows = localContactFlows(service, ACCOUNT);
  const model: ConnectModel = createConnectModel({
    instanceId: connect.instanceId,
    region: service.stage.file.region,
    accountId: ACCOUNT,
    sourcePhoneNumbers: [connect.sourcePhoneNumber],
    allowedCountries: countries.map((code: CountryCode) => `+${getCountryCallingCode(code)}`),
    queues: Object.entries(connect.queues).map(([name, id]) => ({ id, name })),
    flows: flows.byId,
    quotas: { rates: quotas.connectRates, activeCalls: quotas.activeCalls },
    ringSeconds: ({ attributes }) => contactLuck(attributes.request_id ?? '').between('ring', customers.ringSeconds),
    talkSeconds: ({ attributes }) => contactLuck(attributes.request_id ?? '').between('talk', customers.talkSeconds),
    secondsPerCharacter: customers.secondsPerCharacter,
    keepTranscripts: false,
    newId: () => ids.id('id'),
    now: () => new Date(),
    watch: instance.watch,
  });
  scheduleSurroundings({
    scenario: { ...scenario, actions: [], queues: {} },
    clock,
    model,
    trace,
    queues: connect.queues,
    guardsTable: '',
    documents: NO_TABLES,
  });

  /** One request, from its event to a call or to nothing. */
  async function live(arrival: Arrival, retries: boolean): Promise<void> {
    const { requestId, phone } = arrival;
    const own = luck.branch(`request ${requestId}`);
    trace.add({ kind: 'arrived', requestId, phone });
    usage.partnerEvents += 1;
    await clock.pause(own.between('event', delays.eventMs));
    const executionId = `baseline:${requestId}`;
    trace.add({ kind: 'delivered', requestId, executionId });
    if (retries) {
      usage.stateTransitions += 1;
      trace.add({ kind: 'entered', requestId, executionId, state: 'StartCall' });
    }
    const deadline = clock.now() + maxAgeSeconds * 1_000;
    let waitMs = 0;
    for (let attempt = 0; clock.now() + waitMs <= deadline; attempt += 1) {
      const answerMs = own.between('connect delay', delays.connectMs);
      // All in one: hundreds of thousands of attempts are to be lived through.
      await clock.pause(waitMs + own.between('invocation', delays.invocationMs) + answerMs);
      usage.lambdaRequests += 1;
      usage.lambdaGbSeconds += (answerMs / 1_000) * GIGABYTES;
      const result = ask(arrival);
      trace.add({ kind: 'asked', requestId, result });
      if (result === 'accepted' || !retries) return;
      usage.stateTransitions += 1;
      const most = Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** attempt);
      waitMs = own.between('retry', [0, most]) * 1_000;
    }
  }

  /** Asks Amazon Connect for the call. @returns `accepted`, or the name of the error */
  function ask({ requestId, phone, userType }: Arrival): string {
    try {
      model.startOutbound({
        InstanceId: connect.instanceId,
        ContactFlowId: flows.references.EntryContactFlow ?? '',
        DestinationPhoneNumber: phone,
        SourcePhoneNumber: connect.sourcePhoneNumber,
        ClientToken: requestId,
        Attributes: {
          request_id: requestId,
          user_type: userType,
          has_inquiry_type: 'false',
          has_track_id: 'false',
          press_to_connect: 'false',
          queue_arn: queues.get(requestId) ?? '',
        },
      });
      return 'accepted';
    } catch (error) {
      if (error instanceof ConnectError || error instanceof NoAnswer) return error.name;
      throw error;
    }
  }

  return { model, trace, usage, live };
}

const NOTHING: Usage = {
  stateTransitions: 0,
  lambdaRequests: 0,
  lambdaGbSeconds: 0,
  writeUnits: 0,
  readUnits: 0,
  queueRequests: 0,
  partnerEvents: 0,
};

/** Nobody stops or blocks anything here. */
const NO_TABLES = {
  send: () => Promise.reject(new Error('a baseline has no tables')),
} as unknown as Documents;
