// Log group of the state machine, and the alarms an operator is woken by.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file, environment } = await resolveVariable('self:custom.stage');
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
  const ofQueue = (queue, MetricName) => ({
    Namespace: 'AWS/SQS',
    MetricName,
    Statistic: 'Maximum',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
  });
  // What recordOutcome counts, in CloudWatch's embedded metric format.
  const ofOutcome = (outcome) => ({
    Namespace: environment.POWERTOOLS_METRICS_NAMESPACE,
    MetricName: 'RequestsEnded',
    Dimensions: [
      { Name: 'service', Value: environment.POWERTOOLS_SERVICE_NAME },
      { Name: 'outcome', Value: outcome },
    ],
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
      DeadLettersAlarm: alarm(
        'dead-letters',
        'A call request could not be handed to the state machine, or what became of one could not be settled.',
        ofQueue('DeadLetterQueue', 'ApproximateNumberOfMessagesVisible'),
      ),
      ReleaseDeadLettersAlarm: alarm(
        'release-failures',
        'The function releaseWaiting failed three times on the same message: those who wait may wait in vain.',
        ofQueue('ReleaseDeadLetterQueue', 'ApproximateNumberOfMessagesVisible'),
      ),
      ReleaseLateAlarm: alarm(
        'release-late',
        'For three minutes, messages to the function releaseWaiting were a minute old: free agents are found late.',
        { ...ofQueue('ReleaseQueue', 'ApproximateAgeOfOldestMessage'), Threshold: 60, EvaluationPeriods: 3 },
      ),
      LimitReachedAlarm: alarm(
        'limit-reached',
        'In five minutes a limit of the stage refused 20 requests or more: a rush, or somebody abuses the button.',
        { ...ofOutcome('limit_reached'), Threshold: 20, Period: 300 },
      ),
      CallingStoppedAlarm: alarm(
        'calling-stopped',
        'For two hours requests were refused because calling is switched off: was resuming it forgotten?',
        { ...ofOutcome('calling_disabled'), Period: 3600, EvaluationPeriods: 2 },
      ),
      ...(file.reportToKarte && {
        KarteReportsLateAlarm: alarm(
          'karte-reports-late',
          'For a quarter of an hour KARTE has not taken what became of a call: no call is delayed by it.',
          {
            Namespace: 'AWS/Lambda',
            MetricName: 'IteratorAge',
            Statistic: 'Maximum',
            Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'ReportToKarteLambdaFunction' } }],
            Threshold: 900_000,
          },
        ),
      }),
    },
  };
};
