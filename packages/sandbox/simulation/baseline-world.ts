import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import type { Documents } from '../../../adapters/dynamodb.ts';
import { queueFor } from '../../../domain/routing.ts';
import type { StageSettings } from '../../../domain/stage-settings.ts';
import type { Usage } from '../../../resources/prices.ts';
import { ConnectError } from '../connect/connect-errors.ts';
import { type ConnectModel, createConnectModel } from '../connect/model.ts';
import { localContactFlows } from '../local-contact-flows.ts';
import { modelNumber } from '../model-number.ts';
import { readService } from '../service.ts';
import type { VirtualClock } from './clock.ts';
import { executionEnvironments } from './execution-environments.ts';
import { type Luck, luckOf } from './random.ts';
import type { Arrival, Scenario } from './scenario.ts';
import { scheduleSurroundings, watchInstance } from './surroundings.ts';
import { recordTrace, type TraceRecorder } from './trace.ts';

/** The result of a request to StartOutboundVoiceContact. */
interface Answer {
  /** `accepted`, `repeated` (the token was known), the name of an error, or `no-answer`. */
  result: string;
  /** HTTP status; undefined if no response comes. */
  status?: number;
}

/** An invocation of the baseline's function. */
export interface Invocation {
  /** Until its code runs: the start of an environment if none is idle, and the invocation itself. */
  startMs: number;
  /** @param died nothing of the environment is left, as after a timeout */
  end(died?: boolean): void;
}

/** The environment of a baseline: the Amazon Connect, the agents and the customers of a scenario, and Lambda. */
export interface BaselineWorld {
  model: ConnectModel;
  trace: TraceRecorder;
  usage: Usage;
  /** @param requestId whose random draws are used */
  luckFor(requestId: string): Luck;
  /** The request may be called for this long after its event. */
  maxAgeMs: number;
  /** Requests the call from Amazon Connect. If the response is lost, the phone rings all the same. */
  ask(arrival: Arrival, clientToken: string, luck: Luck): Answer;
  /** Invokes the function. @returns undefined if the account's concurrency is used up */
  invoke(luck: Luck): Invocation | undefined;
}

const ACCOUNT = '000000000000';

/** @param gigabytes of memory that the function has */
export function baselineWorld(scenario: Scenario, clock: VirtualClock, gigabytes: number): BaselineWorld {
  const service = readService('local', 0);
  const settings = JSON.parse(service.stage.environment.STAGE_SETTINGS ?? '') as StageSettings;
  const { customers, delays, quotas, faults } = scenario;
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
  const model = createConnectModel({
    instanceId: connect.instanceId,
    region: service.stage.file.region,
    accountId: ACCOUNT,
    sourcePhoneNumbers: [modelNumber(connect)],
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

  function start({ requestId, phone, userType }: Arrival, clientToken: string): void {
    model.startOutbound({
      InstanceId: connect.instanceId,
      ContactFlowId: flows.entryFlow,
      DestinationPhoneNumber: phone,
      SourcePhoneNumber: modelNumber(connect),
      ClientToken: clientToken,
      Attributes: {
        request_id: requestId,
        user_type: userType,
        has_inquiry_type: 'false',
        has_track_id: 'false',
        press_to_connect: 'false',
        queue_arn: queues.get(requestId) ?? '',
      },
    });
  }

  function answerTo(arrival: Arrival, clientToken: string, own: Luck): Answer {
    const before = instance.placed();
    try {
      start(arrival, clientToken);
    } catch (error) {
      if (error instanceof ConnectError) return { result: error.name, status: error.status };
      throw error;
    }
    if (own.happens('start time-out after', faults.startTimeoutAfter)) return { result: 'no-answer' };
    return { result: instance.placed() > before ? 'accepted' : 'repeated', status: 200 };
  }

  const environments = executionEnvironments(delays.environmentKeptMs, clock.now);
  let running = 0;

  return {
    model,
    trace,
    usage,
    luckFor: (requestId) => luck.branch(`request ${requestId}`),
    maxAgeMs: maxAgeSeconds * 1_000,
    ask(arrival, clientToken, own) {
      const answer = answerTo(arrival, clientToken, own);
      trace.add({ kind: 'asked', requestId: arrival.requestId, result: answer.result });
      return answer;
    },
    invoke(own) {
      if (running >= quotas.lambdaConcurrency) return undefined;
      running += 1;
      const began = clock.now();
      const initMs = environments.takeIdle('baseline') ? 0 : own.between('init', delays.initMs);
      return {
        startMs: initMs + own.between('invocation', delays.invocationMs),
        end(died = false) {
          running -= 1;
          usage.lambdaRequests += 1;
          usage.lambdaGbSeconds += ((clock.now() - began) / 1_000) * gigabytes;
          if (!died) environments.giveBack('baseline', {});
        },
      };
    },
  };
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
