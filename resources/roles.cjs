// One role per function: its own log group, and only the actions it uses on only the resources it uses. Those of the state machine
// and of the rule that starts it: resources/machine-roles.cjs.
const { instanceArn } = require('./connect-references.cjs');
const { takenBy } = require('./role-trust.cjs');

const arn = (path) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${path}` });
const attribute = (id, name) => ({ 'Fn::GetAtt': [id, name] });

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file, environment } = await resolveVariable('self:custom.stage');
  const { lacksIds } = require('../domain/created-ids.ts');
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
  /** Items of a table whose partition key matches one of these. */
  const onKeys = (statement, keys) => ({
    ...statement,
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
  });
  const calls = on('CallsTable');
  const guards = on('GuardsTable');
  const leases = on('LeasesTable');
  const waitingRoom = on('WaitingRoomTable');

  const readHours = allow(['connect:GetEffectiveHoursOfOperations'], [inInstance('/operating-hours/*'), instance]);
  // Metrics are authorised on the queues in the request, not on the instance. AWS's reference lists routing profiles as well, which
  // no request uses: docs/assumptions.md.
  const readQueues = [
    allow(['connect:GetCurrentMetricData'], [inInstance('/queue/*'), inInstance('/routing-profile/*')]),
    allow(['connect:DescribeQueue'], inInstance('/queue/*')),
    readHours,
  ];
  const secret = (name) =>
    // Secrets Manager appends a hyphen and six characters to a secret's name.
    arn(`secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${name}-??????`);
  const readContacts = [allow(['connect:DescribeContact', 'connect:ListAssociatedContacts'], inInstance('/contact/*'))];
  // Only a stage that retries unanswered calls starts executions itself, and only of its own state machine.
  const callsOnceMore = file.retryUnanswered.times > 0 || file.offerCallBack !== null;
  const startOwn = callsOnceMore ? [allow(['states:StartExecution'], stateMachine)] : [];
  // Only the stack knows the ids of what it creates, and of the flow that calls start with, which the road needs.
  const readIds = [
    allow(['ssm:GetParameter'], arn(`ssm:\${AWS::Region}:\${AWS::AccountId}:parameter${environment.IDS_PARAMETER}`)),
  ];
  const readMadeIds = lacksIds(file) ? readIds : [];
  const sendTick = allow(['sqs:SendMessage'], attribute('ReleaseQueue', 'Arn'));
  const sendDeadLetter = allow(['sqs:SendMessage'], attribute('DeadLetterQueue', 'Arn'));

  const statements = {
    admit: [
      ...(file.signature.mode === 'off'
        ? []
        : [allow(['secretsmanager:GetSecretValue'], secret(file.signature.secretName))]),
      ...readMadeIds,
    ],
    road: [
      ...readIds,
      ...readQueues,
      // AWS's documentation is contradictory about the resource: docs/assumptions.md.
      allow(['connect:StartOutboundVoiceContact'], [instance, inInstance('/*')]),
      calls(['GetItem', 'PutItem', 'UpdateItem']),
      guards(['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem']),
      leases(['PutItem', 'Query', 'UpdateItem', 'DeleteItem']),
      waitingRoom(['Query', 'DeleteItem']),
    ],
    enterWaitingRoom: [waitingRoom(['PutItem']), guards(['GetItem', 'UpdateItem']), sendTick],
    releaseWaiting: [
      ...readMadeIds,
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
      ...readMadeIds,
      ...readContacts,
      calls(['GetItem', 'PutItem', 'UpdateItem']),
      guards(['BatchGetItem', 'GetItem', 'UpdateItem']),
      leases(['UpdateItem']),
      sendTick,
      sendDeadLetter,
    ],
    sweepCalls: [
      ...readMadeIds,
      ...readContacts,
      allow(['connect:DescribeQueue'], inInstance('/queue/*')),
      readHours,
      allow(['states:ListExecutions'], stateMachine),
      allow(['states:DescribeExecution'], executions),
      ...startOwn,
      calls(['GetItem', 'UpdateItem']),
      guards(['GetItem', 'PutItem', 'UpdateItem']),
      leases(['Query', 'UpdateItem', 'DeleteItem']),
      waitingRoom(['Query', 'DeleteItem']),
      sendTick,
      sendDeadLetter,
    ],
    acceptSnsNotification: [allow(['states:StartExecution'], stateMachine), sendDeadLetter],
    ...(file.recognizeCaller && {
      recognizeCaller: [
        ...readMadeIds,
        // Only the index of numbers, and no other way to find calls.
        allow(['dynamodb:Query'], { 'Fn::Sub': '${CallsTable.Arn}/index/byPhone' }),
        calls(['BatchGetItem', 'UpdateItem']),
      ],
    }),
    // Strangers can trigger it, so of the guards it may only read the switches, cached answers of Amazon Connect and how full each
    // slot is. It may only write the cached answers.
    ...(file.availability && {
      tellAvailability: [
        ...readMadeIds,
        allow(['connect:DescribeQueue'], inInstance('/queue/*')),
        readHours,
        onKeys(guards(['GetItem']), ['controls', 'reading#*']),
        onKeys(guards(['UpdateItem']), ['reading#*']),
        ...(file.appointments ? [onKeys(guards(['BatchGetItem']), ['slots#*'])] : []),
      ],
    }),
    // It may read the stream of the calls table, not the table itself.
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
        AssumeRolePolicyDocument: takenBy('lambda.amazonaws.com'),
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
