import { describe, expect, it } from 'vitest';
import {
  GOOD_CONTENT,
  holdsTheNumber,
  karteEvent,
  lambdaContext,
  NOW,
  REQUEST_ID,
  recordingLog,
  setEnvironment,
} from './function-support.ts';

setEnvironment();
const { acceptSnsNotification } = await import('../../functions/accept-sns-notification.ts');

const GUIDE_MESSAGE =
  '{"detail":{"content":{"phone_e164":"+819012345678","user_type":"visitor","inquiry_type":"動作環境について"}}}';
const record = (Message: unknown, rest: Record<string, unknown> = {}) => ({ Sns: { Message, ...rest } });
const withId = (id: string) => record(JSON.stringify(karteEvent(GOOD_CONTENT, { id })));
const idOf = (input: unknown) => (input as { id: string }).id;

/** A state machine that starts each name once, and refuses the requests it is told to. */
function prepare(failing: string[] = []) {
  const log = recordingLog();
  const started = new Map<string, unknown>();
  const arns: (string | undefined)[] = [];
  const stateMachine = (arn: string | undefined) => {
    arns.push(arn);
    return {
      async start(name: string, input: unknown) {
        if (failing.includes(idOf(input))) throw new Error(`no execution for ${idOf(input)}`);
        if (started.has(name)) return false;
        started.set(name, input);
        return true;
      },
    };
  };
  const accept = acceptSnsNotification({ stateMachine, now: () => NOW, log });
  return {
    arns,
    failing,
    log,
    started,
    run: (Records: unknown[], context = lambdaContext()) => accept({ Records }, context),
  };
}

describe('acceptSnsNotification', () => {
  it('takes no id that is that of a further call of ours: the message names it, at a redelivery, too', async () => {
    // Prepare
    const { run, started } = prepare();
    const message = JSON.stringify(karteEvent(GOOD_CONTENT, { id: `${REQUEST_ID}.try2` }));
    const MessageId = '00000000-0000-4000-8000-000000000099';

    // Act
    const first = await run([record(message, { MessageId })]);
    const again = await run([record(message, { MessageId })]);

    // Assess
    expect(first.requests).toEqual([{ requestId: MessageId, started: true }]);
    expect(again.requests).toEqual([{ requestId: MessageId, started: false }]);
    expect([...started.values()]).toEqual([karteEvent(GOOD_CONTENT, { id: MessageId })]);
  });

  it('starts one execution per record, with the event as the rule would hand it on', async () => {
    // Prepare
    const { arns, log, run, started } = prepare();

    // Act
    const accepted = await run([withId('request-one'), withId('request-two')]);

    // Assess
    expect(accepted).toEqual({
      requests: [
        { requestId: 'request-one', started: true },
        { requestId: 'request-two', started: true },
      ],
    });
    expect([...started.values()]).toEqual([
      karteEvent(GOOD_CONTENT, { id: 'request-one' }),
      karteEvent(GOOD_CONTENT, { id: 'request-two' }),
    ]);
    expect(arns).toEqual([lambdaContext().invokedFunctionArn]);
    expect(log.lines.map(({ level }) => level)).toEqual(['info', 'info']);
  });

  it('hands on nothing that would ask for a call in our own name', async () => {
    const { run, started } = prepare();
    const Message = JSON.stringify(
      karteEvent(GOOD_CONTENT, { id: 'request-one', ownRequest: { requestId: 'forged' } }),
    );
    await run([{ Sns: { Message } }]);
    expect([...started.values()]).toEqual([karteEvent(GOOD_CONTENT, { id: 'request-one' })]);
  });

  it('names executions by a hash: plain characters, at most 80, and no request id', async () => {
    const { run, started } = prepare();
    await run([withId('request:one.of_128-characters'), withId('a'.repeat(128))]);
    for (const name of started.keys()) expect(name).toMatch(/^[0-9A-Za-z_-]{1,80}$/);
    expect([...started.keys()].join()).not.toContain('request');
  });

  it('starts nothing new at a redelivery, even in another invocation', async () => {
    // Prepare
    const { log, run, started } = prepare();
    await run([withId('request-one')]);

    // Act
    const again = await run([withId('request-one')], lambdaContext('another-invocation'));

    // Assess
    expect(again).toEqual({ requests: [{ requestId: 'request-one', started: false }] });
    expect(started.size).toBe(1);
    expect(log.lines.at(-1)).toMatchObject({ level: 'info', message: 'already started' });
  });

  it('starts one execution for the same event twice in one notification', async () => {
    const { run, started } = prepare();
    await run([withId('request-one'), withId('request-one')]);
    expect(started.size).toBe(1);
  });

  it("starts the guide's test event under an id of its own, and warns", async () => {
    // Prepare
    const { log, run, started } = prepare();

    // Act
    const { requests } = await run([record(GUIDE_MESSAGE), record(GUIDE_MESSAGE)]);

    // Assess
    expect(started.size).toBe(2);
    expect(requests[0]?.requestId).not.toBe(requests[1]?.requestId);
    expect([...started.values()][0]).toMatchObject({
      id: requests[0]?.requestId,
      time: NOW.toISOString(),
      detail: { content: { phone_e164: '+819012345678' } },
    });
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
  });

  it('gives a record without any id the same one when Lambda repeats the invocation, and another in another', async () => {
    // Prepare
    const { run, started } = prepare();
    const first = await run([record(GUIDE_MESSAGE)]);

    // Act
    const repeated = await run([record(GUIDE_MESSAGE)]);
    const other = await run([record(GUIDE_MESSAGE)], lambdaContext('another-invocation'));

    // Assess
    expect(repeated.requests[0]).toEqual({ requestId: first.requests[0]?.requestId, started: false });
    expect(other.requests[0]?.requestId).not.toBe(first.requests[0]?.requestId);
    expect(started.size).toBe(2);
  });

  it.each([
    ['its message is no JSON', record('call me', { MessageId: REQUEST_ID })],
    ['it has no message', { Sns: { MessageId: REQUEST_ID } }],
    ['it is null', null],
  ])('hands on what cannot be read, so that its refusal is recorded: %s', async (_name, bad) => {
    // Prepare
    const { run, started } = prepare();

    // Act
    const { requests } = await run([bad, withId('request-two')]);

    // Assess
    expect(requests.map(({ started: begun }) => begun)).toEqual([true, true]);
    expect(started.size).toBe(2);
  });

  it('starts the good ones beside a bad one of SQS, and says in the log what the bad one is', async () => {
    // Prepare
    const { log, run, started } = prepare();
    const queued = (id: string, body: unknown) => ({ messageId: id, body, eventSource: 'aws:sqs' });
    const bad = queued('aaaaaaaa-0000-4000-8000-0000000000a1', '{"content":{"phone_e164":"+819012345678"}}');
    const good = queued('aaaaaaaa-0000-4000-8000-0000000000a2', JSON.stringify(karteEvent(GOOD_CONTENT)));

    // Act
    const { requests } = await run([bad, good]);

    // Assess
    expect(requests).toEqual([
      { requestId: 'aaaaaaaa-0000-4000-8000-0000000000a1', started: true },
      { requestId: REQUEST_ID, started: true },
    ]);
    expect([...started.values()][1]).toEqual(karteEvent(GOOD_CONTENT));
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'a record without a call request',
        fields: {
          requestId: 'aaaaaaaa-0000-4000-8000-0000000000a1',
          problem: expect.stringContaining('found a message that is an object with content, expected'),
        },
      },
    ]);
  });

  it('tries the records behind one that could not be started, then fails so that Lambda repeats', async () => {
    // Prepare
    const { failing, log, run, started } = prepare(['request-two']);
    const Records = [withId('request-one'), withId('request-two'), withId('request-three')];

    // Act
    await expect(run(Records)).rejects.toThrow('no execution for request-two');
    const startedAtFirst = [...started.values()].map(idOf);
    failing.length = 0;
    const repeated = await run(Records);

    // Assess
    expect(startedAtFirst).toEqual(['request-one', 'request-three']);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([
      { level: 'error', message: 'execution not started', fields: { requestId: 'request-two', error: 'Error' } },
    ]);
    expect(repeated.requests).toEqual([
      { requestId: 'request-one', started: false },
      { requestId: 'request-two', started: true },
      { requestId: 'request-three', started: false },
    ]);
  });

  it.each([[null], [{}], [{ Records: 'none' }], ['text']])(
    'fails where there are no records: %j',
    async (notification) => {
      // Prepare
      const stateMachine = () => ({ start: () => Promise.reject(new Error('must not start')) });
      const run = acceptSnsNotification({ stateMachine, now: () => NOW, log: recordingLog() });

      // Act & Assess
      await expect(run(notification, lambdaContext())).rejects.toThrow('no list of Records');
    },
  );

  it('logs nothing that holds the number', async () => {
    // Prepare
    const { log, run } = prepare(['fails-to-start']);

    // Act
    await run([
      withId('fails-to-start'),
      record(GUIDE_MESSAGE),
      record(JSON.stringify(karteEvent(GOOD_CONTENT, { id: 'visitor-090-1234-5678' }))),
      record(GUIDE_MESSAGE, { MessageId: '+819012345678' }),
    ]).catch(() => undefined);

    // Assess
    expect(log.lines.length).toBeGreaterThanOrEqual(4);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });
});
