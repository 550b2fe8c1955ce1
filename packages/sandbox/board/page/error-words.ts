import type { CallErrorName } from '../../../../domain/errors.ts';
import type { Sentence } from '../../../../domain/outcome-row.ts';
import { withRaw } from './code-words.ts';

/** This project's errors in words. */
const OWN: Record<CallErrorName, Sentence> = {
  ConnectThrottled: { ja: 'API の呼び出し回数の超過', en: 'API rate exceeded' },
  ConnectLimitExceeded: { ja: '同時通話数などの上限の超過', en: 'a quota, such as concurrent calls, is exceeded' },
  ConnectUnavailable: { ja: 'Amazon Connect が応答しない', en: 'Amazon Connect does not respond' },
  ConnectDestinationNotAllowed: { ja: '発信先の国が許可されていない', en: 'country not allowed' },
  ConnectOutboundNotPermitted: { ja: '発信が有効になっていない', en: 'outbound calls not enabled' },
  ConnectRequestRejected: { ja: '依頼の内容が正しくない', en: 'the request was rejected' },
  ConnectResourceNotFound: { ja: 'キューやフローが見つからない', en: 'no such queue, flow or instance' },
  ConnectAccessDenied: { ja: '権限不足', en: 'access denied' },
  StageIdsUnavailable: { ja: 'スタックの ID を読み取れない', en: 'the ids of the stack cannot be read' },
  StageIdsMissing: { ja: 'スタックの ID がない', en: 'the ids of the stack are missing' },
};

/** Errors of Step Functions, and the one with which a request leaves the line. */
const OF_OTHERS: Readonly<Record<string, Sentence>> = {
  NoLongerWaiting: { ja: '順番待ちから外された', en: 'removed from the line' },
  'States.Timeout': { ja: 'タイムアウト', en: 'timed out' },
  'States.TaskFailed': { ja: '処理の失敗', en: 'the task failed' },
};

/** An error in words with its name; just the name if it is unknown. */
export function errorInWords(name: string): Sentence {
  const words = Object.hasOwn(OWN, name) ? OWN[name as CallErrorName] : OF_OTHERS[name];
  return words ? withRaw(words, name) : { ja: name, en: name };
}
