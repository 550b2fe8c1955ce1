// One role per function: its own log group, and only the actions it calls on only the things it calls them on.
const { instanceArn } = require('./connect-references.cjs');

const arn = (path) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${path}` });
const attribute = (id, name) => ({ 'Fn::GetAtt': [id, name] });

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file, environment } = await resolveVariable('self:custom.stage');
  const instance = instanceArn(file);
  const inInstance = (path) => instanceArn(file, path);
  const stateMachine = arn(`states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:${environment.STATE_MACHINE_NAME}`);
  const executions = arn(`states:\${AWS::Region}:\${AWS::AccountId}:execution:${environment.STATE_MACHINE_NAME}:*`);
  const allow = (Action, Resource) => ({ Effect: 'Allow', Action, Resource });

  const on = (table) => (actions) =>
    allow(
      actions.map((action) => `dynamodb:${action}`),
      attribute(table, 'Arn'),
    );
  /** Of a table, the items whose partition key is like one of these. */
  const onKeys = (statement, keys) => ({
    ...statement,
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
  });
  const calls = on('CallsTable');
  const guards = on('GuardsTable');
  const leases = on('LeasesTable');
  const waitingRoom = on('WaitingRoomTable');

  const readHours = allow(['connect:GetEffectiveHoursOfOperations'], [inInstance('/operating-hours/*'), instance]);
  // Metrics are authorised on the queues asked about, not on the instance.
  const readQueues = [
    allow(['connect:GetCurrentMetricData', 'connect:DescribeQueue'], inInstance('/queue/*')),
    readHours,
  ];
  const secret = (name) =>
    // Secrets Manager puts six characters of its own behind a secret's name.
    arn(`secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${name}-??????`);
  // AWS's page does not say what listing a call's contacts is authorised on: docs/assumptions.md.
  const readContacts = [
    allow(['connect:DescribeContact'], inInstance('/contact/*')),
    allow(['connect:ListAssociatedContacts'], [inInstance('/contact/*'), instance]),
  ];
  // Only a stage that calls once more starts executions of its own: the state machine's, on that machine alone.
  const callsOnceMore = file.retryUnanswered.times > 0 || file.offerCallBack !== null;
  const startOwn = callsOnceMore ? [allow(['states:StartExecution'], stateMachine)] : [];
  const sendTick = allow(['sqs:SendMessage'], attribute('ReleaseQueue', 'Arn'));
  const sendDeadLetter = allow(['sqs:SendMessage'], attribute('DeadLetterQueue', 'Arn'));

  const statements = {
    admit:
      file.signature.mode === 'off'
        ? []
        : [allow(['secretsmanager:GetSecretValue'], secret(file.signature.secretName))],
    road: [
      ...readQueues,
      // AWS's pages disagree on what it is authorised on: docs/assumptions.md.
      allow(['connect:StartOutboundVoiceContact'], [instance, inInstance('/*')]),
      calls(['GetItem', 'PutItem', 'UpdateItem']),
      guards(['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem']),
      leases(['PutItem', 'Query', 'UpdateItem', 'DeleteItem']),
      waitingRoom(['Query', 'DeleteItem']),
    ],
    enterWaitingRoom: [waitingRoom(['PutItem']), guards(['GetItem', 'UpdateItem']), sendTick],
    releaseWaiting: [
      ...readQueues,
      ...readContacts,
      waitingRoom(['Query', 'DeleteItem']),
      calls(['GetItem', 'UpdateItem']),
      guards(['GetItem', 'UpdateItem', 'DeleteItem']),
      leases(['PutItem', 'Query', 'UpdateItem', 'DeleteItem']),
      allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], stateMachine),
      ...startOwn,
      ...(callsOnceMore ? [allow(['states:DescribeExecution'], executions)] : []),
      allow(
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage'],
        attribute('ReleaseQueue', 'Arn'),
      ),
    ],
    settleExecution: [
      calls(['GetItem', 'UpdateItem']),
      guards(['GetItem', 'UpdateItem']),
      leases(['DeleteItem']),
      waitingRoom(['DeleteItem']),
      sendDeadLetter,
    ],
    trackContact: [
      ...readContacts,
      calls(['GetItem', 'PutItem', 'UpdateItem']),
      guards(['BatchGetItem', 'GetItem', 'UpdateItem']),
      leases(['UpdateItem']),
      sendTick,
      sendDeadLetter,
    ],
    sweepCalls: [
      ...readContacts,
      allow(['states:ListExecutions'], stateMachine),
      allow(['states:DescribeExecution'], executions),
      ...startOwn,
      calls(['GetItem', 'UpdateItem']),
      guards(['GetItem', 'PutItem', 'UpdateItem']),
      leases(['Query', 'UpdateItem', 'DeleteItem']),
      waitingRoom(['DeleteItem']),
      sendTick,
      sendDeadLetter,
    ],
    acceptSnsNotification: [allow(['states:StartExecution'], stateMachine), sendDeadLetter],
    ...(file.recognizeCaller && {
      recognizeCaller: [
        // By index the number's calls, and no other way to find any.
        allow(['dynamodb:Query'], { 'Fn::Sub': '${CallsTable.Arn}/index/byPhone' }),
        calls(['BatchGetItem', 'UpdateItem']),
      ],
    }),
    // Strangers run it: of the guards it sees the switches, what Amazon Connect said and how many have which slot. It writes
    // what Amazon Connect said, and nothing else.
    ...(file.availability && {
      tellAvailability: [
        allow(['connect:DescribeQueue'], inInstance('/queue/*')),
        readHours,
        onKeys(guards(['GetItem']), ['controls', 'reading#*']),
        onKeys(guards(['UpdateItem']), ['reading#*']),
        ...(file.appointments ? [onKeys(guards(['BatchGetItem']), ['slots#*'])] : []),
      ],
    }),
    // Of the calls table it reads what its stream tells, and nothing else.
    ...(file.reportToKarte && {
      reportToKarte: [
        allow(
          ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
          attribute('CallsTable', 'StreamArn'),
        ),
        allow(['secretsmanager:GetSecretValue'], secret(file.reportToKarte.secretName)),
        sendDeadLetter,
      ],
    }),
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
