// The Amazon Connect instance, if the stage has none yet (connect.instanceId: create).
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-connect-instance.html
const { instanceIsMade, logicalIds } = require('./connect-references.cjs');
const kept = require('./kept.cjs');

module.exports = async ({ resolveVariable }) => {
  const { file } = await resolveVariable('self:custom.stage');
  if (!instanceIsMade(file)) return { Resources: {} };
  const { instanceAlias } = file.create;
  return {
    Resources: {
      [logicalIds.instance]: {
        Type: 'AWS::Connect::Instance',
        ...kept,
        // Amazon Connect would create the log group of its flow logs itself, and keep them for ever.
        DependsOn: ['ConnectFlowLogGroup'],
        Properties: {
          InstanceAlias: instanceAlias,
          IdentityManagementType: 'CONNECT_MANAGED',
          // Inbound: customers call back.
          Attributes: { InboundCalls: true, OutboundCalls: true, ContactflowLogs: true },
        },
      },
      ConnectFlowLogGroup: {
        Type: 'AWS::Logs::LogGroup',
        ...kept,
        // https://docs.aws.amazon.com/connect/latest/adminguide/contact-flow-logs-stored-in-cloudwatch.html
        Properties: { LogGroupName: `/aws/connect/${instanceAlias}`, RetentionInDays: file.logRetentionDays },
      },
    },
  };
};
