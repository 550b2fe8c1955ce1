import { type AlarmProperties, watchedBy } from './stage-alarms.ts';

/** Figures of one period, by metric and the values of its dimensions besides `service`: `RequestsEnded invalid_event`. */
export type Period = Readonly<Record<string, number>>;

type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/**
 * The state of an alarm after each period, as CloudWatch tells it: all of the last periods must breach, or so many of them as the alarm says. Of an expression, a
 * metric without a figure makes none, unless FILL gives it one.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function statesOf(alarm: AlarmProperties, periods: readonly Period[]): State[] {
  const values = periods.map((period) => figureOf(alarm, period));
  let state: State = 'INSUFFICIENT_DATA';
  return values.map((_, index) => {
    const last = values.slice(Math.max(0, index + 1 - alarm.EvaluationPeriods), index + 1);
    state = stateOf(alarm, last, state);
    return state;
  });
}

function stateOf(alarm: AlarmProperties, last: readonly (number | undefined)[], before: State): State {
  const { TreatMissingData, EvaluationPeriods, ComparisonOperator, Threshold } = alarm;
  if (TreatMissingData === 'ignore' && last.every((value) => value === undefined)) return before;
  const breaches = (value: number | undefined): boolean =>
    value === undefined
      ? TreatMissingData === 'breaching'
      : ComparisonOperator === 'LessThanThreshold'
        ? value < Threshold
        : value >= Threshold;
  // Before the first period there was nothing.
  const all = [...Array.from({ length: EvaluationPeriods - last.length }, () => undefined), ...last];
  return all.filter(breaches).length >= (alarm.DatapointsToAlarm ?? EvaluationPeriods) ? 'ALARM' : 'OK';
}

function figureOf(alarm: AlarmProperties, period: Period): number | undefined {
  const figures = new Map(
    watchedBy(alarm).map(({ id, MetricName, Dimensions }) => {
      const of = Dimensions.filter(({ Name, Value }) => Name !== 'service' && typeof Value === 'string');
      return [id, period[[MetricName, ...of.map(({ Value }) => Value)].join(' ')]];
    }),
  );
  const expression = alarm.Metrics?.find(({ ReturnData }) => ReturnData)?.Expression ?? 'watched';
  return evaluate(expression, figures);
}

/** Of metric math: numbers, ids, + - * /, comparisons, FILL and IF. */
function evaluate(text: string, figures: ReadonlyMap<string, number | undefined>): number | undefined {
  const tokens = text.match(/\d+(?:\.\d+)?|\w+|>=|[-+*/()<>,]/g) ?? [];
  let at = 0;
  const take = (): string => tokens[at++] ?? '';
  const expect = (token: string): void => {
    if (take() !== token) throw new Error(`${text}: ${token} expected before ${tokens.slice(at).join(' ')}`);
  };
  const both = (
    left: number | undefined,
    right: number | undefined,
    of: (a: number, b: number) => number,
  ): number | undefined => {
    const value = left === undefined || right === undefined ? undefined : of(left, right);
    // Nothing is divided by nothing.
    return value === undefined || !Number.isFinite(value) ? undefined : value;
  };

  function leftToRight(
    next: () => number | undefined,
    operators: Record<string, (a: number, b: number) => number>,
  ): number | undefined {
    let value = next();
    for (let operator = operators[tokens[at] ?? '']; operator; operator = operators[tokens[at] ?? '']) {
      at += 1;
      value = both(value, next(), operator);
    }
    return value;
  }
  const comparison = (): number | undefined =>
    leftToRight(sum, { '>=': (a, b) => Number(a >= b), '>': (a, b) => Number(a > b), '<': (a, b) => Number(a < b) });
  const sum = (): number | undefined => leftToRight(product, { '+': (a, b) => a + b, '-': (a, b) => a - b });
  const product = (): number | undefined => leftToRight(atom, { '*': (a, b) => a * b, '/': (a, b) => a / b });

  function atom(): number | undefined {
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') {
      const value = comparison();
      expect(')');
      return value;
    }
    if (tokens[at] !== '(') {
      if (!figures.has(token)) throw new Error(`${text}: there is no ${token}`);
      return figures.get(token);
    }
    expect('(');
    const given = [comparison()];
    while (tokens[at] === ',') {
      at += 1;
      given.push(comparison());
    }
    expect(')');
    const [first, second, third] = given;
    if (token === 'FILL') return first ?? second;
    if (token === 'IF') return first === undefined ? undefined : first ? second : third;
    throw new Error(`${text}: ${token} is not known here`);
  }

  const value = comparison();
  if (at < tokens.length) throw new Error(`${text}: ${tokens.slice(at).join(' ')} is left over`);
  return value;
}
