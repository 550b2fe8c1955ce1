import type { Sentence } from '../../../../domain/outcome-row.ts';
import type { DailyHours, WeekPart } from '../protocol.ts';
import type { Tab } from './address.ts';

/** Texts of the board. */
export const TEXTS = {
  title: { ja: '発信ボード', en: 'Call board' },
  intro: {
    ja: 'サイトでのお申し込みが 1 本の電話になるまでを、AWS を使わず、このパソコンの中だけでお見せします。',
    en: 'One request on a website becomes one phone call: watch it happen. Everything runs on this machine, without AWS.',
  },
  stage: { ja: 'ステージ', en: 'Stage' },
  speed: { ja: '速さ', en: 'Speed' },
  callsAtOnce: { ja: '通話中・呼び出し中', en: 'Calls in progress' },
  connecting: { ja: '接続しています…', en: 'Connecting…' },
  live: { ja: '接続済み', en: 'Live' },
  lost: {
    ja: 'サーバーにつながりません。つながり次第、自動で表示を更新します (npm start が動いているかご確認ください)。',
    en: 'The server does not answer. The page catches up by itself as soon as it does (is npm start still running?).',
  },
  close: { ja: '閉じる', en: 'Close' },

  sampleTitle: { ja: 'お客様が見るページ', en: 'What the visitor sees' },
  // The number is not broken at its hyphens.
  sampleHelp: {
    ja: '右下の電話のアイコンから申し込めます (例: 090-\u20601234-\u20605678)。本物の電話はかかりません。',
    en: 'Request a call with the icon at the bottom right (try 090-\u20601234-\u20605678). No real phone rings.',
  },
  sampleFrame: { ja: 'サンプルサイト', en: 'Sample site' },
  reload: { ja: 'ページを読み込み直す', en: 'Reload the page' },
  krtCalls: { ja: 'KARTE に届いたイベント', en: 'Events that reached KARTE' },
  krtNone: {
    ja: 'まだありません。上のページで電話を申し込むと、krt の呼び出しがここに並びます。',
    en: 'None yet. Request a call on the page above: the krt calls are listed here.',
  },

  pathTitle: { ja: 'お申し込みの処理', en: 'How the request is handled' },
  pathHelp: {
    ja: '実際に動いているステートマシンの図です。通過した状態に色と番号が付きます。',
    en: 'The state machine as it really runs. The path taken is coloured and numbered.',
  },
  describedEmpty: {
    ja: '状態にポインターを合わせるか、Tab キーと矢印キーで選ぶと、その役割をここに表示します。',
    en: 'Point at a state, or use Tab and the arrow keys, to read what it does.',
  },
  graph: { ja: 'ステートマシンの状態', en: 'States of the state machine' },
  legendTaken: { ja: '通過した経路', en: 'taken' },
  legendHere: { ja: '現在地', en: 'here now' },
  legendCatch: { ja: 'エラーのとき', en: 'on an error' },
  legendCount: { ja: 'この状態にある件数', en: 'requests in this state' },
  timeline: { ja: '判断の記録', en: 'Decisions' },
  timelineEmpty: {
    ja: 'サンプルサイトで電話のアイコンを押してください。申し込むと、判断が 1 つずつここに並びます。',
    en: 'Press the telephone icon on the sample site. Each decision about the request appears here.',
  },
  following: { ja: '最新のお申し込みを表示しています', en: 'Showing the newest request' },
  follow: { ja: '最新のお申し込みを表示する', en: 'Show the newest request' },
  loading: { ja: '読み込んでいます…', en: 'Loading…' },
  unknownRequest: {
    ja: 'このお申し込みは、まだ届いていません。届き次第、ここに表示します。',
    en: 'There is no such request yet. It appears here as soon as it arrives.',
  },
  failedAttempts: { ja: '失敗した試行', en: 'Failed attempts' },
  sinceRequest: { ja: '受信からの時間', en: 'Time since the event arrived' },
  runbook: { ja: '対処方法', en: 'What to do' },

  phoneTitle: { ja: 'お客様の電話', en: "The visitor's phone" },
  phoneHelp: {
    ja: '着信したら「出る」を押してください。聞こえる音声は文字で表示します。',
    en: 'When it rings, answer it. Everything you would hear appears as text.',
  },
  phoneIdle: { ja: '着信はありません', en: 'No call' },
  phoneIdleHelp: { ja: '電話を申し込むと、この電話が鳴ります。', en: 'Request a call, and this phone rings.' },
  phoneNotCalled: { ja: 'この件では、電話は鳴りませんでした。', en: 'The phone did not ring for this request.' },
  phoneNotYet: { ja: 'まだ鳴っていません。', en: 'Not ringing yet.' },
  readAloud: { ja: '案内を読み上げる', en: 'Read prompts aloud' },
  noJapaneseVoice: {
    ja: 'この端末には日本語の音声がないため、読み上げできません。',
    en: 'This device has no Japanese voice, so nothing is read aloud.',
  },
  answer: { ja: '出る', en: 'Answer' },
  decline: { ja: '拒否', en: 'Decline' },
  calledBack: { ja: '折り返しあり', en: 'called back' },
  isCallBack: { ja: '折り返し', en: 'call-back' },
  callBack: { ja: '折り返し電話する', en: 'Call back' },
  hangUp: { ja: '電話を切る', en: 'Hang up' },
  keypad: { ja: 'キーパッド', en: 'Keypad' },
  keysAsked: { ja: 'ボタン操作を待っています', en: 'Waiting for a key' },
  transcript: { ja: '通話の内容', en: 'Transcript' },
  agentOnly: { ja: 'オペレーターだけに聞こえます', en: 'heard by the agent only' },
  recording: { ja: '録音', en: 'recording' },
  from: { ja: '発信元', en: 'from' },

  agents: { ja: 'オペレーター', en: 'Agents' },
  agentsHelp: {
    ja: 'お電話を受ける人です。全員が対応中か離席中の間、お申し込みは順番待ちになります。呼び出し中のお電話のために空けてあるオペレーターは「確保済み」に数えます。',
    en: 'The people who take the calls. While nobody is free, requests wait in line. An agent whose call is still ringing is free, but reserved.',
  },
  agentsEmpty: {
    ja: 'オペレーターがいません。追加すると、待っている件から順につながります。',
    en: 'Nobody is logged in. Add an agent.',
  },
  addAgent: { ja: 'オペレーターを追加', en: 'Add an agent' },
  remove: { ja: '削除', en: 'Remove' },
  transfer: { ja: '転送', en: 'Transfer' },
  status: { ja: '状態', en: 'Status' },
  onCall: { ja: '通話中', en: 'on a call' },
  afterCall: { ja: '後処理中', en: 'after-call work' },

  queues: { ja: 'キューと営業時間', en: 'Queues and opening hours' },
  queuesHelp: {
    ja: 'お申し込みの種類ごとの窓口です。閉めたり、営業時間を変えたりして、結果の違いを確かめられます。このボードではすぐに反映されます (実際のステージでは、反映までに 30 秒ほどかかります)。',
    en: 'Where calls wait for an agent. Disable or close one and see what happens to requests. Changes apply at once here, and after about 30 s in a real stage.',
  },
  enabled: { ja: 'キューを有効にする', en: 'Enabled' },
  open: { ja: '窓口を開ける', en: 'Open' },
  isOpen: { ja: '営業中', en: 'open' },
  isClosed: { ja: '営業時間外', en: 'closed' },
  isDisabled: { ja: '無効', en: 'disabled' },
  hours: { ja: '営業時間', en: 'Opening hours' },
  hoursFrom: { ja: '開始', en: 'from' },
  hoursTo: { ja: '終了', en: 'until' },
  setHours: { ja: '設定', en: 'Set' },
  aroundTheClock: { ja: '24 時間にする', en: 'Round the clock' },
  isAroundTheClock: { ja: '24 時間', en: 'round the clock' },
  contactsWaiting: { ja: 'キューで待つ通話', en: 'calls waiting' },
  requestsWaiting: { ja: '発信待ちのお申し込み', en: 'requests in line' },
  callIn: { ja: '別のお客様から着信させる', en: 'Another customer calls in' },

  switches: { ja: 'スイッチ', en: 'Switches' },
  switchesHelp: {
    ja: '緊急停止は、どのステージでも運用中に使えます。ほかは、このパソコンの中だけの設定です。',
    en: 'The emergency stop exists in every stage; the others only exist on this machine.',
  },
  stop: { ja: '発信を緊急停止する', en: 'Stop all calls' },
  resume: { ja: '発信を再開する', en: 'Resume calls' },
  stopped: { ja: '発信を停止しています', en: 'Calling is stopped' },
  notStopped: { ja: '発信できます', en: 'Calling is on' },
  answerMode: { ja: 'お客様側の応答', en: 'How the phone is answered' },
  oncePerAccess: {
    ja: 'KARTE の配信頻度を「アクセス毎」にする',
    en: 'KARTE fires the action once per access',
  },
  oncePerAccessHelp: {
    ja: 'オンのときは、同じアクセスで 2 回目に申し込んでも電話はかかりません。ページを読み込み直すと、新しいアクセスになります。',
    en: 'While this is on, a second request in one visit makes no call. Reloading the page starts a new visit.',
  },

  faults: { ja: '障害の再現', en: 'Faults' },
  faultsHelp: {
    ja: 'Amazon Connect の API 呼び出しを、このあと指定した回数だけ失敗させます。再試行の様子と、記録される結果を確かめられます。',
    en: 'Makes the next requests to Amazon Connect fail, to show the retries and what is recorded.',
  },
  faultKind: { ja: '障害の種類', en: 'Kind of fault' },
  operation: { ja: '対象の API', en: 'Operation' },
  times: { ja: '回数', en: 'Times' },
  addFault: { ja: '障害を発生させる', en: 'Inject' },
  clearFaults: { ja: 'すべて取り消す', en: 'Clear all' },
  noFaults: { ja: '設定中の障害はありません。', en: 'No faults are set.' },

  numbers: { ja: 'いまと今日の件数', en: 'Now and today' },
  today: { ja: '今日', en: 'today' },
  asked: { ja: 'お申し込み', en: 'requests' },
  refused: { ja: '受付不可', en: 'refused' },
  waiting: { ja: '順番待ち', en: 'waiting' },
  longest: { ja: '最長', en: 'longest' },
  ringing: { ja: '呼び出し中', en: 'ringing' },
  talking: { ja: '通話中', en: 'on the line' },
  answered: { ja: '通話済み', en: 'answered' },
  notReached: { ja: 'つながらなかった', en: 'not reached' },
  notReachedAll: { ja: 'つながらなかった件すべて', en: 'not reached, for any reason' },
  freeAgents: { ja: '空いているオペレーター', en: 'Free agents' },
  tabs: { ja: '一覧と操作', en: 'Log and controls' },
  pages: { ja: '一覧のページ', en: 'Pages of the log' },
  newer: { ja: '新しい 25 件', en: 'Newer' },
  older: { ja: '古い 25 件', en: 'Older' },
  why: { ja: '理由', en: 'Why' },
  whyHint: { ja: '例: 営業時間の設定に誤り', en: 'e.g. wrong opening hours' },
  changedNow: { ja: '実行中に変更', en: 'changed while running' },
  notKept: { ja: '(窓口を閉めているため、いまは適用されません)', en: '(not in force: the queue was closed by hand)' },
  callingHours: { ja: '電話をかけてよい時間帯', en: 'Phones may ring' },
  mayRing: { ja: 'いま発信できます', en: 'allowed now' },
  mayNotRing: { ja: 'いまは発信しません', en: 'not now' },

  tryOut: { ja: '試す', en: 'Try it' },
  tryOutHelp: {
    ja: '用意したイベントを、イベントバスに送ります。受付不可の番号や、古いイベントもあります。',
    en: 'Puts a ready-made event on the bus; some have numbers that are refused, and one is stale.',
  },
  sample: { ja: 'サンプルイベント', en: 'Sample event' },
  send: { ja: '送る', en: 'Send' },
  crowd: { ja: '同時のお申し込み', en: 'Requests at once' },
  sendCrowd: { ja: '一斉に申し込む', en: 'Send them all' },

  log: { ja: 'お申し込みの一覧', en: 'Call log' },
  logRows: { ja: '一覧の表', en: 'Rows of the call log' },
  logHelp: {
    ja: '新しい順に、最新の 1,000 行までを並べます。同じお申し込みへの再度の発信、再配信、お客様からの着信も、それぞれ 1 行です。行を選ぶと、上の図と電話、「通話記録」にその 1 件を表示します。',
    en: 'The newest 1,000, newest first. A further call for the same request, a redelivery and an incoming call each have a row of their own. Select one to see it above, and under “Call record”.',
  },
  logEmpty: {
    ja: 'まだお申し込みがありません。サンプルサイトで電話のアイコンを押すか、「試す」からイベントを送ってください。',
    en: 'No request yet. Press the telephone icon on the sample site, or send a sample event.',
  },
  logNoMatch: { ja: '条件に合うお申し込みはありません。', en: 'No request matches.' },
  filterKind: { ja: '結果', en: 'Outcome' },
  filterText: { ja: '検索', en: 'Search' },
  filterHint: { ja: '問い合わせ番号、内容、結果など', en: 'inquiry number, text, outcome …' },
  all: { ja: 'すべて', en: 'All' },
  time: { ja: '時刻', en: 'Time' },
  inquiryNumber: { ja: '問い合わせ番号', en: 'Inquiry number' },
  inquiry: { ja: '種別と内容', en: 'Type and inquiry' },
  phone: { ja: '電話番号', en: 'Phone' },
  result: { ja: '状況', en: 'Progress' },

  incoming: { ja: 'お客様からの着信', en: 'incoming call' },
  rang: { ja: '呼び出し', en: 'rang' },
  waited: { ja: '待ち', en: 'waited' },
  talked: { ja: '通話', en: 'talked' },
  withVoicemail: { ja: '留守番電話', en: 'voicemail' },
  transferred: { ja: '転送後', en: 'transferred' },
  agentMissed: { ja: 'オペレーターが出ませんでした', en: 'an agent missed it' },
  lifeOfCall: { ja: 'お申し込みから通話の終わりまで', en: 'From the click to the hang-up' },
  now: { ja: 'いま', en: 'now' },

  figures: { ja: '今日の結果', en: "Today's outcomes" },
  figuresHelp: {
    ja: '今日のお申し込みがどうなったかと、お客様をお待たせした時間です。通話の結果は、電話が終わってから決まります。',
    en: "The results of today's requests, and how long people waited. A call counts once it is over.",
  },
  figuresEmpty: { ja: '今日の結果はまだありません。', en: 'No request has ended today.' },
  count: { ja: '件数', en: 'Requests' },
  waits: { ja: 'お待たせした時間', en: 'How long people waited' },
  toPlaced: { ja: 'お申し込みから呼び出しまで', en: 'From the click to the ring' },
  toAgent: { ja: '電話に出てからオペレーターにつながるまで', en: 'From the pick-up to the agent' },
  median: { ja: '中央値', en: 'median' },
  p95: { ja: '95% の方はこの時間以内', en: '95 % within' },
  noneYet: { ja: 'まだありません', en: 'none yet' },

  record: { ja: '通話記録', en: 'Call record' },
  recordHelp: {
    ja: '選んだお申し込みについて、DynamoDB に残る項目をすべて表示します。電話番号は伏せています。',
    en: 'Everything DynamoDB keeps about the selected request. Numbers are masked.',
  },
  recordEmpty: { ja: 'お申し込みを選ぶと、記録の全項目を表示します。', en: 'Select a request to see its record.' },
  recordNone: { ja: '記録はまだありません。', en: 'There is no record yet.' },
  contact: { ja: '通話 (コンタクト)', en: 'Phone call (contact)' },
  contactNone: { ja: '電話はかけていません。', en: 'Nobody was called.' },
  executions: { ja: 'このお申し込みの実行 (再配信を含む)', en: 'Executions of this request (redeliveries)' },

  settings: { ja: 'ステージの設定', en: 'Settings of the stage' },
  settingsHelp: {
    ja: 'settings/ のファイルから読み込んだ値です。運用中に変更した上限には、現在の値も表示します。',
    en: 'As read from the file in settings/. Limits that were changed at run time show the value in force, too.',
  },
  setting: { ja: '項目', en: 'Setting' },
  value: { ja: '値', en: 'Value' },
  inForce: { ja: '現在', en: 'in force' },
  none: { ja: 'なし', en: 'none' },
  seconds: { ja: '秒', en: 's' },
} as const satisfies Record<string, Sentence>;

/** How many times faster than real time the stack runs. */
export const timesFaster = (speed: number): Sentence =>
  speed === 1 ? { ja: '実際と同じ', en: 'real time' } : { ja: `実際の ${speed} 倍`, en: `${speed} × real time` };

/** `4 / 4 (3 reserved)` @param reserved of the free agents */
export const agentsFree = ({ free, all, reserved }: Record<'free' | 'all' | 'reserved', number>): Sentence =>
  reserved === 0
    ? { ja: `${free} / ${all}`, en: `${free} / ${all}` }
    : { ja: `${free} / ${all} (うち確保済み ${reserved})`, en: `${free} / ${all} (${reserved} reserved)` };

/** Position of a visit and what the state does, for screen readers. */
export const visitedAs = (places: readonly number[]): Sentence => ({
  ja: `${places.join('、')} 番目に通過`,
  en: `visited as step ${places.join(', ')}`,
});

/** An injected fault and the API request that it hit. @param kind in words @param attempt of a call, from 1 */
export const faultHit = (kind: Sentence, operation: string, attempt: number | undefined): Sentence => ({
  ja: `設定した障害「${kind.ja}」が、${operation}${attempt === undefined ? ' ' : ` の ${attempt} 回目の呼び出し`}で発生しました。`,
  en: `The fault “${kind.en}” hit ${operation}${attempt === undefined ? '' : `, attempt ${attempt}`}.`,
});

/** @param day such as 2026-11-22 @param count of requests with an outcome @param asked all requests */
export const figuresOf = (day: string, count: number, asked: number): Sentence => ({
  ja: `${day} のお申し込み ${asked} 件のうち、結果の出た ${count} 件`,
  en: `Of ${requests(asked)} on ${day}, the ${count} with an outcome so far`,
});

/** The parts below the story. */
export const TAB_WORDS: Record<Tab, Sentence> = {
  log: TEXTS.log,
  record: TEXTS.record,
  centre: { ja: 'オペレーターとキュー', en: 'Agents and queues' },
  trials: { ja: '試す・停止・障害', en: 'Try, stop, break' },
  figures: TEXTS.figures,
  settings: TEXTS.settings,
};

export const hereNow: Sentence = { ja: '現在地', en: 'the request is here now' };

export const countHere = (count: number): Sentence => ({ ja: `${count} 件が処理中`, en: `${count} here` });

export const fromHours = (start: string, end: string): Sentence => ({ ja: `${start}〜${end}`, en: `${start}–${end}` });

export const pressKey = (key: string): Sentence => ({ ja: `${key} を押す`, en: `Press ${key}` });

export const shown = (count: number, of: number): Sentence =>
  count === of ? { ja: `${of} 行`, en: rows(of) } : { ja: `${of} 行中 ${count} 行`, en: `${count} of ${rows(of)}` };

const rows = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;

const requests = (count: number): string => `${count} ${count === 1 ? 'request' : 'requests'}`;

/** @param first place of the first row that is shown, from 1 */
export const rowsOfAll = (first: number, last: number, of: number): Sentence => ({
  ja: `${of} 件中 ${first}〜${last} 件目`,
  en: `${first}–${last} of ${of}`,
});

/** Of a row of the log. */
export const placeOfRow = ({ place, of }: { place: number; of: number }): Sentence => ({
  ja: `順番 ${place} / ${of}`,
  en: `number ${place} of ${of} in line`,
});

export const placeInLine = ({ place, of }: { place: number; of: number }): Sentence => ({
  ja: `表示中は ${place}/${of} 番目`,
  en: `the one shown: ${place} of ${of}`,
});

export const laterToo = (count: number): Sentence => ({
  ja: `うち予約など ${count} 件`,
  en: `${count} of them scheduled`,
});

/** @param count of those on the line; the others hear a flow, wait in a queue, or are voicemails */
export const withAgents = (count: number): Sentence => ({
  ja: `うちオペレーターと ${count} 件`,
  en: `${count} with an agent`,
});

/** @param count of voicemails that took an agent */
export const voicemailsToo = (count: number): Sentence => ({
  ja: `今日 (うち留守番電話 ${count} 件)`,
  en: `today, ${count} by voicemail`,
});

/** @param count of requests that were in progress when the day began */
export const askedBefore = (count: number): Sentence => ({
  ja: `今日 (うち前日から ${count} 件)`,
  en: `today, ${count} from before`,
});

const DAY_WORDS: readonly Sentence[] = [
  { ja: '日', en: 'Sun' },
  { ja: '月', en: 'Mon' },
  { ja: '火', en: 'Tue' },
  { ja: '水', en: 'Wed' },
  { ja: '木', en: 'Thu' },
  { ja: '金', en: 'Fri' },
  { ja: '土', en: 'Sat' },
];

/** The opening hours of a week, such as `月〜金 09:00〜18:00、土・日 休み`. */
export function weekInWords(week: readonly WeekPart[]): Sentence {
  if (week.length === 0) return TEXTS.isAroundTheClock;
  const parts = week.map(({ days, hours }) => ({ days: daysInWords(days), hours: hoursInWords(hours) }));
  return {
    ja: parts.map(({ days, hours }) => `${days.ja} ${hours.ja}`).join('、'),
    en: parts.map(({ days, hours }) => `${days.en} ${hours.en}`).join(', '),
  };
}

/** The hours of one day. */
export function hoursInWords(hours: readonly DailyHours[]): Sentence {
  if (hours.length === 0) return { ja: '休み', en: 'closed' };
  const parts = hours.map(({ start, end }) => fromHours(start, end));
  return { ja: parts.map(({ ja }) => ja).join('・'), en: parts.map(({ en }) => en).join(' and ') };
}

const ALL_DAYS = 7;

/** @param days consecutive, 0 for Sunday */
function daysInWords(days: readonly number[]): Sentence {
  if (days.length === ALL_DAYS) return { ja: '毎日', en: 'every day' };
  const [first, last] = [days[0], days.at(-1)].map((day) => DAY_WORDS[day ?? 0] ?? { ja: '', en: '' });
  if (!first || !last || days.length === 1) return first ?? { ja: '', en: '' };
  return { ja: `${first.ja}〜${last.ja}`, en: `${first.en}–${last.en}` };
}
