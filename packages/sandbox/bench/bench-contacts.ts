import { parseArgs } from 'node:util';
import { dynamoCallsTable } from '../../../adapters/calls-table.ts';
import type { ConnectContacts } from '../../../adapters/connect-contacts.ts';
import type { Documents } from '../../../adapters/dynamodb.ts';
import { dynamoSharedState } from '../../../adapters/shared-state/shared-state.ts';
import type { StageSettings } from '../../../domain/stage-settings.ts';
import { costOf } from '../../../resources/prices.ts';
import { modelNumber } from '../model-number.ts';
import { readService } from '../service.ts';
import { functionTimes } from '../simulation/cold-starts.ts';
import { memoryDynamoDb } from '../simulation/simulated-dynamodb.ts';
import { textTable } from '../simulation/simulation-report.ts';
import { withEnvironment } from '../with-environment.ts';

const HELP = `What it costs to follow contacts to their end: AWS Lambda and Amazon DynamoDB for 1,000 contacts of each kind, at the prices
of packages/sandbox/simulation/prices.ts. Events of AWS services cost nothing, and neither does asking Amazon Connect. Counted with the real
functions over a DynamoDB in memory; the time of a function is what bench -- road measured.

  npm run bench -- contacts [--json]
`;

/** A kind of contact, and the events about it that the rule passes on. */
interface Kind {
  says: string;
  method: string;
  events: readonly string[];
  /** True if it is a call of ours. */
  ours?: true;
  /** The company's number on which it came in. */
  number?: string;
}

interface Row {
  contact: string;
  invocations: number;
  readUnits: number;
  writeUnits: number;
  usdPerThousand: number;
}

const TOLD = ['CONNECTED_TO_SYSTEM', 'QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED'];
const START = Date.parse('2026-11-24T01:00:00.000Z');
const CONTACT = '00000000-0000-4000-8000-00000000d001';
const REQUEST = '00000000-0000-4000-8000-0000000000e1';

/** `npm run bench -- contacts` */
export async function benchContacts(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const rows = await contactRows();
  if (values.json) return void console.log(JSON.stringify(rows, null, 2));
  const lines = rows.map((row) => [
    row.contact,
    String(row.invocations),
    String(row.readUnits),
    String(row.writeUnits),
    row.usdPerThousand.toFixed(4),
  ]);
  console.log(textTable(['contact', 'invocations', 'read units', 'write units', 'USD per 1,000'], lines));
}

export async function contactRows(): Promise<Row[]> {
  const service = readService('local', 0);
  const stage = JSON.parse(service.stage.environment.STAGE_SETTINGS ?? '') as StageSettings;
  const { trackContact } = await withEnvironment(
    service.stage.environment,
    () => import('../../../functions/track-contact.ts'),
  );
  const kinds: Kind[] = [
    { says: 'a call of ours that an agent takes', method: 'API', events: TOLD, ours: true },
    { says: 'a call of ours that nobody answers', method: 'API', events: ['DISCONNECTED', 'COMPLETED'], ours: true },
    { says: 'a call that another system places', method: 'API', events: TOLD },
    { says: "a transfer of somebody else's contact", method: 'TRANSFER', events: ['INITIATED', ...TOLD.slice(1)] },
    {
      says: "a customer who calls the stage's number",
      method: 'INBOUND',
      events: ['INITIATED', ...TOLD.slice(1)],
      number: modelNumber(stage.connect),
    },
  ];
  const { computeMs = 0 } = functionTimes(service.functions).trackContact ?? {};
  const gigabytes = (service.functions.trackContact?.memoryMb ?? 0) / 1_024;

  async function rowOf({ says, method, events, ours, number }: Kind): Promise<Row> {
    const memory = memoryDynamoDb({
      tables: {
        calls: { hash: 'requestId' },
        guards: { hash: 'guardId' },
        leases: { hash: 'group', range: 'requestId' },
      },
    });
    let at = START;
    const now = () => new Date(at);
    const calls = dynamoCallsTable('calls', memory as unknown as Documents);
    const shared = dynamoSharedState(
      { guardsTable: 'guards', leasesTable: 'leases', keptDays: stage.recordRetentionDays },
      memory as unknown as Documents,
      { now, pause: async () => undefined },
    );
    if (ours) await placeCall(calls, shared, now);
    const before = unitsOf(memory.units());
    const nothing = () => undefined;
    const connect: ConnectContacts = {
      readContact: async () => ({ news: { endedAt: at, reason: 'CUSTOMER_DISCONNECT' }, attributes: {} }),
      readChain: async () => new Map(),
    };
    const log = { info: nothing, warn: nothing };
    const queue = { send: async () => undefined };
    const track = trackContact({ stage, calls, shared, connect, queue, now, log, measure: nothing });
    for (const eventType of events) {
      at += 10_000;
      await track(eventOf(eventType, method, now().toISOString(), number));
    }
    const after = unitsOf(memory.units());
    const usage = {
      lambdaRequests: events.length,
      lambdaGbSeconds: (events.length * computeMs * gigabytes) / 1_000,
      readUnits: after.read - before.read,
      writeUnits: after.write - before.write,
    };
    const rest = { stateTransitions: 0, queueRequests: 0, partnerEvents: 0 };
    return {
      contact: says,
      invocations: events.length,
      readUnits: usage.readUnits,
      writeUnits: usage.writeUnits,
      usdPerThousand: costOf({ ...usage, ...rest }) * 1_000,
    };
  }

  const rows: Row[] = [];
  for (const kind of kinds) rows.push(await rowOf(kind));
  return rows;
}

async function placeCall(
  calls: ReturnType<typeof dynamoCallsTable>,
  shared: ReturnType<typeof dynamoSharedState>,
  now: () => Date,
): Promise<void> {
  const at = now().toISOString();
  await calls.claim({
    requestId: REQUEST,
    executionId: 'execution',
    status: 'claimed',
    attempts: 1,
    phone: '+815000000001',
    queueId: '00000000-0000-4000-8000-00000000c001',
    requestedAt: at,
    receivedAt: at,
    expiresAt: Math.floor(now().getTime() / 1_000),
  });
  await shared.leases.ringing(REQUEST, 'queue', CONTACT, now().getTime(), 7_200_000);
  await shared.contacts.link(CONTACT, REQUEST, [], now());
}

function eventOf(eventType: string, initiationMethod: string, time: string, number: string | undefined) {
  const before = initiationMethod === 'TRANSFER' && { initialContactId: '00000000-0000-4000-8000-00000000d009' };
  return {
    source: 'aws.connect',
    time,
    detail: {
      eventType,
      contactId: CONTACT,
      channel: 'VOICE',
      initiationMethod,
      ...before,
      ...(number !== undefined && { tags: { 'aws:connect:systemEndpoint': number } }),
    },
  };
}

const unitsOf = (tables: Readonly<Record<string, { read: number; write: number }>>) =>
  Object.values(tables).reduce((sum, { read, write }) => ({ read: sum.read + read, write: sum.write + write }), {
    read: 0,
    write: 0,
  });
