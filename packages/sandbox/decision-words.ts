import type { CallRequest } from '../../domain/call-request.ts';
import type { CallState, Failed } from '../../domain/call-state.ts';
import type { Sentence } from '../../domain/outcome-row.ts';
import { describeEnding, type Ending } from '../../domain/outcomes.ts';
import { momentIn } from '../../domain/wall-clock.ts';
import { STATE_WORDS } from './board/state-words.ts';
import type { StateVisit } from './state-machine.ts';

/** States that decide nothing. */
const SILENT = [
  'IsRequestValid',
  'IsAppointmentMade',
  'CanQueueTakeIt',
  'HasLaterTurn',
  'MustSomebodyAct',
  'RequestEnded',
  'RequestFailed',
];

/** The parts of a state's output that are described here. */
interface StateOutput {
  decision: CallState['decision'];
  request: CallRequest;
  ending: Ending;
  waitSeconds: number;
  contactId?: string;
  ringTimeoutRefused?: boolean;
  failed?: Failed['failed'];
}

/**
 * What a state decided, in words; empty for states that decide nothing.
 *
 * @param timeZone of the times
 */
export function decisionOf(visit: StateVisit, timeZone: string): Sentence {
  const { name, output, errors, exitedAt } = visit;
  if (SILENT.includes(name)) return { ja: '', en: '' };
  if (exitedAt === undefined) return errors.length === 0 ? DID_NOT_END : failed(errors.slice(-1));
  if (name === 'RecordOutcome') return after(errors, recorded(output as { outcome: string; notify: string }));
  const state = output as StateOutput;
  if (state.failed !== undefined && errors.length > 0) return failureOf(name, errors);
  if (state.decision === 'end') return after(errors, ended(state.ending));
  if (name === 'StartCall' && state.contactId === undefined) return notNow(errors);
  return after(errors, wentOn(name, state, (exitedAt - visit.enteredAt) / 1_000, timeZone));
}

/** What a running state is doing. */
export function activityOf({ name, errors }: StateVisit): Sentence {
  const { ja, en } = STATE_WORDS[name] ?? { ja: name, en: name };
  const last = errors.at(-1);
  if (last === undefined) return { ja, en };
  return { ja: `${last} で失敗したため、もう一度試します。${ja}`, en: `Tries again after ${last}. ${en}` };
}

const DID_NOT_END: Sentence = { ja: '終わりませんでした。', en: 'did not end' };

const failed = (errors: readonly string[]): Sentence => ({
  ja: `失敗しました: ${errors.join(', ')}`,
  en: `failed: ${errors.join(', ')}`,
});

/** Adds the errors of previous attempts. */
function after(errors: readonly string[], { ja, en }: Sentence): Sentence {
  if (errors.length === 0) return { ja, en };
  return { ja: `${ja} (再試行あり: ${errors.join(', ')})`, en: `${en} (after ${errors.join(', ')})` };
}

function recorded({ outcome, notify }: { outcome: string; notify: string }): Sentence {
  const alarm = notify === 'alarm';
  return {
    ja: `${outcome} を記録しました。${alarm ? 'アラームを鳴らします。' : ''}`,
    en: `${outcome} recorded${alarm ? ', the alarm rings' : ''}`,
  };
}

function failureOf(name: string, errors: readonly string[]): Sentence {
  if (name === 'WaitForAgent' && errors.at(-1) === 'States.Timeout') {
    return { ja: '期限までに、対応できるオペレーターが見つかりませんでした。', en: 'nobody was free in time' };
  }
  if (name === 'WaitForAgent' && errors.at(-1) === 'NoLongerWaiting') {
    return { ja: '順番待ちから外されました。', en: 'removed from the line' };
  }
  return failed(errors);
}

function ended(ending: Ending): Sentence {
  const { reason } = describeEnding(ending);
  return {
    ja: `${ending.outcome}: ${reason.ja} [${ending.reason}]`,
    en: `${ending.outcome}: ${reason.en} [${ending.reason}]`,
  };
}

const notNow = (errors: readonly string[]): Sentence => ({
  ja: `Amazon Connect は、いまはこれ以上の発信を受け付けません: ${errors.join(', ')}`,
  en: `Amazon Connect takes no more calls just now: ${errors.join(', ')}`,
});

/** @param seconds that the state took */
function wentOn(name: string, state: StateOutput, seconds: number, timeZone: string): Sentence {
  switch (name) {
    case 'ValidateRequest':
      return valid(state.request);
    case 'BookAppointment':
      return {
        ja: `${timeOf(state.request.callAt, timeZone)} にお電話するお約束をしました。`,
        en: `promised a call at ${timeOf(state.request.callAt, timeZone)}`,
      };
    case 'WaitForAppointment':
      return { ja: 'お約束の日時が来たか、20 日が過ぎました。', en: 'its time has come, or 20 days have passed' };
    case 'WaitUntilDue':
      return { ja: 'お約束の日時が来ました。', en: 'its time has come' };
    case 'CheckQueue':
      return checked(state, timeZone);
    case 'WaitForOpening':
      return { ja: 'キューの営業が始まりました。', en: 'the queue opens' };
    case 'WaitForAgent':
      return {
        ja: `順番を ${seconds.toFixed(3)} 秒待ち、オペレーターの手が空きました。`,
        en: `an agent is free, after ${seconds.toFixed(3)} s in line`,
      };
    case 'WaitForTurn':
      return { ja: '発信の順番が来ました。', en: 'its turn has come' };
    case 'StartCall':
      return accepted(state);
    case 'TakeLaterTurn':
      return { ja: '少し待って、順番を取り直します。', en: 'waits a while, then takes a later turn' };
    default:
      return { ja: '', en: '' };
  }
}

function accepted({ contactId, ringTimeoutRefused }: StateOutput): Sentence {
  const refused = ringTimeoutRefused === true;
  return {
    ja: `Amazon Connect が発信を受け付けました: コンタクト ${contactId}${refused ? '。呼び出し時間の指定は、拒否されるため外しました。' : ''}`,
    en: `Amazon Connect accepted the call: contact ${contactId}${refused ? ', without the ring time-out, which it refuses' : ''}`,
  };
}

function valid({ userType, inquiryType, queue, leftOut }: CallRequest): Sentence {
  const left = leftOut.join(', ');
  return {
    ja: `user_type は ${userType}${inquiryType === undefined ? '、問い合わせ内容はなし' : ''}、キューは ${queue.name} です。${left === '' ? '' : `渡さない項目: ${left}`}`,
    en: `a request of user_type ${userType}${inquiryType === undefined ? ', no inquiry' : ''}, for queue ${queue.name}${left === '' ? '' : `, left out: ${left}`}`,
  };
}

const timeOf = (iso: string | undefined, timeZone: string): string =>
  iso === undefined ? '' : momentIn(iso, timeZone);

function checked({ decision, request, waitSeconds }: StateOutput, timeZone: string): Sentence {
  const { name } = request.queue;
  switch (decision) {
    case 'wait':
      if (request.opensAt !== undefined) {
        return {
          ja: `キュー ${name} の営業が始まりました。営業開始前のお申し込み順に並びます。最長 ${waitSeconds} 秒、順番を待ちます。`,
          en: `queue ${name} is open: stands in line with those who asked before the opening, for ${waitSeconds} s at most`,
        };
      }
      return {
        ja: `キュー ${name} は有効で、営業時間内ですが、対応できるオペレーターがいません。最長 ${waitSeconds} 秒、順番を待ちます。`,
        en: `queue ${name} is enabled and open, but nobody is free: waits in line, for ${waitSeconds} s at most`,
      };
    case 'opening':
      return {
        ja: `キュー ${name} は営業時間外です。${timeOf(request.opensAt, timeZone)} まで待ちます。`,
        en: `queue ${name} is closed: waits until ${timeOf(request.opensAt, timeZone)}`,
      };
    default:
      return {
        ja: `キュー ${name} は有効で、営業時間内です。対応できるオペレーターがいます。`,
        en: `queue ${name} is enabled and open, and an agent is free`,
      };
  }
}
