import './environment-of-dev.ts';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ContactNews } from '../../domain/contact-news.ts';
import { CALL_ERRORS, CallError, type CallErrorName } from '../../domain/errors.ts';
import { METRICS, type Measure } from '../../domain/metrics.ts';
import { type Ending, OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { metricsOf } from '../../resources/alarm-metrics.ts';
import { alarmRows } from '../../resources/alarm-rows.ts';
import { prepareCentre } from '../functions/centre.ts';
import {
  CONTACT_ID,
  GOOD_CONTENT,
  karteEvent,
  lambdaContext,
  NOW,
  recordingLog,
  recordingMeasure,
  secondsAfter,
  stage as stageOfTheTests,
} from '../functions/function-support.ts';
import { prepareCall } from '../functions/placed-call-world.ts';
import { prepareRecordOutcome, READY } from '../functions/record-outcome-world.ts';
import { prepareTables } from '../functions/tables.ts';
import { PROJECT } from '../run-command.ts';
import { AWS_METRICS } from './aws-metrics.ts';
import { type AlarmProperties, alarmsOf, type StageAlarms, WITH_EVERYTHING, watchedBy } from './stage-alarms.ts';

type Measured = Record<string, number | string>;

/** A request, and what it measures where it ends so. */
async function endedAs(ending: Ending): Promise<Measured[]> {
  const { measured, run } = await prepareRecordOutcome();
  const placed = { contactId: CONTACT_ID, placedAt: NOW.toISOString() };
  await run({ ...READY, ...(ending.outcome === 'call_placed' ? placed : { ending }) });
  return measured;
}

const at = (seconds: number) => secondsAfter(seconds).getTime();
/** What Amazon Connect tells of calls that are over; null where it tells nothing for as long as a call may last. */
const CALLS: readonly (ContactNews | null)[] = [
  { answeredAt: at(5), queuedAt: at(10), agentAt: at(20), endedAt: at(30), reason: 'CUSTOMER_DISCONNECT' },
  { answeredAt: at(5), endedAt: at(30), reason: 'CUSTOMER_DISCONNECT' },
  { answeredAt: at(5), endedAt: at(30), result: 'no_key_pressed', reason: 'CONTACT_FLOW_DISCONNECT' },
  { endedAt: at(30), reason: 'TELECOM_TIMEOUT' },
  { endedAt: at(30), reason: 'TELECOM_BUSY' },
  { endedAt: at(30), reason: 'TELECOM_NUMBER_INVALID' },
  null,
];

async function calledAs(news: ContactNews | null): Promise<Measured[]> {
  const { centre, clock, look, measured } = await prepareCall();
  if (news) centre.contacts[CONTACT_ID] = news;
  clock.at = secondsAfter(news ? 61 : 7_201);
  await look();
  return measured;
}

async function askedFor(): Promise<Measured[]> {
  const { validateRequest } = await import('../../functions/validate-request.ts');
  const { measure, measured } = recordingMeasure();
  const keys = { read: () => Promise.reject() };
  const dependencies = { stage: stageOfTheTests, keys, now: () => NOW, log: recordingLog(), measure };
  await validateRequest(dependencies)(karteEvent(GOOD_CONTENT));
  return measured;
}

async function lookedAtStage(): Promise<Measured[]> {
  const { measureStage } = await import('../../functions/shared/measure-stage.ts');
  const tables = prepareTables();
  const { measure, measured } = recordingMeasure();
  const centre = prepareCentre(tables);
  await centre.readings.agents();
  const executions = { startedBetween: async () => [], outputOf: async () => undefined };
  const stage = { ...stageOfTheTests, agents: stageOfTheTests.agents };
  await measureStage({ ...tables, stage, centre: centre.readings, executions, log: recordingLog(), measure });
  return measured;
}

/** All lines that the functions of a stage write, run one after the other, by the adapter and the wrapper that are deployed. */
async function linesOf(): Promise<Record<string, unknown>[]> {
  const endings = Object.entries(OUTCOMES).flatMap(([outcome, { reasons }]) =>
    Object.keys(reasons).map((reason) => ({ outcome, reason }) as Ending),
  );
  const measured = [await askedFor(), await lookedAtStage()];
  for (const ending of endings) measured.push(await endedAs(ending));
  for (const news of CALLS) measured.push(await calledAs(news));

  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(console, 'error').mockReturnValue();
  const { measure } = await import('../../adapters/measure.ts');
  for (const one of measured.flat()) replay(measure, one);
  const { lambdaHandler } = await import('../../adapters/lambda.ts');
  for (const error of Object.keys(CALL_ERRORS) as CallErrorName[]) {
    const failing = lambdaHandler(
      () => 'StartCall',
      () => Promise.reject(new CallError(error, 'a test')),
    );
    await Promise.resolve(failing({}, lambdaContext(), () => undefined)).catch(() => undefined);
  }
  const lines = written.mock.calls
    .flatMap(([text]) => String(text).split('\n'))
    .filter((line) => line.includes('_aws'));
  vi.restoreAllMocks();
  return lines.map((line) => JSON.parse(line));
}

/** Writes what a function measured. */
function replay(measure: Measure, one: Measured): void {
  const of = (isFigure: boolean) =>
    Object.fromEntries(Object.entries(one).filter(([name]) => name in METRICS === isFigure));
  measure(of(true) as never, of(false) as never);
}

interface Directive {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string; Unit: string }[];
}

/** Every metric that a line writes, with its dimensions and their values, as one text each. */
function metricsIn(line: Record<string, unknown>): string[] {
  const { CloudWatchMetrics } = line._aws as { CloudWatchMetrics: Directive[] };
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((set) =>
      Metrics.map(({ Name }) =>
        keyOf(
          Namespace,
          Name,
          set.map((name) => ({ Name: name, Value: line[name] })),
        ),
      ),
    ),
  );
}

const keyOf = (namespace: string, name: string, dimensions: { Name: string; Value: unknown }[]): string =>
  [namespace, name, ...dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()].join(' ');

let made: StageAlarms;
let lines: Record<string, unknown>[];
let watched: [string, ReturnType<typeof watchedBy>[number]][];
beforeAll(async () => {
  made = await alarmsOf('dev', WITH_EVERYTHING);
  lines = await linesOf();
  watched = Object.entries(made.alarms).flatMap(([id, alarm]) =>
    watchedBy(alarm).map((metric) => [id, metric] as const),
  ) as never;
});

describe('what an alarm looks at', () => {
  it('is what the functions write, by its namespace, its name, and its dimensions with their values', () => {
    // Prepare
    const written = new Set(lines.flatMap(metricsIn));
    const own = watched.filter(([, { Namespace }]) => !Namespace.startsWith('AWS/'));

    // Assess
    expect(own.length).toBeGreaterThan(20);
    const unwritten = own.filter(
      ([, { Namespace, MetricName, Dimensions }]) => !written.has(keyOf(Namespace, MetricName, Dimensions)),
    );
    expect(unwritten.map(([id, { MetricName }]) => `${id}: ${MetricName}`)).toEqual([]);
  });

  it('is in a table of which the functions write every metric, in every set of its dimensions', () => {
    const directives = lines.flatMap((line) => (line._aws as { CloudWatchMetrics: Directive[] }).CloudWatchMetrics);
    const written = directives.flatMap(({ Dimensions, Metrics }) =>
      Metrics.flatMap(({ Name, Unit }) => Dimensions.map((set) => [Name, Unit, ...set].join(' '))),
    );
    const table = Object.entries(METRICS).flatMap(([name, { unit, dimensions }]) =>
      dimensions.map((set) => [name, unit, 'service', ...set].join(' ')),
    );
    expect([...new Set(written)].sort()).toEqual(table.sort());
  });

  it('is what a service of AWS is documented to write', () => {
    const ofAws = watched.filter(([, { Namespace }]) => Namespace.startsWith('AWS/'));
    expect(ofAws.length).toBeGreaterThan(20);
    for (const [id, { Namespace, MetricName, Dimensions }] of ofAws) {
      const known = AWS_METRICS[Namespace]?.metrics[MetricName];
      expect(known, `${id}: ${Namespace} ${MetricName}`).toContainEqual(Dimensions.map(({ Name }) => Name));
    }
  });
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
describe('an alarm', () => {
  const each = (check: (alarm: AlarmProperties, id: string) => boolean): string[] =>
    Object.entries(made.alarms).flatMap(([id, alarm]) => (check(alarm, id) ? [] : [id]));

  it('looks at ten metrics at most, by ids that CloudWatch takes', () => {
    expect(
      each(({ Metrics = [] }) => {
        const stats = Metrics.filter(({ MetricStat }) => MetricStat);
        return stats.length <= 10 && Metrics.every(({ Id }) => /^[a-z]\w{0,254}$/.test(Id));
      }),
    ).toEqual([]);
    expect(each(({ Metrics = [] }) => new Set(Metrics.map(({ Id }) => Id)).size === Metrics.length)).toEqual([]);
  });

  it('says in both languages what is wrong, in 1,024 characters, and links to its section of the runbook', () => {
    expect(
      each(({ AlarmDescription, AlarmName }) => {
        const [en = '', ja = '', link = ''] = AlarmDescription.split('\n');
        const section = AlarmName.replace('karte-connect-call-dev-', '');
        return (
          AlarmDescription.length <= 1_024 &&
          /^[ -~]+$/.test(en) &&
          /[ぁ-ん]/.test(ja) &&
          link === `docs/runbook.md#${section}`
        );
      }),
    ).toEqual([]);
  });

  it('looks at every contact flow of the stage', () => {
    const flows = watchedBy(made.alarms.FlowErrorsAlarm as AlarmProperties).flatMap(({ Dimensions }) =>
      Dimensions.flatMap(({ Name, Value }) => (Name === 'ContactFlowName' ? [Value] : [])),
    );
    const deployed = readdirSync(join(PROJECT, 'contact-flows')).filter((name) => name.endsWith('.json'));
    expect(flows.sort()).toEqual(
      deployed.map((name) => `karte-connect-call-dev-${name.slice(0, -'.json'.length)}`).sort(),
    );
  });

  it('tells when it is over, where it lasts until somebody acts', () => {
    const lasting = [
      'FailedSetup',
      'DeadLetters',
      'ReleaseDeadLetters',
      'ReleaseLate',
      'SweepSilent',
      'CallingStopped',
    ];
    expect(lasting.filter((id) => made.alarms[`${id}Alarm`]?.OKActions === undefined)).toEqual([]);
  });

  it('has an id and a name of its own, whatever a stage asks for', () => {
    const { file, environment } = made.stage;
    const rows = alarmRows(file, metricsOf(file, environment, { flowNames: ['a flow'], instanceId: 'an instance' }));
    for (const key of ['id', 'name'] as const) expect(new Set(rows.map((row) => row[key])).size).toBe(rows.length);
  });

  it('links to the address where a stage says it', async () => {
    const runbookUrl = 'https://git.example.com/calls/docs/runbook.md';
    const { alarms } = await alarmsOf('dev', { alarms: { runbookUrl } });
    expect(alarms.DeadLettersAlarm?.AlarmDescription).toMatch(
      /\nhttps:\/\/git\.example\.com\/calls\/docs\/runbook\.md#dead-letters$/,
    );
  });

  it('tells the topic of the settings and that of the stack; nobody where there is neither', async () => {
    const alarmTopicArn = 'arn:aws:sns:ap-northeast-1:123456789012:call-alarms';
    const both = (await alarmsOf('dev', { alarmTopicArn, alarms: { addresses: ['call-alarms@example.com'] } })).alarms;
    expect(both.SweepSilentAlarm).toMatchObject({
      AlarmActions: [alarmTopicArn, { Ref: 'AlarmTopic' }],
      OKActions: [alarmTopicArn, { Ref: 'AlarmTopic' }],
    });
    expect(both.SilentCallsAlarm?.OKActions).toHaveLength(2);
    expect(made.alarms.DeadLettersAlarm?.AlarmActions).toEqual([]);
  });

  it('rings for every outcome that an operator must act on', () => {
    const must = (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => OUTCOMES[outcome].failsExecution);
    const looked = watched.flatMap(([, { MetricName, Dimensions }]) =>
      MetricName === 'RequestsEnded'
        ? Dimensions.flatMap(({ Name, Value }) => (Name === 'outcome' ? [Value] : []))
        : [],
    );
    expect(must.filter((outcome) => !looked.includes(outcome))).toEqual([]);
  });

  it('rings for every way in which visitors are turned away; a stop is measured by itself', () => {
    const away = (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => OUTCOMES[outcome].class === 'unavailable');
    const looked = watched.flatMap(([, { MetricName, Dimensions }]) =>
      MetricName === 'RequestsEnded' ? Dimensions.map(({ Value }) => Value) : [],
    );
    expect(away.filter((outcome) => !looked.includes(outcome))).toEqual(['calling_disabled']);
    expect(watched.map(([, { MetricName }]) => MetricName)).toContain('Stopped');
  });
});
