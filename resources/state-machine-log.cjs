// The log for failures of the state machine; execution data is not logged.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file } = await resolveVariable('self:custom.stage');
  return {
    Resources: {
      StateMachineLogGroup: {
        Type: 'AWS::Logs::LogGroup',
        Properties: {
          LogGroupName: `/aws/vendedlogs/states/${service}-${stage}-call-request`,
          RetentionInDays: file.logRetentionDays,
        },
      },
    },
  };
};
