const { instanceId, queueId, routingProfileId, poolName } = require('./connect-references.cjs');

// Gives the functions ids that exist only after the deployment: their environment has the name of a parameter, and CloudFormation
// fills the parameter in. adapters/stage-ids.ts reads it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const { file, environment } = await resolveVariable('self:custom.stage');
  const { idsDocument } = require('./ids-document.ts');
  const values = {};
  const tokenOf = (name, reference) => {
    values[name] = reference;
    return `\${${name}}`;
  };
  const document = idsDocument(file, {
    instance: tokenOf('Instance', instanceId(file)),
    contactFlow: '${EntryContactFlow}',
    queue: (name) => tokenOf(`Queue${alphanumeric(name)}`, queueId(file, name)),
    routingProfile: (pool) => tokenOf(`RoutingProfile${alphanumeric(poolName(pool))}`, routingProfileId(pool)),
  });
  if (!document.includes('${Instance}')) delete values.Instance;
  return {
    Resources: {
      StageIds: {
        Type: 'AWS::SSM::Parameter',
        Properties: {
          Name: environment.IDS_PARAMETER,
          Description: `Ids for the functions of the stage ${stage}, written by the stack`,
          Type: 'String',
          Value: { 'Fn::Sub': Object.keys(values).length === 0 ? document : [document, values] },
        },
      },
    },
  };
};

const alphanumeric = (name) => name.replaceAll('-', '');
