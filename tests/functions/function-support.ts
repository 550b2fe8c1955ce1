import type { Context } from 'aws-lambda';
import type { CallRequest } from '../../domain/call-request.ts';
import type { Measure } from '../../domain/metrics.ts';
import { StageFile, type WrittenStageFile } from '../../domain/stage-file.ts';
import { type StageSettings, settingsOf } from '../../domain/stage-settings.ts';

/** Noon in Tokyo on a Sunday. */
export const NOW = new Date('2026-11-22T03:00:00.000Z');

/** Its day. */
export const DAY = '2026-11-22';

export const secondsAfter = (seconds: number, from = NOW): Date => new Date(from.getTime() + seconds * 1000);

/** A hold on a number that does not count among its calls of the day. */
export const holdUntil = (until: Date, now = NOW) => ({ until, now, day: DAY, maxPerDay: null, maxTriesPerDay: null });

/** A call of that day that somebody answered, and that is over. */
export const OVER = { day: DAY, neverAnswered: false, version: 1 };

export const REQUEST_ID = '00000000-0000-4000-8000-0000000000e1';
export const EXECUTION_ID =
  'arn:aws:states:ap-northeast-1:000000000000:execution:call-request:00000000-0000-4000-8000-0000000000f1';
export const OTHER_EXECUTION_ID = EXECUTION_ID.replace(/.$/, '2');
export const QUEUE_ID = '00000000-0000-4000-8000-00000000a001';
export const OTHER_QUEUE_ID = '00000000-0000-4000-8000-00000000a002';
export const QUEUE_ARN = `arn:aws:connect:ap-northeast-1:000000000000:instance/00000000-0000-4000-8000-000000000001/queue/${QUEUE_ID}`;
export const FLOW_ARN =
  'arn:aws:connect:ap-northeast-1:000000000000:instance/00000000-0000-4000-8000-000000000001/contact-flow/00000000-0000-4000-8000-00000000c001';
export const CONTACT_ID = '00000000-0000-4000-8000-00000000d001';

/** A stage file; every id is visibly made up. */
const STAGE_FILE = StageFile.parse({
  region: 'ap-northeast-1',
  karte: { eventBusName: 'aws.partner/karte.io/000000000000/example-project/call' },
  connect: {
    instanceId: '00000000-0000-4000-8000-000000000001',
    sourcePhoneNumber: '+815012345678',
    queues: { general: QUEUE_ID, plans: OTHER_QUEUE_ID },
    ringTimeoutSeconds: null,
    pressToConnect: false,
  },
  request: {
    countries: ['JP'],
    numberTypes: ['mobile', 'fixed', 'voip'],
    allowedPrefixes: [],
    refusedPrefixes: [],
    userTypes: ['member', 'visitor'],
    maxAgeSeconds: 300,
    excludedFields: ['phone', 'phone_e164', 'tel', 'email', 'name'],
  },
  routing: { default: 'general', rules: [{ inquiryType: '料金プランについて', queue: 'plans' }] },
  callingHours: { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' },
  limits: {
    callsPerNumberPerDay: 3,
    callsPerDay: 1000,
    requestsPerMinute: 60,
    maxConcurrentCalls: 10,
    coolDownSeconds: 600,
  },
  pacing: { callsPerSecond: 2, burst: 5, keptForJitter: 1 },
  agents: { pools: [['general', 'plans']], maxContactsWaiting: 0 },
  whenClosed: { do: 'refuse', maxDelaySeconds: 57_600, callWithinSeconds: 7_200 },
  signature: { mode: 'off', secretName: null },
  recordRetentionDays: 30,
} satisfies WrittenStageFile);

/** A whole stage. It is a local one because the tests call the example number. */
export const stage: StageSettings = settingsOf(STAGE_FILE, true);

/** What the stack of the stage tells. */
export const ids = { entryFlow: async (): Promise<string> => FLOW_ARN };

/** What a function's module needs to load. Call it before the dynamic import. */
export function setEnvironment(): void {
  Object.assign(process.env, {
    AWS_REGION: 'ap-northeast-1',
    STAGE_SETTINGS: JSON.stringify(stage),
    CALLS_TABLE: 'calls-of-the-tests',
    GUARDS_TABLE: 'guards-of-the-tests',
    LEASES_TABLE: 'leases-of-the-tests',
    WAITING_ROOM_TABLE: 'waiting-room-of-the-tests',
    RELEASE_QUEUE: 'release-of-the-tests',
    STATE_MACHINE_NAME: 'call-request-of-the-tests',
    IDS_PARAMETER: '/ids-of-the-tests',
  });
}

/** KARTE's event as the rule hands it on. */
export const karteEvent = (content: unknown, envelope: Record<string, unknown> = {}): Record<string, unknown> => ({
  version: '0',
  id: REQUEST_ID,
  'detail-type': 'KARTE Action',
  source: 'aws.partner/karte.io/000000000000/example-project/call',
  time: NOW.toISOString(),
  detail: { name: 'karte_ivr_call_request', content },
  ...envelope,
});

export const GOOD_CONTENT = {
  phone_e164: '+819012345678',
  user_type: 'visitor',
  inquiry_type: 'KARTE Datahubについて',
  track_id: '48291532',
};

/** A request that passed validation. */
export const goodRequest: CallRequest = {
  requestId: REQUEST_ID,
  requestedAt: NOW.toISOString(),
  receivedAt: NOW.toISOString(),
  deadlineAt: secondsAfter(300).toISOString(),
  phone: '+819012345678',
  userType: 'visitor',
  inquiryType: 'KARTE Datahubについて',
  trackId: '48291532',
  queue: { name: 'general', id: QUEUE_ID },
  attributes: { request_id: REQUEST_ID, user_type: 'visitor', has_inquiry_type: 'true' },
  leftOut: ['email'],
};

interface LogLine {
  level: 'info' | 'warn' | 'error';
  message: unknown;
  fields: unknown;
}

/** A log that keeps its lines. */
export function recordingLog() {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (message: unknown, ...[fields]: unknown[]): void => {
      lines.push({ level, message, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

/** Does any digit run of the text hold the example number, however it is written? */
export const holdsTheNumber = (value: unknown): boolean =>
  JSON.stringify(value).normalize('NFKC').replace(/\D/g, '').includes('9012345678');

/** What Lambda tells a function about its own call. */
export const lambdaContext = (awsRequestId = '00000000-0000-4000-8000-0000000000b1'): Context => ({
  awsRequestId,
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'acceptSnsNotification',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:ap-northeast-1:000000000000:function:acceptSnsNotification',
  memoryLimitInMB: '512',
  logGroupName: 'log-group',
  logStreamName: 'log-stream',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});

/** Takes what a function measures: each figure with its dimensions, and the outcomes of whatever ended. */
export function recordingMeasure() {
  const measured: Record<string, number | string>[] = [];
  const counted: string[] = [];
  const measure: Measure = (figures, dimensions: Readonly<Record<string, string>>) => {
    measured.push({ ...(figures as Record<string, number>), ...dimensions });
    if (dimensions.outcome !== undefined) counted.push(dimensions.outcome);
  };
  return { measure, measured, counted };
}

/** For tests that ask nothing of it. */
export const unmeasured: Measure = () => undefined;
