import { OUTCOMES } from '../../domain/outcomes.ts';
import type { Template } from './cloudformation-check.ts';
import { ofType } from './template.ts';

/** Names of deployed things by kind, one per line; `<stage>` stands for the stage's own name. */
export type DeployedNames = Record<NameKind, string[]>;

/** What it would do to change a name of this kind, or to leave it out. */
const HARM_OF_RENAMING = {
  resource: 'CloudFormation makes a new resource and gives the old one up: tables stay behind with all they hold',
  name: 'CloudFormation makes a new resource of that name: records, leases and messages are left behind in the old one',
  key: 'CloudFormation replaces the table: the block list, the leases and the call records are left behind in the old one',
  environment: 'functions of before and after a deployment run side by side, and one of them finds no value',
  metric: 'the alarm watches a metric that nobody writes, and stays silent',
  state: 'executions under way, and the endings that settleExecution and the runbook know by state, name the old one',
  output: 'other stacks that import it cannot be deployed any more',
  outcome: 'call records, alarms and reports of before have the old code',
} as const;

type NameKind = keyof typeof HARM_OF_RENAMING;

/** The codes that call records, alarms and reports carry. */
export const outcomeNames = (): string[] =>
  Object.entries(OUTCOMES).flatMap(([code, { reasons }]) => [
    code,
    ...Object.keys(reasons).map((reason) => `${code}: ${reason}`),
  ]);

/** Every name in a template that something else knows: people, other stacks, stored data, metrics. */
export function namesIn(template: Template, stage: string): Omit<DeployedNames, 'outcome'> {
  const resources = Object.entries(template.Resources);
  const names = {
    resource: resources.map(([id, { Type }]) => `${id}: ${Type}`),
    name: resources.flatMap(([id, { Properties = {} }]) =>
      Object.entries(Properties)
        .filter(([key, value]) => /Name$/.test(key) && typeof value === 'string' && key !== 'MetricName')
        // The bus is KARTE's own, and differs by stage.
        .filter(([, value]) => !String(value).startsWith('aws.partner/'))
        .map(([key, value]) => `${id}.${key}: ${String(value)}`),
    ),
    key: ofType(template, 'AWS::DynamoDB::Table').flatMap(([id, { Properties = {} }]) => tableKeys(id, Properties)),
    environment: [
      ...new Set(
        ofType(template, 'AWS::Lambda::Function').flatMap(([, { Properties = {} }]) =>
          Object.keys((Properties.Environment as { Variables: object }).Variables),
        ),
      ),
    ],
    metric: ofType(template, 'AWS::CloudWatch::Alarm').flatMap(([id, { Properties = {} }]) => {
      const { Metrics } = Properties as { Metrics?: { MetricStat?: { Metric: Metric } }[] };
      const watched = Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [
        Properties as unknown as Metric,
      ];
      return watched.map(({ Namespace, MetricName, Dimensions }) => {
        // The instance differs by stage.
        const dimensions = Dimensions.map(({ Name, Value }) =>
          Name === 'InstanceId' ? '<instance>' : `${Name}=${JSON.stringify(Value)}`,
        );
        return `${id}: ${Namespace} ${MetricName} ${dimensions.join(' ')}`;
      });
    }),
    state: ofType(template, 'AWS::StepFunctions::StateMachine').flatMap(([, { Properties = {} }]) => {
      const { 'Fn::Sub': text } = Properties.DefinitionString as { 'Fn::Sub': [string, object] };
      const { States } = JSON.parse(text[0]) as { States: object };
      return Object.keys(States);
    }),
    output: Object.entries(template.Outputs ?? {}).map(([id, { Export }]) => `${id}: ${Export?.Name ?? ''}`),
  };
  const own = new RegExp(`(karte-?connect-?call[-/]?)${stage}`, 'gi');
  return mapValues(names, (lines) => lines.map((line) => line.replaceAll(own, '$1<stage>')).sort());
}

interface Metric {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: unknown }[];
}

function tableKeys(id: string, properties: Record<string, unknown>): string[] {
  type Keys = { AttributeName: string; KeyType: string }[];
  const {
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes = [],
    TimeToLiveSpecification,
  } = properties as unknown as {
    KeySchema: Keys;
    GlobalSecondaryIndexes?: { IndexName: string; KeySchema: Keys }[];
    AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
    TimeToLiveSpecification: { AttributeName: string };
  };
  return [
    ...[{ IndexName: '', KeySchema }, ...GlobalSecondaryIndexes].flatMap(({ IndexName, KeySchema: keys }) =>
      keys.map(({ AttributeName, KeyType }) => `${`${id} ${IndexName}`.trim()}: ${AttributeName} ${KeyType}`),
    ),
    ...AttributeDefinitions.map(({ AttributeName, AttributeType }) => `${id}: ${AttributeName} is ${AttributeType}`),
    `${id}: ${TimeToLiveSpecification.AttributeName} is the time to live`,
  ];
}

function mapValues<K extends string>(of: Record<K, string[]>, change: (lines: string[]) => string[]) {
  return Object.fromEntries(Object.entries<string[]>(of).map(([key, lines]) => [key, change(lines)])) as Record<
    K,
    string[]
  >;
}

/**
 * Compares what is kept with what was found: one sentence per name that is gone or has changed, with the harm that does,
 * and one per name that is not kept yet.
 */
export function differences(kept: Partial<DeployedNames>, found: Partial<DeployedNames>): string[] {
  const kinds = Object.entries(HARM_OF_RENAMING) as [NameKind, string][];
  return kinds.flatMap(([kind, harm]) => {
    const [before, now] = [kept[kind] ?? [], found[kind] ?? []];
    return [
      ...before
        .filter((line) => !now.includes(line))
        .map((line) => `the ${kind} "${line}" is gone or has changed: ${harm}`),
      ...now
        .filter((line) => !before.includes(line))
        .map((line) => `the ${kind} "${line}" is new: add it to tests/packaging/deployed-names.json`),
    ];
  });
}
