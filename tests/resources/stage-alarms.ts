import { createRequire } from 'node:module';
import { type LoadedStage, loadStage, SERVICE, type StageOverrides } from '../../resources/load-stage.ts';

const resourcesOf = createRequire(import.meta.url)('../../resources/alarms.cjs');

interface MetricOfTemplate {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: unknown }[];
}

/** An alarm as CloudFormation takes it, as far as tests look at it. */
export interface AlarmProperties extends Partial<MetricOfTemplate> {
  AlarmName: string;
  AlarmDescription: string;
  AlarmActions: unknown[];
  OKActions?: unknown[];
  Statistic?: string;
  Period?: number;
  Metrics?: {
    Id: string;
    Expression?: string;
    ReturnData: boolean;
    MetricStat?: { Metric: MetricOfTemplate; Period: number; Stat: string };
  }[];
  EvaluationPeriods: number;
  DatapointsToAlarm?: number;
  Threshold: number;
  ComparisonOperator: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  TreatMissingData: 'notBreaching' | 'ignore' | 'breaching';
}

export interface StageAlarms {
  stage: LoadedStage;
  /** By logical id. */
  alarms: Record<string, AlarmProperties>;
}

/** The alarms of a stage as resources/alarms.cjs makes them. @param overrides laid over its settings */
export async function alarmsOf(name: string, overrides?: StageOverrides): Promise<StageAlarms> {
  const stage = loadStage(name, undefined, undefined, overrides);
  const variables: Record<string, unknown> = { 'sls:stage': name, 'self:service': SERVICE, 'self:custom.stage': stage };
  const { Resources } = await resourcesOf({ resolveVariable: async (variable: string) => variables[variable] });
  const alarms = Object.entries(Resources as Record<string, { Properties: AlarmProperties }>);
  return { stage, alarms: Object.fromEntries(alarms.map(([id, { Properties }]) => [id, Properties])) };
}

/** Everything that a stage can ask for that has an alarm of its own. */
export const WITH_EVERYTHING: StageOverrides = {
  whenClosed: { do: 'wait' },
  appointments: { perSlot: 1 },
  offerCallBack: {},
  recognizeCaller: { hours: 24 },
  availability: { origins: ['https://www.example.com'] },
  reportToKarte: { secretName: 'karte-token' },
  alarms: { silentRequests: 18 },
} as StageOverrides;

/** The metrics that an alarm looks at. */
export const watchedBy = (alarm: AlarmProperties): (MetricOfTemplate & { id: string })[] =>
  alarm.Metrics === undefined
    ? [{ ...(alarm as MetricOfTemplate), id: 'watched' }]
    : alarm.Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [{ ...MetricStat.Metric, id: Id }] : []));
