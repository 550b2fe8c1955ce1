/** The same sequence of numbers in [0, 1) for the same seed (mulberry32), so that a failure can be repeated. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the values; the list must not be empty. */
export function pick<T>(random: () => number, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** A text of up to `maxLength` of the given pieces. */
export const randomText = (random: () => number, pieces: readonly string[], maxLength: number): string =>
  Array.from({ length: Math.floor(random() * (maxLength + 1)) }, () => pick(random, pieces)).join('');

/** What people put between the digits of a number, by name: a terminal shows most of these alike. */
export const SEPARATORS: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['hyphen-minus', '-'],
  ['hyphen U+2010', '\u2010'],
  ['non-breaking hyphen U+2011', '\u2011'],
  ['figure dash U+2012', '\u2012'],
  ['en dash U+2013', '\u2013'],
  ['em dash U+2014', '\u2014'],
  ['horizontal bar U+2015', '\u2015'],
  ['hyphen bullet U+2043', '\u2043'],
  ['minus sign U+2212', '\u2212'],
  ['horizontal line extension U+23AF', '\u23af'],
  ['straightness U+23E4', '\u23e4'],
  ['box drawing light U+2500', '\u2500'],
  ['box drawing heavy U+2501', '\u2501'],
  ['wave dash U+301C', '\u301c'],
  ['full-width tilde U+FF5E', '\uff5e'],
  ['long-vowel mark U+30FC', '\u30fc'],
  ['half-width long-vowel mark U+FF70', '\uff70'],
  ['small em dash U+FE58', '\ufe58'],
  ['small hyphen-minus U+FE63', '\ufe63'],
  ['full-width hyphen-minus U+FF0D', '\uff0d'],
  ['soft hyphen U+00AD', '\u00ad'],
  ['space', ' '],
  ['two spaces', '  '],
  ['no-break space U+00A0', '\u00a0'],
  ['em space U+2003', '\u2003'],
  ['narrow no-break space U+202F', '\u202f'],
  ['ideographic space U+3000', '\u3000'],
  ['tab', '\t'],
  ['zero width space U+200B', '\u200b'],
  ['zero width joiner U+200D', '\u200d'],
  ['word joiner U+2060', '\u2060'],
  ['hyphen between spaces', ' - '],
  ['full stop', '.'],
  ['full-width full stop U+FF0E', '\uff0e'],
  ['middle dot U+30FB', '\u30fb'],
  ['half-width middle dot U+FF65', '\uff65'],
  ['slash', '/'],
  ['full-width slash U+FF0F', '\uff0f'],
  ['underscore', '_'],
  ['Japanese full stop U+3002', '\u3002'],
  ['half-width Japanese full stop U+FF61', '\uff61'],
  ['Japanese comma U+3001', '\u3001'],
  ['half-width Japanese comma U+FF64', '\uff64'],
  ['comma', ','],
  ['full-width comma U+FF0C', '\uff0c'],
  ['colon', ':'],
  ['full-width colon U+FF1A', '\uff1a'],
  ['Latin middle dot U+00B7', '\u00b7'],
  ['bullet U+2022', '\u2022'],
  ['hyphenation point U+2027', '\u2027'],
  ['bullet operator U+2219', '\u2219'],
  ['dot operator U+22C5', '\u22c5'],
];

/** Ways of writing +819012345678 that differ in more than the separator. */
export const SPELLINGS: readonly (readonly [name: string, text: string])[] = [
  ['E.164', '+819012345678'],
  ['national', '09012345678'],
  ['a semicolon behind it', '090-1234-5678;'],
  ['numeric entities', '090&#45;1234&#x2D;5678'],
  ['full-width digits', '０９０１２３４５６７８'],
  ['full-width digits and full-width hyphens', '０９０－１２３４－５６７８'],
  ['full-width digits and long-vowel marks', '０９０ー１２３４ー５６７８'],
  ['half and full width mixed', '0９0-1２34-5６78'],
  ['full-width plus sign', '＋８１９０１２３４５６７８'],
  ['brackets', '(090)1234-5678'],
  ['brackets around the middle', '090(1234)5678'],
  ['full-width brackets', '（０９０）１２３４ー５６７８'],
  ['square brackets', '[090] 1234 5678'],
  ['the trunk zero after the country code', '+8109012345678'],
  ['the trunk zero in brackets', '+81 (0)90-1234-5678'],
  ['the country code in brackets', '(+81) 90-1234-5678'],
  ['international with hyphens', '+81-90-1234-5678'],
  ['the plus sign lost', '819012345678'],
  ['the plus sign lost, full-width digits', '８１９０１２３４５６７８'],
  ['the plus sign lost, the trunk zero kept', '8109012345678'],
  ['the plus sign turned into a space by a form', ' 819012345678'],
  ['spaces around it', '  090-1234-5678\u3000'],
  ['line feed at the end', '09012345678\r\n'],
  ['direction marks around it', '\u202a+819012345678\u202c'],
  ['byte order mark in front', '\ufeff09012345678'],
  ['zero width spaces around it', '\u200b09012345678\u200b'],
  ['corner brackets', '「090」1234「5678」'],
  ['a full stop at the end', '090-1234-5678。'],
  ['the apostrophe of a spreadsheet', "'09012345678"],
  ['a full-width apostrophe', '＇０９０１２３４５６７８'],
  ['a curly apostrophe', '\u201909012345678'],
  ['quotes', '"090-1234-5678"'],
  ['TEL and a colon', 'TEL:090-1234-5678'],
  ['TEL and a full-width colon', 'ＴＥＬ：０９０－１２３４－５６７８'],
  ['Tel. and a blank', 'Tel. 090-1234-5678'],
  ['a link to a number', 'tel:+81-90-1234-5678'],
  ['the sign for TEL', '℡090-1234-5678'],
  ['TEL in brackets', '[TEL] 090-1234-5678'],
  ['a telephone in front', '☎ 090-1234-5678'],
  ['a telephone as an emoji', '☎️090-1234-5678'],
  ['a receiver', '📞 +81 90-1234-5678'],
  ['the Japanese word in front', '電話番号：090-1234-5678'],
  ['the Japanese word for mobiles in front', '携帯 090-1234-5678'],
  ['the mark of a switchboard', '090-1234-5678（代表）'],
  ['the same in short', '090-1234-5678(代)'],
  ['the same without brackets', '090-1234-5678 代表'],
  ['the same in front', '代表 090-1234-5678'],
  ['a mark in front and behind', 'TEL 090-1234-5678 (大代表)'],
];

/** The same as links, whose other parts have digits of their own. */
export const LINKS: readonly (readonly [name: string, text: string])[] = [
  ['a link to a number of here', 'tel:09012345678;phone-context=+81'],
  ['a link to a number within a firm', 'tel:090-1234-5678;phone-context=example.com'],
  ['a link with an escaped plus sign', 'TEL:%2B819012345678'],
  ['a link as the web has them', 'tel://09012345678'],
  ['a link with escaped hyphens', 'tel:090%2D1234%2D5678'],
  ['a link with escaped blanks', 'tel:090%201234%205678;npdi'],
  ['a link with a parameter of another kind', 'tel:+81(90)1234.5678;npdi'],
];

/** What people type that is not called, by what they are told of it where Japanese numbers are dialled. */
export const MISTYPED = [
  ['03-1234-5678 内線12', 'extension_beside'],
  ['03-1234-5678（内線 12）', 'extension_beside'],
  ['03-1234-5678 内線：１２', 'extension_beside'],
  ['03-1234-5678(内123)', 'extension_beside'],
  ['03-1234-5678 内:12', 'extension_beside'],
  ['03-1234-5678（社内）', 'letters_beside'],
  ['tel:03-1234-5678%3Bext=12', 'extension_beside'],
  ['09012345678;5', 'extension_beside'],
  ['090-1234-5678;03-1234-5678;', 'two_numbers'],
  ['090&#45;1234&#45;567', 'too_few_digits'],
  ['内線12 03-1234-5678', 'extension_beside'],
  ['03-1234-5678 ナイセン12', 'extension_beside'],
  ['03-1234-5678 ext. 12', 'extension_beside'],
  ['03-1234-5678 (ex12)', 'extension_beside'],
  ['tel:+81-3-1234-5678;ext=12', 'extension_beside'],
  ['tel:+81-3-1234-5678;isub=12', 'extension_beside'],
  ['tel:03-1234-5678;phone-context=+81;EXT=12', 'extension_beside'],
  ['090-1234-5678 / 03-1234-5678', 'two_numbers'],
  ['090-1234-5678、03-1234-5678', 'two_numbers'],
  ['090-1234-5678, 03-1234-5678', 'two_numbers'],
  ['090-1234-5678\n03-1234-5678', 'two_numbers'],
  ['090-1234-5678　03-1234-5678', 'two_numbers'],
  ['090-1234-5678または03-1234-5678', 'two_numbers'],
  ['090-1234-5678 か 03-1234-5678', 'two_numbers'],
  ['090-1234-5678 or 03-1234-5678', 'two_numbers'],
  ['０９０ー１２３４ー５６７８／０３ー１２３４ー５６７８', 'two_numbers'],
  ['自宅03-1234-5678 携帯090-1234-5678', 'two_numbers'],
  ['+81-90-1234-5678 / +81312345678', 'two_numbers'],
  ['+81-90-1234-5678, +44 113 496 0000', 'two_numbers'],
  ['090-1234-567', 'too_few_digits'],
  ['9012345678', 'too_few_digits'],
  ['1234-5678', 'too_few_digits'],
  ['03-1234-56', 'too_few_digits'],
  ['+81 90 1234 567', 'too_few_digits'],
  ['TEL: 090', 'too_few_digits'],
  ['090-1234-56789', 'too_many_digits'],
  ['03-1234-5678-9', 'too_many_digits'],
  ['03-1234-5678/9', 'too_many_digits'],
  ['+81 90 1234 56789', 'too_many_digits'],
  ['090-1234-5678です', 'letters_beside'],
  ['090-1234-5678（自宅）', 'letters_beside'],
  ['tel:09012345678;phone-context=+1', 'country_not_allowed'],
  // As many digits as there should be: nobody is told to look for more.
  ['060-0123-4567', 'impossible'],
  ['でんわ', 'impossible'],
] as const;
