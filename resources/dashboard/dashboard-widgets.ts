import type { MetricName } from '../../domain/metrics.ts';
import type { OutcomeClass, OutcomeRow, Sentence } from '../../domain/outcome-row.ts';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { costOf, MINUTES_OF_A_CALL, USAGE_OF_A_CALL, USD_OF_A_MINUTE } from '../prices.ts';
import { deadLetters, executions, ofFunction } from './aws-metrics.ts';
import type { Line, MeasuredLine, Metric, Statistic, Tone, View, Widget } from './widget.ts';

/** The stage as its dashboard needs it. */
interface DashboardStage {
  /** Namespace and service of the metrics that the functions write. */
  namespace: string;
  service: string;
  /** Names of its functions in serverless.yml. */
  functions: readonly string[];
}

/**
 * The dashboard of a stage, for CloudWatch and for the board of the local stack alike: what is asked for and what becomes of
 * it, how long people wait, who and what is busy, what goes wrong, what the day costs.
 */
export function dashboardWidgets(stage: DashboardStage): Widget[] {
  const own = (name: MetricName, dimensions: Record<string, string> = {}): Metric => ({
    namespace: stage.namespace,
    name,
    dimensions: { service: stage.service, ...dimensions },
  });
  const ended = (outcome: Outcome, reason?: string): Metric =>
    own('RequestsEnded', reason === undefined ? { outcome } : { outcome, reason });
  const called = own('CallsPlaced');
  const asked = own('RequestsAsked');
  const callEnded = (outcome: Outcome): Metric => own('CallsEnded', { outcome });
  const byClass = (wanted: OutcomeClass): MeasuredLine[] =>
    outcomesOf(wanted).map((outcome) => hidden(`${wanted}_${outcome}`, ended(outcome)));
  const answered = ANSWERED.map((outcome) => hidden(`answered_${outcome}`, callEnded(outcome)));

  const now = (id: string, tone: Tone, name: MetricName, label: Sentence) =>
    measured(id, tone, own(name), 'Maximum', label);
  const spread = (name: MetricName): Line[] => [
    measured('median', 'placed', own(name), 'p50', { ja: '中央値', en: 'median' }),
    measured('p95', 'missed', own(name), 'p95', { ja: '95 %', en: '95 %' }),
  ];

  return inRows([
    [
      3,
      [
        [
          16,
          widget('now', 'now', 'count', { ja: '現在の状況', en: 'Now' }, [
            now('waiting', 'placed', 'RequestsWaiting', WORDS.waiting),
            now('oldest', 'missed', 'OldestWaitSeconds', { ja: '最長の待ち時間 (秒)', en: 'longest wait (s)' }),
            now('lines', 'asked', 'LinesInUse', WORDS.lines),
            now('agents', 'reached', 'AgentsAvailable', WORDS.agents),
            now('open', 'dim', 'OpenNow', { ja: '受付中 (1 = はい)', en: 'open (1 = yes)' }),
          ]),
        ],
        [
          8,
          widget('cost', 'total', 'dollars', COST_TITLE, [
            hidden('asked', asked),
            ...answered,
            calculated(
              'calls',
              'placed',
              `SUM(METRICS("answered_")) * ${dollars(USD_OF_A_MINUTE * MINUTES_OF_A_CALL)}`,
              {
                ja: '通話',
                en: 'calls',
              },
            ),
            calculated('project', 'asked', `asked * ${dollars(costOf(USAGE_OF_A_CALL))}`, {
              ja: 'このシステム',
              en: 'this system',
            }),
          ]),
        ],
      ],
    ],
    [
      7,
      [
        [
          12,
          widget('funnel', 'bars', 'count', { ja: 'お申し込みから通話まで', en: 'From request to conversation' }, [
            measured('asked', 'asked', asked, 'Sum', WORDS.asked),
            ...byClass('refused'),
            ...byClass('unavailable'),
            ...byClass('failed'),
            ...answered,
            calculated('refused', 'refused', 'SUM(METRICS("refused_"))', { ja: '受付不可', en: 'refused' }),
            calculated('unavailable', 'unavailable', 'SUM(METRICS("unavailable_"))', {
              ja: '対応不可',
              en: 'nobody to call',
            }),
            calculated('failed', 'failed', 'SUM(METRICS("failed_"))', { ja: '失敗', en: 'failed' }),
            measured('waiting', 'dim', own('RequestsWaiting'), 'Maximum', {
              ja: '順番待ち (最大)',
              en: 'waiting, at most',
            }),
            measured('called', 'placed', called, 'Sum', WORDS.called),
            calculated('answered', 'missed', 'SUM(METRICS("answered_"))', { ja: '応答', en: 'answered' }),
            measured('talked', 'reached', callEnded('completed'), 'Sum', WORDS.talked),
          ]),
        ],
        [
          12,
          widget(
            'reasons',
            'table',
            'count',
            { ja: 'おかけしなかった理由 (多い順)', en: 'Why nobody was called (most first)' },
            [
              ...NOT_CALLED.flatMap((of) =>
                outcomesOf(of).flatMap((outcome) =>
                  Object.entries(rowOf(outcome).reasons).map(([reason, words], index) => ({
                    ...hidden(`${outcome}_${index + 1}`, ended(outcome, reason), of),
                    label: words,
                    code: `${outcome}: ${reason}`,
                  })),
                ),
              ),
              calculated('most', 'dim', 'SORT(REMOVE_EMPTY(METRICS()), SUM, DESC, 10)'),
            ],
          ),
        ],
      ],
    ],
    [
      6,
      [
        [
          12,
          widget('requests', 'lines', 'count', { ja: 'お申し込みと発信の推移', en: 'Requests and calls over time' }, [
            { ...hidden('asked', asked, 'asked'), label: WORDS.asked },
            { ...hidden('called', called, 'placed'), label: WORDS.called },
            { ...hidden('talked', callEnded('completed'), 'reached'), label: WORDS.talked },
            calculated('all', 'dim', 'FILL(METRICS(), 0)'),
          ]),
        ],
        [
          12,
          widget(
            'ends',
            'bars',
            'count',
            { ja: 'お電話の結果', en: 'How calls ended' },
            outcomesOf('reached', 'missed').map((outcome) =>
              measured(outcome, rowOf(outcome).class, callEnded(outcome), 'Sum', CALL_WORDS[outcome] ?? rowOf(outcome)),
            ),
          ),
        ],
      ],
    ],
    [
      6,
      [
        [
          8,
          widget(
            'to-placed',
            'lines',
            'milliseconds',
            { ja: 'お申し込みから発信まで', en: 'From the click to the call' },
            spread('WaitToPlaced'),
          ),
        ],
        [
          8,
          widget(
            'to-ring',
            'lines',
            'milliseconds',
            { ja: 'お申し込みから呼び出しまで', en: 'From the click to the ring' },
            spread('TimeToRing'),
          ),
        ],
        [
          8,
          widget(
            'to-agent',
            'lines',
            'milliseconds',
            { ja: '応答からオペレーターまで', en: 'From pick-up to the agent' },
            spread('TimeToAgent'),
          ),
        ],
      ],
    ],
    [
      6,
      [
        [
          8,
          widget('busy', 'lines', 'count', { ja: 'オペレーター・回線・順番待ち', en: 'Agents, lines and who waits' }, [
            now('agents', 'reached', 'AgentsAvailable', WORDS.agents),
            now('lines', 'asked', 'LinesInUse', WORDS.lines),
            now('waiting', 'placed', 'RequestsWaiting', WORDS.waiting),
          ]),
        ],
        [
          8,
          widget('errors', 'lines', 'count', { ja: 'エラー', en: 'Errors' }, [
            measured('executions', 'failed', executions('ExecutionsFailed'), 'Sum', {
              ja: '失敗した実行',
              en: 'executions failed',
            }),
            measured('timeouts', 'unavailable', executions('ExecutionsTimedOut'), 'Sum', {
              ja: '時間切れの実行',
              en: 'executions timed out',
            }),
            ...stage.functions.flatMap((name) => [
              hidden(`errors_${name}`, ofFunction('Errors', name)),
              hidden(`throttles_${name}`, ofFunction('Throttles', name)),
            ]),
            calculated('errors', 'refused', 'SUM(METRICS("errors_"))', { ja: '関数のエラー', en: 'function errors' }),
            calculated('throttles', 'missed', 'SUM(METRICS("throttles_"))', {
              ja: '関数の実行制限',
              en: 'functions throttled',
            }),
          ]),
        ],
        [
          8,
          widget('dead-letters', 'lines', 'count', { ja: '届かなかったもの (デッドレター)', en: 'Dead letters' }, [
            measured('events', 'failed', deadLetters('DeadLetterQueue'), 'Maximum', { ja: 'イベント', en: 'events' }),
            measured('release', 'missed', deadLetters('ReleaseDeadLetterQueue'), 'Maximum', {
              ja: '順番待ちの再開通知',
              en: 'ticks of the waiting line',
            }),
          ]),
        ],
      ],
    ],
  ]);
}

/** Endings of a request without a call. */
const NOT_CALLED = ['refused', 'unavailable', 'failed'] as const;
/** Endings of a call that somebody, or something, answered. */
const ANSWERED = ['completed', 'abandoned', 'no_key_pressed'] as const satisfies Outcome[];

const WORDS = {
  asked: { ja: 'お申し込み', en: 'asked' },
  called: { ja: '発信', en: 'called' },
  talked: { ja: '通話', en: 'talked' },
  waiting: { ja: '順番待ち', en: 'waiting' },
  lines: { ja: '使用中の回線', en: 'lines in use' },
  agents: { ja: '対応可能なオペレーター', en: 'agents available' },
} as const satisfies Record<string, Sentence>;

/** The sentences of the outcomes are too long for a legend. */
const CALL_WORDS: Partial<Record<Outcome, Sentence>> = {
  completed: WORDS.talked,
  abandoned: { ja: '途中で切断', en: 'hung up before' },
  no_key_pressed: { ja: '1 が押されず', en: 'no key pressed' },
  not_answered: { ja: '応答なし', en: 'not answered' },
  busy: { ja: 'お話し中', en: 'busy' },
  failed_to_connect: { ja: 'つながらず', en: 'not connected' },
  lost: { ja: '結果不明', en: 'not known' },
};

const COST_TITLE: Sentence = {
  ja: `1 日の費用 (米ドル、概算: 通話を ${MINUTES_OF_A_CALL} 分として計算)`,
  en: `Cost of the day (USD, an estimate: calls of ${MINUTES_OF_A_CALL} min)`,
};

const rowOf = (outcome: Outcome): OutcomeRow => OUTCOMES[outcome];

const outcomesOf = (...classes: readonly OutcomeClass[]): Outcome[] =>
  (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => classes.includes(OUTCOMES[outcome].class));

const measured = (id: string, tone: Tone, metric: Metric, statistic: Statistic, label: Sentence): MeasuredLine => ({
  id,
  tone,
  metric,
  statistic,
  label,
});

const hidden = (id: string, metric: Metric, tone: Tone = 'dim'): MeasuredLine => ({
  id,
  tone,
  metric,
  statistic: 'Sum',
  hidden: true,
});

const calculated = (id: string, tone: Tone, expression: string, label?: Sentence): Line => ({
  id,
  tone,
  expression,
  ...(label && { label }),
});

/** As metric math reads numbers: without an exponent. */
const dollars = (usd: number): string => usd.toFixed(7);

type Unplaced = Omit<Widget, 'x' | 'y' | 'width' | 'height'>;

const widget = (id: string, view: View, unit: Widget['unit'], title: Sentence, lines: readonly Line[]): Unplaced => ({
  id,
  view,
  unit,
  title,
  lines,
});

/** Puts widgets beside and below one another, from the top. */
function inRows(
  rows: readonly (readonly [height: number, widgets: readonly (readonly [width: number, Unplaced])[]])[],
): Widget[] {
  let y = 0;
  return rows.flatMap(([height, widgets]) => {
    let x = 0;
    const placed = widgets.map(([width, unplaced]) => {
      const at = { ...unplaced, x, y, width, height };
      x += width;
      return at;
    });
    y += height;
    return placed;
  });
}
