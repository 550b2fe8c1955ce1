import type { Sentence } from './outcome-row.ts';

/**
 * Why a voice contact ended, as contact records and events of Amazon Connect name it, and the same in words.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html
 */
const DISCONNECT_WORDS: Readonly<Record<string, Sentence>> = {
  CUSTOMER_DISCONNECT: { ja: 'お客様が切断', en: 'the customer hung up' },
  AGENT_DISCONNECT: { ja: 'オペレーターが切断', en: 'the agent hung up' },
  THIRD_PARTY_DISCONNECT: { ja: '第三者の側で切断', en: 'a third party hung up' },
  CONTACT_FLOW_DISCONNECT: { ja: 'コンタクトフローが切断', en: 'the contact flow hung up' },
  BARGED: { ja: '管理者が割り込んで切断', en: 'a supervisor barged in and ended it' },
  TELECOM_BUSY: { ja: 'お話し中か、着信拒否', en: 'busy, or perhaps declined' },
  TELECOM_NUMBER_INVALID: { ja: '使われていない番号', en: 'the number is not in use' },
  TELECOM_POTENTIAL_BLOCKING: { ja: '電話網で迷惑電話としてブロックされた可能性', en: 'networks may block the number' },
  TELECOM_UNANSWERED: { ja: '電源オフか圏外などで接続できず', en: 'could not be delivered: off or out of reach' },
  TELECOM_TIMEOUT: { ja: '呼び出しの時間切れ', en: 'it rang until the time was up' },
  TELECOM_ORIGINATOR_CANCEL: { ja: '応答がないため、発信側で終了', en: 'not answered: the calling side gave up' },
  TELECOM_PROBLEM: { ja: '電話網の障害', en: 'a problem of the network' },
  CUSTOMER_NEVER_ARRIVED: { ja: 'お客様が接続せず', en: 'the customer never connected' },
  OUTBOUND_DESTINATION_ENDPOINT_ERROR: { ja: '発信できない宛先', en: 'the destination cannot be dialled' },
  OUTBOUND_RESOURCE_ERROR: { ja: '発信に必要な権限か資源が不足', en: 'permissions or resources are missing' },
  OUTBOUND_ATTEMPT_FAILED: { ja: '発信に失敗', en: 'the attempt failed' },
  EXPIRED: { ja: '発信の期限切れ', en: 'it expired before it could go out' },
  OTHER: { ja: 'その他の理由か、API による終了', en: 'another reason, or ended by the API' },
};

/** A reason of Amazon Connect in words; undefined of one that is newer than this list. */
export const disconnectWords = (reason: string): Sentence | undefined =>
  Object.hasOwn(DISCONNECT_WORDS, reason) ? DISCONNECT_WORDS[reason] : undefined;
