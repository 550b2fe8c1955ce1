/** One value for each period of a window; undefined if there is none. */
type Points = readonly (number | undefined)[];

/** A time series under the id that expressions know it by. */
export interface TimeSeries {
  id: string;
  points: Points;
}

type Result = number | TimeSeries | readonly TimeSeries[];
type Evaluate = (args: readonly Argument[], given: readonly TimeSeries[]) => Result;
/** A text is written in quotes, a word is none of the ids, such as DESC. */
type Argument = Result | { text: string } | { word: string };

/** An expression that this evaluator does not know, or that CloudWatch would refuse. */
export class MetricMathError extends Error {
  override readonly name = 'MetricMathError';
}

/**
 * Evaluates an expression of CloudWatch's metric math, as far as the dashboard uses it: numbers, ids, `+ - * /`, brackets,
 * `METRICS`, `SUM`, `FILL`, `REMOVE_EMPTY`, `SORT`. Missing values count as 0 where there is another one, and what would be
 * divided by zero is dropped.
 *
 * @param given the metrics of the widget, hidden ones included
 * @returns one series, or several that keep their ids
 * @throws MetricMathError
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluate(expression: string, given: readonly TimeSeries[]): readonly TimeSeries[] {
  const words = expression.match(WORDS) ?? [];
  if (words.join('') !== expression.replace(/\s/g, '')) throw new MetricMathError(`cannot read ${expression}`);
  const result = parse(words, given);
  if (typeof result === 'number') throw new MetricMathError(`${expression} is one number, and no time series`);
  return 'points' in result ? [result] : result;
}

const WORDS = /"[^"]*"|[A-Za-z]\w*|\d+(?:\.\d+)?(?:e-?\d+)?|[-+*/()[\],]/g;

/** By recursive descent: a sum of products of brackets, calls, ids and numbers. */
function parse(words: readonly string[], given: readonly TimeSeries[]): Result {
  let at = 0;
  const next = () => words[at];
  const take = () => words[at++] ?? '';
  const expect = (word: string): void => {
    const found = take();
    if (found !== word) throw new MetricMathError(`expected ${word}, found ${found || 'the end'}`);
  };

  function chain(operators: readonly string[], part: () => Argument): Argument {
    let left = part();
    while (operators.includes(next() ?? '')) {
      const operator = take() as Operator;
      left = combine(operator, numeric(left), numeric(part()));
    }
    return left;
  }
  const sum = (): Argument => chain(['+', '-'], product);
  const product = (): Argument => chain(['*', '/'], atom);

  function list(end: string): Argument[] {
    const items: Argument[] = [];
    while (next() !== end) {
      items.push(sum());
      if (next() !== end) expect(',');
    }
    expect(end);
    return items;
  }

  function atom(): Argument {
    const word = take();
    if (word === '(') {
      const inner = sum();
      expect(')');
      return inner;
    }
    if (word === '[') return list(']').flatMap(seriesIn);
    if (word.startsWith('"')) return { text: word.slice(1, -1) };
    if (/^\d/.test(word)) return Number(word);
    if (next() === '(') {
      take();
      const known = FUNCTIONS[word];
      if (!known) throw new MetricMathError(`${word} is no function that the dashboard uses`);
      return known(list(')'), given);
    }
    return given.find(({ id }) => id === word) ?? { word };
  }

  const result = numeric(sum());
  if (at < words.length) throw new MetricMathError(`found ${next()} behind the end`);
  return result;
}

function numeric(argument: Argument | undefined): Result {
  if (argument === undefined) throw new MetricMathError('something is missing');
  if (typeof argument === 'number' || Array.isArray(argument) || 'points' in (argument as object)) {
    return argument as Result;
  }
  throw new MetricMathError(`${JSON.stringify(argument)} is no metric of the widget`);
}

function seriesIn(argument: Argument | undefined): readonly TimeSeries[] {
  const result = numeric(argument);
  if (typeof result === 'number') throw new MetricMathError('expected time series, found a number');
  return 'points' in result ? [result] : result;
}

type Operator = keyof typeof OPERATORS;
const OPERATORS = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => (b === 0 ? undefined : a / b),
} as const;

function combine(operator: Operator, left: Result, right: Result): Result {
  const apply = OPERATORS[operator];
  if (typeof left === 'number') {
    if (typeof right === 'number') return apply(left, right) ?? Number.NaN;
    return eachOf(right, (value) => apply(left, value));
  }
  if (typeof right === 'number') return eachOf(left, (value) => apply(value, right));
  if (!('points' in left && 'points' in right)) throw new MetricMathError('lists are only calculated with numbers');
  const points = left.points.map((a, index) => {
    const b = right.points[index];
    return a === undefined && b === undefined ? undefined : apply(a ?? 0, b ?? 0);
  });
  return { id: left.id, points };
}

function eachOf(series: TimeSeries | readonly TimeSeries[], change: (value: number) => number | undefined): Result {
  const one = ({ id, points }: TimeSeries): TimeSeries => ({
    id,
    points: points.map((value) => (value === undefined ? undefined : change(value))),
  });
  return 'points' in series ? one(series) : series.map(one);
}

const total = (points: Points): number => points.reduce<number>((sum, value) => sum + (value ?? 0), 0);
const isEmpty = ({ points }: TimeSeries): boolean => points.every((value) => value === undefined);

function sumAcross(series: readonly TimeSeries[]): TimeSeries {
  const length = Math.max(0, ...series.map(({ points }) => points.length));
  const points = Array.from({ length }, (_, index) => {
    const there = series.map(({ points }) => points[index]).filter((value) => value !== undefined);
    return there.length === 0 ? undefined : total(there);
  });
  return { id: 'sum', points };
}

const FUNCTIONS: Readonly<Record<string, Evaluate>> = {
  METRICS: ([pattern], given) => {
    if (pattern === undefined) return given;
    if (typeof pattern !== 'object' || !('text' in pattern)) throw new MetricMathError('METRICS takes a text');
    return given.filter(({ id }) => id.includes(pattern.text));
  },
  SUM: ([of]) => {
    const result = numeric(of);
    if (typeof result === 'number') throw new MetricMathError('SUM takes time series');
    return 'points' in result ? total(result.points) : sumAcross(result);
  },
  FILL: ([of, filler]) => {
    if (typeof filler !== 'number') throw new MetricMathError('FILL is used with a number');
    const filled = seriesIn(of).map(({ id, points }) => ({ id, points: points.map((value) => value ?? filler) }));
    return Array.isArray(of) ? filled : (filled[0] ?? []);
  },
  REMOVE_EMPTY: ([of]) => seriesIn(of).filter((series) => !isEmpty(series)),
  SORT: ([of, by, order, limit]) => {
    const wanted = [by, order].map((word) => (typeof word === 'object' && 'word' in word ? word.word : ''));
    if (wanted.join() !== 'SUM,DESC') throw new MetricMathError('SORT is used with SUM, DESC');
    const sorted = seriesIn(of).toSorted((a, b) => total(b.points) - total(a.points));
    return typeof limit === 'number' ? sorted.slice(0, limit) : sorted;
  },
};
