// Lets the stage's instance invoke the function recognizeCaller, if the stage recognises callers. A flow that names a function
// cannot be published before the function is associated with the instance: contact-flows.cjs waits for the association.
const { instanceArn } = require('./connect-references.cjs');

module.exports = async ({ resolveVariable }) => {
  const { file } = await resolveVariable('self:custom.stage');
  if (file.recognizeCaller === null) return { Resources: {} };
  const instance = instanceArn(file);
  const functionArn = { 'Fn::GetAtt': ['RecognizeCallerLambdaFunction', 'Arn'] };
  return {
    Resources: {
      RecognizeCallerPermission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: functionArn,
          Action: 'lambda:InvokeFunction',
          Principal: 'connect.amazonaws.com',
          SourceArn: instance,
          SourceAccount: { Ref: 'AWS::AccountId' },
        },
      },
      RecognizeCallerAssociation: {
        Type: 'AWS::Connect::IntegrationAssociation',
        DependsOn: ['RecognizeCallerPermission'],
        Properties: {
          // Despite its name, the property takes the ARN.
          InstanceId: instance,
          IntegrationType: 'LAMBDA_FUNCTION',
          IntegrationArn: functionArn,
        },
      },
    },
  };
};
