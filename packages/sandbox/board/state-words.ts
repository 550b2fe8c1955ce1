import type { Sentence } from '../../../domain/outcome-row.ts';

/** What each state of statemachines/call-request.asl.json does, for somebody who sees it for the first time. */
export const STATE_WORDS: Readonly<Record<string, Sentence>> = {
  ValidateRequest: {
    ja: 'かけてよい電話番号か、古いお申し込みではないかを確認します。',
    en: 'Reads the request: may this number be called, and was it asked for just now?',
  },
  IsRequestValid: { ja: '内容に問題はありませんか。', en: 'Is it a request that may be called?' },
  BookAppointment: {
    ja: 'ご希望の日時が受付時間内で、予約枠に空きがあれば、お約束します。',
    en: 'The visitor chose a time: promises the call if the queue is open then and the slot has a place left.',
  },
  IsAppointmentMade: { ja: 'お約束できましたか。', en: 'Was the call promised?' },
  WaitForAppointment: { ja: 'お約束の日時まで待ちます。', en: 'Waits for the time that was promised.' },
  WaitUntilDue: { ja: 'お約束の日時まで、残りの時間を待ちます。', en: 'Waits for the rest of that time.' },
  WaitForTry: { ja: 'もう一度お電話する時刻まで待ちます。', en: 'Waits for the time of a further call.' },
  CheckQueue: {
    ja: '電話番号ごとに 1 件だけ受け付け、上限を確認します。キューが営業中でオペレーターの手が空いていれば、1 人を確保します。',
    en: 'Takes the request, one per number, and counts it against the limits. Then asks whether the queue is open and an agent is free, and reserves one.',
  },
  CanQueueTakeIt: { ja: 'いまオペレーターが対応できますか。', en: 'Can somebody answer?' },
  WaitForOpening: { ja: '営業開始まで待ちます。', en: 'Waits until the queue opens.' },
  WaitForAgent: { ja: 'オペレーターの手が空くまで、順番を待ちます。', en: 'Waits in line until an agent is free.' },
  WaitForTurn: {
    ja: 'Amazon Connect が許す間隔で発信するため、順番を待ちます。',
    en: 'Waits for its turn: calls leave at the pace Amazon Connect allows.',
  },
  StartCall: { ja: 'Amazon Connect に発信を依頼します。', en: 'Asks Amazon Connect for the call.' },
  TakeLaterTurn: {
    ja: 'Amazon Connect が混み合っているため、少し待って、順番を取り直します。',
    en: 'Amazon Connect accepts no more calls for now: waits a while and takes a later turn.',
  },
  HasLaterTurn: { ja: '期限までに、もう一度発信できますか。', en: 'Is there time for it before the deadline?' },
  RecordOutcome: {
    ja: '結果を 1 つだけ、通話記録に書き込みます。',
    en: 'Writes the one outcome of the request to the call record.',
  },
  MustSomebodyAct: { ja: '担当者の対応が必要ですか。', en: 'Must somebody act?' },
  RequestEnded: { ja: '処理が終わりました。', en: 'The request has ended.' },
  RequestFailed: { ja: '失敗として終了し、アラームで担当者に知らせます。', en: 'Failed: the alarm tells an operator.' },
};
