import { LABELS, REPLACEMENT } from './encodings.ts';

/** What is counted of a reading that is right by a few bytes only. */
const LEAST = 3;

/** Half-width katakana, one byte each in CP932. */
const HALF_WIDTH = /[\uff61-\uff9f]/;

/** What the decoder makes of bytes between 0x80 and 0x9F that EUC-JP has no use for. */
const CONTROL = /[\u0080-\u009f]/;

/**
 * Tells EUC-JP from CP932. A byte of 0xA1 to 0xDF is half of a character in the one and half-width katakana in the other, so
 * that a short file can be both.
 */
export class JapaneseTally {
  readonly #cp932 = reading(LABELS.cp932);
  readonly #euc = reading(LABELS['euc-jp']);

  add(bytes: Buffer): void {
    this.#cp932.add(bytes);
    this.#euc.add(bytes);
  }

  /** Undefined where it may be either, or is neither. */
  encoding(): 'cp932' | 'euc-jp' | undefined {
    const [cp932, euc] = [this.#cp932, this.#euc];
    if (euc.wrong * 4 <= cp932.wrong && cp932.wrong > 0) return euc.wrong + LEAST <= cp932.wrong ? 'euc-jp' : undefined;
    const { narrow, wide } = cp932;
    const all = narrow + wide + cp932.wrong;
    if (cp932.wrong * 2 <= euc.wrong && euc.wrong > 0) {
      // Most Japanese text is kanji and hiragana; of half-width katakana alone, names of odd lengths are no EUC-JP.
      if (narrow < all / 2) return 'cp932';
      return euc.wrong >= LEAST && euc.wrong > all * 0.03 ? 'cp932' : undefined;
    }
    // It can be both. Nobody writes half-width katakana in between rare kanji, which is how EUC-JP looks.
    const isMixed = cp932.wrong === 0 && wide >= LEAST && wide > all * 0.1 && narrow > all * 0.3;
    return isMixed && euc.wrong === 0 ? 'euc-jp' : undefined;
  }
}

/** Characters beyond ASCII of a text that is read in one encoding. */
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
