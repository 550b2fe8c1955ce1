// Every file of contact-flows/ becomes a contact flow of the stage's instance.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '..', 'contact-flows');

/** Console layout's name of a flow type → CloudFormation's. */
const TYPES = { contactFlow: 'CONTACT_FLOW', customerQueue: 'CUSTOMER_QUEUE' };

/** call-me-queue → CallMeQueueContactFlow: what a flow writes as ${CallMeQueueContactFlow} to mean another flow. */
const logicalId = (name) =>
  `${name
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('')}ContactFlow`;

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file } = await resolveVariable('self:custom.stage');
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));

  // The state machine names the flow a call starts with EntryContactFlow, whichever file the stage chose.
  const idOf = (name) => (name === file.connect.contactFlow ? 'EntryContactFlow' : logicalId(name));
  const variables = Object.fromEntries(names.map((name) => [logicalId(name), { Ref: idOf(name) }]));

  const Resources = {};
  for (const name of names) {
    const flow = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
    const content = JSON.stringify(flow);
    const used = Object.keys(variables).filter((id) => content.includes(`\${${id}}`));
    Resources[idOf(name)] = {
      Type: 'AWS::Connect::ContactFlow',
      Properties: {
        InstanceArn: {
          'Fn::Sub': `arn:\${AWS::Partition}:connect:\${AWS::Region}:\${AWS::AccountId}:instance/${file.connect.instanceId}`,
        },
        Name: `${service}-${stage}-${name}`,
        Description: flow.Metadata.description,
        Type: TYPES[flow.Metadata.type],
        Content:
          used.length === 0
            ? content
            : { 'Fn::Sub': [content, Object.fromEntries(used.map((id) => [id, variables[id]]))] },
      },
    };
  }
  return { Resources };
};
