import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asker } from '../../tools/stage/ask.ts';
import { initAnswers } from '../../tools/stage/init-answers.ts';
import {
  exampleAccount,
  exampleInstance,
  exampleState,
  INSTANCE,
  NUMBER,
  OFFICE_HOURS,
  PENDING,
  SUPPORT,
} from './example-account.ts';

const ENTER = '\r';
const DOWN = '\u001b[B';
const SPACE = ' ';
const CTRL_C = '\u0003';

// Vitest does so before each test, and not behind the last.
afterEach(() => void vi.unstubAllEnvs());

/** Somebody at a terminal: answers each question, in any order, with the keys that are told for it. */
function somebody(keys: Record<string, string>) {
  // At a terminal that calls itself dumb, Node's readline edits no line.
  vi.stubEnv('TERM', 'xterm');
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  // Nothing ends the streams of a process.
  const output = Object.assign(new PassThrough(), { _isStdio: true });
  const asked: string[] = [];
  let shown = '';
  output.on('data', (text: Buffer) => {
    shown += stripVTControlCharacters(String(text));
    const question = Object.keys(keys).find((one) => !asked.includes(one) && shown.includes(one));
    if (question === undefined) return;
    asked.push(question);
    // Once the prompt is drawn, it listens.
    setImmediate(() => input.write(keys[question]));
  });
  return { asker: asker({ input, output }), asked, shown: () => shown };
}

const FLAGS = { region: 'ap-northeast-1', queue: [] };

const values = (changes: Awaited<ReturnType<typeof initAnswers>>) =>
  Object.fromEntries(changes.map(({ path, value }) => [path.join('.'), value]));

describe('npm run stage -- init at a terminal', () => {
  it('asks for what exists, one question after the other', async () => {
    const { account } = await exampleAccount(exampleState());
    const user = somebody({
      'Which Amazon Connect instance?': ENTER,
      'Which queues do the calls go to?': `${SPACE}${ENTER}`,
      'Name of the queue “サポート” in the settings:': `support${ENTER}`,
      'Which number are calls made from?': ENTER,
      'Which event source of KARTE?': ENTER,
      'Who associates the event source with an event bus?': ENTER,
      'Name of your company, which customers hear first:': `例の会社${ENTER}`,
    });
    expect(values(await initAnswers(account, FLAGS, user.asker))).toMatchObject({
      'karte.eventBusName': PENDING,
      'connect.instanceId': INSTANCE,
      'connect.sourcePhoneNumber': NUMBER,
      'connect.queues': { support: SUPPORT },
      'connect.flowValues.CompanyName': '例の会社',
      'create.hours': null,
      'create.eventBus': true,
      'routing.default': 'support',
    });
    expect(user.asked).toHaveLength(7);
    expect(user.shown()).toContain(`${PENDING}  pending\n`);
    expect(user.shown()).toContain('pending: nobody has associated it with an event bus yet');
  });

  it('lets the stack make what is not there', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const { account } = await exampleAccount(exampleState({ instances: [], phoneNumbers: [], eventSources: [] }));
    const user = somebody({
      'Which Amazon Connect instance?': ENTER,
      'Name of the new instance': `example-centre${ENTER}`,
      'Names of the queues that the stack creates': `\u0015support, sales${ENTER}`,
      'Which queue takes requests that no routing rule matches?': `${DOWN}${ENTER}`,
      'When are the new queues open?': ENTER,
      'Should the stack create routing profiles': ENTER,
      'Name of KARTE’s event source:': `\u0015${PENDING}${ENTER}`,
      'Who associates the event source': ENTER,
      'Name of your company': `例${ENTER}`,
    });
    expect(values(await initAnswers(account, FLAGS, user.asker))).toMatchObject({
      'connect.instanceId': 'create',
      'create.instanceAlias': 'example-centre',
      'connect.queues': { support: 'create', sales: 'create' },
      'create.hours': { days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'], start: '09:00', end: '18:00' },
      'create.routingProfiles': true,
      'connect.sourcePhoneNumber': null,
      'routing.default': 'sales',
    });
    expect(user.asked).toHaveLength(9);
    expect(told).toHaveBeenCalledTimes(2);
  });

  it('takes a number, or none, as it is typed where numbers may not be listed', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const flags = { ...FLAGS, queue: ['support=Sales'], instance: 'example', company: '例' };
    const bus = { 'event-source': PENDING, 'event-bus': 'create' };
    for (const [typed, number] of [
      [NUMBER, NUMBER],
      ['none', null],
    ]) {
      const { account } = await exampleAccount(exampleState({ deny: ['connect:ListPhoneNumbersV2'] }));
      const user = somebody({ 'Number that calls are made from, in E.164 form, or none:': `${typed}${ENTER}` });
      const changes = values(await initAnswers(account, { ...flags, ...bus }, user.asker));
      expect(changes['connect.sourcePhoneNumber']).toBe(number);
    }
  });

  it('knows all of 250 queues, and offers hours that exist for a new one beside them', async () => {
    const queues = Array.from({ length: 250 }, (_, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      name: `Queue ${index}`,
      hoursId: OFFICE_HOURS,
    }));
    const { account, requests } = await exampleAccount(exampleState({ instances: [exampleInstance({ queues })] }));
    const user = somebody({ 'Which hours of operation': `${DOWN}${ENTER}` });
    const flags = {
      region: 'ap-northeast-1',
      queue: ['last=Queue 249', 'support=create'],
      instance: 'example',
      number: NUMBER,
      'default-queue': 'support',
      'routing-profiles': 'no',
      'event-source': PENDING,
      'event-bus': 'create',
      company: '例',
    };
    expect(values(await initAnswers(account, flags, user.asker))).toMatchObject({
      'connect.queues': { last: queues[249]?.id, support: 'create' },
      'create.hours': OFFICE_HOURS,
    });
    expect(requests.filter((request) => request === 'connect:ListQueues')).toHaveLength(3);
    await expect(initAnswers(account, { ...flags, queue: ['a=Queue 250'] }, user.asker)).rejects.toThrow(
      /^--queue a is Queue 250: expected one of Queue 0, .*, Queue 9 … \(251 in all\)$/,
    );
  });

  it('ends at Ctrl+C, before anything is written', async () => {
    const { account } = await exampleAccount(exampleState());
    const user = somebody({ 'Which Amazon Connect instance?': ENTER, 'Which queues': CTRL_C });
    await expect(initAnswers(account, FLAGS, user.asker)).rejects.toMatchObject({ name: 'ExitPromptError' });
    expect(user.asked).toHaveLength(2);
  });
});
