import type { Sentence } from '../../../../domain/outcome-row.ts';

/** Notes of the local phone network about a call, with their Japanese translation. */
const HAPPENED: readonly [RegExp, (...found: string[]) => string][] = [
  [/^The phone rings\.$/, () => '電話が鳴っています。'],
  [/^Amazon Connect dials\.$/, () => 'Amazon Connect が発信しています。'],
  [/^The number is not in use\.$/, () => '使われていない番号でした。'],
  [/^The customer answers\.$/, () => 'お客様が電話に出ました。'],
  [/^A voicemail answers\.$/, () => '留守番電話が応答しました。'],
  [/^The line is busy\.$/, () => 'お話し中でした。'],
  [/^Nobody answers\.$/, () => 'どなたも出ませんでした。'],
  [/^The customer declines the call\.$/, () => 'お客様が着信を拒否しました。'],
  [/^The customer hangs up\.$/, () => 'お客様が電話を切りました。'],
  [/^The agent hangs up\.$/, () => 'オペレーターが電話を切りました。'],
  [/^The agent leaves the call\.$/, () => 'オペレーターが通話から抜けました。'],
  [/^The agent hands the customer on\.$/, () => 'オペレーターが別のキューへ転送しました。'],
  [/^The customer goes on to another queue\.$/, () => 'お客様は別のキューへ転送されました。'],
  [/^An agent hands the customer on\.$/, () => 'オペレーターから転送されました。'],
  [/^The flow hands the customer on\.$/, () => 'フローにより、別のキューから転送されました。'],
  [/^The call is stopped\.$/, () => '通話が打ち切られました。'],
  [/^The flow is over\.$/, () => 'フローが終わりました。'],
  [/^The customer waits in the queue\.$/, () => 'お客様はキューでオペレーターを待っています。'],
  [/^(.+) takes the call\.$/, (agent = '') => `オペレーター ${agent} が電話に出ました。`],
  [/^(.+) does not take the call\.$/, (agent = '') => `オペレーター ${agent} は電話に出ませんでした。`],
  [/^The customer presses no key\.$/, () => 'お客様はボタンを押しませんでした。'],
  [/^The customer presses some keys\.$/, () => 'お客様が複数のボタンを押しました。'],
  [/^The customer presses (.)\.$/, (key = '') => `お客様が ${key} を押しました。`],
  [
    /^Amazon Connect hangs up: the flow ends the call\.$/,
    () => 'フローの終わりまで進み、Amazon Connect が電話を切りました。',
  ],
  [/^Amazon Connect hangs up: (.+)\.$/, (because = '') => `Amazon Connect が電話を切りました (${because})。`],
  [
    /^The flow of the queue stops: (.+)\.$/,
    (because = '') => `キューのフローが止まりました。お客様は引き続きお待ちです (${because})。`,
  ],
  [/^Amazon Connect calls an external number\.$/, () => 'Amazon Connect が外部の番号に発信しました。'],
  [/^A callback is arranged\.$/, () => '折り返しを予約しました。'],
  [/^Amazon Connect's default queue flow plays/, () => 'Amazon Connect の標準の保留音 (英語) が流れています。'],
  [/^A customer calls in\.$/, () => '別のお客様から着信がありました。'],
  [/^The customer calls back\.$/, () => 'お客様から折り返しの着信がありました。'],
];

/** A note in both languages; an unknown one stays as it is. */
export function happenedInWords(text: string): Sentence {
  for (const [form, japanese] of HAPPENED) {
    const found = form.exec(text);
    if (found) return { ja: japanese(...found.slice(1)), en: text };
  }
  return { ja: text, en: text };
}
