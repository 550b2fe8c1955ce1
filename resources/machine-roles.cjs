// The roles of the state machine and of the rule that starts it: those that the plugin would create can be assumed by any account.
const { takenBy } = require('./role-trust.cjs');

const arn = (path) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${path}` });

module.exports = async ({ resolveVariable }) => {
  const { environment, stateMachine } = await resolveVariable('self:custom.stage');
  const machine = arn(`states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:${environment.STATE_MACHINE_NAME}`);
  const role = (name, AssumeRolePolicyDocument, Statement) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument,
      Policies: [{ PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement } }],
    },
  });
  return {
    Resources: {
      CallRequestStateMachineRole: role('stateMachine', takenBy('states.amazonaws.com', machine), [
        { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: functionsOf(stateMachine) },
        {
          // Log delivery does not support resource-level permissions: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
          Effect: 'Allow',
          Action: [
            'logs:CreateLogDelivery',
            'logs:GetLogDelivery',
            'logs:UpdateLogDelivery',
            'logs:DeleteLogDelivery',
            'logs:ListLogDeliveries',
            'logs:PutResourcePolicy',
            'logs:DescribeResourcePolicies',
            'logs:DescribeLogGroups',
          ],
          Resource: '*',
        },
      ]),
      CallRequestEventToStepFunctionsRole: role(
        'startExecution',
        takenBy('events.amazonaws.com', arn('events:${AWS::Region}:${AWS::AccountId}:rule/*')),
        [{ Effect: 'Allow', Action: ['states:StartExecution'], Resource: { Ref: 'CallRequestStateMachine' } }],
      ),
    },
  };
};

/** The functions in a definition, without duplicates. */
function functionsOf(definition) {
  const ids = new Set();
  JSON.stringify(definition, (_, value) => {
    const [id, attribute] = value?.['Fn::GetAtt'] ?? [];
    if (attribute === 'Arn') ids.add(id);
    return value;
  });
  return [...ids].map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] }));
}
