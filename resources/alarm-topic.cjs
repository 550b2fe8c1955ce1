// Who is told of alarms, where the settings name mail addresses: a topic of the stack's own, and a subscription for each.
const { createHash } = require('node:crypto');

/** ARNs of the topics that are told of alarms: the one of the settings, and the stack's own. */
const alarmTopics = ({ alarmTopicArn, alarms }) => [
  ...(alarmTopicArn === null ? [] : [alarmTopicArn]),
  ...(alarms.addresses.length > 0 ? [{ Ref: 'AlarmTopic' }] : []),
];

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file } = await resolveVariable('self:custom.stage');
  const { addresses } = file.alarms;
  if (addresses.length === 0) return { Resources: {} };
  const topic = { Ref: 'AlarmTopic' };
  const topicName = `${service}-${stage}-alarms`;
  const account = { Ref: 'AWS::AccountId' };

  const Resources = {
    AlarmTopic: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: topicName, KmsMasterKeyId: { Ref: 'AlarmTopicKey' } },
    },
    // CloudWatch cannot publish to a topic encrypted with the key that AWS manages for SNS:
    // https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
    AlarmTopicKey: {
      Type: 'AWS::KMS::Key',
      Properties: {
        Description: `Alarms of ${service}-${stage} on their way through SNS`,
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
              Principal: { Service: 'cloudwatch.amazonaws.com' },
              Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
              Resource: '*',
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
    AlarmTopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [topic],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'cloudwatch.amazonaws.com' },
              Action: 'sns:Publish',
              Resource: topic,
              // https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
              Condition: { StringEquals: { 'aws:SourceAccount': account } },
            },
          ],
        },
      },
    },
  };
  for (const address of addresses) {
    // By the address: one that is taken out takes its own subscription along, and leaves those of others alone.
    const id = createHash('sha256').update(address).digest('hex').slice(0, 12);
    Resources[`AlarmSubscription${id}`] = {
      Type: 'AWS::SNS::Subscription',
      Properties: { Protocol: 'email', TopicArn: topic, Endpoint: address },
    };
  }
  return { Resources };
};
module.exports.alarmTopics = alarmTopics;
