import type { Sentence } from '../../../../../domain/outcome-row.ts';

/** Texts of the page for operators. */
export const OPERATOR_TEXTS = {
  title: { ja: '問い合わせ番号の確認', en: 'Check an inquiry number' },
  intro: {
    ja: 'お客様から伺った番号を入力してください。聞き間違いがないかを確かめ、KARTE での検索に必要な値をコピーできます。',
    en: 'Type the number that the customer reads out: see whether you heard it right, and copy what to search for in KARTE.',
  },
  label: { ja: 'お客様の問い合わせ番号', en: "The customer's inquiry number" },
  hint: {
    ja: '8 桁の番号です。ハイフンや空白が入っていても、全角でも構いません。',
    en: 'It has 8 digits. Hyphens, spaces and full-width digits are fine.',
  },
  clear: { ja: '消去', en: 'Clear' },
  letters: {
    ja: '数字以外の文字が入っています。数字だけを入力してください。',
    en: 'It contains something other than digits.',
  },
  long: {
    ja: '桁が多すぎます。問い合わせ番号は 8 桁です。',
    en: 'That is too many digits: an inquiry number has 8.',
  },
  zero: {
    ja: '0 で始まる問い合わせ番号はありません。お客様に、もう一度番号を伺ってください。',
    en: 'No inquiry number begins with 0. Ask the customer for the number again.',
  },
  wrong: { ja: '番号が違います', en: 'This number is wrong' },
  wrongWhy: {
    ja: '1 桁の聞き間違いか、隣り合う 2 桁の入れ替わりと考えられます。どの桁かは分かりません。推測せずに、お客様にもう一度番号を伺ってください。',
    en: 'One digit was probably misheard, or two adjacent digits were swapped; there is no telling which. Do not guess: ask the customer for the number again.',
  },
  readBack: { ja: '復唱するときは', en: 'To read it back' },
  right: { ja: '番号の形式に誤りはありません', en: 'The number is valid' },
  search: { ja: 'KARTE でお客様を検索する', en: 'Find the customer in KARTE' },
  searchHow: {
    ja: 'KARTE のユーザーリストで検索条件を作り、次のイベントとフィールドを選んで、値が一致するお客様を検索します。',
    en: 'In the user list of KARTE (ユーザーリスト), make a search condition with this event, and this field equal to the value.',
  },
  event: { ja: 'イベント', en: 'Event' },
  field: { ja: 'フィールド', en: 'Field' },
  value: { ja: '値', en: 'Value' },
  copy: { ja: 'コピー', en: 'Copy' },
  copied: { ja: 'コピーしました', en: 'Copied' },
  notCopied: {
    ja: 'コピーできませんでした。文字を選択してコピーしてください。',
    en: 'It could not be copied: select the text and copy it.',
  },
  found: { ja: 'お申し込みと、その後の経過', en: 'The request and its result' },
  looking: { ja: '調べています…', en: 'Searching…' },
  none: {
    ja: 'この番号のお申し込みはありません。番号が正しければ、お申し込みが届いていないか、記録の保存期間を過ぎています。',
    en: 'There is no request with this number. If the number is right, the request never arrived, or its record is no longer kept.',
  },
  lost: {
    ja: 'お申し込みを調べられませんでした。番号の確認と KARTE での検索は、このまま行えます。',
    en: 'The request could not be looked up. You can still check the number and search in KARTE.',
  },
  askedAt: { ja: 'お申し込み', en: 'Requested at' },
  about: { ja: 'お客様', en: 'Customer' },
  inquiry: { ja: '問い合わせ内容', en: 'Inquiry' },
  phone: { ja: '電話番号', en: 'Telephone' },
  promised: { ja: 'お約束の日時', en: 'Promised for' },
  more: { ja: 'ボードで詳しく見る', en: 'Full details on the board' },
  callAgain: { ja: '同じ問い合わせ番号の別の記録', en: 'Another record with this number' },
  onlyNumber: {
    ja: 'この画面の内容は、どこにも送信されません。お申し込みの記録は、担当の技術者にお尋ねください。',
    en: 'Nothing on this page is sent anywhere. Ask your engineers for the record of a request.',
  },
} as const satisfies Record<string, Sentence>;

export const stillMissing = (digits: number): Sentence => ({
  ja: `あと ${digits} 桁です。`,
  en: digits === 1 ? '1 digit is missing.' : `${digits} digits are missing.`,
});

/** Unambiguous readings of the digits. */
const SPOKEN = ['ゼロ', 'いち', 'に', 'さん', 'よん', 'ご', 'ろく', 'なな', 'はち', 'きゅう'];

/** A number as it is read back: group by group, digit by digit. */
export const spoken = (grouped: string): Sentence => ({
  ja: grouped
    .split('-')
    .map((group) => [...group].map((digit) => SPOKEN[Number(digit)] ?? digit).join('・'))
    .join('、'),
  en: grouped
    .split('-')
    .map((group) => [...group].join(' '))
    .join(', '),
});
