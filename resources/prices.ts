/** Usage of a run that AWS charges for. */
export interface Usage {
  /** Of Step Functions: states entered and retries. */
  stateTransitions: number;
  lambdaRequests: number;
  lambdaGbSeconds: number;
  /** DynamoDB request units. */
  writeUnits: number;
  readUnits: number;
  /** SQS requests: sent, received and deleted messages, and empty receives. */
  queueRequests: number;
  /** KARTE's events on the partner event bus. Events of AWS services cost nothing. */
  partnerEvents: number;
}

interface Price {
  says: string;
  /** US dollars for one unit. */
  usd: number;
  source: `https://${string}`;
}

/** When the prices were looked up. */
export const PRICES_OF = '2026-11-22';

/**
 * Public prices without any free tier, Asia Pacific (Tokyo), first tier if there are several. They do not include what Amazon
 * Connect charges for the calls themselves, which is the same however they are requested.
 */
export const PRICES: Readonly<Record<keyof Usage, Price>> = {
  stateTransitions: {
    says: 'Step Functions, 1,000 state transitions of a standard workflow: $0.025',
    usd: 0.025 / 1_000,
    source: 'https://aws.amazon.com/step-functions/pricing/',
  },
  lambdaRequests: {
    says: 'Lambda, 1,000,000 requests: $0.20',
    usd: 0.2 / 1e6,
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  lambdaGbSeconds: {
    says: 'Lambda on arm64, one GB-second: $0.0000133334',
    usd: 0.0000133334,
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  writeUnits: {
    says: 'DynamoDB on demand, 1,000,000 write request units: $0.715',
    usd: 0.715 / 1e6,
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  readUnits: {
    says: 'DynamoDB on demand, 1,000,000 read request units: $0.1425',
    usd: 0.1425 / 1e6,
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  queueRequests: {
    says: 'SQS standard queue, 1,000,000 requests: $0.40 (confirmed for N. Virginia only, taken to be the same in Tokyo)',
    usd: 0.4 / 1e6,
    source: 'https://aws.amazon.com/sqs/pricing/',
  },
  partnerEvents: {
    says: 'EventBridge, 1,000,000 partner events: $1.00',
    usd: 1 / 1e6,
    source: 'https://aws.amazon.com/eventbridge/pricing/',
  },
};

/** Cost of the usage, in US dollars. */
export const costOf = (usage: Usage): number =>
  (Object.keys(PRICES) as (keyof Usage)[]).reduce((sum, kind) => sum + usage[kind] * PRICES[kind].usd, 0);

/** A price from a different source. */
interface DatedPrice extends Price {
  /** When AWS, or the person who wrote it down, said so: YYYY-MM-DD. */
  seen: string;
}

/** Standing costs, and costs of the calls themselves. Simulations do not count them. */
export const STANDING_PRICES = {
  localNumber: {
    says: 'Amazon Connect, one 03 or 050 number: $0.10 a day',
    usd: 0.1,
    seen: '2018-12-15',
    source: 'https://qiita.com/boxboxbax/items/06f24c923c939fa4f77f',
  },
  tollFreeNumber: {
    says: 'Amazon Connect, one 0120 or 0800 number: $0.48 a day',
    usd: 0.48,
    seen: '2018-12-15',
    source: 'https://qiita.com/boxboxbax/items/06f24c923c939fa4f77f',
  },
  voiceMinute: {
    says: 'Amazon Connect, one minute of voice: $0.038',
    usd: 0.038,
    seen: '2026-10-07',
    source: 'https://aws.amazon.com/products/connect/customer/pricing/',
  },
  outboundMinute: {
    says: 'Amazon Connect, one minute of a call from Tokyo to a Japanese number: $0.10',
    usd: 0.1,
    seen: '2018-12-15',
    source: 'https://qiita.com/boxboxbax/items/06f24c923c939fa4f77f',
  },
  alarmMetric: {
    says: 'CloudWatch, one metric of an alarm: $0.10 a month (said of N. Virginia, taken to be the same in Tokyo)',
    usd: 0.1,
    seen: '2026-02-15',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  customMetric: {
    says: 'CloudWatch, one metric of our own: $0.30 a month (said of N. Virginia, taken to be the same in Tokyo)',
    usd: 0.3,
    seen: '2026-02-15',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  dashboard: {
    says: 'CloudWatch, one dashboard: $3.00 a month; an account has three for free, of up to 50 metrics each, and this one has more',
    usd: 3,
    seen: '2026-06-13',
    source: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
  },
} as const satisfies Record<string, DatedPrice>;

/** Length of the call in price estimates. */
export const MINUTES_OF_A_CALL = 3;

/** Cost of a minute of an answered call to Japan, in US dollars: voice and telephone. */
export const USD_OF_A_MINUTE = STANDING_PRICES.voiceMinute.usd + STANDING_PRICES.outboundMinute.usd;

/** Usage of one call on a quiet day: docs/performance.md, "60 requests, one every 60 s", including the check on calls every minute. */
export const USAGE_OF_A_CALL: Usage = {
  stateTransitions: 8,
  lambdaRequests: 15,
  lambdaGbSeconds: 1.767,
  writeUnits: 47.9,
  readUnits: 47.25,
  queueRequests: 0,
  partnerEvents: 1,
};
