import type { Sentence } from './outcome-row.ts';

/** Dimensions of a metric, besides `service`, which every value has. */
type DimensionName = 'outcome' | 'reason' | 'step' | 'error';

interface MetricRow extends Sentence {
  unit: 'Count' | 'Milliseconds' | 'Seconds';
  /** Each value is written once per set, so that it can be queried by any of them. */
  dimensions: readonly (readonly DimensionName[])[];
}

/**
 * Everything that the functions measure; alarms, dashboard and tests rely on this table. A set of dimensions has at most 30 members,
 * and a line at most 100 metrics. Every value of a dimension is a custom metric that costs money, so all of them come from fixed
 * tables: outcomes and reasons, steps, and names of errors.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const METRICS = {
  RequestsAsked: {
    unit: 'Count',
    dimensions: [[]],
    ja: 'お客様のお申し込みの件数。同じイベントが 2 回届いた場合は 2 件と数え、2 件目は duplicate で終わります。',
    en: 'Requests from visitors. An event that is delivered twice counts twice, and the second one ends as duplicate.',
  },
  RequestsEnded: {
    unit: 'Count',
    dimensions: [['outcome'], ['outcome', 'reason']],
    ja: '終わったお申し込みの件数。結果と理由ごとに数えます。',
    en: 'Requests that ended, by outcome and by reason.',
  },
  CallsPlaced: {
    unit: 'Count',
    dimensions: [[]],
    ja: 'Amazon Connect が受け付けた発信の件数。',
    en: 'Calls that Amazon Connect accepted.',
  },
  CallsEnded: {
    unit: 'Count',
    dimensions: [['outcome']],
    ja: '終わった通話の件数。結果ごとに数えます。',
    en: 'Calls that have ended, by outcome.',
  },
  StepsFailed: {
    unit: 'Count',
    dimensions: [['step'], ['error']],
    ja: '失敗した処理の件数 (再試行されるものを含む)。処理ごと、エラーごとに数えます。',
    en: 'Failed steps, whether retried or not, by step and by error.',
  },
  WaitToPlaced: {
    unit: 'Milliseconds',
    dimensions: [[]],
    ja: 'お申し込みから、発信を依頼するまでの時間。後の日時をお約束したお申し込みは除きます。',
    en: 'From the click until Amazon Connect accepted the call; excludes requests that were promised a call for later.',
  },
  TimeToRing: {
    unit: 'Milliseconds',
    dimensions: [[]],
    ja: 'お申し込みから、Amazon Connect が電話をかけ始めるまでの時間。後の日時をお約束したお申し込みは除きます。',
    en: 'From the click until Amazon Connect began to dial, according to its own events; excludes requests that were promised a call for later.',
  },
  TimeToAgent: {
    unit: 'Milliseconds',
    dimensions: [[]],
    ja: 'お客様の応答から、オペレーターにつながるまでの時間。',
    en: 'From when the customer answered until an agent took the call.',
  },
  RequestsWaiting: {
    unit: 'Count',
    dimensions: [[]],
    ja: 'オペレーターを待っているお申し込みの件数。1 分ごと。',
    en: 'Requests waiting for an agent; once a minute.',
  },
  OldestWaitSeconds: {
    unit: 'Seconds',
    dimensions: [[]],
    ja: '順番待ちの先頭のお申し込みが待っている時間。夜間のお申し込みは営業開始から数えます。1 分ごと。',
    en: 'How long the first request in line has waited, counted from the opening if it was made overnight; once a minute.',
  },
  LinesInUse: {
    unit: 'Count',
    dimensions: [[]],
    ja: '使用中の回線の数。1 分ごと。',
    en: 'Outside lines in use; once a minute.',
  },
  AgentsAvailable: {
    unit: 'Count',
    dimensions: [[]],
    ja: '対応できるオペレーターの人数。これからつながる電話のために確保した人も含みます。直前に Amazon Connect から読み取ったときだけ。',
    en: 'Available agents, including those reserved for calls on their way to them; only if Amazon Connect was asked within the last minute.',
  },
  OpenNow: {
    unit: 'Count',
    dimensions: [[]],
    ja: 'いまお電話をおかけできるステージなら 1、そうでなければ 0。1 分ごと。',
    en: '1 if the stage can place calls now, otherwise 0; once a minute.',
  },
  Stopped: {
    unit: 'Count',
    dimensions: [[]],
    ja: '発信が停止されている間は 1、そうでなければ 0。1 分ごと。',
    en: '1 while calling is stopped, otherwise 0; once a minute.',
  },
  ClosedMinutes: {
    unit: 'Count',
    dimensions: [[]],
    ja: '最後に受付中だったときから数えた、callingHours 内の分数。1 分ごと。',
    en: 'Minutes within the calling hours since the stage was last open; once a minute.',
  },
  OpenMinutesWithoutRequest: {
    unit: 'Count',
    dimensions: [[]],
    ja: '最後のお申し込みから数えた、受付時間内の分数。1 分ごと。',
    en: 'Minutes within opening hours since the last request; once a minute.',
  },
  RequestsWithoutCall: {
    unit: 'Count',
    dimensions: [[]],
    ja: '最後に発信してから、受付時間内に届いたお申し込みの件数。番号の誤りなど、お客様側の理由でお断りしたものは除きます。1 分ごと。',
    en: "Requests made within opening hours since the last call was placed, excluding those refused for a reason on the visitor's side; once a minute.",
  },
  OpenMinutesWithoutCall: {
    unit: 'Count',
    dimensions: [[]],
    ja: 'そのうち最初のお申し込みから数えた、受付時間内の分数。1 分ごと。',
    en: 'Minutes within opening hours since the first of these requests; once a minute.',
  },
} as const satisfies Record<string, MetricRow>;

export type MetricName = keyof typeof METRICS;

type DimensionOf<Name extends MetricName> = (typeof METRICS)[Name]['dimensions'][number][number];

/** Writes values of metrics with the same dimensions. */
export type Measure = <Name extends MetricName>(
  figures: Readonly<Partial<Record<Name, number>>>,
  dimensions: Readonly<Record<DimensionOf<Name>, string>>,
) => void;
