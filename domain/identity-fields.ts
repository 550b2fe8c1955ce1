/*
 * Which fields of the content identify a person. A field omitted by mistake is named in the record and in the log, and can be renamed;
 * one passed on by mistake stays in contact records for years. So a word that identifies people decides, unless the word next to it
 * names a thing, or another one marks it as a flag, a count or a kind.
 */

/** Words that identify somebody anywhere in a key, in English and romanised Japanese. */
const IDENTITY = words(`
  phone telephone tel telno cellphone phonenumber mobilephone fax denwa denwabango keitai
  mail email mailaddress emailaddress mailaddr emailaddr
  name fullname firstname lastname familyname givenname middlename surname nickname username customername
  namekana kananame kana furigana hurigana yomigana katakana hiragana shimei simei namae onamae myoji myouji
  address addr streetaddress street jusho jyusho juusho jyuusho zip zipcode postal postalcode postcode yubin yuubin yubinbango
  birth birthday birthdate dateofbirth dob seinengappi tanjobi tanjoubi
  card creditcard cardnumber cardno ccnumber cvv cvc cvv2 pan iban bankaccount kouza koza
  mynumber kojinbango passport ssn password passwd
  seimei jusyo jyuusyo cardholder cardnum renrakusaki todokesaki otodokesaki kaiinmei otodokemei
`);

/** Adjacent words that together identify somebody, including accounts with other companies. */
const TOGETHER = words(`
  securitycode accountnumber accountnum accountno bankaccount accountholder mynumber ccnumber ccnum
  lineid lineuserid twitterid instagramid facebookid kakaoid wechatid whatsappid skypeid telegramid appleid
  pincode nationalid
`);

/** Words that do so alone, or if every other word is one of these or of `BESIDE_SHORT`: sei and mei are half a name. */
const SHORT = words('sei mei mobile cell first last');
const BESIDE_SHORT = words(`
  customer user member visitor client guest contact person your my kanji no num number
  kaiin kokyaku okyaku okyakusama otodoke todoke haiso haisou moushikomi keiyakusha hogosha honnin kazoku kodomo yoyaku tanto tantou
`);

/** Things with a name, an address, an email or a card of their own; or attributes of a card, a phone or a birthday. */
const THINGS = words(`
  company corp corporation organization organisation firm office branch shop store tenant brand vendor maker
  product item goods plan course service menu option feature function ticket coupon content article book title
  page screen site website web url domain host server path event campaign segment category tag label group team project
  file folder browser os device app application model version machine queue form field column button banner popup modal
  department dept division section role industry job prefecture city area region country station
  hotel school facility webinar seminar lesson program scenario variant test action template query search keyword
  kaisha shohin shouhin syohin syouhin seihin tenpo mise color position rank point points mac
`);

/** More things with a name (mei) of their own, in Japanese. */
const NAMED_THINGS = words(`
  ten busho bumon gakkou gakko daigaku gakka gakubu kurasu kigyou kigyo houjin hojin dantai shisetsu tatemono biru chi eki ken toshi
  shi kuni gyoshu gyoushu shokushu yakushoku katagaki kamoku hoken kategori peji saito apuri burando meka kyanpen ibento hin byou
  byouin kijun koumoku shurui
`);

/** Words for a property of a field rather than its value. */
const SAYS = words(`
  is has had was can allow allows accept accepts opt optin optout flag flg count status verified registered subscribed
  subscription permission consent enabled disabled magazine mailmagazine merumaga mailmaga newsletter type kind changed updated
  length valid
`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** The words of a key in snake, kebab or camel case, in lower case and without trailing digits. */
const wordsOf = (key: string): string[] =>
  key
    .replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2_')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map((word) => (word === 'cvv2' ? word : word.replace(/(?<=[a-z])\d+$/, '')))
    .filter((word) => word !== '');

/**
 * Whether a key names something that identifies a person, in common English or Japanese words. Keys in other scripts never become
 * attributes, so they are not covered.
 *
 * @example isIdentityField('customerName') // true
 * @example isIdentityField('plan_name') // false
 */
export function isIdentityField(key: string): boolean {
  const all = wordsOf(key);
  const joined = all.join('');
  // These two are in the content for KARTE: Amazon Connect does not need them.
  if (IDENTITY.has(joined) || joined === 'userid' || joined === 'visitorid') return true;
  if (all.some((word) => SAYS.has(word))) return false;
  const isThing = (index: number) => THINGS.has(all[index] ?? '');
  if (all.some((word, index) => IDENTITY.has(word) && !isThing(index - 1) && !isThing(index + 1))) return true;
  const joinedFrom = (index: number, count: number) => all.slice(index, index + count).join('');
  const isTogether = (index: number) => [2, 3].some((count) => TOGETHER.has(joinedFrom(index, count)));
  if (all.some((_, index) => TOGETHER.has(joinedFrom(index, 1)) || (isTogether(index) && !isThing(index - 1))))
    return true;
  // The name of the person: kaiin_mei.
  const names = all.filter((word) => !/^\d+$/.test(word));
  const named = names.at(-2);
  if (names.at(-1) === 'mei' && named !== undefined && !THINGS.has(named) && !NAMED_THINGS.has(named)) return true;
  return (
    all.some((word) => SHORT.has(word)) &&
    all.every((word) => SHORT.has(word) || BESIDE_SHORT.has(word) || /^\d+$/.test(word))
  );
}
