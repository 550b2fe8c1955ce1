import { describe, expect, it } from 'vitest';
import { activityOf, decisionOf } from '../decision-words.ts';
import type { StateVisit } from '../state-machine.ts';

const REQUEST = { userType: 'visitor', inquiryType: 'KARTE Datahubについて', queue: { name: 'visitors' }, leftOut: [] };

/** A state that was left after a second and a half. */
const visit = (name: string, output: object, errors: string[] = []): StateVisit => ({
  name,
  enteredAt: 1_000,
  exitedAt: 2_500,
  errors,
  output,
});

const going = (more: object = {}) => ({ decision: 'continue', request: REQUEST, ...more });

describe('a decision is told in both languages', () => {
  it.each<[StateVisit, string, string]>([
    [
      visit('ValidateRequest', going()),
      'user_type は visitor、キューは visitors です。',
      'a request of user_type visitor, for queue visitors',
    ],
    [
      visit('ValidateRequest', going({ request: { ...REQUEST, inquiryType: undefined, leftOut: ['email', 'age'] } })),
      'user_type は visitor、問い合わせ内容はなし、キューは visitors です。渡さない項目: email, age',
      'a request of user_type visitor, no inquiry, for queue visitors, left out: email, age',
    ],
    [
      visit('ValidateRequest', { decision: 'end', ending: { outcome: 'stale', reason: 'too_old' } }),
      'stale: イベントが届くまでに時間がかかりすぎました。 [too_old]',
      'stale: The event arrived too late. [too_old]',
    ],
    [
      visit('CheckQueue', going(), ['Lambda.Unknown']),
      'キュー visitors は有効で、営業時間内です。対応できるオペレーターがいます。 (再試行あり: Lambda.Unknown)',
      'queue visitors is enabled and open, and an agent is free (after Lambda.Unknown)',
    ],
    [
      visit('CheckQueue', going()),
      'キュー visitors は有効で、営業時間内です。対応できるオペレーターがいます。',
      'queue visitors is enabled and open, and an agent is free',
    ],
    [
      visit('CheckQueue', going({ decision: 'wait', waitSeconds: 60 })),
      'キュー visitors は有効で、営業時間内ですが、対応できるオペレーターがいません。最長 60 秒、順番を待ちます。',
      'queue visitors is enabled and open, but nobody is free: waits in line, for 60 s at most',
    ],
    [
      visit('CheckQueue', going({ decision: 'opening', request: { ...REQUEST, opensAt: '2026-11-23T00:00:00Z' } })),
      'キュー visitors は営業時間外です。2026-11-23 09:00:00 JST まで待ちます。',
      'queue visitors is closed: waits until 2026-11-23 09:00:00 JST',
    ],
    [
      visit(
        'CheckQueue',
        going({ decision: 'wait', waitSeconds: 7200, request: { ...REQUEST, opensAt: '2026-11-23T00:00:00Z' } }),
      ),
      'キュー visitors の営業が始まりました。営業開始前のお申し込み順に並びます。最長 7200 秒、順番を待ちます。',
      'queue visitors is open: stands in line with those who asked before the opening, for 7200 s at most',
    ],
    [visit('WaitForOpening', going()), 'キューの営業が始まりました。', 'the queue opens'],
    [
      visit('WaitForAgent', going({ decision: 'wait' })),
      '順番を 1.500 秒待ち、オペレーターの手が空きました。',
      'an agent is free, after 1.500 s in line',
    ],
    [
      visit('WaitForAgent', going({ failed: {} }), ['States.Timeout']),
      '期限までに、対応できるオペレーターが見つかりませんでした。',
      'nobody was free in time',
    ],
    [
      visit('WaitForAgent', going({ failed: {} }), ['NoLongerWaiting']),
      '順番待ちから外されました。',
      'removed from the line',
    ],
    [visit('WaitForTurn', going()), '発信の順番が来ました。', 'its turn has come'],
    [
      visit('StartCall', going({ contactId: 'c-1' })),
      'Amazon Connect が発信を受け付けました: コンタクト c-1',
      'Amazon Connect accepted the call: contact c-1',
    ],
    [
      visit('StartCall', going({ contactId: 'c-1', ringTimeoutRefused: true })),
      'Amazon Connect が発信を受け付けました: コンタクト c-1。呼び出し時間の指定は、拒否されるため外しました。',
      'Amazon Connect accepted the call: contact c-1, without the ring time-out, which it refuses',
    ],
    [
      visit('StartCall', going(), ['ConnectLimitExceeded']),
      'Amazon Connect は、いまはこれ以上の発信を受け付けません: ConnectLimitExceeded',
      'Amazon Connect takes no more calls just now: ConnectLimitExceeded',
    ],
    [
      visit('StartCall', going({ failed: {} }), ['ConnectUnavailable', 'ConnectAccessDenied']),
      '失敗しました: ConnectUnavailable, ConnectAccessDenied',
      'failed: ConnectUnavailable, ConnectAccessDenied',
    ],
    [visit('TakeLaterTurn', going()), '少し待って、順番を取り直します。', 'waits a while, then takes a later turn'],
    [
      visit('RecordOutcome', { outcome: 'misconfigured', notify: 'alarm' }),
      'misconfigured を記録しました。アラームを鳴らします。',
      'misconfigured recorded, the alarm rings',
    ],
    [
      visit('RecordOutcome', { outcome: 'call_placed', notify: 'quiet' }),
      'call_placed を記録しました。',
      'call_placed recorded',
    ],
    [visit('CanQueueTakeIt', going()), '', ''],
    [{ name: 'StartCall', enteredAt: 0, errors: [] }, '終わりませんでした。', 'did not end'],
    [{ name: 'StartCall', enteredAt: 0, errors: ['A', 'B'] }, '失敗しました: B', 'failed: B'],
  ])('%j', (state, ja, en) => {
    expect(decisionOf(state, 'Asia/Tokyo')).toEqual({ ja, en });
  });
});

it('a state that goes on says what it does, and that it tries again', () => {
  expect(activityOf({ name: 'StartCall', enteredAt: 0, errors: [] })).toEqual({
    ja: 'Amazon Connect に発信を依頼します。',
    en: 'Asks Amazon Connect for the call.',
  });
  expect(activityOf({ name: 'StartCall', enteredAt: 0, errors: ['ConnectUnavailable'] })).toEqual({
    ja: 'ConnectUnavailable で失敗したため、もう一度試します。Amazon Connect に発信を依頼します。',
    en: 'Tries again after ConnectUnavailable. Asks Amazon Connect for the call.',
  });
});
