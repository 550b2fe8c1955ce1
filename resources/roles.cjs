// One role per function: its own log group, and only the actions it calls on only the things it calls them on.
const arn = (path) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${path}` });

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file, environment } = await resolveVariable('self:custom.stage');
  const instance = `connect:\${AWS::Region}:\${AWS::AccountId}:instance/${file.connect.instanceId}`;
  const callsTable = { 'Fn::GetAtt': ['CallsTable', 'Arn'] };
  const allow = (Action, Resource) => ({ Effect: 'Allow', Action, Resource });

  const statements = {
    validateRequest: [],
    claimRequest: [allow(['dynamodb:PutItem'], callsTable)],
    checkQueue: [
      // Metrics are authorised on the queues asked about, not on the instance.
      allow(['connect:GetCurrentMetricData', 'connect:DescribeQueue'], arn(`${instance}/queue/*`)),
      allow(['connect:GetEffectiveHoursOfOperations'], arn(`${instance}/operating-hours/*`)),
    ],
    startCall: [
      allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], callsTable),
      allow(['connect:StartOutboundVoiceContact'], arn(`${instance}/contact/*`)),
    ],
    recordOutcome: [allow(['dynamodb:UpdateItem'], callsTable)],
    acceptSnsNotification: [
      allow(
        ['states:StartExecution'],
        arn(`states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:${environment.STATE_MACHINE_NAME}`),
      ),
      allow(['sqs:SendMessage'], { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] }),
    ],
  };

  const Resources = {};
  for (const [name, own] of Object.entries(statements)) {
    const logGroup = `logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${service}-${stage}-${name}`;
    Resources[`${name[0].toUpperCase()}${name.slice(1)}Role`] = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: name,
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn(`${logGroup}:*`)), ...own],
            },
          },
        ],
      },
    };
  }
  return { Resources };
};
