const { instanceId, queueId, routingProfileId, poolName } = require('./connect-references.cjs');

// The ids that exist only after the deployment, for the functions: a plain name in their environment, and behind it what
// CloudFormation knows. adapters/stage-ids.ts reads it.
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
          Description: `Ids that the functions of the stage ${stage} are told: the stack writes them`,
          Type: 'String',
          Value: { 'Fn::Sub': Object.keys(values).length === 0 ? document : [document, values] },
        },
      },
    },
  };
};

const alphanumeric = (name) => name.replaceAll('-', '');
