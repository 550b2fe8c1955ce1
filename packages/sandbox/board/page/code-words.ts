import type { CallRecord } from '../../../../domain/call-record.ts';
import type { Sentence } from '../../../../domain/outcome-row.ts';
import type { AgentStatus } from '../../connect/agents.ts';
import type { FaultKind } from '../../connect/connect-faults.ts';
import type { ContactState } from '../../connect/contact.ts';
import type { Answer } from '../../connect/live-call.ts';
import type { Operation } from '../../connect/quotas.ts';
import type { CallOver } from '../call-over.ts';
import type { CallNow, RequestRow, StageView } from '../protocol.ts';
import type { Kind } from './board-state.ts';

/** How a request ended, with a symbol that does not depend on colour. */
export const KIND_WORDS: Record<Kind, Sentence & { sign: string }> = {
  running: { ja: '処理中', en: 'running', sign: '…' },
  placed: { ja: '発信依頼済み', en: 'handed over', sign: '→' },
  reached: { ja: '通話済み', en: 'talked', sign: '●' },
  missed: { ja: 'つながらず', en: 'missed', sign: '○' },
  refused: { ja: '受付不可', en: 'refused', sign: '×' },
  unavailable: { ja: '対応不可', en: 'unavailable', sign: '–' },
  failed: { ja: '失敗', en: 'failed', sign: '!' },
};

export const EXECUTION_WORDS: Record<RequestRow['status'], Sentence> = {
  RUNNING: { ja: '実行中', en: 'running' },
  SUCCEEDED: { ja: '正常終了', en: 'succeeded' },
  FAILED: { ja: '失敗', en: 'failed' },
  TIMED_OUT: { ja: 'タイムアウト', en: 'timed out' },
  ABORTED: { ja: '中止', en: 'aborted' },
};

/** The user types that visitors choose in the pop-up. */
const USER_TYPE_WORDS: Readonly<Record<string, Sentence>> = {
  member: { ja: 'ご利用中の方', en: 'uses the service' },
  visitor: { ja: 'ご検討中の方', en: 'considering the service' },
};

/** A user type in words with its raw value; just the raw value if the pop-up does not have it. */
export function userTypeWords(userType: string): Sentence {
  const words = Object.hasOwn(USER_TYPE_WORDS, userType) ? USER_TYPE_WORDS[userType] : undefined;
  return words ? withRaw(words, userType) : { ja: userType, en: userType };
}

/** Words, with the machine's name. */
export const withRaw = ({ ja, en }: Sentence, raw: string): Sentence => ({
  ja: `${ja} (${raw})`,
  en: `${en} (${raw})`,
});

/** Who or what is on the line with the visitor. */
const CONTACT_WORDS: Record<ContactState, Sentence> = {
  ringing: { ja: '呼び出し中', en: 'Ringing' },
  'in-flow': { ja: '自動音声', en: 'Automatic voice' },
  'in-queue': { ja: 'オペレーター待ち', en: 'Waiting for an agent' },
  'with-agent': { ja: 'オペレーターと通話中', en: 'Talking with an agent' },
  ended: { ja: '通話終了', en: 'Call ended' },
};

/** How a call ended. */
const OVER_WORDS: Record<CallOver, Sentence> = {
  answered: { ja: '通話終了', en: 'Call ended' },
  voicemail: { ja: '留守番電話が応答', en: 'A voicemail answered' },
  busy: { ja: 'お話し中か、着信拒否', en: 'Busy, or declined' },
  'not-answered': { ja: '応答なし', en: 'Not answered' },
  'not-in-use': { ja: '使われていない番号', en: 'The number is not in use' },
};

/** The state of a call, or how it ended. */
export function callWords({ state, over, voicemail }: Pick<CallNow, 'state' | 'over' | 'voicemail'>): Sentence {
  if (over !== undefined) return OVER_WORDS[over];
  const { ja, en } = CONTACT_WORDS[state];
  if (!voicemail) return { ja, en };
  if (state === 'with-agent') return { ja: 'オペレーターに接続 (相手は留守番電話)', en: 'An agent hears a voicemail' };
  return { ja: `${ja} (相手は留守番電話)`, en: `${en} (a voicemail answered)` };
}

export const STATUS_WORDS: Record<AgentStatus, Sentence> = {
  available: { ja: '対応可能', en: 'available' },
  break: { ja: '休憩', en: 'on a break' },
  offline: { ja: 'オフライン', en: 'offline' },
};

export const ANSWER_WORDS: Record<Answer, Sentence> = {
  human: { ja: '自動で出る', en: 'Answered automatically' },
  'by-hand': { ja: '自分で出る', en: 'By hand, on this page' },
  voicemail: { ja: '留守番電話が出る', en: 'A voicemail answers' },
  'no-answer': { ja: '誰も出ない', en: 'Nobody answers' },
  busy: { ja: 'お話し中', en: 'Busy' },
  unreachable: { ja: '使われていない番号', en: 'The number is not in use' },
};

export const FAULT_WORDS: Record<FaultKind, Sentence> = {
  throttle: { ja: 'API の呼び出し回数の超過', en: 'Rate exceeded' },
  'server-error': { ja: 'サーバーエラー (5xx)', en: 'Server error (5xx)' },
  'timeout-before-accepting': { ja: '無応答 (受付前)', en: 'No answer, not accepted' },
  'timeout-after-accepting': { ja: '無応答 (受付後)', en: 'No answer, but accepted' },
  'limit-exceeded': { ja: '同時通話数などの上限の超過', en: 'Quota exceeded (concurrent calls …)' },
  'destination-not-allowed': { ja: '発信先の国が許可されていない', en: 'Country not allowed' },
  'outbound-not-permitted': { ja: '発信が有効になっていない', en: 'Outbound calls not enabled' },
  'access-denied': { ja: '権限不足', en: 'Access denied' },
  'invalid-request': { ja: '不正なリクエスト', en: 'Invalid request' },
  'not-found': { ja: '対象が見つからない', en: 'Not found' },
};

/** Purpose of an operation. */
export const OPERATION_WORDS: Record<Operation, Sentence> = {
  StartOutboundVoiceContact: { ja: '発信', en: 'start a call' },
  GetCurrentMetricData: { ja: '空いている人数', en: 'free agents' },
  DescribeQueue: { ja: 'キューの状態', en: 'state of a queue' },
  GetEffectiveHoursOfOperations: { ja: '営業時間', en: 'opening hours' },
  DescribeContact: { ja: '通話の状態', en: 'state of a call' },
  StopContact: { ja: '通話の終了', en: 'end a call' },
  ListAssociatedContacts: { ja: '通話のコンタクトの照会', en: 'contacts of a call' },
  ListContactFlows: { ja: 'フローの一覧', en: 'list of flows' },
};

/** The samples of events/ that are worth a try, by file name without .json. */
export const SAMPLE_WORDS: Record<string, Sentence> = {
  'call-request.visitor': { ja: 'ご検討中の方', en: 'considering the service' },
  'call-request.member': { ja: 'ご利用中の方', en: 'uses the service' },
  'call-request.appointment': { ja: '日時のご希望あり', en: 'chose a time' },
  'call-request.other': { ja: '種別が未知', en: 'unknown user type' },
  'call-request.content-as-text': { ja: 'content が文字列', en: 'content as text' },
  'call-request.toll-free': { ja: 'フリーダイヤル', en: 'toll-free number' },
  'call-request.emergency': { ja: '110 番', en: 'emergency number' },
  'call-request.foreign': { ja: '海外の番号', en: 'foreign number' },
  'call-request.not-filled-in': { ja: '変数が未設定', en: 'variable not filled in' },
  'call-request.stale': { ja: '古いイベント', en: 'stale event' },
  unmatched: { ja: 'ルールに合わないイベント', en: 'event the rule does not match' },
};

export const RECORD_WORDS: Record<keyof CallRecord, Sentence> = {
  requestId: { ja: 'リクエスト ID', en: 'Request id' },
  kind: { ja: '種類', en: 'Kind' },
  executionId: { ja: '実行', en: 'Execution' },
  status: { ja: '状態', en: 'Status' },
  outcome: { ja: '結果', en: 'Outcome' },
  class: { ja: '結果の区分', en: 'Class' },
  reason: { ja: '理由', en: 'Reason' },
  contactId: { ja: 'コンタクト ID', en: 'Contact id' },
  phone: { ja: '電話番号', en: 'Phone' },
  userType: { ja: 'ユーザー種別', en: 'User type' },
  inquiryType: { ja: '問い合わせ内容', en: 'Inquiry' },
  karteKey: { ja: 'KARTE 上のユーザー', en: 'KARTE user' },
  trackId: { ja: '問い合わせ番号', en: 'Inquiry number' },
  queueId: { ja: 'キュー ID', en: 'Queue id' },
  leftOut: { ja: '渡さなかった項目', en: 'Fields left out' },
  attempts: { ja: '発信依頼の回数', en: 'Attempts' },
  lastError: { ja: '最後のエラー', en: 'Last error' },
  unanswered: { ja: '応答を確認できていない', en: 'Unanswered' },
  ringTimeoutRefused: { ja: '呼び出し時間の指定が拒否された', en: 'Ring time-out refused' },
  requestedAt: { ja: 'お申し込みの時刻', en: 'Requested at' },
  receivedAt: { ja: '受信した時刻', en: 'Received at' },
  callAt: { ja: 'お約束の日時', en: 'Appointment at' },
  bookedAt: { ja: '予約した時刻', en: 'Appointment made at' },
  claimedAt: { ja: '受け付けた時刻', en: 'Claimed at' },
  lastAttemptAt: { ja: '最後の発信依頼', en: 'Last attempt at' },
  placedAt: { ja: '発信した時刻', en: 'Placed at' },
  answeredAt: { ja: '応答の時刻', en: 'Answered at' },
  queuedAt: { ja: 'キューに入った時刻', en: 'Queued at' },
  agentAt: { ja: 'オペレーターにつながった時刻', en: 'Agent at' },
  endedAt: { ja: '終わった時刻', en: 'Ended at' },
  hungUpBy: { ja: '切断した側', en: 'Hung up by' },
  disconnectReason: { ja: '切断の理由', en: 'Disconnect reason' },
  agentMissed: { ja: 'オペレーターが出なかった', en: 'An agent missed it' },
  transferredTo: { ja: '転送先のコンタクト', en: 'Transferred to' },
  flowAttributes: { ja: 'フローが設定した属性', en: 'Set by the flow' },
  calledBackAt: { ja: '折り返しのお電話をいただいた時刻', en: 'Called back at' },
  calledBackBy: { ja: '折り返しのお電話のコンタクト', en: 'Call-back' },
  callBackOf: { ja: '折り返し元のリクエスト (電話番号からの推定)', en: 'Calls back for (by number only)' },
  tryOf: { ja: '最初のお申し込み', en: 'First request' },
  try: { ja: '何回目のお電話か', en: 'Attempt number' },
  because: { ja: 'もう一度おかけした理由', en: 'Why called once more' },
  triedAgainAs: { ja: '次のお電話', en: 'Called once more as' },
  tries: { ja: 'もう一度おかけしたお申し込み', en: 'Further calls' },
  duplicates: { ja: '重複した実行', en: 'Duplicates' },
  expiresAt: { ja: '記録の保存期限', en: 'Kept until' },
};

/** Fields of a contact, shown next to its record. */
export const CONTACT_FIELD_WORDS: Readonly<Record<string, Sentence>> = {
  state: { ja: '状態', en: 'State' },
  id: { ja: 'コンタクト ID', en: 'Contact id' },
  destination: { ja: '発信先', en: 'Called number' },
  source: { ja: '発信元', en: 'Calling number' },
  initiatedAt: { ja: '発信の時刻', en: 'Started at' },
  answeredAt: { ja: '応答の時刻', en: 'Answered at' },
  endedAt: { ja: '終わった時刻', en: 'Ended at' },
  disconnectReason: { ja: '切断の理由', en: 'Disconnect reason' },
  agents: { ja: 'オペレーター', en: 'Agents' },
};

/** The same for an inbound call. */
export const INCOMING_WORDS: Readonly<Record<string, Sentence>> = {
  requestedAt: { ja: '着信した時刻', en: 'Called at' },
  receivedAt: { ja: '記録を始めた時刻', en: 'Recorded since' },
  placedAt: { ja: '着信した時刻', en: 'Called at' },
  initiatedAt: { ja: '着信の時刻', en: 'Started at' },
  destination: { ja: 'お客様がおかけになった番号', en: 'Called number' },
  source: { ja: 'お客様の電話番号', en: 'Calling number' },
};

/** The sections of a stage file, in an engineer's words. */
export const SETTING_WORDS: Record<keyof StageView['settings'], Sentence> = {
  connect: { ja: 'Amazon Connect の発信', en: 'Calls of Amazon Connect' },
  request: { ja: '受け付ける電話番号と期限', en: 'Numbers that may be called, and the deadline' },
  routing: { ja: 'キューへの振り分け', en: 'Routing to queues' },
  callingHours: { ja: '電話をかけてよい時間帯', en: 'Hours in which a phone may ring' },
  whenClosed: { ja: '営業時間外の扱い', en: 'What happens outside opening hours' },
  retryUnanswered: { ja: '応答がなかったときのかけ直し', en: 'Further calls if nobody answered' },
  offerCallBack: { ja: 'お待ちの間の折り返しのご案内', en: 'Call-back offer to waiting customers' },
  limits: { ja: '上限', en: 'Limits' },
  pacing: { ja: '発信の間隔', en: 'Pace of the calls' },
  agents: { ja: 'オペレーターの共有', en: 'Shared agents' },
  signature: { ja: '署名の確認', en: 'Signed requests' },
};
