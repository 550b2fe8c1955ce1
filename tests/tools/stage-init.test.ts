import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { AccountState } from '../../packages/sandbox/account/account-state.ts';
import { writeWholeFile } from '../../tools/stage/write-whole-file.ts';
import { projectCopy } from '../project-copy.ts';
import { commandHere, type Run } from '../run-command.ts';
import {
  exampleAccount,
  exampleInstance,
  exampleState,
  INSTANCE,
  NUMBER,
  OFFICE_HOURS,
  PENDING,
  SALES,
  SUPPORT,
  shellOf,
} from './example-account.ts';

let project = '';
beforeAll(() => {
  project = projectCopy();
});
afterAll(() => rmSync(project, { recursive: true }));
beforeEach(() => {
  rmSync(join(project, 'settings/next.yml'), { force: true });
});

/** Runs init in a copy of the project, with credentials for an account. */
async function init(args: string[], state: AccountState = exampleState()): Promise<Run> {
  const env = shellOf(await exampleAccount(state));
  return commandHere('stages', ['init', ...args], { cwd: project, env });
}

const written = (stage = 'next') => parse(readFileSync(join(project, `settings/${stage}.yml`), 'utf8'));
const nothingIsLeft = () =>
  expect(readdirSync(join(project, 'settings')).toSorted()).toEqual(['dev.yml', 'local.yml', 'prod.yml']);

/** A stage file in which somebody has begun to write: the shipped ones, and the accounts here, have examples alone. */
const withNumberOfOnesOwn = (text: string) => text.replace('"+815000000000"', '"+81312345678"');

const EXISTING = ['--instance', 'example', '--queue', 'support=サポート', '--number', NUMBER];
const SOURCE = ['--event-source', PENDING, '--event-bus', 'create', '--company', '例の会社'];

describe('npm run stage -- init writes a stage file', () => {
  it('for what exists, by names as people see them, with the comments of settings/dev.yml', async () => {
    const { code, stdout, stderr } = await init(['next', ...EXISTING, ...SOURCE]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^settings\/next\.yml is written\./);
    expect(stdout).toContain('npm run stage -- check next');
    expect(written()).toMatchObject({
      region: 'ap-northeast-1',
      karte: { eventBusName: PENDING },
      connect: {
        instanceId: INSTANCE,
        sourcePhoneNumber: NUMBER,
        queues: { support: SUPPORT },
        flowValues: { CompanyName: '例の会社', ServiceName: 'KARTE' },
      },
      create: { instanceAlias: null, hours: null, routingProfiles: false, eventBus: true },
      routing: { default: 'support' },
    });
    const comments = (text: string) =>
      text.split('\n').filter((line, index) => index > 0 && line.trim().startsWith('#'));
    const [next, dev] = ['next', 'dev'].map((stage) => readFileSync(join(project, `settings/${stage}.yml`), 'utf8'));
    expect(next).toMatch(/^# Settings of the stage "next"\. .*\n/);
    expect(comments(next ?? '')).toEqual(comments(dev ?? ''));
    expect(comments(next ?? '').length).toBeGreaterThan(20);
  });

  it('for an instance, queues and hours that the stack makes', async () => {
    const args = ['--instance', 'create', '--instance-alias', 'example-centre', '--queue', 'support=create'];
    const more = ['--queue', 'sales=create', '--default-queue', 'sales', '--hours', 'mon-fri,SUN 09:00-18:00'];
    const profiles = ['--routing-profiles', 'yes', '--number', NUMBER];
    const { code, stderr } = await init(['next', ...args, ...more, ...profiles, ...SOURCE]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('support case') });
    expect(written()).toMatchObject({
      connect: { instanceId: 'create', queues: { support: 'create', sales: 'create' } },
      create: {
        instanceAlias: 'example-centre',
        hours: {
          days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SUNDAY'],
          start: '09:00',
          end: '18:00',
        },
        routingProfiles: true,
      },
      routing: { default: 'sales' },
    });
  });

  it('for a new queue with hours that exist, beside one that exists', async () => {
    const args = ['--instance', INSTANCE, '--queue', `sales=${SALES}`, '--queue', 'support=create', '--number', NUMBER];
    const more = ['--default-queue', 'support', '--hours', '平日', '--routing-profiles', 'no'];
    const { code } = await init(['next', ...args, ...more, ...SOURCE]);
    expect(code).toBe(0);
    expect(written()).toMatchObject({
      connect: { queues: { sales: SALES, support: 'create' } },
      create: { hours: OFFICE_HOURS, routingProfiles: false },
    });
  });

  it('in the place of the shipped one, which holds examples alone, and of no other', async () => {
    const path = join(project, 'settings/dev.yml');
    const shipped = readFileSync(path, 'utf8');
    const first = await init(['dev', ...EXISTING, ...SOURCE]);
    const made = written('dev');
    writeFileSync(path, withNumberOfOnesOwn(shipped));
    const second = await init(['dev', ...EXISTING, ...SOURCE]);
    writeFileSync(path, shipped);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(made).toMatchObject({ connect: { instanceId: INSTANCE }, limits: { callsPerDay: 1000 } });
    expect(second).toMatchObject({ code: 2, stderr: expect.stringContaining('settings/dev.yml exists') });
  });

  it('without a number where there is none yet, and says what comes next', async () => {
    const made = ['--instance', 'create', '--instance-alias', 'example-centre', '--queue', 'support=create'];
    const more = ['--hours', 'mon-fri 09:00-18:00', '--routing-profiles', 'yes'];
    for (const [args, state] of [
      [[...made, ...more], exampleState()],
      [['--instance', 'example', '--queue', 'support=サポート'], exampleState({ phoneNumbers: [] })],
      [['--instance', 'example', '--queue', 'support=サポート', '--number', 'none'], exampleState()],
    ] as const) {
      const { code, stdout, stderr } = await init(['next', '--force', ...args, ...SOURCE], state);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
      expect(written().connect.sourcePhoneNumber).toBeNull();
      expect(stdout).toMatch(/Nobody can be called yet: claim a number [\s\S]*npm run stage -- attach-flow next/);
    }
  });

  it('without versions of flows where CloudFormation has none', async () => {
    const path = join(project, 'settings/next.yml');
    const mine = readFileSync(join(project, 'settings/dev.yml'), 'utf8').replace(
      'flowVersions: false',
      'flowVersions: true',
    );
    writeFileSync(path, mine);
    expect((await init(['next', '--force', ...EXISTING, ...SOURCE])).code).toBe(0);
    expect(written().connect.flowVersions).toBe(false);
  });

  it('never over another, unless that is wanted; then what is not asked for stays in it', async () => {
    const path = join(project, 'settings/next.yml');
    const shipped = readFileSync(join(project, 'settings/dev.yml'), 'utf8');
    const mine = withNumberOfOnesOwn(shipped).replace('callsPerDay: 1000', 'callsPerDay: 7');
    writeFileSync(path, mine);
    const refused = await init(['next', ...EXISTING, ...SOURCE]);
    expect(refused).toMatchObject({
      code: 2,
      stderr: 'settings/next.yml exists: replace it with --force, or name another stage\n',
    });
    expect(readFileSync(path, 'utf8')).toBe(mine);
    expect((await init(['next', '--force', ...EXISTING, ...SOURCE])).code).toBe(0);
    expect(written()).toMatchObject({ karte: { eventBusName: PENDING }, limits: { callsPerDay: 7 } });
    writeFileSync(path, 'mine: true\n');
    const foreign = await init(['next', '--force', ...EXISTING, ...SOURCE]);
    expect(foreign.stderr).toBe('settings/next.yml is taken as a model and says nothing of region: add it\n');
    expect(readFileSync(path, 'utf8')).toBe('mine: true\n');
  });

  it('from a model whose own queues have rules and pools, and which is older', async () => {
    const path = join(project, 'settings/dev.yml');
    const dev = readFileSync(path, 'utf8');
    const older = dev
      .replace(/\n# What the stack makes\.[\s\S]*?eventBus: false\n/, '')
      .replace('  default: support\n', '  default: support\n  rules: [{ userType: visitor, queue: support }]\n')
      .replace('\nagents:\n', '\nagents:\n  pools: [[support]]\n');
    writeFileSync(path, older);
    const sales = ['--instance', 'example', '--queue', 'sales=Sales', '--number', NUMBER];
    const bus = (how: string) => [
      '--event-source',
      PENDING.replace('call', 'other'),
      '--event-bus',
      how,
      '--company',
      '例',
    ];
    const sources: AccountState['eventSources'] = [{ name: PENDING.replace('call', 'other'), state: 'ACTIVE' }];
    const fine = await init(['next', ...sales, ...bus('exists')], exampleState({ eventSources: sources }));
    const made = written();
    const short = await init(['next', '--force', ...sales, ...bus('create')], exampleState({ eventSources: sources }));
    writeFileSync(path, dev);
    expect(fine).toMatchObject({ code: 0, stderr: '' });
    expect(made).toMatchObject({ routing: { default: 'sales', rules: [] }, agents: { pools: [['sales']] } });
    expect(short).toMatchObject({
      code: 2,
      stderr: 'settings/next.yml is taken as a model and says nothing of create.eventBus: add it\n',
    });
  });
});

describe('npm run stage -- init says in a sentence, and writes nothing,', () => {
  const said = async (args: string[], state?: AccountState) => {
    const { code, stderr, stdout } = await init(args, state);
    nothingIsLeft();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr.trimEnd();
  };

  it.each([
    ['--instance', ['next']],
    ['--instance-alias', ['next', '--instance', 'create']],
    ['--queue', ['next', '--instance', 'example']],
    ['--default-queue', ['next', '--instance', 'example', '--queue', 'a=Sales', '--queue', 'b=サポート']],
    ['--hours', ['next', '--instance', 'example', '--queue', 'support=create']],
    ['--routing-profiles', ['next', '--instance', 'example', '--queue', 'a=create', '--hours', '平日']],
    ['--number', ['next', '--instance', 'example', '--queue', 'support=サポート']],
    ['--event-source', ['next', ...EXISTING]],
    ['--event-bus', ['next', ...EXISTING, '--event-source', PENDING]],
    ['--company', ['next', ...EXISTING, '--event-source', PENDING, '--event-bus', 'create']],
  ])('that %s is missing where nobody can be asked', async (flag, args) => {
    expect(await said(args)).toBe(`${flag} is missing, and there is no terminal to ask in`);
  });

  it.each([
    [['Next'], 'the stage name "Next" cannot be used'],
    [['a-name-that-is-too-long-for-a-stage'], 'has 35 characters, expected at most 20'],
    [['local'], 'the stage "local" is that of this machine'],
    [[], 'the name of the stage is missing'],
    [['next', 'other'], 'expected the name of one stage; found 2 names'],
    [['next', '--instance', 'exmaple'], '--instance is exmaple: expected one of example, create'],
    [
      ['next', '--instance', 'example', '--queue', 'サポート'],
      '--queue is サポート: expected a name in the settings and a queue',
    ],
    [
      ['next', '--instance', 'example', '--queue', 'a=Suport'],
      '--queue a is Suport: expected one of サポート, Sales, create',
    ],
    [['next', '--instance', 'example', '--queue', 'a=Sales', '--queue', 'a=create'], '--queue names a twice'],
    [['next', ...EXISTING, '--hours', '平日'], '--hours are for queues that the stack makes'],
    [['next', ...EXISTING, '--instance-alias', 'x'], '--instance-alias is for --instance create'],
    [['next', ...EXISTING, '--number', '050-0000-0000'], '--number cannot be used: expected a number in E.164 form'],
    [['next', ...EXISTING, '--number', '+815000000001'], '--number names none of the 1 numbers of the instance'],
    [
      ['next', ...EXISTING, '--event-source', 'aws.partner/example.com/x'],
      'expected aws.partner/karte.io/<AWS account>',
    ],
    [['next', ...EXISTING, '--event-source', `${PENDING}s`], `expected one of ${PENDING}`],
    [
      ['next', ...EXISTING, '--event-source', PENDING, '--event-bus', 'exists'],
      'nobody has associated it with an event bus yet: expected create',
    ],
    [
      ['next', '--instance', 'example', '--queue', 'a=create', '--hours', '9-18'],
      '--hours is 9-18: expected one of 平日, days and times',
    ],
  ])('what is wrong with %j', async (args, sentence) => {
    expect(await said(args)).toContain(sentence);
  });

  it('that what it would write contradicts itself', async () => {
    const args = ['next', '--instance', 'example', '--queue', 'a=create', '--hours', 'mon-fri 18:00-09:00'];
    const sentence = await said([...args, '--routing-profiles', 'yes', '--number', NUMBER, ...SOURCE]);
    expect(sentence).toContain(
      'settings/next.yml: create.hours.end: found "09:00", expected a time after create.hours.start',
    );
  });

  it('that an instance cannot be used yet, and a source not any more', async () => {
    const creating = exampleState({ instances: [exampleInstance({ status: 'CREATION_IN_PROGRESS' })] });
    expect(await said(['next', ...EXISTING], creating)).toContain('which is CREATION_IN_PROGRESS');
    const deleted = exampleState({ eventSources: [{ name: PENDING, state: 'DELETED' }] });
    expect(await said(['next', ...EXISTING, ...SOURCE], deleted)).toContain(
      'which is deleted by KARTE: create it anew',
    );
  });

  it('that a file cannot be read or written', async () => {
    const path = join(project, 'settings/next.yml');
    mkdirSync(path);
    const { code, stderr } = await init(['next', '--force', ...EXISTING, ...SOURCE]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'settings/next.yml is taken as a model and cannot be read\n',
    });
    expect(() => writeWholeFile(path, 'text', { force: true })).toThrow(
      /next\.yml cannot be written \(EISDIR\); nothing is left of it$/,
    );
    rmSync(path, { recursive: true });
    nothingIsLeft();
  });
});

describe('npm run stage -- init on an account that does not answer everything', () => {
  it('takes ids as they are typed where a list may not be read, and says which permission it lacks', async () => {
    const deny = [
      'connect:ListInstances',
      'connect:ListQueues',
      'connect:ListPhoneNumbersV2',
      'events:ListEventSources',
    ];
    const ids = ['--instance', INSTANCE, '--queue', `support=${SUPPORT}`, '--number', NUMBER];
    const { code, stderr } = await init(['next', ...ids, ...SOURCE], exampleState({ deny }));
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'instances could not be listed: connect:ListInstances was refused (AccessDeniedException): no identity-based policy allows it. Allow it to whoever asks',
      'queues could not be listed: connect:ListQueues was refused (AccessDeniedException): no identity-based policy allows it. Allow it to whoever asks',
      'numbers could not be listed: connect:ListPhoneNumbersV2 was refused (AccessDeniedException): no identity-based policy allows it. Allow it to whoever asks',
      'event sources could not be listed: events:ListEventSources was refused (AccessDeniedException): no identity-based policy allows it. Allow it to whoever asks',
    ]);
    expect(written()).toMatchObject({ connect: { instanceId: INSTANCE, queues: { support: SUPPORT } } });
  });

  it('says what is missing in an empty one, and takes what comes later', async () => {
    const empty = exampleState({ phoneNumbers: [], eventSources: [] });
    const { code, stderr } = await init(['next', ...EXISTING, ...SOURCE], empty);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^The instance has no telephone number\. .*\nThere is no event source of KARTE in this region/,
    );
  });

  it('stops without credentials', async () => {
    const env = { ...shellOf(await exampleAccount(exampleState())), AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    const { code, stderr } = await commandHere('stages', ['init', 'next', ...EXISTING, ...SOURCE], {
      cwd: project,
      env,
    });
    expect(code).toBe(2);
    expect(stderr).toBe('there are no AWS credentials: log in (aws sso login) or set AWS_PROFILE\n');
    nothingIsLeft();
  });
});
