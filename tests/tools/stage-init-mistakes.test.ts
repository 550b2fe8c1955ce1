import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../packages/sandbox/account/account-state.ts';
import { writeWholeFile } from '../../tools/stage/write-whole-file.ts';
import { exampleInstance, exampleState, INSTANCE, NUMBER, PENDING, SUPPORT } from './example-account.ts';
import { EXISTING, initInCopy, SOURCE } from './init-in-copy.ts';

const { fileOf, init, nothingIsLeft, written } = initInCopy();

describe('npm run stage -- init says in a sentence, and writes nothing,', () => {
  const said = async (args: string[], state?: AccountState) => {
    const { code, stderr, stdout } = await init(args, state);
    nothingIsLeft();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr.trimEnd();
  };

  const KARTE = '--event-source, --event-bus, --company';

  it.each([
    [`--instance, --queue, --number, ${KARTE} are`, []],
    [`--instance-alias, --queue, ${KARTE} are`, ['--instance', 'create']],
    [`--queue, --number, ${KARTE} are`, ['--instance', 'example']],
    [
      `--default-queue, --number, ${KARTE} are`,
      ['--instance', 'example', '--queue', 'a=Sales', '--queue', 'b=サポート'],
    ],
    [
      '--hours, --routing-profiles are',
      [...EXISTING.slice(0, 2), '--queue', 'a=create', '--number', NUMBER, ...SOURCE],
    ],
    ['--number is', [...EXISTING.slice(0, 4), ...SOURCE]],
    [`${KARTE} are`, EXISTING],
    ['--event-bus, --company are', [...EXISTING, '--event-source', PENDING]],
    ['--company is', [...EXISTING, ...SOURCE.slice(0, 4)]],
  ])('that %s missing where nobody can be asked, at once', async (flags, args) => {
    expect(await said(['next', ...args])).toBe(`${flags} missing, and there is no terminal to ask in`);
  });

  it('nothing of flags that what the account has makes needless', async () => {
    const ready = exampleState({ phoneNumbers: [], eventSources: [{ name: PENDING, state: 'ACTIVE' }] });
    const args = ['next', ...EXISTING.slice(0, 4), '--event-source', PENDING];
    expect(await said(args, ready)).toBe('--company is missing, and there is no terminal to ask in');
  });

  it.each([
    ['a name of several lines', '--company', 'a\n: b'],
    ['one with an end of a document in it', '--company', 'a\n--- b\n...'],
    ['one of blanks and a line', '--company', ' \n'],
    ['an alias of several lines', '--instance-alias', 'a\n: b'],
    ['a region', '--region', 'a\n: b'],
  ])('that %s cannot be used', async (_, flag, text) => {
    const made = [
      '--instance',
      'create',
      '--queue',
      'a=create',
      '--hours',
      'MON 09:00-18:00',
      '--routing-profiles',
      'no',
    ];
    const sentence = await said(['next', ...made, '--instance-alias', 'example-centre', ...SOURCE, flag, text]);
    expect(sentence).toMatch(/: found ".*\\n.*", expected |^--region is .*: expected a region with Amazon Connect/m);
    expect(sentence).not.toContain('    at ');
  });

  it.each([
    [['Next'], 'the stage name "Next" cannot be used'],
    [['a-name-that-is-too-long-for-a-stage'], 'has 35 characters, expected at most 20'],
    [['local'], 'the stage "local" is reserved for this machine'],
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
    [['next', ...EXISTING, '--hours', '平日'], '--hours only applies to queues that the stack creates'],
    [['next', ...EXISTING, '--instance-alias', 'x'], '--instance-alias requires --instance create'],
    [['next', ...EXISTING, '--number', '050-0000-0000'], '--number cannot be used: expected a number in E.164 form'],
    [['next', ...EXISTING, '--number', '+815000000001'], '--number is not a number of the instance, which has 1 other'],
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
    const others = [
      ...EXISTING.slice(2),
      ...SOURCE,
      '--default-queue',
      'a',
      '--hours',
      '平日',
      '--routing-profiles',
      'no',
    ];
    const isNeeded = (flag?: string) => flag?.startsWith('--') && !args.includes(flag);
    const made = args.some((arg) => arg.endsWith('=create'));
    const needed = made ? others : others.slice(0, -6);
    const rest = needed.flatMap((flag, index) => (isNeeded(flag) ? [flag, needed[index + 1] ?? ''] : []));
    expect(await said([...args, ...(args.length > 1 ? rest : [])])).toContain(sentence);
  });

  it('that the file that is taken as a model is no YAML, by the line', async () => {
    const path = fileOf('next');
    writeFileSync(path, 'region: ap-northeast-1\nkarte: [\n');
    const { code, stderr } = await init(['next', '--force', ...EXISTING, ...SOURCE]);
    rmSync(path);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^settings\/next\.yml is not YAML: line .*\n$/),
    });
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
      'which is deleted by KARTE: create it again',
    );
  });

  it('that a file cannot be read or written', async () => {
    const path = fileOf('next');
    mkdirSync(path);
    const { code, stderr } = await init(['next', '--force', ...EXISTING, ...SOURCE]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'settings/next.yml is the model for new stages and cannot be read\n',
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
      'instances could not be listed: connect:ListInstances was refused (AccessDeniedException): no identity-based policy allows it. Grant it to the identity of the caller',
      'queues could not be listed: connect:ListQueues was refused (AccessDeniedException): no identity-based policy allows it. Grant it to the identity of the caller',
      'numbers could not be listed: connect:ListPhoneNumbersV2 was refused (AccessDeniedException): no identity-based policy allows it. Grant it to the identity of the caller',
      'event sources could not be listed: events:ListEventSources was refused (AccessDeniedException): no identity-based policy allows it. Grant it to the identity of the caller',
    ]);
    expect(written()).toMatchObject({ connect: { instanceId: INSTANCE, queues: { support: SUPPORT } } });
  });

  it('says what is missing in an empty one, and takes what comes later', async () => {
    const empty = exampleState({ phoneNumbers: [], eventSources: [] });
    const { code, stderr } = await init(['next', ...EXISTING, ...SOURCE], empty);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^The instance has no telephone number\. .*\nThere is no KARTE event source in this region/);
  });

  it('stops without credentials', async () => {
    const noKeys = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    const { code, stderr } = await init(['next', ...EXISTING, ...SOURCE], exampleState(), noKeys);
    expect(code).toBe(2);
    expect(stderr).toBe('there are no AWS credentials: log in (aws sso login) or set AWS_PROFILE\n');
    nothingIsLeft();
  });
});
