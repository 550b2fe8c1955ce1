// Log group of the state machine, and the alarms an operator is woken by.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file } = await resolveVariable('self:custom.stage');
  const actions = file.alarmTopicArn ? [file.alarmTopicArn] : [];
  const runbook = 'See docs/runbook.md.';

  const alarm = (name, AlarmDescription, metric) => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${service}-${stage}-${name}`,
      AlarmDescription: `${AlarmDescription} ${runbook}`,
      AlarmActions: actions,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      ...metric,
    },
  });
  const ofMachine = (MetricName) => ({
    Namespace: 'AWS/States',
    MetricName,
    Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: 'CallRequestStateMachine' } }],
  });

  return {
    Resources: {
      StateMachineLogGroup: {
        Type: 'AWS::Logs::LogGroup',
        Properties: {
          LogGroupName: `/aws/vendedlogs/states/${service}-${stage}-call-request`,
          RetentionInDays: file.logRetentionDays,
        },
      },
      ExecutionsFailedAlarm: alarm(
        'executions-failed',
        'A call request ended in an outcome an operator must act on.',
        ofMachine('ExecutionsFailed'),
      ),
      ExecutionsTimedOutAlarm: alarm(
        'executions-timed-out',
        'An execution ran into its time limit: its request may have no outcome.',
        ofMachine('ExecutionsTimedOut'),
      ),
      DeadLettersAlarm: alarm('dead-letters', 'A call request could not be handed to the state machine.', {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'Maximum',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['DeadLetterQueue', 'QueueName'] } }],
      }),
    },
  };
};
