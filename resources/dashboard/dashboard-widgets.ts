import type { MetricName } from '../../domain/metrics.ts';
import type { OutcomeClass, OutcomeRow, Sentence } from '../../domain/outcome-row.ts';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { costOf, MINUTES_OF_A_CALL, USAGE_OF_A_CALL, USD_OF_A_MINUTE } from '../prices.ts';
import { CALL_WORDS, TITLES, WORDS } from './dashboard-words.ts';
import { deadLetters, executions, ofFunction } from './metrics-of-aws.ts';
import type { Line, MeasuredLine, Metric, Tone, Widget } from './widget.ts';
import { calculated, hidden, inRows, measured, widget } from './widget-parts.ts';

/** What the dashboard needs of a stage. */
interface DashboardStage {
  /** Namespace and service of the metrics that the functions write. */
  namespace: string;
  service: string;
  /** Names of its functions in serverless.yml. */
  functions: readonly string[];
}

/** A metric that the functions of the stage write. */
type Own = (name: MetricName, dimensions?: Record<string, string>) => Metric;

/**
 * The dashboard of a stage, for CloudWatch and for the board of the local stack: requests and their results, waiting times, load
 * on agents and lines, errors, and the cost of the day.
 */
export function dashboardWidgets({ namespace, service, functions }: DashboardStage): Widget[] {
  const own: Own = (name, dimensions = {}) => ({ namespace, name, dimensions: { service, ...dimensions } });
  return inRows([
    {
      height: 3,
      widgets: [
        [16, widget('now', 'now', 'count', TITLES.now, linesOfNow(own))],
        [8, widget('cost', 'total', 'dollars', TITLES.cost, linesOfCost(own))],
      ],
    },
    {
      height: 7,
      widgets: [
        [12, widget('funnel', 'bars', 'count', TITLES.funnel, linesOfFunnel(own))],
        [12, widget('reasons', 'table', 'count', TITLES.reasons, linesOfReasons(own))],
      ],
    },
    {
      height: 6,
      widgets: [
        [12, widget('requests', 'lines', 'count', TITLES.requests, linesOfRequests(own))],
        [12, widget('ends', 'bars', 'count', TITLES.ends, linesOfEnds(own))],
      ],
    },
    {
      height: 6,
      widgets: [
        [8, widget('to-placed', 'lines', 'milliseconds', TITLES.toPlaced, spread(own('WaitToPlaced')))],
        [8, widget('to-ring', 'lines', 'milliseconds', TITLES.toRing, spread(own('TimeToRing')))],
        [8, widget('to-agent', 'lines', 'milliseconds', TITLES.toAgent, spread(own('TimeToAgent')))],
      ],
    },
    {
      height: 6,
      widgets: [
        [8, widget('busy', 'lines', 'count', TITLES.busy, linesOfBusy(own))],
        [8, widget('errors', 'lines', 'count', TITLES.errors, linesOfErrors(functions))],
        [8, widget('dead-letters', 'lines', 'count', TITLES.deadLetters, linesOfDeadLetters())],
      ],
    },
  ]);
}

/** What is measured once a minute. */
const gauge = (id: string, tone: Tone, metric: Metric, label: Sentence): MeasuredLine =>
  measured(id, tone, metric, 'Maximum', label);

const linesOfNow = (own: Own): Line[] => [
  gauge('waiting', 'placed', own('RequestsWaiting'), WORDS.waiting),
  gauge('oldest', 'missed', own('OldestWaitSeconds'), { ja: '最長の待ち時間 (秒)', en: 'longest wait (s)' }),
  gauge('lines', 'asked', own('LinesInUse'), WORDS.lines),
  gauge('agents', 'reached', own('AgentsAvailable'), WORDS.agents),
  gauge('open', 'dim', own('OpenNow'), {
    ja: 'いまおかけできるか (1: できる、0: できない)',
    en: 'calls go out now (1) or not (0)',
  }),
];

const linesOfBusy = (own: Own): Line[] => [
  gauge('agents', 'reached', own('AgentsAvailable'), WORDS.agents),
  gauge('lines', 'asked', own('LinesInUse'), WORDS.lines),
  gauge('waiting', 'placed', own('RequestsWaiting'), WORDS.waiting),
];

/** Telephone charges and AWS usage: an estimate from counts. */
const linesOfCost = (own: Own): Line[] => [
  hidden('asked', own('RequestsAsked')),
  ...answered(own),
  calculated('calls', 'placed', `SUM(METRICS("answered_")) * ${dollars(USD_OF_A_MINUTE * MINUTES_OF_A_CALL)}`, {
    ja: '通話',
    en: 'calls',
  }),
  calculated('project', 'asked', `asked * ${dollars(costOf(USAGE_OF_A_CALL))}`, {
    ja: 'このシステム',
    en: 'this system',
  }),
];

/** Numbers for metric math, which takes no exponents. */
const dollars = (usd: number): string => usd.toFixed(7);

function linesOfFunnel(own: Own): Line[] {
  const ended = (of: OutcomeClass): Line[] =>
    outcomesOf(of).map((outcome) => hidden(`${of}_${outcome}`, own('RequestsEnded', { outcome })));
  const sum = (of: Tone & OutcomeClass, label: Sentence): Line => calculated(of, of, `SUM(METRICS("${of}_"))`, label);
  return [
    ...NOT_CALLED.flatMap(ended),
    ...answered(own),
    measured('asked', 'asked', own('RequestsAsked'), 'Sum', WORDS.asked),
    sum('refused', { ja: '受付不可', en: 'refused' }),
    sum('unavailable', { ja: '対応不可', en: 'nobody available' }),
    sum('failed', { ja: '失敗', en: 'failed' }),
    // Counts do not show how many are waiting, as those were called in the end, or not.
    gauge('waiting', 'dim', own('RequestsWaiting'), { ja: '順番待ち (最大)', en: 'waiting, at most' }),
    measured('called', 'placed', own('CallsPlaced'), 'Sum', WORDS.called),
    calculated('answered', 'missed', 'SUM(METRICS("answered_"))', { ja: '応答', en: 'answered' }),
    measured('talked', 'reached', own('CallsEnded', { outcome: 'completed' }), 'Sum', WORDS.reached),
  ];
}

/** Every reason is listed; those that never occurred are not drawn. */
const linesOfReasons = (own: Own): Line[] => [
  ...NOT_CALLED.flatMap((of) =>
    outcomesOf(of).flatMap((outcome) =>
      Object.entries(rowOf(outcome).reasons).map(([reason, words], index) => ({
        ...hidden(`${outcome}_${index + 1}`, own('RequestsEnded', { outcome, reason }), of, words),
        code: `${outcome}: ${reason}`,
      })),
    ),
  ),
  calculated('most', 'dim', 'SORT(REMOVE_EMPTY(METRICS()), SUM, DESC, 10)'),
];

const linesOfRequests = (own: Own): Line[] => [
  hidden('asked', own('RequestsAsked'), 'asked', WORDS.asked),
  hidden('called', own('CallsPlaced'), 'placed', WORDS.called),
  hidden('talked', own('CallsEnded', { outcome: 'completed' }), 'reached', WORDS.reached),
  calculated('all', 'dim', 'FILL(METRICS(), 0)'),
];

const linesOfEnds = (own: Own): Line[] =>
  outcomesOf('reached', 'missed').map((outcome) => {
    const row = rowOf(outcome);
    return measured(outcome, row.class, own('CallsEnded', { outcome }), 'Sum', CALL_WORDS[outcome] ?? row);
  });

const spread = (metric: Metric): Line[] => [
  measured('median', 'placed', metric, 'p50', { ja: '中央値', en: 'median' }),
  measured('p95', 'missed', metric, 'p95', { ja: '95%', en: '95 %' }),
];

const linesOfErrors = (functions: readonly string[]): Line[] => [
  measured('executions', 'failed', executions('ExecutionsFailed'), 'Sum', {
    ja: '失敗した実行',
    en: 'executions failed',
  }),
  measured('timeouts', 'unavailable', executions('ExecutionsTimedOut'), 'Sum', {
    ja: 'タイムアウトした実行',
    en: 'executions timed out',
  }),
  ...functions.flatMap((name) => [
    hidden(`errors_${name}`, ofFunction('Errors', name)),
    hidden(`throttles_${name}`, ofFunction('Throttles', name)),
  ]),
  calculated('errors', 'refused', 'SUM(METRICS("errors_"))', { ja: '関数のエラー', en: 'function errors' }),
  calculated('throttles', 'missed', 'SUM(METRICS("throttles_"))', {
    ja: '関数のスロットリング',
    en: 'functions throttled',
  }),
];

const linesOfDeadLetters = (): Line[] => [
  gauge('events', 'failed', deadLetters('DeadLetterQueue'), { ja: 'イベント', en: 'events' }),
  gauge('release', 'missed', deadLetters('ReleaseDeadLetterQueue'), {
    ja: '順番待ちの再開通知',
    en: 'ticks of the waiting line',
  }),
];

/** Endings of a request without a call. */
const NOT_CALLED = ['refused', 'unavailable', 'failed'] as const;
/** Endings of a call that was answered, by a person or a machine. */
const ANSWERED = ['completed', 'abandoned', 'no_key_pressed'] as const satisfies Outcome[];

const answered = (own: Own): Line[] =>
  ANSWERED.map((outcome) => hidden(`answered_${outcome}`, own('CallsEnded', { outcome })));

const rowOf = (outcome: Outcome): OutcomeRow => OUTCOMES[outcome];

const outcomesOf = (...classes: readonly OutcomeClass[]): Outcome[] =>
  (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => classes.includes(OUTCOMES[outcome].class));
