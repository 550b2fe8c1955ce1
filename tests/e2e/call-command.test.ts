import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { flowStageNamed } from '../../resources/flow-stage.ts';
import { projectCopy } from '../project-copy.ts';
import { command, commandHere, PROJECT } from '../run-command.ts';
import { NUMBER_FORMS, sample } from './path-support.ts';

const folder = mkdtempSync(join(tmpdir(), 'events-'));
/** A file that a test writes before it gives it to the command. */
const WRITTEN = join(folder, 'event.json');
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run call', () => {
  it.each(['call-request.visitor.json', 'sns-guide-test.json'])('prints %s as one JSON document', async (name) => {
    const { code, stdout } = await commandHere('call', [`events/${name}`, '--json', '--speed', '200']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ outcome: 'completed', record: { phone: '+81******5678' } });
    expect(report.contact.contactId).toBe(report.record.contactId);
    expect(report.contact.transcript.map(({ text }: { text: string }) => text)).toContain(
      `${flowStageNamed('local').flowValues.ServiceName}の利用をご検討いただきありがとうございます。`,
    );
    expect(report.states.map(({ name: state }: { name: string }) => state)).toEqual(
      expect.arrayContaining(['ValidateRequest', 'CheckQueue', 'StartCall', 'RecordOutcome']),
    );
    expect(stdout).not.toMatch(NUMBER_FORMS);
  });

  it('shows a person the states, what the customer hears and the record, without the number', async () => {
    const { code, stdout } = await commandHere('call', [
      'events/call-request.member.json',
      '--speed',
      '200',
      '--verbose',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('queue members is enabled and open, and an agent is free');
    expect(stdout).toContain('Kazuha (Neural)  「いつもKARTEをご利用いただきありがとうございます。」');
    expect(stdout).toContain('Outcome: completed (reached, agent_connected)');
    expect(stdout).not.toMatch(NUMBER_FORMS);
  });

  it('ends with what became of the call, through however many contacts it went', async () => {
    const transferred = await commandHere('call', [
      ...['events/call-request.member.json', '--now', '--speed', '200', '--transfer', 'agent', '--transfer', 'flow'],
    ]);
    expect(transferred.stdout).toContain('agent-2 takes the call.');
    expect(transferred.stdout).toContain('Outcome: completed (reached, agent_connected)');
    const left = await commandHere('call', ['events/call-request.member.json', '--now', '--patience', '1', '--json']);
    expect(JSON.parse(left.stdout)).toMatchObject({ outcome: 'abandoned', record: { reason: 'before_queue' } });
    const nobody = await commandHere('call', ['events/call-request.member.json', '--now', '--answer', 'unreachable']);
    expect(nobody.stdout).toContain('Outcome: failed_to_connect (missed, number_unreachable)');
  });

  it('ends with it, too, where the call is over before the answer to its request has come', async () => {
    const args = ['events/call-request.member.json', '--now', '--json', '--fault', 'timeout-after-accepting'];
    const { outcome, contact } = JSON.parse((await commandHere('call', args)).stdout);
    expect(contact.transcript.at(-1).text).toBe('The customer hangs up.');
    expect(outcome).toBe('completed');
  });

  it('prints all contacts of a call that was transferred and over before the answer to its request has come', async () => {
    const { stdout } = await commandHere('call', [
      ...['events/call-request.member.json', '--now', '--speed', '200', '--transfer', 'agent', '--transfer', 'flow'],
      ...['--fault', 'timeout-after-accepting'],
    ]);
    expect(stdout.match(/agent-\d takes the call\./g)).toHaveLength(2);
    expect(stdout).toContain('The customer hangs up.');
  });

  it('prints a line when it happens, and Ctrl-C in the middle ends it', async () => {
    // Prepare: at the speed of life the call lasts for most of a minute.
    const args = ['tools/call.ts', 'events/call-request.member.json', '--speed', '1'];
    const child = spawn(process.execPath, args, { cwd: PROJECT });
    const ended = once(child, 'close');
    let printed = '';
    // Act
    for await (const chunk of child.stdout) {
      printed += chunk;
      if (printed.includes('The phone rings.')) child.kill('SIGINT');
    }
    // Assess
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(printed).toContain('ValidateRequest  a request of user_type member, for queue members');
    expect(printed).not.toContain('The customer hangs up.');
  });

  it('shows how long a request waited for an agent, and that nobody came', async () => {
    const { code, stdout } = await commandHere('call', [
      'events/call-request.visitor.json',
      '--agents',
      '0',
      '--speed',
      '500',
      '--json',
    ]);
    expect(code).toBe(0);
    const { outcome, states, contact } = JSON.parse(stdout);
    expect({ outcome, contact }).toEqual({ outcome: 'no_agents_available', contact: null });
    const decisions = Object.fromEntries(
      states.map((one: { name: string; decision: string }) => [one.name, one.decision]),
    );
    expect(decisions.CheckQueue).toMatch(/nobody is free: waits in line, for \d+ s at most$/);
    expect(decisions.WaitForAgent).toBe('nobody was free in time');
  });

  it('tells where an injected fault hit, in the timeline and as JSON', async () => {
    // Prepare
    const args = [
      'events/call-request.visitor.json',
      '--speed',
      '200',
      '--fault',
      'throttle',
      '--fault',
      'server-error',
    ];

    // Act
    const [shown, asJson] = [await commandHere('call', args), await commandHere('call', [...args, '--json'])];

    // Assess
    expect(shown.stdout).toMatch(
      /StartCall +Amazon Connect takes no more calls just now: ConnectThrottled\n +\d+\.\d{3} s {2}fault +throttle hit StartOutboundVoiceContact, attempt 1\n/,
    );
    expect(shown.stdout).toMatch(/ fault +server-error hit StartOutboundVoiceContact, attempt 2\n/);
    const operation = 'StartOutboundVoiceContact';
    expect(JSON.parse(asJson.stdout).faults).toEqual({
      hit: [
        { kind: 'throttle', operation, attempt: 1, at: expect.stringMatching(/Z$/) },
        { kind: 'server-error', operation, attempt: 2, at: expect.stringMatching(/Z$/) },
      ],
      left: [],
    });
  });

  it('tells of an injected fault that hit nothing', async () => {
    const args = ['events/call-request.toll-free.json', '--fault', 'throttle:2'];
    const { stdout } = await commandHere('call', args);
    expect(stdout).toMatch(/^ +fault +throttle at StartOutboundVoiceContact: 2 left unused$/m);
  });

  it('ends with one sentence on a contact flow that is broken', async () => {
    // Prepare
    const project = projectCopy();
    writeFileSync(join(project, 'contact-flows', 'call-me.json'), '{');
    // Act
    const { code, stderr } = await command('call', ['events/call-request.member.json'], { cwd: project });
    rmSync(project, { recursive: true });
    // Assess
    expect(code).toBe(2);
    expect(stderr).toMatch(/^contact-flows\/call-me\.json is not JSON: .*\n$/);
  });

  it('sends an old event as now when told to, and says how where it lies in the past', async () => {
    const asItIs = await commandHere('call', ['events/call-request.stale.json', '--json']);
    expect(JSON.parse(asItIs.stdout)).toMatchObject({ outcome: 'stale' });
    for (const name of ['stale', 'appointment']) {
      const { stdout } = await commandHere('call', [`events/call-request.${name}.json`]);
      expect(stdout).toContain('is in the past: --now sends it as if it happened now.');
    }
    const asNow = await commandHere('call', ['events/call-request.stale.json', '--json', '--now', '--speed', '200']);
    expect(JSON.parse(asNow.stdout)).toMatchObject({ outcome: 'completed' });
  });

  it('reads a file and standard input, also where they begin with a byte order mark', async () => {
    // Prepare
    const event = `\uFEFF${JSON.stringify(sample('call-request.visitor.json'))}`;
    writeFileSync(WRITTEN, event);
    const options = ['--json', '--now', '--speed', '200'];
    // Act
    const ofFile = await commandHere('call', [WRITTEN, ...options]);
    const ofInput = await command('call', ['-', ...options], { input: event });
    // Assess
    for (const { code, stdout } of [ofFile, ofInput]) {
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ outcome: 'completed' });
    }
  });

  it.each([
    ['SNS with the event as an object', (event: object) => ({ Sns: { Message: event } })],
    ['SQS', (event: object) => ({ body: JSON.stringify(event), eventSource: 'aws:sqs' })],
    [
      'SQS around SNS',
      (event: object) => ({ body: JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) }) }),
    ],
  ])('reads the event in a record of %s, as of now when told to', async (_, recordOf) => {
    // Prepare
    const stale = sample('call-request.stale.json');
    writeFileSync(WRITTEN, JSON.stringify({ Records: [recordOf(stale)] }));
    // Act
    const asItIs = await commandHere('call', [WRITTEN, '--json']);
    const asOfNow = await commandHere('call', [WRITTEN, '--json', '--now', '--speed', '200']);
    // Assess
    expect(JSON.parse(asItIs.stdout)).toMatchObject({ requestId: stale.id, outcome: 'stale' });
    expect(JSON.parse(asOfNow.stdout)).toMatchObject({ requestId: stale.id, outcome: 'completed' });
  });

  it('reads the one event of what put-events takes, and says how many it found of more', async () => {
    // Prepare
    const { 'detail-type': DetailType, detail } = sample('call-request.toll-free.json');
    const entry = { Source: 'karte', DetailType, Detail: JSON.stringify(detail) };
    // Act
    writeFileSync(WRITTEN, JSON.stringify({ Entries: [entry] }));
    const one = await commandHere('call', [WRITTEN, '--json']);
    writeFileSync(WRITTEN, JSON.stringify([entry, entry]));
    const two = await commandHere('call', [WRITTEN, '--json']);
    // Assess
    expect(JSON.parse(one.stdout)).toMatchObject({ outcome: 'number_refused' });
    expect(two).toMatchObject({ code: 2, stderr: expect.stringContaining('is not an event but a list of 2') });
  });

  it('says which record of a notification holds no event, and sends the others', async () => {
    // Prepare
    const good = { Sns: { Message: JSON.stringify(sample('call-request.visitor.json')) } };
    writeFileSync(WRITTEN, JSON.stringify({ Records: [{ eventSource: 'aws:s3' }, good] }));
    // Act
    const { code, stdout, stderr } = await commandHere('call', [WRITTEN, '--json', '--now', '--speed', '200']);
    // Assess
    expect(stderr).toMatch(
      /^Records\[0\]: found an object with eventSource, expected the event in Sns.Message .*\.\n$/,
    );
    expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'invalid_event' }, { outcome: 'completed' }]);
    expect(code).toBe(0);
  });

  it('says how a file must be saved that is not written in UTF-8', async () => {
    writeFileSync(WRITTEN, `\uFEFF${JSON.stringify(sample('call-request.visitor.json'))}`, 'utf16le');
    const { code, stderr } = await commandHere('call', [WRITTEN]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${WRITTEN} is not UTF-8: save it as UTF-8\n` });
  });

  it('says where a file stops being JSON, and nothing of what is in it', async () => {
    writeFileSync(WRITTEN, '{\n  "09012345678": x}');
    const { code, stderr } = await commandHere('call', [WRITTEN]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${WRITTEN} stops being JSON at line 2, column 18\n` });
  });

  it('exits 1 on an event that the rule does not match, and says why', async () => {
    const { code, stdout } = await commandHere('call', ['events/unmatched.json']);
    expect(code).toBe(1);
    expect(stdout).toContain('detail.name is "another_action"');
  });

  it.each<[string, string[], string, RegExp]>([
    ['a file that is not there', ['events/none.json'], '', /cannot be read/],
    ['text that is not JSON', [WRITTEN], 'hello', /stops being JSON/],
    ['JSON that is no object', [WRITTEN], '[]', /is not an event/],
    ['Records that are no list', [WRITTEN], '{"Records":5}', /no SNS notification/],
    ['a notification of nothing', [WRITTEN], '{"Records":[]}', /contains no record/],
    ['a Detail that is not JSON', [WRITTEN], '{"DetailType":"KARTE Action","Detail":"{"}', /Detail .* is not JSON/],
    ['no event at all', [], '', /expected one event/],
    ['an unknown option', ['events/unmatched.json', '--jsno'], '', /--jsno/],
    ['an impossible value', ['events/unmatched.json', '--agents', 'many'], '', /--agents is many/],
  ])('exits 2 on %s, with one clear sentence', async (_, args, text, sentence) => {
    // Prepare
    writeFileSync(WRITTEN, text);
    // Act
    const { code, stdout, stderr } = await commandHere('call', args);
    // Assess
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe('');
  });

  it.each(['call', 'start', 'bench'])('%s explains itself with --help', async (tool) => {
    const { code, stdout } = await commandHere(tool, ['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--help');
  });
});
