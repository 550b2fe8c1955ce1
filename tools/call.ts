import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EXIT, oneOf, runCommand, UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import { type CallRecord, maskRecord } from '../domain/call-record.ts';
import { isObject } from '../domain/json-object.ts';
import { parseJson, whereNoJson } from '../domain/json-text.ts';
import { kindOfValue } from '../domain/kind-of-value.ts';
import { recordsOf, unwrapRecord } from '../domain/sns-notification.ts';
import { atSlot } from '../packages/sandbox/at-slot.ts';
import { FAULT_KINDS } from '../packages/sandbox/connect/connect-faults.ts';
import type { Event } from '../packages/sandbox/event-bus.ts';
import type { Stack } from '../packages/sandbox/stack.ts';
import type { StackOptions } from '../packages/sandbox/start-stack.ts';
import type { Execution } from '../packages/sandbox/state-machine.ts';
import { type CallReport, callReport } from './call-report.ts';
import { liveReport } from './live-report.ts';

const HELP = `Sends one event through the whole path on this machine and shows the result.

  npm run call -- <event.json | -> [options]

  <event.json>   an event as EventBridge delivers it, a PutEvents entry, or a notification of SNS, or of SQS with SNS;
                 a list of events or entries, as put-events takes it, with one in it; - reads standard input

  --json             print one JSON document and nothing else
  --now              send the event as if it happened now, whatever its time says, and for the current slot if it
                     chooses a time (call_at)
  --agents N         free agents (default 2); with 0 the request waits for one until its deadline
  --hours open|closed        the queue's opening hours (default open, at any hour)
  --queue enabled|disabled   the queue's status (default enabled)
  --answer human|voicemail|no-answer|busy|unreachable        who or what answers the phone (default human)
  --patience N       the customer hangs up N seconds after the answer if no agent has come
  --missed N         N agents miss the call before one takes it (default 0); as in production, the record infers it from
                     a wait of 20 s: use --speed 1
  --transfer agent|flow      the agent or the flow of the queue transfers the call; may be repeated
  --fault NAME[:TIMES]       a fault of Amazon Connect at StartOutboundVoiceContact, once or TIMES times; may be repeated.
                             The timeline tells which requests it hit (--json: faults):
                             ${FAULT_KINDS.join(', ')}
  --speed N          how many times faster than real time ringing, speech and waits go (default 50)
  --verbose          print the functions' log lines to standard error
  --help             this text

Exit code: 0 the request reached an outcome, 1 it did not (the rule does not match, or it is a dead letter),
2 the input cannot be used.
`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  now: { type: 'boolean', default: false },
  agents: { type: 'string', default: '2' },
  hours: { type: 'string', default: 'open' },
  queue: { type: 'string', default: 'enabled' },
  answer: { type: 'string', default: 'human' },
  patience: { type: 'string' },
  missed: { type: 'string', default: '0' },
  transfer: { type: 'string', multiple: true },
  fault: { type: 'string', multiple: true },
  speed: { type: 'string', default: '50' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const [source, ...more] = positionals;
  if (source === undefined || more.length > 0) {
    throw new UsageError('expected one event: npm run call -- events/call-request.visitor.json (--help shows all)');
  }
  const event = readEvent(source, values.now);
  const speed = wholeNumber('--speed', values.speed, 1, 1000);
  const options: StackOptions = {
    speed,
    agents: wholeNumber('--agents', values.agents, 0, 100),
    answer: oneOf('--answer', values.answer, ['human', 'voicemail', 'no-answer', 'busy', 'unreachable'] as const),
    missedBy: wholeNumber('--missed', values.missed, 0, 100),
    transfers: (values.transfer ?? []).map((by) => ({ by: oneOf('--transfer', by, ['agent', 'flow'] as const) })),
    ...(values.patience !== undefined && { patience: wholeNumber('--patience', values.patience, 0, 100_000) }),
    queuesOpen: oneOf('--hours', values.hours, ['open', 'closed'] as const) === 'open',
    queuesEnabled: oneOf('--queue', values.queue, ['enabled', 'disabled'] as const) === 'enabled',
    ...(values.verbose && { onLog: (line: string) => console.error(line) }),
  };
  const faults = (values.fault ?? []).map(parseFault);

  // Imported lazily, so that --help and usage errors are answered at once.
  const { startStack } = await import('../packages/sandbox/start-stack.ts');
  let heard: ReturnType<typeof liveReport>['contactChanged'] = () => undefined;
  const stack = await startStack({ ...options, onContact: (contact) => heard(contact) });
  const follow = (execution: Execution) => {
    const live = liveReport(stack, execution, speed, print);
    heard = live.contactChanged;
    return live;
  };
  try {
    for (const fault of faults) stack.connect.addFault(fault);
    const chosen = values.now ? atSlot(event, stack.service.stage, Date.now()) : event;
    return await send(stack, chosen, values.json ? undefined : follow);
  } finally {
    await stack.close();
  }
}

const print = (lines: string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
};

/** @param follow prints what happens to a request; without it everything is printed as JSON */
async function send(
  stack: Stack,
  event: Event,
  follow: ((execution: Execution) => ReturnType<typeof liveReport>) | undefined,
): Promise<number> {
  const printJson = (document: unknown) => print([JSON.stringify(document, null, 2)]);
  let executions: Execution[];
  if ('Records' in event) {
    for (const [index, record] of recordsOf(event).entries()) {
      const { problem } = unwrapRecord(record, new Date(), randomUUID());
      if (problem !== undefined) console.error(`Records[${index}]: ${problem}.`);
    }
    executions = await stack.notify(event);
    if (executions.length === 0) throw new UsageError('the notification contains no record');
  } else {
    const delivery = stack.put(event);
    if (delivery.result !== 'started') {
      const because = [delivery.because].flat();
      const what =
        delivery.result === 'unmatched' ? 'The rule does not match this event' : 'The event is a dead letter';
      if (!follow) printJson({ requestId: null, outcome: null, result: delivery.result, because });
      else process.stdout.write(`${what}: ${because.join('; ')}.\n`);
      return EXIT.problems;
    }
    executions = [delivery.execution];
  }
  const reports: CallReport[] = [];
  for (const execution of executions) {
    const live = follow?.(execution);
    await live?.path();
    await stack.idle();
    const ended = await report(stack, execution);
    live?.end(ended);
    reports.push(ended);
  }
  // One document for one request; a notification of several records gives a list.
  if (!follow) printJson(reports.length === 1 ? reports[0] : reports);
  return reports.every(({ outcome }) => outcome !== null) ? EXIT.fine : EXIT.problems;
}

/** The record of a request whose call is over. If the call ended before its request knew of it, the sweep finds out. */
async function settled(stack: Stack, requestId: string): Promise<CallRecord | undefined> {
  const record = await stack.record(requestId);
  if (record?.outcome !== 'call_placed') return record;
  await stack.runScheduled('sweepCalls');
  return stack.record(requestId);
}

async function report(stack: Stack, execution: Execution): Promise<CallReport> {
  const { timeZone } = stack.service.stage.file.callingHours;
  const { requestId } = callReport(execution, timeZone, undefined, undefined);
  const record = requestId === null ? undefined : await settled(stack, requestId);
  const contact = record?.contactId === undefined ? undefined : stack.connect.contact(record.contactId);
  const faults = { hits: stack.connect.faultHits(), left: stack.connect.faults() };
  return callReport(execution, timeZone, record && maskRecord(record), contact, faults);
}

function readEvent(source: string, now: boolean): Event {
  let text: string;
  try {
    text = readFileSync(source === '-' ? 0 : source, 'utf8');
  } catch {
    throw new UsageError(`${source} cannot be read: give the path of a file with one event, or - for standard input`);
  }
  let event: unknown;
  try {
    event = parseJson(text);
  } catch {
    // The decoder's replacement for invalid bytes: Windows PowerShell writes UTF-16 by default.
    if (text.includes('\uFFFD')) throw new UsageError(`${source} is not UTF-8: save it as UTF-8`);
    throw new UsageError(`${source} stops being JSON at ${whereNoJson(text)}`);
  }
  const only = onlyOf(event, source);
  if (!isObject(only)) {
    throw new UsageError(`${source} is not an event: found ${kindOfValue(only)}, expected a JSON object`);
  }
  return now ? happeningNow(only) : only;
}

/** The only element of a list, with or without `Entries` around it, as `aws events put-events` takes it. */
function onlyOf(event: unknown, source: string): unknown {
  const list = isObject(event) && event.detail === undefined ? (event.Entries ?? event) : event;
  if (!Array.isArray(list)) return list;
  if (list.length === 1) return list[0];
  throw new UsageError(`${source} is not an event but a list of ${list.length}: expected one, or a list with one`);
}

/** The event with the current time, whatever form it comes in. */
function happeningNow(event: Event): Event {
  const time = new Date().toISOString();
  if (Array.isArray(event.Records)) {
    const Records = event.Records.map((record: unknown) => {
      const { event: inside, problem } = unwrapRecord(record, new Date(), randomUUID());
      return problem === undefined ? { Sns: { Message: { ...inside, time } } } : record;
    });
    return { ...event, Records };
  }
  return 'Detail' in event ? { ...event, Time: time } : { ...event, time };
}

function parseFault(text: string) {
  const [name = '', times = '1'] = text.split(':');
  return { kind: oneOf('--fault', name, FAULT_KINDS), times: wholeNumber('--fault …:TIMES', times, 1, 1000) };
}

/** Errors whose message is for the author of the event. */
const UNUSABLE_EVENT = ['MalformedDetailError', 'UnusableNotificationError'];

await runCommand(main, (error) =>
  error instanceof Error && UNUSABLE_EVENT.includes(error.name) ? error.message : undefined,
);
