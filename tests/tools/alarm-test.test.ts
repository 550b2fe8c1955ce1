import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandHere, type Run } from '../run-command.ts';

const TOPIC = 'arn:aws:sns:ap-northeast-1:000000000000:karte-connect-call-dev-alarms';

interface World {
  /** State of the alarm `dead-letters`. */
  state?: string;
  topics?: string[];
  /** Whom the topic tells, with what SNS says in place of the subscription's ARN. */
  subscriptions?: { protocol: string; endpoint: string; arn: string }[];
  deny?: string;
}

const CONFIRMED = {
  protocol: 'email',
  endpoint: 'call-alarms@example.com',
  arn: `${TOPIC}:00000000-0000-4000-8000-000000000001`,
};
const PENDING = { protocol: 'email', endpoint: 'on-call@example.com', arn: 'PendingConfirmation' };

/** CloudWatch, SNS and DynamoDB as the command asks them, over HTTP with the real SDK. */
async function run(args: string[], { state = 'OK', topics = [TOPIC], subscriptions = [CONFIRMED], deny }: World = {}) {
  const asked: { action: string; input: Record<string, unknown> }[] = [];
  const alarm = (name: string, StateValue: string) => ({
    ...{ AlarmName: `karte-connect-call-dev-${name}`, StateValue, AlarmActions: topics },
  });
  const answers: Record<string, object> = {
    DescribeAlarms: { MetricAlarms: [alarm('silent-calls', 'OK'), alarm('dead-letters', state)] },
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const target = request.headers['x-amz-target'];
    const form = new URLSearchParams(text);
    const action = typeof target === 'string' ? (target.split('.').at(-1) ?? '') : String(form.get('Action'));
    asked.push({ action, input: target === undefined ? Object.fromEntries(form) : JSON.parse(text) });
    if (action === deny) {
      const __type = 'AccessDeniedException';
      response
        .writeHead(403, { 'x-amzn-errortype': __type })
        .end(JSON.stringify({ __type, message: 'not authorized' }));
    } else if (target === undefined) {
      const members = subscriptions.map(
        ({ protocol, endpoint, arn }) =>
          `<member><Protocol>${protocol}</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`,
      );
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(
          `<${action}Response><${action}Result><Subscriptions>${members.join('')}</Subscriptions></${action}Result></${action}Response>`,
        );
    } else
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify(answers[action] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ AWS_ACCESS_KEY_ID: 'example', AWS_SECRET_ACCESS_KEY: 'example' },
  };
  const ran: Run = await commandHere('calls', ['alarm-test', ...args], { env });
  server.closeAllConnections();
  return { ...ran, asked, rung: asked.filter(({ action }) => action === 'SetAlarmState').map(({ input }) => input) };
}

const DEV = ['--stage', 'dev'];
const WHY = [...DEV, '--why', 'who is told on Saturdays?', '--by', 'somebody'];

describe('npm run calls -- alarm-test', () => {
  it('says who is told and who has not confirmed, by the beginning of their address, and lets nothing ring', async () => {
    const { code, stdout, rung } = await run(DEV, { subscriptions: [CONFIRMED, PENDING] });
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        `dead-letters tells ${TOPIC}`,
        '  email c…@example.com: confirmed',
        '  email o…@example.com: NOT CONFIRMED, receives nothing',
        'No alarm was set off. To set it off, add --why "…".',
        '',
      ].join('\n'),
    );
    expect(rung).toEqual([]);
  });

  it('lets the alarm ring with a reason that says that it is a test, and writes down who did', async () => {
    const { code, stdout, rung, asked } = await run(WHY);
    expect(code).toBe(0);
    expect(rung).toEqual([
      {
        AlarmName: 'karte-connect-call-dev-dead-letters',
        StateValue: 'ALARM',
        StateReason: 'TEST, nothing is wrong: npm run calls -- alarm-test by somebody: who is told on Saturdays?',
      },
    ]);
    expect(stdout).toContain('karte-connect-call-dev-dead-letters was set off as a TEST.');
    const [noted] = asked.filter(({ action }) => action === 'PutItem');
    expect(noted?.input).toMatchObject({ Item: { what: { S: 'alarm-test dead-letters' }, by: { S: 'somebody' } } });
  });

  it('takes another alarm by the end of its name', async () => {
    const { rung } = await run([...WHY, '--alarm', 'silent-calls']);
    expect(rung).toMatchObject([{ AlarmName: 'karte-connect-call-dev-silent-calls' }]);
  });

  it.each([
    ['nobody has confirmed', { subscriptions: [PENDING] }, /notifies nobody yet/],
    ['nobody has subscribed', { subscriptions: [] }, /notifies nobody yet/],
    ['it names no topic', { topics: [] }, /notifies nobody: set alarms\.addresses or alarmTopicArn/],
    ['it rings already', { state: 'ALARM' }, /is in alarm already and notifies nobody again/],
  ])('lets nothing ring where %s, and exits with 1', async (_why, world, sentence) => {
    const { code, stderr, rung } = await run(WHY, world);
    expect({ code, rung }).toEqual({ code: 1, rung: [] });
    expect(stderr).toMatch(sentence);
  });

  it('says what permission is missing', async () => {
    const { code, stderr } = await run(DEV, { deny: 'DescribeAlarms' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/lack a permission in stage dev\. .*for alarm-test cloudwatch:DescribeAlarms/);
  });

  it.each([
    [['--alarm', 'no-such-alarm', ...DEV], /has no alarm no-such-alarm: expected one of silent-calls, dead-letters/],
    [[], /the local stack has no alarms: name a deployed stage with --stage/],
    [['--stage', 'local'], /the local stack has no alarms/],
  ])('does not know %j, and exits with 2', async (args, sentence) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});
