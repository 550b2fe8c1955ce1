import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { vi } from 'vitest';
import { dynamoCallsOfNumber } from '../../adapters/calls-of-number.ts';
import { dynamoCallsTable } from '../../adapters/calls-table.ts';
import { amazonConnect } from '../../adapters/connect.ts';
import { connectContacts } from '../../adapters/connect-contacts.ts';
import { sqsDeadLetters } from '../../adapters/dead-letters.ts';
import { secretsManagerToken } from '../../adapters/karte-token.ts';
import { karteTrack } from '../../adapters/karte-track.ts';
import { sqsReleaseQueue } from '../../adapters/release-queue.ts';
import { secretsManager } from '../../adapters/secrets-manager.ts';
import { dynamoCallLeases } from '../../adapters/shared-state/call-leases.ts';
import { dynamoSharedState } from '../../adapters/shared-state/shared-state.ts';
import { secretsManagerKeys } from '../../adapters/signing-keys.ts';
import { stageIds } from '../../adapters/stage-ids.ts';
import { executionsOf, stateMachineOf } from '../../adapters/step-functions.ts';
import { stepFunctionsTokens } from '../../adapters/task-tokens.ts';
import { dynamoWaitingRoom } from '../../adapters/waiting-room.ts';
import { loadStage } from '../../resources/load-stage.ts';

/** A table or queue of the stack, or the service itself where a request names something else. */
type Resource =
  | 'CallsTable'
  | 'GuardsTable'
  | 'LeasesTable'
  | 'WaitingRoomTable'
  | 'ReleaseQueue'
  | 'DeadLetterQueue'
  | 'connect'
  | 'states'
  | 'secretsmanager'
  | 'ssm';

/** A client that does nothing but tell what it was asked. */
interface FakeClient {
  send(command: { constructor: { name: string }; input: object }): Promise<unknown>;
}

const NOW = new Date('2026-11-22T03:00:00Z');
const FUNCTION_ARN = 'arn:aws:lambda:ap-northeast-1:000000000000:function:example';

/** What adapters are called in the functions, each made of clients that stand for AWS. */
function adapters(clientOf: (resource: Resource) => FakeClient) {
  // The adapters use nothing of a client but `send`.
  const client = (resource: Resource) => clientOf(resource) as never;
  const clock = { now: () => NOW, pause: async () => {} };
  // These clients are made where they are used.
  vi.spyOn(SSMClient.prototype, 'send').mockImplementation(clientOf('ssm').send as never);
  vi.spyOn(SecretsManagerClient.prototype, 'send').mockImplementation(clientOf('secretsmanager').send as never);
  return {
    ...dynamoSharedState({ guardsTable: 'guards', leasesTable: 'leases', keptDays: 30 }, client('GuardsTable'), clock),
    leases: dynamoCallLeases('leases', client('LeasesTable'), clock),
    calls: dynamoCallsTable('calls', client('CallsTable')),
    callsOf: dynamoCallsOfNumber('calls', client('CallsTable')),
    room: dynamoWaitingRoom('waiting-room', client('WaitingRoomTable')),
    connect: {
      ...amazonConnect(loadStage('dev').file.connect, client('connect')),
      ...connectContacts(loadStage('dev').file.connect, client('connect')),
    },
    queue: sqsReleaseQueue(FUNCTION_ARN, 'release', client('ReleaseQueue')),
    tokens: stepFunctionsTokens(client('states')),
    keys: secretsManagerKeys('keys', () => NOW),
    ids: stageIds('/ids'),
    // It has no token, and goes no further.
    karte: karteTrack(
      'https://karte.example',
      secretsManagerToken('token', () => NOW, secretsManager()),
    ),
    deadLetters: sqsDeadLetters(FUNCTION_ARN, client('DeadLetterQueue')),
    executions: executionsOf(FUNCTION_ARN, 'machine', client('states'), 388_800),
    machine: stateMachineOf(FUNCTION_ARN, 'machine', client('states')),
  };
}

type Adapters = ReturnType<typeof adapters>;

const LEASE = { requestId: 'request', queueId: 'queue', agentUntil: 1, lineUntil: 1 };

const APPOINTMENT = { requestId: 'request', phone: '+815012345678', queueId: 'queue', at: new Date(NOW.getTime() + 1) };

const ENDED = {
  ...{ requestId: 'request', executionId: 'execution', endedAt: NOW.toISOString() },
  ...{ outcome: 'stale', reason: 'too_old', class: 'refused' },
} as never;

/** Every method a function may call, by the names it calls it with. */
const METHODS: Record<string, (on: Adapters) => Promise<unknown>> = {
  'calls.claim': ({ calls }) =>
    calls.claim({ requestId: 'request', executionId: 'execution', receivedAt: NOW.toISOString() } as never),
  'calls.noteBooked': ({ calls }) => calls.noteBooked('request', 'execution', NOW.toISOString()),
  'calls.beginAttempt': ({ calls }) => calls.beginAttempt('request', 'execution', NOW.toISOString()),
  'calls.failAttempt': ({ calls }) =>
    calls.failAttempt('request', 'execution', { attempt: 1, lastError: 'Error', unanswered: true } as never),
  'calls.noteRingTimeoutRefused': ({ calls }) => calls.noteRingTimeoutRefused('request', 'execution'),
  'calls.attempts': ({ calls }) => calls.attempts('request'),
  'calls.end': ({ calls }) => calls.end(ENDED),
  'calls.settle': ({ calls }) => calls.settle(ENDED, undefined),
  'calls.open': ({ calls }) => calls.open({ requestId: 'contact', receivedAt: NOW.toISOString() } as never),
  'calls.noteCall': ({ calls }) => calls.noteCall('request', { contactId: 'contact' }, 1),
  'calls.noteCalledBack': ({ calls }) =>
    calls.noteCalledBack('request', { contactId: 'contact', at: NOW.toISOString() }),
  'callsOf.latest': ({ callsOf }) => callsOf.latest('+815012345678', NOW),
  'calls.noteTry': ({ calls }) => calls.noteTry({ requestId: 'try', tryOf: 'request', after: 'request' }),
  'calls.read': ({ calls }) => calls.read('request'),
  'calls.addDuplicate': ({ calls }) => calls.addDuplicate('request', 'execution'),
  'looks.first': ({ looks }) => looks.first('+815012345678', 'queue', ['limit']),
  'looks.last': ({ looks }) => looks.last('+815012345678', 25, () => NOW),
  'controls.read': ({ controls }) => controls.read(),
  'controls.blocked': ({ controls }) => controls.blocked('+815012345678'),
  'phones.hold': ({ phones }) =>
    phones.hold('+815012345678', 'request', {
      until: NOW,
      now: NOW,
      day: '2026-11-22',
      maxPerDay: 1,
      maxTriesPerDay: 1,
    }),
  'phones.extend': ({ phones }) => phones.extend('+815012345678', 'request', NOW),
  'phones.callGoesOn': ({ phones }) => phones.callGoesOn('+815012345678', 'request', NOW, 1),
  'phones.callIsOver': ({ phones }) =>
    phones.callIsOver('+815012345678', 'request', NOW, { day: '2026-11-22', neverAnswered: true, version: 1 }),
  'phones.release': ({ phones }) => phones.release('+815012345678', 'request', '2026-11-22'),
  'limits.count': ({ limits }) => limits.count('limit', 'request', 1, NOW),
  'limits.giveBack': ({ limits }) => limits.giveBack('limit', 'request'),
  'appointments.book': ({ appointments }) => appointments.book(APPOINTMENT, { perSlot: 1, perNumber: 1 }),
  'appointments.giveBack': ({ appointments }) => appointments.giveBack(APPOINTMENT),
  'nonces.use': ({ nonces }) => nonces.use('nonce', 'request', NOW),
  'leases.take': async ({ leases }) => {
    for (const agents of [0, 1]) {
      const taken = await leases.take(LEASE, { queueIds: ['queue'], agents, asOf: 0, lines: null, now: 0 }, false);
      if (typeof taken === 'object' && 'confirm' in taken) await taken.confirm();
    }
  },
  'leases.keepForLaterTurn': ({ leases }) => leases.keepForLaterTurn('request', NOW.toISOString(), 0),
  'leases.ringing': ({ leases }) => leases.ringing('request', 'queue', 'contact', 0, 1),
  'leases.follow': async ({ leases }) => {
    for (const goesOn of [true, false]) {
      await leases.follow({ requestId: 'request', queueId: 'queue' }, { agentUntil: 0 }, { version: 1, goesOn });
    }
  },
  'leases.settled': ({ leases }) => leases.settled('request', 1),
  'leases.lookedAt': ({ leases }) => leases.lookedAt(LEASE, { lookAt: 1 }),
  'leases.giveBack': ({ leases }) => leases.giveBack('request'),
  'leases.giveBackTrial': ({ leases }) => leases.giveBackTrial('request'),
  'leases.giveBackUnlinked': ({ leases }) => leases.giveBackUnlinked('request'),
  'leases.all': ({ leases }) => leases.all(),
  'turns.next': ({ turns }) => turns.next(),
  'turns.take': ({ turns }) => turns.take({ interval: 500, burst: 1_000 }, 0, 1),
  'appointments.taken': ({ appointments }) => appointments.taken(['queue'], ['2026-11-22']),
  'readings.share': ({ readings }) => readings.share('reading', 1_000, async () => 0),
  'contacts.find': ({ contacts }) => contacts.find('contact', ['root'], NOW),
  'contacts.link': ({ contacts }) => contacts.link('contact', 'request', [], NOW),
  'contacts.note': ({ contacts }) => contacts.note('contact', 'contact', { endedAt: 1 }, NOW),
  'contacts.join': ({ contacts }) => contacts.join('contact', 'root', NOW),
  'contacts.read': ({ contacts }) => contacts.read('contact'),
  'contacts.missOne': ({ contacts }) => contacts.missOne(NOW),
  'ticks.advance': ({ ticks }) => ticks.advance(undefined, 1, 0),
  'ticks.stop': ({ ticks }) => ticks.stop(1),
  'ticks.chain': ({ ticks }) => ticks.chain(0),
  'ticks.lock': ({ ticks }) => ticks.lock('owner', 1, 0),
  'ticks.unlock': ({ ticks }) => ticks.unlock('owner'),
  'ringTimeouts.suspect': ({ ringTimeouts }) => ringTimeouts.suspect(25, NOW),
  'ringTimeouts.remember': ({ ringTimeouts }) => ringTimeouts.remember(25, NOW),
  'room.enter': ({ room }) =>
    room.enter({ queueId: 'queue', place: 'place', requestId: 'request', token: 't', deadlineAt: NOW.toISOString() }),
  'room.leave': ({ room }) => room.leave('queue', 'place'),
  'room.nextInLine': ({ room }) => room.nextInLine('queue', 1),
  'connect.readQueue': ({ connect }) => connect.readQueue('queue', '2026-11-22', '2026-11-23'),
  'connect.readAgents': ({ connect }) => connect.readAgents(),
  'connect.readChain': ({ connect }) => connect.readChain('contact'),
  'connect.readContact': ({ connect }) => connect.readContact('contact'),
  'connect.startCall': ({ connect }) => connect.startCall({} as never),
  'queue.send': ({ queue }) => queue.send({}, 0),
  'tokens.succeed': ({ tokens }) => tokens.succeed('token', {}),
  'tokens.fail': ({ tokens }) => tokens.fail('token', 'error', {}),
  'karte.write': ({ karte }) => karte.write({} as never),
  'deadLetters.send': ({ deadLetters }) => deadLetters.send({ payload: {}, error: new Error('refused') }),
  'keys.read': ({ keys }) => keys.read(),
  'ids.entryFlow': ({ ids }) => ids.entryFlow('instance'),
  'executions.endedSince': ({ executions }) => executions.endedSince(NOW),
  'sweeps.last': ({ sweeps }) => sweeps.last(),
  'sweeps.done': ({ sweeps }) => sweeps.done(NOW),
  'machine.start': ({ machine }) => machine.start('name', {}),
  'machine.inputOf': ({ machine }) => machine.inputOf('execution'),
};

/** Names of adapters, as the functions call them. */
export const RECEIVERS: ReadonlySet<string> = new Set(Object.keys(METHODS).map((name) => name.split('.')[0] ?? ''));

/** Is it a method of an adapter? Arrays have some of the same name. */
export const isKnown = (method: string): boolean => Object.hasOwn(METHODS, method);

/** What AWS answers: everything found, nothing found, or a condition that does not hold. */
const ANSWERS: (() => unknown)[] = [
  () => ({
    Item: {},
    Items: [LEASE],
    Queue: { QueueArn: 'queue', HoursOfOperationId: 'hours' },
    ContactId: 'contact',
    executions: [{ executionArn: 'execution', startDate: NOW, stopDate: NOW }],
  }),
  () => ({}),
  () => {
    throw new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata: {} });
  },
];

/**
 * The IAM actions an adapter's method needs, with the table or queue they are for: `dynamodb:GetItem GuardsTable`. Found by
 * calling it with clients that stand for AWS. Undefined for a method that is not in the list above.
 */
export async function requestsOf(method: string): Promise<string[] | undefined> {
  const call = METHODS[method];
  if (!call) return undefined;
  const found = new Set<string>();
  for (const answer of ANSWERS) {
    const on = adapters((resource) => ({
      async send({ constructor: { name } }) {
        const action = name.replace(/Command$/, '').replace(/^(Get|Put|Update|Delete|BatchGet)$/, '$1Item');
        const service = resource.endsWith('Table') ? 'dynamodb' : resource.endsWith('Queue') ? 'sqs' : undefined;
        found.add(service ? `${service}:${action} ${resource}` : `${resource}:${action}`);
        return answer();
      },
    }));
    // What becomes of the answer is not looked at here.
    await call(on).catch(() => {});
  }
  return [...found];
}
