/**
 * A topic encrypted with a key of its own, to which one service of AWS publishes. No service can with the key that AWS manages
 * for SNS: its policy lets none in.
 *
 * @param {object} topic
 * @param {string} topic.id logical id of the topic; those of its key and its policy begin with it
 * @param {string} topic.name name of the topic
 * @param {string} topic.carries for the key's description: whatever is on its way through the topic
 * @param {string} topic.publisher the service, such as `events.amazonaws.com`
 * @param {object} [topic.publishesOnly] condition under which it may publish
 * @returns {object} resources by logical id
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
module.exports.encryptedTopic = ({ id, name, carries, publisher, publishesOnly }) => ({
  [id]: {
    Type: 'AWS::SNS::Topic',
    Properties: { TopicName: name, KmsMasterKeyId: { Ref: `${id}Key` } },
  },
  [`${id}Key`]: {
    Type: 'AWS::KMS::Key',
    Properties: {
      Description: `${carries} on their way through SNS`,
      EnableKeyRotation: true,
      KeyPolicy: policy(
        {
          Effect: 'Allow',
          Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Effect: 'Allow',
          Principal: { Service: publisher },
          Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
          Resource: '*',
          // Nothing arrives where aws:SourceAccount or aws:SourceArn is asked for. SNS names the topic when it uses the key. Its
          // ARN is spelled out, since the topic refers to the key.
          Condition: {
            StringEquals: {
              'kms:EncryptionContext:aws:sns:topicArn': {
                'Fn::Sub': `arn:\${AWS::Partition}:sns:\${AWS::Region}:\${AWS::AccountId}:${name}`,
              },
            },
          },
        },
      ),
    },
  },
  [`${id}Policy`]: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: id }],
      PolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: publisher },
        Action: 'sns:Publish',
        Resource: { Ref: id },
        ...(publishesOnly && { Condition: publishesOnly }),
      }),
    },
  },
});

const policy = (...Statement) => ({ Version: '2012-10-17', Statement });
