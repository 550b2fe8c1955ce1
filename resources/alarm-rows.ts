import type { StageFile } from '../domain/stage-file.ts';
import { UNUSABLE, UNUSABLE_REASONS } from '../domain/visitors-fault.ts';
import { ALARM_METRICS, type AlarmMetric, ANSWERS, type Metrics } from './alarm-metrics.ts';

/** An alarm, for docs, template and tests. */
interface AlarmRow {
  /** Logical id without `Alarm`. */
  id: string;
  /** End of its name, and heading of its section in the runbook. */
  name: string;
  en: string;
  ja: string;
  metrics: readonly AlarmMetric[];
  /** Metric math over the metrics' ids; omitted if there is one metric. */
  expression?: string;
  periodSeconds: number;
  /** Number of consecutive periods. */
  periods?: number;
  /** Goes off in the first bad period, and ends after this many good ones, as a period without requests proves nothing. */
  heldFor?: number;
  threshold: number;
  /** Goes off below the threshold instead of at or above it. */
  below?: true;
  /** How a period without data counts; not breaching by default. */
  missing?: 'ignore' | 'breaching';
  /** Also notifies when it is over. */
  tellsEnd?: true;
}

const [MINUTE, HOUR] = [60, 3_600];
const FIVE_MINUTES = 5 * MINUTE;

/** A sum whose parts are not written in every period. */
const sumOf = (metrics: readonly AlarmMetric[]): string => metrics.map(({ id }) => `FILL(${id},0)`).join('+');

/** The percentage of one sum in another; 0 unless the first is at least `least`. */
const shareOf = (part: string, whole: string, least: number): string =>
  `IF((${part}) >= ${least}, 100*(${part})/IF((${whole}) > (${part}), ${whole}, ${part}), 0)`;

/** Goes off at a count; no alarm if it is null. */
const counted = (
  threshold: number | null,
  periodSeconds: number,
  metrics: readonly AlarmMetric[],
  words: Pick<AlarmRow, 'id' | 'name' | 'en' | 'ja'>,
): AlarmRow[] =>
  threshold === null
    ? []
    : [{ ...words, metrics, periodSeconds, threshold, ...(metrics.length > 1 && { expression: sumOf(metrics) }) }];

/** For conditions that last until somebody acts: their end is notified, too. */
const untilItIsOver = (row: AlarmRow): AlarmRow => ({ ...row, tellsEnd: true });

/** The alarms of a stage, in the order of the documents. */
export function alarmRows(file: StageFile, metrics: Metrics): AlarmRow[] {
  const { alarms, reportToKarte, whenClosed, appointments, offerCallBack } = file;
  const { outcomes, calls, stage, errors, queue, machine, functions, tables, tableErrors, connect } = metrics;
  return [
    ...silences(alarms, stage),
    ...refusals(alarms, metrics),
    ...turnedAway(alarms, metrics),
    ...counted(alarms.failedSetup, FIVE_MINUTES, outcomes(...ALARM_METRICS.setup), {
      ...{ id: 'FailedSetup', name: 'failed-setup' },
      en: 'Requests failed because of a setting, a permission or something missing in Amazon Connect: all further ones will fail too.',
      ja: '設定や権限の誤り、または Amazon Connect 側に必要なものがないことにより、お申し込みが失敗しました。直すまで、お申し込みはすべて失敗します。',
    }).map((row) => ({ ...row, heldFor: HOUR / FIVE_MINUTES, tellsEnd: true as const })),
    ...counted(alarms.failedCapacity, FIVE_MINUTES, outcomes(...ALARM_METRICS.capacity), {
      ...{ id: 'FailedCapacity', name: 'failed-capacity' },
      en: 'Requests failed because a quota of Amazon Connect stayed exhausted until their deadline.',
      ja: 'Amazon Connect の上限に達したまま期限を過ぎたため、お申し込みが失敗しました。',
    }),
    ...counted(alarms.failedSystem, FIVE_MINUTES, outcomes(...ALARM_METRICS.system), {
      ...{ id: 'FailedSystem', name: 'failed-system' },
      en: 'Requests failed because Amazon Connect did not answer or a part of this system failed; a phone may have rung.',
      ja: 'Amazon Connect の無応答か、このシステムの不具合により、お申し込みが失敗しました。電話が鳴った可能性もあります。',
    }),
    ...(whenClosed.do === 'wait'
      ? counted(alarms.nightNotServed, HOUR, outcomes('deferred_in_vain'), {
          ...{ id: 'NightNotServed', name: 'night-not-served' },
          en: 'Requests that waited for the opening were not called after it, and the customers are not notified.',
          ja: '営業開始をお待ちだったお客様に、お電話をおかけできませんでした。お客様には何も通知されません。',
        })
      : []),
    ...(appointments !== null || offerCallBack !== null
      ? counted(alarms.promisesBroken, HOUR, outcomes('appointment_missed', 'call_back_in_vain'), {
          ...{ id: 'PromisesBroken', name: 'promises-broken' },
          en: 'Customers were promised a call at a certain time, or a call back, and did not get it.',
          ja: '日時のお約束、または折り返しのお約束をしたお客様に、お電話をおかけできませんでした。',
        })
      : []),
    ...counted(alarms.executionsFailed, HOUR, [machine('ExecutionsFailed')], {
      ...{ id: 'ExecutionsFailed', name: 'executions-failed' },
      en: "Many executions failed within an hour, by Step Functions' own count, which does not depend on the functions.",
      ja: 'Step Functions の集計で、1 時間に多くの実行が失敗しました。',
    }),
    ...counted(1, MINUTE, [machine('ExecutionsTimedOut')], {
      ...{ id: 'ExecutionsTimedOut', name: 'executions-timed-out' },
      en: 'An execution reached its time limit: its request may have no outcome.',
      ja: '実行が制限時間を過ぎました。お申し込みの結果が記録されていない可能性があります。',
    }),
    ...counted(1, MINUTE, [queue('DeadLetterQueue', 'ApproximateNumberOfMessagesVisible')], {
      ...{ id: 'DeadLetters', name: 'dead-letters' },
      en: 'A call request could not be handed to the state machine, or its result could not be recorded.',
      ja: 'お申し込みをステートマシンに渡せなかったか、結果を確定できませんでした。',
    }).map(untilItIsOver),
    ...counted(1, MINUTE, [queue('ReleaseDeadLetterQueue', 'ApproximateNumberOfMessagesVisible')], {
      ...{ id: 'ReleaseDeadLetters', name: 'release-failures' },
      en: 'The function releaseWaiting failed three times on the same message: waiting customers may never be called.',
      ja: '関数 releaseWaiting が同じメッセージで 3 回失敗しました。お待ちのお客様がそのままになる可能性があります。',
    }).map(untilItIsOver),
    {
      ...{ id: 'ReleaseLate', name: 'release-late', threshold: 60, periodSeconds: MINUTE, periods: 3, tellsEnd: true },
      metrics: [queue('ReleaseQueue', 'ApproximateAgeOfOldestMessage')],
      en: 'For three minutes, messages to the function releaseWaiting were more than a minute old: free agents are detected late.',
      ja: '関数 releaseWaiting へのメッセージが 3 分間にわたり 1 分以上滞留しています。空いたオペレーターの検知が遅れます。',
    },
    ...answers(alarms, metrics),
    ...counted(alarms.callsLost, HOUR, calls('lost'), {
      ...{ id: 'CallsLost', name: 'calls-lost' },
      en: 'The result of some calls is not known: neither events nor Amazon Connect reported it. Do contact events still arrive?',
      ja: '結果の分からない通話があります。コンタクトイベントが届いているか確認してください。',
    }),
    ...counted(alarms.functionsThrottled, FIVE_MINUTES, functions('Throttles'), {
      ...{ id: 'FunctionsThrottled', name: 'functions-throttled' },
      en: "Lambda throttled functions: the account's concurrency is exhausted.",
      ja: 'Lambda の同時実行数の上限により、関数を実行できませんでした。',
    }),
    ...counted(alarms.functionsFailing, 3 * FIVE_MINUTES, functions('Errors'), {
      ...{ id: 'FunctionsFailing', name: 'functions-failing' },
      en: 'Many invocations of functions failed or timed out within 15 minutes, including those that were retried.',
      ja: '15 分間に、関数の実行が何度も失敗したか、タイムアウトしました (再試行を含む)。',
    }),
    ...counted(alarms.tablesThrottled, FIVE_MINUTES, tables(), {
      ...{ id: 'TablesThrottled', name: 'tables-throttled' },
      en: 'DynamoDB throttled reads or writes: requests are slower, and may fail.',
      ja: 'DynamoDB の読み書きが制限されました。処理が遅れ、失敗することもあります。',
    }),
    ...counted(alarms.tablesFailing, FIVE_MINUTES, tableErrors(), {
      ...{ id: 'TablesFailing', name: 'tables-failing' },
      en: 'DynamoDB returned internal errors, which are retried: requests are slower, and may fail.',
      ja: 'DynamoDB の内部エラーが発生しました。再試行されますが、処理が遅れ、失敗することもあります。',
    }).map(untilItIsOver),
    ...counted(alarms.connectThrottled, FIVE_MINUTES, errors('ConnectThrottled'), {
      ...{ id: 'ConnectThrottled', name: 'connect-throttled' },
      en: 'Amazon Connect throttled requests: something else also calls it, or pacing.callsPerSecond is above the quota.',
      ja: 'Amazon Connect の API 呼び出しが制限されました。ほかのシステムも呼び出しているか、pacing.callsPerSecond が上限を超えています。',
    }),
    ...counted(alarms.connectUnavailable, FIVE_MINUTES, errors('ConnectUnavailable'), {
      ...{ id: 'ConnectUnavailable', name: 'connect-unavailable' },
      en: 'Amazon Connect did not respond, or returned an internal error.',
      ja: 'Amazon Connect から応答がないか、内部エラーが返されました。',
    }),
    ...counted(alarms.linesUsedUp, FIVE_MINUTES, [connect.lines], {
      ...{ id: 'LinesUsedUp', name: 'lines-used-up' },
      en: 'The instance refused calls because its quota of concurrent calls was exhausted, by calls of any kind.',
      ja: 'インスタンスの同時通話数の上限を超えたため、通話が拒否されました。',
    }),
    ...counted(alarms.flowErrors, FIVE_MINUTES, connect.flows, {
      ...{ id: 'FlowErrors', name: 'flow-errors' },
      en: 'Amazon Connect failed to run a contact flow of the stage: customers who answered were cut off or heard no announcements.',
      ja: 'Amazon Connect のシステムエラーにより、コンタクトフローを実行できませんでした。応答されたお客様の通話が途切れたか、待ち時間の案内が流れていません。',
    }),
    ...(reportToKarte ? [karteUnreachable(alarms.karteUnreachableMinutes, metrics)].flatMap((row) => row ?? []) : []),
    ...counted(alarms.limitReached, FIVE_MINUTES, outcomes('limit_reached'), {
      ...{ id: 'LimitReached', name: 'limit-reached' },
      en: 'Within five minutes a limit of the stage refused many requests: a rush, or abuse.',
      ja: '5 分間に、ステージの上限により多くのお申し込みをお断りしました。混雑か、ボタンの悪用が考えられます。',
    }),
    // The minimum of an hour: calling was stopped for all of it.
    ...counted(alarms.callingStoppedHours && 1, HOUR, [stage('Stopped', 'Minimum')], {
      ...{ id: 'CallingStopped', name: 'calling-stopped' },
      en: `Calling has been stopped for ${alarms.callingStoppedHours} hours, whether or not anybody asked: did somebody forget to resume it?`,
      ja: `発信の停止が ${alarms.callingStoppedHours} 時間続いています。再開を忘れていませんか (お申し込みの有無にかかわらず鳴ります)。`,
    }).map((row) => ({ ...row, periods: alarms.callingStoppedHours ?? 1, tellsEnd: true as const })),
  ];
}

/** A stage without requests, or without calls, in opening hours. The sweep counts the open minutes, so nights add nothing. */
function silences({ silentCalls, silentRequests }: StageFile['alarms'], stage: Metrics['stage']): AlarmRow[] {
  const every = { periodSeconds: FIVE_MINUTES, missing: 'ignore', tellsEnd: true } as const;
  return [
    ...(silentCalls === null
      ? []
      : [
          {
            ...{ ...every, id: 'SilentCalls', name: 'silent-calls', threshold: silentCalls.openHours * 60 },
            metrics: [stage('RequestsWithoutCall'), stage('OpenMinutesWithoutCall')],
            expression: `IF(requestsWithoutCall >= ${silentCalls.requests}, openMinutesWithoutCall, 0)`,
            en: `Requests arrived, but for ${silentCalls.openHours} open hours no call was placed.`,
            ja: `お申し込みは届いていますが、受付時間にして ${silentCalls.openHours} 時間、一度も発信していません。`,
          },
        ]),
    ...(silentRequests === null
      ? []
      : [
          {
            ...{ ...every, id: 'SilentRequests', name: 'silent-requests', threshold: silentRequests * 60 },
            metrics: [stage('OpenMinutesWithoutRequest')],
            en: `For ${silentRequests} open hours no request arrived: is the pop-up shown, and does KARTE still send events?`,
            ja: `受付時間にして ${silentRequests} 時間、お申し込みが届いていません。接客サービスの配信と、KARTE からのイベントを確認してください。`,
          },
        ]),
    {
      ...{ id: 'SweepSilent', name: 'sweep-silent', threshold: 0, below: true, missing: 'breaching' },
      ...{ periodSeconds: FIVE_MINUTES, periods: 3, metrics: [stage('RequestsWaiting')], tellsEnd: true },
      en: 'For 15 minutes the function sweepCalls measured nothing, so other alarms may not work either. It is normal once after the first deployment, and then ends within ten minutes.',
      ja: '関数 sweepCalls の計測値が 15 分間届いていません。ほかのアラームも働いていない可能性があります。初回のデプロイ直後に一度鳴るのは正常で、10 分以内に解除されます。',
    },
  ];
}

/** Requests that end without a call although every execution is green. */
function refusals({ unusable, refused }: StageFile['alarms'], { asked, outcomes, reasons }: Metrics): AlarmRow[] {
  const row = (
    id: string,
    name: string,
    metrics: AlarmMetric[],
    { requests, share }: { requests: number; share: number },
  ) => ({
    ...{ id, name, metrics: [asked, ...metrics], periodSeconds: HOUR, threshold: share, tellsEnd: true as const },
    expression: shareOf(sumOf(metrics), sumOf([asked]), requests),
  });
  const useless = [...outcomes(...UNUSABLE), ...reasons(...UNUSABLE_REASONS)];
  return [
    ...(unusable === null
      ? []
      : [
          {
            ...row('RequestsUnusable', 'requests-unusable', useless, unusable),
            en: `Within an hour ${unusable.requests} requests or more, and ${unusable.share} % of all, lacked values that KARTE or your own system should set, which visitors cannot cause. Is KARTE's action broken?`,
            ja: `1 時間に ${unusable.requests} 件以上、全体の ${unusable.share}% 以上のお申し込みに、KARTE または自社システムが設定するはずの値がありませんでした。KARTE のアクションの設定を確認してください。`,
          },
        ]),
    ...(refused === null
      ? []
      : [
          {
            ...row('RequestsRefused', 'requests-refused', outcomes(...ALARM_METRICS.refused), refused),
            en: `Within an hour ${refused.requests} requests or more, and ${refused.share} % of all, were refused, and no call was placed for them.`,
            ja: `1 時間に ${refused.requests} 件以上、全体の ${refused.share}% 以上のお申し込みをお断りし、お電話をおかけしていません。`,
          },
        ]),
  ];
}

/** Visitors who are turned away because nobody can answer: normal for an evening or a rush, a fault if it continues. */
function turnedAway(alarms: StageFile['alarms'], { asked, outcomes, reasons, stage }: Metrics): AlarmRow[] {
  const { queueDisabled, nobodyFree, closedInCallingHours: closed } = alarms;
  const hourly = { periodSeconds: HOUR, tellsEnd: true } as const;
  const unserved = outcomes(...ALARM_METRICS.nobodyFree);
  const refused = reasons(...ALARM_METRICS.closed);
  return [
    ...counted(queueDisabled, FIVE_MINUTES, outcomes('queue_disabled'), {
      ...{ id: 'QueueDisabled', name: 'queue-disabled' },
      en: 'A queue is disabled in Amazon Connect: all requests for it are refused.',
      ja: 'Amazon Connect でキューが無効になっているため、お申し込みをお断りしています。',
    }).map(untilItIsOver),
    ...(nobodyFree === null
      ? []
      : [
          {
            ...{ ...hourly, id: 'NobodyFree', name: 'nobody-free', threshold: nobodyFree.share },
            metrics: [asked, ...unserved],
            expression: shareOf(sumOf(unserved), sumOf([asked]), nobodyFree.requests),
            en: `Within an hour no agent became free in time for ${nobodyFree.requests} requests or more, and ${nobodyFree.share} % of all: is anybody logged in?`,
            ja: `1 時間に ${nobodyFree.requests} 件以上、全体の ${nobodyFree.share}% 以上のお申し込みで、期限までに対応できるオペレーターが見つかりませんでした。ログイン状況を確認してください。`,
          },
        ]),
    ...(closed === null
      ? []
      : [
          {
            ...{ ...hourly, id: 'ClosedInCallingHours', name: 'closed-in-calling-hours', threshold: closed.share },
            metrics: [asked, stage('ClosedMinutes'), ...refused],
            expression: `IF(FILL(closedMinutes,0) >= ${closed.hours * 60}, ${shareOf(sumOf(refused), sumOf([asked]), closed.requests)}, 0)`,
            en: `No queue has been open for ${closed.hours} hours within callingHours, and ${closed.requests} requests or more, ${closed.share} % of all, were refused as outside opening hours within an hour: are the hours in Amazon Connect correct?`,
            ja: `callingHours の時間帯に ${closed.hours} 時間、どのキューも営業時間外のままで、1 時間に ${closed.requests} 件以上、全体の ${closed.share}% 以上のお申し込みをお断りしました。Amazon Connect のオペレーション時間を確認してください。`,
          },
        ]),
  ];
}

function answers({ fewAnswered }: StageFile['alarms'], { calls }: Metrics): AlarmRow[] {
  if (fewAnswered === null) return [];
  const answered = calls(...ANSWERS.answered);
  const unanswered = calls(...ANSWERS.unanswered);
  const [yes, all] = [sumOf(answered), sumOf([...answered, ...unanswered])];
  return [
    {
      ...{ id: 'FewAnswered', name: 'few-answered', metrics: [...answered, ...unanswered] },
      ...{ periodSeconds: HOUR, threshold: fewAnswered.share, below: true },
      // Not breaching if there are too few to tell.
      expression: `IF((${all}) >= ${fewAnswered.calls}, 100*(${yes})/(${all}), 100)`,
      en: `Of ${fewAnswered.calls} calls or more within an hour, customers answered fewer than ${fewAnswered.share} %: is the calling number shown as spam, or blocked?`,
      ja: `1 時間に終わった ${fewAnswered.calls} 件以上の通話のうち、お客様の応答が ${fewAnswered.share}% 未満でした。発信元の電話番号が迷惑電話とみなされていないか確認してください。`,
    },
  ];
}

function karteUnreachable(minutes: number | null, { reports }: Metrics): AlarmRow | undefined {
  if (minutes === null) return undefined;
  return {
    ...{ id: 'KarteReportsLate', name: 'karte-reports-late', metrics: [reports], periodSeconds: MINUTE },
    threshold: minutes * 60_000,
    tellsEnd: true,
    en: `For ${minutes} minutes KARTE has not accepted the result of a call. Calls are not affected.`,
    ja: `${minutes} 分間、通話の結果を KARTE に送信できていません。お電話には影響しません。`,
  };
}
