// The alarms for operators: the rows of alarm-rows.ts in CloudFormation's form.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { instanceId } = require('./connect-references.cjs');
const { alarmTopics } = require('./alarm-topic.cjs');

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const loaded = await resolveVariable('self:custom.stage');
  const { file, environment } = loaded;
  const { alarmRows } = require('./alarm-rows.ts');
  const { metricsOf } = require('./alarm-metrics.ts');
  const { flowStage } = require('./flow-stage.ts');
  const tell = alarmTopics(file);
  const runbook = file.alarms.runbookUrl ?? 'docs/runbook.md';
  const { deployedName } = flowStage(stage, loaded);
  const others = readdirSync(join(__dirname, '../contact-flows'))
    .filter((name) => name.endsWith('.json') && name !== `${file.connect.contactFlow}.json`)
    .map((name) => name.replace(/\.json$/, ''));
  const flowNames = [file.connect.contactFlow, ...others].map(deployedName);
  const metrics = metricsOf(file, environment, { flowNames, instanceId: instanceId(file) });

  const metricStat = ({ id, namespace, name, dimensions, statistic }, Period) => ({
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: dimensions },
      Period,
      Stat: statistic,
    },
    ReturnData: false,
  });
  /** A single metric is used as it is; an expression combines several into one series. */
  const watched = ({ metrics: [first, ...others], expression, periodSeconds }) =>
    expression === undefined
      ? {
          Namespace: first.namespace,
          MetricName: first.name,
          Dimensions: first.dimensions,
          Statistic: first.statistic,
          Period: periodSeconds,
        }
      : {
          Metrics: [
            { Id: 'watched', Expression: expression, ReturnData: true },
            ...[first, ...others].map((metric) => metricStat(metric, periodSeconds)),
          ],
        };
  const alarm = (row) => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${service}-${stage}-${row.name}`,
      AlarmDescription: `${row.en}\n${row.ja}\n${runbook}#${row.name}`,
      AlarmActions: tell,
      ...(row.tellsEnd && { OKActions: tell }),
      ...watched(row),
      EvaluationPeriods: row.heldFor ?? row.periods ?? 1,
      ...(row.heldFor !== undefined && { DatapointsToAlarm: 1 }),
      Threshold: row.threshold,
      ComparisonOperator: row.below ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
      TreatMissingData: row.missing ?? 'notBreaching',
    },
  });
  return { Resources: Object.fromEntries(alarmRows(file, metrics).map((row) => [`${row.id}Alarm`, alarm(row)])) };
};
