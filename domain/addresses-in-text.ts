import { readingsOf } from './escapes-in-text.ts';

/*
 * No Unicode classes: compiling them would cost a cold function more time than the whole search.
 */

/**
 * Endings of web addresses that people write without a scheme: those common in Japan, and cheap ones that are often misused.
 * @see https://data.iana.org/TLD/tlds-alpha-by-domain.txt
 */
const LONG_ENDINGS =
  'com|net|org|edu|gov|mil|int|info|biz|name|pro|mobi|tel|jobs|asia|tokyo|osaka|nagoya|app|dev|web|page|site|website|online|' +
  'shop|store|sale|club|blog|news|live|life|link|click|xyz|top|icu|vip|win|bid|loan|work|fun|one|cloud|tech|space|world|' +
  'support|help|center|agency|company|systems|services|solutions|digital|email|zone|today|media|network|group|team|chat|zip|mov';

/**
 * Country endings, by their first letter, without those that are common for files and libraries: README.md, main.py.
 * @see https://www.iana.org/domains/root/db
 */
const SHORT_ENDINGS =
  'a[c-gilmoq-uwxz]|b[abd-jmnorstvwyz]|c[acdf-ik-oru-z]|d[ejkmoz]|e[cegrstu]|f[ijkmor]|g[abd-ilmnp-uwy]|h[kmnrtu]|' +
  'i[del-oq-t]|j[emop]|k[eghimnprwyz]|l[abcikr-vy]|m[aceghk-z]|n[acefgilopruz]|om|p[aef-hkmnrtw]|qa|r[eouw]|' +
  's[a-egijk-or-tuvxyz]|t[cdfghj-ortvwz]|u[agksyz]|v[aceginu]|w[fs]|y[et]|z[amw]';

/** What browsers read as the dot of an address, also after blanks, where no sentence has one. */
const DOT = '(?:[.\\u3002\\uff0e\\uff61]|\\s{1,9}[.\\u3002\\uff0e\\uff61]\\s{0,9})';

/** Product names that look like addresses. */
const PRODUCTS = /(?<![a-z0-9.-])(?:(?:asp|vb|ado)\.net|socket\.io)(?![a-z0-9-]|\.[a-z])/gi;

const ADDRESS = new RegExp(
  [
    // https://, also as hxxps://
    '[a-z0-9]\\s?:\\s?//',
    '(?<![a-z0-9])(?:www|ww\\d)\\d?\\.[^\\s.]',
    '(?<![a-z])(?:mailto|javascript|sms|callto):\\S',
    // somebody@example.com
    '[^\\s@]\\s?@\\s?(?:[^\\s@.]{1,63}\\.){1,8}[^\\s@.\\x00-\\x2f]{2}',
    // example.com, 料金.jp
    `[a-z0-9\\u0080-\\uffff](?:${DOT})(?:${LONG_ENDINGS}|xn--[a-z0-9-]+|jp)(?![a-z0-9-])`,
    `[a-z0-9]\\.(?:${SHORT_ENDINGS})(?![a-z0-9-])`,
  ].join('|'),
  'i',
);

/** Four numbers with dots, at least one of two digits: 1.2.3.4 is a chapter. */
const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IP_ADDRESS = new RegExp(`(?<![\\d.])(?!(?:\\d\\.){3}\\d(?!\\d))(?:${BYTE}\\.){3}${BYTE}(?!\\.?\\d)`);
/** Versions may have four numbers, too. The Japanese word means version. */
const VERSION = /(?:(?<![a-z])v(?:er(?:sion)?)?\.?|\u30d0\u30fc\u30b8\u30e7\u30f3)\s?\d[\d.]*/gi;

/** How people hide addresses from machines: foo [at] example [dot] com. The Japanese words are at, at mark, dot. */
const HIDDEN_AT = /\s{0,9}[[({<]\s{0,3}(?:at|@|\u30a2\u30c3\u30c8(?:\u30de\u30fc\u30af)?)\s{0,3}[\])}>]\s{0,9}/gi;
const HIDDEN_DOT =
  /\s{0,9}[[({<]\s{0,3}(?:dot|\.|\u30c9\u30c3\u30c8)\s{0,3}[\])}>]\s{0,9}|\s{1,9}dot\s{1,9}(?=(?:com|net|org|co|jp)\b)/gi;

/**
 * Whether a text contains a web address, an email address or an IP address, in half or full width, escaped or obfuscated. Without a
 * scheme, the ending decides, so 「Ver.2.0」, 「Node.js」 and 「A/Bテスト」 are not addresses.
 *
 * @example holdsAddress('詳しくは example.com まで') // true
 */
export const holdsAddress = (text: string): boolean =>
  readingsOf(text).some((reading) => {
    const plain = reading.normalize('NFKC').replace(HIDDEN_AT, '@').replace(HIDDEN_DOT, '.').replace(PRODUCTS, 'x');
    return ADDRESS.test(plain) || IP_ADDRESS.test(plain.replace(VERSION, 'x'));
  });
