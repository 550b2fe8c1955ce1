/** The operations of Amazon Connect that the local model implements. */
export type Operation =
  | 'StartOutboundVoiceContact'
  | 'GetCurrentMetricData'
  | 'DescribeQueue'
  | 'GetEffectiveHoursOfOperations'
  | 'DescribeContact'
  | 'ListAssociatedContacts'
  | 'StopContact'
  | 'ListContactFlows';

/** How often an operation may be called: a token bucket. */
interface Rate {
  perSecond: number;
  burst: number;
}

export interface Quotas {
  /** For each operation separately, no matter who calls it. */
  rates: Readonly<Record<Operation, Rate>>;
  /** Concurrent calls in the instance: dialling, in a flow, in a queue or with an agent. */
  activeCalls: number;
}

const API_DEFAULT: Rate = { perSecond: 2, burst: 5 };

/** What a new account has. @see https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html */
export const DEFAULT_QUOTAS: Quotas = {
  rates: {
    StartOutboundVoiceContact: API_DEFAULT,
    GetCurrentMetricData: { perSecond: 5, burst: 8 },
    DescribeQueue: API_DEFAULT,
    GetEffectiveHoursOfOperations: API_DEFAULT,
    DescribeContact: { perSecond: 10, burst: 15 },
    ListAssociatedContacts: API_DEFAULT,
    StopContact: { perSecond: 10, burst: 15 },
    ListContactFlows: API_DEFAULT,
  },
  activeCalls: 10,
};

/**
 * Counts requests against the rates.
 *
 * @param speed how many times faster than real time the caller's waits run; the rates are scaled by it
 * @returns takes one request of an operation; false if its rate is exceeded
 */
export function rateLimiter(rates: Quotas['rates'], now: () => Date, speed: number): (operation: Operation) => boolean {
  const buckets = new Map<Operation, { tokens: number; at: number }>();
  return (operation) => {
    const { perSecond, burst } = rates[operation];
    const at = now().getTime();
    const last = buckets.get(operation) ?? { tokens: burst, at };
    const seconds = ((at - last.at) / 1_000) * speed;
    const tokens = Math.min(burst, last.tokens + seconds * perSecond);
    const allowed = tokens >= 1;
    buckets.set(operation, { tokens: allowed ? tokens - 1 : tokens, at });
    return allowed;
  };
}
