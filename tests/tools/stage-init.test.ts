import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../packages/sandbox/account/account-state.ts';
import {
  exampleInstance,
  exampleState,
  INSTANCE,
  NUMBER,
  OFFICE_HOURS,
  PENDING,
  SALES,
  SUPPORT,
} from './example-account.ts';
import { EXISTING, initInCopy, SOURCE } from './init-in-copy.ts';

const { fileOf, init, written } = initInCopy();

/** A stage file in which somebody has begun to write: the shipped ones, and the accounts here, have examples alone. */
const withNumberOfOnesOwn = (text: string) => text.replace('"+815000000000"', '"+81312345678"');

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
    const [next, dev] = ['next', 'dev'].map((stage) => readFileSync(fileOf(stage), 'utf8'));
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

  it('with routing profiles for queues that exist, where they are asked for', async () => {
    expect((await init(['next', ...EXISTING, ...SOURCE, '--routing-profiles', 'yes'])).code).toBe(0);
    expect(written()).toMatchObject({ connect: { queues: { support: SUPPORT } }, create: { routingProfiles: true } });
    const [, help = ''] = /--routing-profiles yes([\s\S]*?)\n {2}--/.exec((await init(['--help'])).stdout) ?? [];
    expect(help.replaceAll(/\s+/g, ' ')).toContain('new or existing, for the agents; or no');
  });

  it.each(['"例" の会社', "it's 例 # 1", '- 例: 会社', '--- 例', '... 例'])(
    'with the name %s as it is typed',
    async (name) => {
      expect((await init(['next', ...EXISTING, ...SOURCE.slice(0, 4), `--company=${name}`])).code).toBe(0);
      expect(written().connect.flowValues.CompanyName).toBe(name);
    },
  );

  it('and warns of values that count as examples, which no deployment takes', async () => {
    const { examples } = await init(['next', ...EXISTING, ...SOURCE]);
    expect(examples.map((line) => line.split(' is ')[0])).toEqual([
      'Warning: karte.eventBusName',
      'Warning: connect.instanceId',
      'Warning: connect.sourcePhoneNumber',
      'Warning: connect.queues.support',
    ]);
    const own = { id: '12345678-1234-4123-8123-000000000001', name: 'own' };
    const queues = [{ ...own, hoursId: OFFICE_HOURS }];
    const source = 'aws.partner/karte.io/210987654321/my-project/call';
    const state = exampleState({
      instances: [exampleInstance({ id: own.id, queues })],
      phoneNumbers: [],
      eventSources: [{ name: source, state: 'ACTIVE' }],
    });
    const args = ['--instance', 'example', '--queue', 'a=own', '--event-source', source, '--company', '例'];
    const { code, examples: none } = await init(['next', '--force', ...args], state);
    expect({ code, none }).toEqual({ code: 0, none: [] });
  });

  it('in place of the shipped one, which holds examples alone, and of no other', async () => {
    const path = fileOf('dev');
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
    const path = fileOf('next');
    const mine = readFileSync(fileOf('dev'), 'utf8').replace('flowVersions: false', 'flowVersions: true');
    writeFileSync(path, mine);
    expect((await init(['next', '--force', ...EXISTING, ...SOURCE])).code).toBe(0);
    expect(written().connect.flowVersions).toBe(false);
  });

  it('never over another, unless that is wanted; then what is not asked for stays in it', async () => {
    const path = fileOf('next');
    const shipped = readFileSync(fileOf('dev'), 'utf8');
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
    expect(foreign.stderr).toBe('settings/next.yml is the model for new stages and lacks region: add it\n');
    expect(readFileSync(path, 'utf8')).toBe('mine: true\n');
  });

  it('from a model whose own queues have rules and pools, and which is older', async () => {
    const path = fileOf('dev');
    const dev = readFileSync(path, 'utf8');
    const older = dev
      .replace(/\n# What the stack creates\.[\s\S]*?eventBus: false\n/, '')
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
      stderr: 'settings/next.yml is the model for new stages and lacks create.eventBus: add it\n',
    });
  });
});
