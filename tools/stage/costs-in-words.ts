import type { StageFile } from '../../domain/stage-file.ts';
import {
  costOf,
  MINUTES_OF_A_CALL,
  PRICES,
  PRICES_OF,
  STANDING_PRICES,
  USAGE_OF_A_CALL,
} from '../../resources/prices.ts';
import { wrapped } from '../../resources/wrapped.ts';
import type { Resources } from './packaged-template.ts';

/** Source of the prices. */
const PRICED = 'ap-northeast-1';
const DAYS_A_MONTH = 30.4;
const MINUTES_A_MONTH = 43_800;
/** Lambda polls a queue with five requests at once, which wait 20 s each. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const POLLS_A_MONTH = MINUTES_A_MONTH * 3 * 5;

/** Something that is paid for. */
interface Cost {
  what: string;
  usd: number;
}

/** What a month without calls costs, as far as template and settings tell. */
export function monthlyCosts(resources: Resources, file: StageFile): Cost[] {
  const all = Object.values(resources);
  const count = (type: string) => all.filter(({ Type }) => Type === type).length;
  const alarms = all
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .reduce((sum, { Properties = {} }) => sum + metricsOf(Properties.Metrics), 0);
  const looks = all.filter(({ Properties = {} }) => Properties.ScheduleExpression === 'rate(1 minute)').length;
  return [
    ...costOfNumber(file),
    { what: `${count('AWS::CloudWatch::Alarm')} alarms`, usd: alarms * STANDING_PRICES.alarmMetric.usd },
    { what: 'the dashboard', usd: count('AWS::CloudWatch::Dashboard') * STANDING_PRICES.dashboard.usd },
    {
      what: 'Lambda polling its message queue',
      usd: count('AWS::Lambda::EventSourceMapping') * POLLS_A_MONTH * PRICES.queueRequests.usd,
    },
    { what: 'the check on calls every minute', usd: looks * MINUTES_A_MONTH * PRICES.lambdaRequests.usd },
  ].filter(({ usd }) => usd > 0);
}

/** A stage without a number pays for none. */
function costOfNumber({ connect: { sourcePhoneNumber } }: StageFile): Cost[] {
  if (sourcePhoneNumber === null) return [];
  const isTollFree = /^\+81(?:120|800)/.test(sourcePhoneNumber);
  const price = isTollFree ? STANDING_PRICES.tollFreeNumber : STANDING_PRICES.localNumber;
  return [
    { what: `the ${isTollFree ? 'toll-free ' : ''}number that calls are made from`, usd: price.usd * DAYS_A_MONTH },
  ];
}

/** An alarm on an expression is charged for each metric in it. */
const metricsOf = (metrics: unknown): number =>
  Array.isArray(metrics) ? metrics.filter((metric: object) => 'MetricStat' in metric).length : 1;

/** What a call of a few minutes costs. */
const callCosts = (): Cost[] => [
  { what: `${MINUTES_OF_A_CALL} minutes of voice`, usd: MINUTES_OF_A_CALL * STANDING_PRICES.voiceMinute.usd },
  {
    what: `${MINUTES_OF_A_CALL} minutes of telephone to Japan`,
    usd: MINUTES_OF_A_CALL * STANDING_PRICES.outboundMinute.usd,
  },
  { what: 'this project: functions, tables, state machine', usd: costOf(USAGE_OF_A_CALL) },
];

/** Prices of a stage, for people: fixed costs, costs of a call, what is unknown, and where the prices are from. */
export function costsInWords(resources: Resources, file: StageFile): string[] {
  const secrets = [file.signature.secretName, file.reportToKarte?.secretName].filter((name) => name != null).length;
  return [
    ...(file.region === PRICED
      ? []
      : [
          ...wrapped(
            `All prices are for Tokyo (${PRICED}): prices for ${file.region}, where this stage is, were not looked up.`,
          ),
          '',
        ]),
    'A month without calls, in US dollars',
    ...table(monthlyCosts(resources, file)),
    '',
    `A call of ${MINUTES_OF_A_CALL} minutes`,
    ...table(callCosts()),
    '',
    'Not included',
    `  custom metrics: $${STANDING_PRICES.customMetric.usd.toFixed(2)} a month for each one that is sent, prorated by the hour`,
    ...wrapped(
      'storage of tables and logs, by the gigabyte; compute time of the check every minute, a few cents',
      '  ',
      4,
    ),
    ...wrapped('a surcharge for calls to mobiles, if there is one: no price was found', '  ', 4),
    '  inbound calls to the number; recordings, if a flow of yours records',
    ...(secrets > 0 ? [`  ${secrets} secrets of AWS Secrets Manager that you own`] : []),
    '  the AWS free tier: it is not deducted',
    '',
    ...wrapped(
      `Prices of Tokyo. For Step Functions, Lambda, DynamoDB, SQS and EventBridge: AWS's pages, ${PRICES_OF}. The others are as listed below; older ones may be out of date, so check https://aws.amazon.com/connect/pricing/ before you rely on them:`,
    ),
    ...Object.values(STANDING_PRICES).flatMap(({ says, seen, source }) => {
      const date = `  ${seen}  `;
      return [...wrapped(says, date), ' '.repeat(date.length) + source];
    }),
  ];
}

function table(costs: readonly Cost[]): string[] {
  const lines = [...costs, { what: 'together', usd: costs.reduce((sum, { usd }) => sum + usd, 0) }];
  return lines.map(({ what, usd }) => `  ${amount(usd).padStart(8)}  ${what}`);
}

/** Below a cent, two significant digits. */
const amount = (usd: number): string => (usd >= 0.01 ? usd.toFixed(2) : usd.toPrecision(1));
