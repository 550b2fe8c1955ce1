import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexKeysOf } from '../../adapters/calls-index.ts';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { logTable } from '../../tools/calls/log-table.ts';
import { NUMBER_FORMS } from '../e2e/path-support.ts';
import { commandHere, type Run } from '../run-command.ts';
import { COMPLETED, NOT_ANSWERED, recordWith } from './call-records.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ speed: 200, settings: { connect: { pressToConnect: false } } });
  const client = new DynamoDBClient({
    endpoint: `${stack.url}/aws/dynamodb`,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const documents = dynamoDocuments(client);
  const { CALLS_TABLE, GUARDS_TABLE } = stack.service.stage.environment;
  for (const record of RECORDS) {
    await documents.send(
      new PutCommand({ TableName: CALLS_TABLE, Item: { ...record, ...setsOf(record), ...indexKeysOf(record) } }),
    );
  }
  const contacts = { [FIRST_CONTACT]: { requestId: SPOKE.requestId }, [TRANSFERRED]: { root: FIRST_CONTACT } };
  for (const [id, item] of Object.entries(contacts)) {
    await documents.send(new PutCommand({ TableName: GUARDS_TABLE, Item: { guardId: `contact#${id}`, ...item } }));
  }
  client.destroy();
});
afterAll(() => stack.close());

const FIRST_CONTACT = '00000000-0000-4000-8000-00000000d001';
const TRANSFERRED = '00000000-0000-4000-8000-00000000d002';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** A record as it would be, had everything begun so many minutes ago. */
function shifted(record: CallRecord, minutes: number, fields: Partial<CallRecord>): CallRecord {
  const by = Date.parse(minutesAgo(minutes)) - Date.parse(record.requestedAt);
  const times = Object.entries(record).filter(([name]) => name.endsWith('At') && name !== 'expiresAt');
  const moved = times.map(([name, iso]) => [name, new Date(Date.parse(iso) + by).toISOString()]);
  return { ...record, ...Object.fromEntries(moved), ...fields };
}

const SPOKE = shifted(COMPLETED, 10, { requestId: 'the-one-who-spoke', inquiryType: '=cmd|電話は090-1234-5678' });
const MISSED = shifted(NOT_ANSWERED, 20, {
  requestId: 'nobody-answered',
  trackId: '75214295',
  phone: '+819012340000',
  userType: '会員さま',
});
const CALLED = shifted(COMPLETED, 40, { requestId: '00000000-0000-4000-8000-00000000d009', kind: 'inbound' });
const YESTERDAYS = shifted(COMPLETED, 24 * 60 + 30, { requestId: 'the-day-before' });
/** Nobody answered, and the second call could not be placed that was promised then: of one request, the day before. */
const WISHED = shifted(NOT_ANSWERED, 24 * 60 + 60, {
  ...{ requestId: 'who-pressed-1', phone: '+819012341111', trackId: '12345674', tries: ['who-pressed-1.try2'] },
  ...{ outcome: 'abandoned', class: 'missed', reason: 'wants_call_back', triedAgainAs: 'who-pressed-1.try2' },
});
const IN_VAIN = shifted(recordWith({}, ['placedAt', 'answeredAt', 'queuedAt', 'agentAt', 'contactId']), 24 * 60 + 40, {
  ...{ requestId: 'who-pressed-1.try2', phone: '+819012341111', trackId: '12345674', attempts: 0 },
  ...{ outcome: 'call_back_in_vain', class: 'failed', reason: 'not_in_time' },
  ...{ tryOf: 'who-pressed-1', try: 2, because: 'call_back' },
});
const RECORDS = [SPOKE, MISSED, CALLED, YESTERDAYS, IN_VAIN, WISHED];

/** DynamoDB's own sets, where a record has a list. */
const setsOf = ({ tries }: CallRecord) => tries && { tries: new Set(tries) };

const calls = (...args: string[]): Promise<Run> =>
  commandHere('calls', args, { env: { PORT: new URL(stack.url).port } });

async function idsOf(...args: string[]): Promise<string[]> {
  const { stdout } = await calls('list', '--json', ...args);
  return (JSON.parse(stdout) as CallRecord[]).map(({ requestId }) => requestId);
}

describe('the call log', () => {
  it('says in words how far a request has come, and beside them what the record says', () => {
    const {
      outcome: _,
      reason: __,
      ...open
    } = recordWith({ status: 'claimed' }, ['placedAt', 'answeredAt', 'endedAt']);
    const around = { name: 'stage dev', timeZone: 'Asia/Tokyo', width: Number.POSITIVE_INFINITY };
    expect(logTable([open], around).join('\n')).toContain(' taken, not called yet (claimed) ');
    const again = { ...open, outcome: 'not_tried_again', reason: 'called_back' } as const;
    expect(logTable([again], around).join('\n')).toContain(
      " not_tried_again: called_back – A call from the customer's number has come in since ",
    );
  });
});

describe('npm run calls -- list', () => {
  it.each<[string[], CallRecord[]]>([
    [[], [SPOKE, MISSED, CALLED, YESTERDAYS, IN_VAIN, WISHED]],
    [['--outcome', 'call_back_in_vain'], [IN_VAIN]],
    [
      ['--since', '2h'],
      [SPOKE, MISSED, CALLED],
    ],
    [['--since', '15m'], [SPOKE]],
    [
      ['--class', 'reached', '--kind', 'request'],
      [SPOKE, YESTERDAYS],
    ],
    [['--outcome', 'not_answered'], [MISSED]],
    [['--kind', 'inbound'], [CALLED]],
    [['--kind', 'by_hand'], []],
    [['--phone', '0000'], [MISSED]],
    [
      ['--phone', '1234-5678', '--since', '2h'],
      [SPOKE, CALLED],
    ],
    [['--phone', '９０００'], []],
    [['--phone', '1234'], []],
    [
      ['--whole-table', '--class', 'missed'],
      [MISSED, WISHED],
    ],
  ])('takes %j', async (args, wanted) => {
    expect(await idsOf(...args)).toEqual(wanted.map(({ requestId }) => requestId));
  });

  it('shows the latest, and says where there are more', async () => {
    const { stdout, stderr } = await calls('list', '--limit', '1', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ requestId: SPOKE.requestId }]);
    expect(stderr).toBe('These are the latest 1; there are more: --limit N shows them\n');
    expect((await calls('list', '--limit', '6')).stderr).toBe('');
  });

  it('shows what became of each call, and how long it took', async () => {
    const { stdout } = await calls('list', '--since', '2h');
    expect(stdout).toMatch(
      / 4829-1532 +\+81\*{6}5678 +visitor +completed: agent_connected – The call reached an agent +0:13 +3:30 +the-one-who-spoke\n/,
    );
    expect(stdout).toMatch(
      / 7521-4295 +\+81\*{6}0000 +会員さま +not_answered: rang_out – The phone rang, but nobody answered +0:13 +nobody-answered\n/,
    );
  });

  it('says what was looked through where nothing is found', async () => {
    const { code, stdout } = await calls('list', '--outcome', 'busy', '--since', '2h');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^No matching call record in the local stack at \S+: searched 3 records of that time/);
  });

  it('says of a further call which one it is, and of which request, also to a spreadsheet', async () => {
    const args = ['--outcome', 'call_back_in_vain'];
    expect((await calls('list', ...args)).stdout).toMatch(
      / call_back_in_vain: not_in_time, call 2 .*who-pressed-1\.try2\n/,
    );
    const [head = '', row = ''] = (await calls('list', '--csv', ...args)).stdout.split('\r\n');
    expect(head).toMatch(/,try_of,try$/);
    expect(row).toMatch(/,who-pressed-1\.try2,.*,who-pressed-1,2$/);
  });

  it('writes CSV that no spreadsheet takes for formulas, numbers masked', async () => {
    const { stdout } = await calls('list', '--csv', '--since', '15m');
    const [head = '', row = ''] = stdout.slice('\ufeff'.length).split('\r\n');
    expect(stdout.startsWith('\ufeff')).toBe(true);
    expect(head).toMatch(/^received_at,inquiry_number,phone,/);
    expect(row).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,4829-1532,'\+81\*{6}5678,request,visitor,'=cmd\|電話は\*{6}5678,reached,completed,agent_connected,13,6,2,210,customer,/,
    );
  });
});

describe('npm run calls -- show', () => {
  it.each([SPOKE.requestId, FIRST_CONTACT, TRANSFERRED, '問い合わせ番号:４８２９－１５３２'])(
    'finds the request by %s',
    async (asked) => {
      const { code, stdout } = await calls('show', asked);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Request the-one-who-spoke\n/);
    },
  );

  it('leads from a request to the call after it, and back, and says whom to call', async () => {
    const first = (await calls('show', WISHED.requestId)).stdout;
    expect(first).toMatch(/\n {2}then +who-pressed-1\.try2\n/);
    const second = (await calls('show', IN_VAIN.requestId)).stdout;
    expect(second).toMatch(/\n {2}call +2 of who-pressed-1\n/);
    expect(second).toContain('call_back_in_vain: A customer who was promised a call-back was not called back.');
    expect(second).toMatch(/Next {2}.*They were promised a call: call them by hand\./);
  });

  it('tells its way, what it means, what is not known, and what comes next', async () => {
    const { stdout } = await calls('show', SPOKE.requestId);
    expect(stdout).toMatch(/\d\d:\d\d:\d\d {2}An agent took the call, after a wait of 2 s\.\n/);
    expect(stdout).toContain(
      '\nNot known: whether a person answered: nobody had to press 1, so a voicemail that reached an agent also counts as',
    );
    expect(stdout).toMatch(/\nNext {2}The customer may ask again now\.\n {6}docs\/runbook\.md#completed\n$/);
    expect(stdout).not.toContain('executionId');
    expect((await calls('show', SPOKE.requestId, '--all')).stdout).toMatch(/\n {2}executionId +arn:aws:states/);
  });
});

describe('npm run calls -- stats', () => {
  it('counts since a moment', async () => {
    const { stdout } = await calls('stats', '--since', '2h', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      timeZone: 'Asia/Tokyo',
      requests: 2,
      outcomes: { completed: 1, not_answered: 1 },
      reached: { count: 1, of: 2 },
      otherCalls: { inbound: { calls: 1 } },
    });
    expect((await calls('stats', '--since', '2h')).stdout).toMatch(/ {2}completed +1 +50\.0 % {2}#+\n/);
  });
});

describe('--reveal', () => {
  it('shows whole numbers, and writes down who looked, at what and why, first', async () => {
    const shown = await calls('show', MISSED.requestId, '--reveal', '--why', 'called back by hand', '--by', 'desk');
    expect(shown.stdout).toContain(`phone      ${MISSED.phone}`);
    const listed = await calls(
      'list',
      '--since',
      '2h',
      '--json',
      '--reveal',
      '--why',
      'call-back list',
      '--by',
      'desk',
    );
    expect(listed.stdout).toContain('"+819012345678"');
    expect(await stack.controls.history()).toMatchObject([
      { what: 'reveal nobody-answered', by: 'desk', why: 'called back by hand' },
      { what: 'reveal list of 3', by: 'desk', why: 'call-back list' },
    ]);
  });

  it('is the only way to see one', async () => {
    for (const args of [
      ['list'],
      ['list', '--json'],
      ['list', '--csv'],
      ['show', SPOKE.requestId, '--all'],
      ['stats'],
    ]) {
      expect((await calls(...args)).stdout).not.toMatch(NUMBER_FORMS);
    }
  });
});

describe('npm run calls -- limits', () => {
  it('shows what the running stack was told, not the stage file', async () => {
    const other = await startStack({ settings: { limits: { triesPerNumberPerDay: 7 } } });
    try {
      const { stdout } = await commandHere('calls', ['limits'], { env: { PORT: new URL(other.url).port } });
      expect(stdout).toMatch(/tries-per-number-per-day +7 +7\n/);
      expect(stdout).toContain('--stage NAME shows the limits of a deployed stage');
    } finally {
      await other.close();
    }
  });

  it.each([
    ['tries-per-number-per-day', '12'],
    ['missed-pause-seconds', '90'],
    ['max-call-seconds', '3600'],
  ])('changes %s', async (option, value) => {
    const { stdout } = await calls('limits', `--${option}`, value, '--why', 'a test');
    expect(stdout).toMatch(new RegExp(`${option} +\\w+ +${value} +${value}\\n`));
  });
});
