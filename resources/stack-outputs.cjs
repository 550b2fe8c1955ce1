// What the deployer needs next: npx sls info --verbose prints it, the CloudFormation console shows it.
const { instanceIsMade } = require('./connect-references.cjs');

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const { file, environment, closedDays } = await resolveVariable('self:custom.stage');
  const { instanceAlias, routingProfiles } = file.create;
  const console = 'https://${AWS::Region}.console.aws.amazon.com';
  const lastClosedDay = closedDays.at(-1)?.day;

  const commands = [
    `npm run stage -- attach-flow ${stage}`,
    ...(routingProfiles ? [`npm run stage -- agents ${stage}`] : []),
    `npm run conformance -- --stage ${stage}`,
  ];
  const output = (Description, Value) => ({ Description, Value });
  return {
    Outputs: {
      NextCommands: output(
        'Attach the flow to the number, assign agents, and check the assumptions about AWS',
        commands.join('; '),
      ),
      FlowToAttach: output('The contact flow of connect.sourcePhoneNumber, for customers who call back', {
        Ref: 'EntryContactFlow',
      }),
      StateMachineLink: output('One execution per request', {
        'Fn::Sub': `${console}/states/home?region=\${AWS::Region}#/statemachines/view/\${CallRequestStateMachine}`,
      }),
      DashboardLink: output('Requests, waits, agents, errors and the cost of the day', {
        'Fn::Sub': `${console}/cloudwatch/home?region=\${AWS::Region}#dashboards/dashboard/\${Dashboard}`,
      }),
      ConnectConsoleLink: output(
        'Choose the instance: its telephony options, and emergency access as its administrator',
        {
          'Fn::Sub': `${console}/connect/`,
        },
      ),
      IdsParameterName: output(
        'Ids created by the deployment, as a parameter of Systems Manager',
        environment.IDS_PARAMETER,
      ),
      ...(instanceIsMade(file) && {
        AgentSoftphoneLink: output(
          'Where agents log in and become Available',
          `https://${instanceAlias}.my.connect.aws/ccp-v2/`,
        ),
      }),
      ...(lastClosedDay && {
        LastClosedDay: output('Later holidays are open days until the next deployment', lastClosedDay),
      }),
    },
  };
};
