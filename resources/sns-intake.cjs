// The route of KARTE's guide, if the stage wants it: rule → SNS topic → acceptSnsNotification → state machine.
const { logicalIds } = require('./connect-references.cjs');
const { encryptedTopic } = require('./encrypted-topic.cjs');

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file } = await resolveVariable('self:custom.stage');
  if (file.karte.intake !== 'sns') return { Resources: {} };
  const pattern = await resolveVariable('self:custom.rulePattern');
  const deadLetters = { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] };
  const acceptor = { 'Fn::GetAtt': ['AcceptSnsNotificationLambdaFunction', 'Arn'] };
  const topic = { Ref: 'CallRequestTopic' };

  return {
    Resources: {
      ...encryptedTopic({
        id: 'CallRequestTopic',
        name: `${service}-${stage}-call-requests`,
        carries: `Call requests of ${service}-${stage}`,
        publisher: 'events.amazonaws.com',
      }),
      CallRequestTopicRule: {
        Type: 'AWS::Events::Rule',
        ...(file.create.eventBus && { DependsOn: [logicalIds.eventBus] }),
        Properties: {
          Description: 'KARTE call requests of this stage, to the SNS topic',
          EventBusName: file.karte.eventBusName,
          EventPattern: pattern,
          State: 'ENABLED',
          Targets: [
            {
              Id: 'topic',
              Arn: topic,
              DeadLetterConfig: { Arn: deadLetters },
              RetryPolicy: { MaximumEventAgeInSeconds: file.request.maxAgeSeconds, MaximumRetryAttempts: 10 },
            },
          ],
        },
      },
      CallRequestTopicSubscription: {
        Type: 'AWS::SNS::Subscription',
        Properties: { Protocol: 'lambda', TopicArn: topic, Endpoint: acceptor },
      },
      CallRequestTopicPermission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: acceptor,
          Principal: 'sns.amazonaws.com',
          SourceArn: topic,
        },
      },
    },
  };
};
