import { LABELS, REPLACEMENT } from './encodings.ts';

/** Score of a reading of which only a few bytes are valid. */
const LEAST = 3;

/** Half-width katakana, one byte each in CP932. */
const HALF_WIDTH = /[\uff61-\uff9f]/;

/** What the decoder turns bytes from 0x80 to 0x9F into, which EUC-JP does not use. */
const CONTROL = /[\u0080-\u009f]/;

/**
 * Tells EUC-JP from CP932. A byte from 0xA1 to 0xDF is half of a character in the former and half-width katakana in the latter,
 * so a short file can be valid in both.
 */
export class JapaneseTally {
  readonly #cp932 = reading(LABELS.cp932);
  readonly #euc = reading(LABELS['euc-jp']);

  add(bytes: Buffer): void {
    this.#cp932.add(bytes);
    this.#euc.add(bytes);
  }

  /** Undefined if it may be either, or is neither. */
  encoding(): 'cp932' | 'euc-jp' | undefined {
    const [cp932, euc] = [this.#cp932, this.#euc];
    if (euc.wrong * 4 <= cp932.wrong && cp932.wrong > 0) return euc.wrong + LEAST <= cp932.wrong ? 'euc-jp' : undefined;
    const { narrow, wide } = cp932;
    const all = narrow + wide + cp932.wrong;
    if (cp932.wrong * 2 <= euc.wrong && euc.wrong > 0) {
      // Most Japanese text is kanji and hiragana; in pure half-width katakana, names of odd length are invalid EUC-JP.
      if (narrow < all / 2) return 'cp932';
      return euc.wrong >= LEAST && euc.wrong > all * 0.03 ? 'cp932' : undefined;
    }
    // Valid in both. As CP932, EUC-JP looks like half-width katakana between rare kanji, which nobody writes.
    const isMixed = cp932.wrong === 0 && wide >= LEAST && wide > all * 0.1 && narrow > all * 0.3;
    return isMixed && euc.wrong === 0 ? 'euc-jp' : undefined;
  }
}

/** Non-ASCII characters of a text, decoded in one encoding. */
function reading(label: string) {
  const decoder = new TextDecoder(label);
  return {
    wrong: 0,
    narrow: 0,
    wide: 0,
    add(bytes: Buffer): void {
      for (const [character] of decoder.decode(bytes, { stream: true }).matchAll(/[^\0-\x7f]/gu)) {
        if (character === REPLACEMENT || CONTROL.test(character)) this.wrong += 1;
        else if (HALF_WIDTH.test(character)) this.narrow += 1;
        else this.wide += 1;
      }
    },
  };
}
