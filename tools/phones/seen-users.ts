import { hash } from 'node:crypto';

/** Room for 1.5 million users from the start, so that a file of a million takes no more memory than a small one: 32 MB. */
const SLOTS = 2 ** 21;

/** Above this load, finding a free slot takes long. */
const FULLEST = 0.75;

/**
 * The users written so far with their numbers: a hash table of 16 bytes a slot, with 64 bits of the id's SHA-256 instead of the
 * id. Among a million ids, two collide once in 36 million files.
 */
export class SeenUsers {
  #ids: Uint32Array;
  /** Digits of E.164, at most 15, which a double represents exactly; 0 is a free slot. */
  #numbers: Float64Array;
  #count = 0;

  /** @param slots a power of 2, doubled whenever they run out */
  constructor(slots = SLOTS) {
    this.#ids = new Uint32Array(2 * slots);
    this.#numbers = new Float64Array(slots);
  }

  /** Adds a user, unless already present with the same or another number. */
  add(id: string, e164: string): 'new' | 'same number' | 'other number' {
    const digest = hash('sha256', id, 'binary');
    const high = word(digest, 0);
    const low = word(digest, 4);
    const number = Number(e164.slice(1));
    const slot = this.#slotOf(high, low);
    const there = this.#numbers[slot];
    if (there !== 0) return there === number ? 'same number' : 'other number';
    this.#put(slot, high, low, number);
    this.#count += 1;
    if (this.#count > FULLEST * this.#numbers.length) this.#grow();
    return 'new';
  }

  /** The slot of an id, or the free one for it. */
  #slotOf(high: number, low: number): number {
    const last = this.#numbers.length - 1;
    let slot = low & last;
    while (this.#numbers[slot] !== 0 && (this.#ids[2 * slot] !== high || this.#ids[2 * slot + 1] !== low)) {
      slot = (slot + 1) & last;
    }
    return slot;
  }

  #put(slot: number, high: number, low: number, number: number): void {
    this.#ids[2 * slot] = high;
    this.#ids[2 * slot + 1] = low;
    this.#numbers[slot] = number;
  }

  #grow(): void {
    const [ids, numbers] = [this.#ids, this.#numbers];
    this.#ids = new Uint32Array(2 * ids.length);
    this.#numbers = new Float64Array(2 * numbers.length);
    for (const [slot, number] of numbers.entries()) {
      if (number === 0) continue;
      const [high = 0, low = 0] = [ids[2 * slot], ids[2 * slot + 1]];
      this.#put(this.#slotOf(high, low), high, low, number);
    }
  }
}

/** Four bytes of a digest as an unsigned number. */
const word = (digest: string, from: number): number =>
  ((digest.charCodeAt(from) << 24) |
    (digest.charCodeAt(from + 1) << 16) |
    (digest.charCodeAt(from + 2) << 8) |
    digest.charCodeAt(from + 3)) >>>
  0;
