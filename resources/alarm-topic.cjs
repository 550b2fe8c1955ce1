// Notifies the email addresses in the settings of alarms: the stack's own topic, with a subscription for each address.
const { createHash } = require('node:crypto');
const { encryptedTopic } = require('./encrypted-topic.cjs');

/** ARNs of the topics for alarms: the one in the settings, and the stack's own. */
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

  // https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
  const Resources = encryptedTopic({
    id: 'AlarmTopic',
    name: `${service}-${stage}-alarms`,
    carries: `Alarms of ${service}-${stage}`,
    publisher: 'cloudwatch.amazonaws.com',
    // https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
    publishesOnly: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  });
  for (const address of addresses) {
    // Named after the address, so that removing one does not affect the subscriptions of others.
    const id = createHash('sha256').update(address).digest('hex').slice(0, 12);
    Resources[`AlarmSubscription${id}`] = {
      Type: 'AWS::SNS::Subscription',
      Properties: { Protocol: 'email', TopicArn: { Ref: 'AlarmTopic' }, Endpoint: address },
    };
  }
  return { Resources };
};
module.exports.alarmTopics = alarmTopics;
