import { invalid, NotModelled, type Value } from './values.ts';

/** What the placeholders of an expression stand for. */
export interface Scope {
  names: Readonly<Record<string, string>>;
  values: Readonly<Record<string, Value>>;
}

/** Names from the item inwards; those that begin with `#` are placeholders. */
export type Path = readonly string[];

const TOKEN = /\s*(?:([A-Za-z_]\w*|[#:][\w-]+)|(<>|<=|>=|[=<>(),.+-]))/y;

/** The words and symbols of an expression, one by one. */
export class Tokens {
  /** Placeholders that the expression uses. */
  readonly used = new Set<string>();
  private readonly tokens: string[] = [];
  private readonly text: string;
  private index = 0;

  constructor(text: string) {
    this.text = text;
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.trimEnd().length) {
      const at = TOKEN.lastIndex;
      const match = TOKEN.exec(text);
      if (!match) throw new NotModelled(`what stands at ${at} of "${text}"`);
      const token = match[1] ?? match[2] ?? '';
      if (/^[#:]/.test(token)) this.used.add(token);
      this.tokens.push(token);
    }
  }

  peek(): string | undefined {
    return this.tokens[this.index];
  }

  next(): string {
    const token = this.tokens[this.index];
    if (token === undefined) throw invalid(`Invalid expression: Syntax error; "${this.text}" ends too early`);
    this.index += 1;
    return token;
  }

  /** Takes the token if it comes next; words in any case. */
  take(token: string): boolean {
    if (this.peek()?.toUpperCase() !== token.toUpperCase()) return false;
    this.index += 1;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) throw invalid(`Invalid expression: Syntax error; "${this.text}" lacks ${token}`);
  }

  /** Whether the next token begins a call of a function. */
  isCall(): boolean {
    return this.tokens[this.index + 1] === '(';
  }

  path(): Path {
    const path: string[] = [];
    do {
      const name = this.next();
      if (!/^[A-Za-z_#]/.test(name)) throw new NotModelled(`"${name}" as a name in "${this.text}"`);
      path.push(name);
    } while (this.take('.'));
    return path;
  }
}

/** The name that a segment of a path refers to. */
export function nameOf(segment: string, { names }: Scope): string {
  if (!segment.startsWith('#')) return segment;
  const name = names[segment];
  if (name === undefined)
    throw invalid(`An expression attribute name used in the document path is not defined; ${segment}`);
  return name;
}

export function valueFor(placeholder: string, { values }: Scope): Value {
  const value = values[placeholder];
  if (value === undefined) {
    throw invalid(`An expression attribute value used in expression is not defined; attribute value: ${placeholder}`);
  }
  return value;
}

/** Caches what was parsed from a text: the adapters use the same few again and again. */
export function cached<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    let result = made.get(text);
    if (result === undefined) {
      result = make(text);
      made.set(text, result);
    }
    return result;
  };
}
