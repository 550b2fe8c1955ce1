// The guide's own route, where the stage asks for it: rule → SNS topic → acceptSnsNotification → state machine.
const { logicalIds } = require('./connect-references.cjs');

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file } = await resolveVariable('self:custom.stage');
  if (file.karte.intake !== 'sns') return { Resources: {} };
  const pattern = await resolveVariable('self:custom.rulePattern');
  const deadLetters = { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] };
  const acceptor = { 'Fn::GetAtt': ['AcceptSnsNotificationLambdaFunction', 'Arn'] };
  const topic = { Ref: 'CallRequestTopic' };
  const topicName = `${service}-${stage}-call-requests`;

  return {
    Resources: {
      CallRequestTopic: {
        Type: 'AWS::SNS::Topic',
        Properties: { TopicName: topicName, KmsMasterKeyId: { Ref: 'CallRequestTopicKey' } },
      },
      // EventBridge cannot publish to a topic encrypted with the key AWS manages for SNS.
      CallRequestTopicKey: {
        Type: 'AWS::KMS::Key',
        Properties: {
          Description: `Call requests of ${service}-${stage} on their way through SNS`,
          EnableKeyRotation: true,
          KeyPolicy: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
                Action: 'kms:*',
                Resource: '*',
              },
              {
                Effect: 'Allow',
                Principal: { Service: 'events.amazonaws.com' },
                Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
                Resource: '*',
                // Nothing arrives where aws:SourceAccount or aws:SourceArn is asked for:
                // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
                // SNS names the topic when it uses the key. Its ARN is spelled out, since the topic refers to the key.
                Condition: {
                  StringEquals: {
                    'kms:EncryptionContext:aws:sns:topicArn': {
                      'Fn::Sub': `arn:\${AWS::Partition}:sns:\${AWS::Region}:\${AWS::AccountId}:${topicName}`,
                    },
                  },
                },
              },
            ],
          },
        },
      },
      CallRequestTopicPolicy: {
        Type: 'AWS::SNS::TopicPolicy',
        Properties: {
          Topics: [topic],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'events.amazonaws.com' },
                Action: 'sns:Publish',
                Resource: topic,
              },
            ],
          },
        },
      },
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
