import { deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';

/** How long ended items are kept in full, in milliseconds. */
export const HISTORY_KEPT_MS = 3_600_000;

/** Shortest interval between searches for expired items, in milliseconds. */
const SWEEP_MS = 60_000;

/** Items that begin and end, by key. Ended ones are kept compressed, and dropped after their time. */
export interface History<T> {
  /** An item begins. It stays the same object until it ends. */
  begin(key: string, value: T): void;
  /** Nothing about it changes any more. */
  end(key: string): void;
  /** The item itself while it is running, a copy once it has ended. */
  get(key: string): T | undefined;
  /** In the order of their start. */
  keys(): string[];
}

/** How many are compressed with the same dictionary, which is dropped with the last of them. */
const PACKED_WITH_ONE = 100;

interface Packed {
  /** One character for each byte: a Buffer would take 300 bytes more. */
  deflated: string;
  dictionary?: Buffer;
  /** Epoch milliseconds. */
  until: number;
}

interface Options<T> {
  /** Milliseconds. */
  keptMs: number;
  now: () => number;
  /** Receives what is dropped. */
  onForget?: (key: string, value: T) => void;
}

/** @typeParam T what JSON can hold */
export function keptHistory<T extends object>({ keptMs, now, onForget }: Options<T>): History<T> {
  const entries = new Map<string, { value: T } | Packed>();
  /** Items have much in common: with one of them as a dictionary, the others shrink to a third. */
  let dictionary: Buffer | undefined;
  let packed = 0;
  let swept = now();

  function pack(value: T): Packed {
    const json = Buffer.from(JSON.stringify(value));
    if (!dictionary || packed % PACKED_WITH_ONE === 0) dictionary = json;
    packed += 1;
    return { deflated: deflate(json, { dictionary }), dictionary, until: now() + keptMs };
  }

  const unpack = (entry: Packed): T => JSON.parse(inflate(entry));

  function sweep(): void {
    if (now() - swept < SWEEP_MS) return;
    swept = now();
    for (const [key, entry] of entries) {
      if ('value' in entry || entry.until > swept) continue;
      entries.delete(key);
      onForget?.(key, unpack(entry));
    }
  }

  return {
    begin: (key, value) => void entries.set(key, { value }),
    end(key) {
      const entry = entries.get(key);
      if (!entry || !('value' in entry)) return;
      entries.set(key, pack(entry.value));
      sweep();
    },
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if ('value' in entry) return entry.value;
      return entry.until > now() ? unpack(entry) : undefined;
    },
    keys: () => [...entries.keys()],
  };
}

/** Lines in the order in which they came; those that are too old go. */
interface KeptLines {
  add(line: string): void;
  all(): string[];
}

const LINES_OF_PAGE = 500;

export function keptLines({ keptMs, now }: Pick<Options<never>, 'keptMs' | 'now'>): KeptLines {
  let pages: Packed[] = [];
  let newest: string[] = [];
  return {
    add(line) {
      newest.push(line);
      if (newest.length < LINES_OF_PAGE) return;
      const page = { deflated: deflate(JSON.stringify(newest)), until: now() + keptMs };
      pages = [...pages.filter(({ until }) => until > now()), page];
      newest = [];
    },
    all: () => [
      ...pages.filter(({ until }) => until > now()).flatMap((page) => JSON.parse(inflate(page)) as string[]),
      ...newest,
    ],
  };
}

const deflate = (text: Buffer | string, options: ZlibOptions = {}): string =>
  deflateRawSync(text, options).toString('latin1');

const inflate = ({ deflated, dictionary }: Packed): string =>
  inflateRawSync(Buffer.from(deflated, 'latin1'), dictionary && { dictionary }).toString();
