// Every file of contact-flows/ becomes a contact flow of the stage's instance.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file } = await resolveVariable('self:custom.stage');
  const flows = readFlows();

  // The state machine names the flow a call starts with EntryContactFlow, whichever file the stage chose.
  const idOf = ({ name, token }) => (name === file.connect.contactFlow ? 'EntryContactFlow' : token);
  const references = Object.fromEntries(flows.map((flow) => [flow.token, { Ref: idOf(flow) }]));

  const Resources = {};
  for (const flow of flows) {
    const { name, type, description, content, tokensUsed } = flow;
    Resources[idOf(flow)] = {
      Type: 'AWS::Connect::ContactFlow',
      Properties: {
        InstanceArn: {
          'Fn::Sub': `arn:\${AWS::Partition}:connect:\${AWS::Region}:\${AWS::AccountId}:instance/${file.connect.instanceId}`,
        },
        Name: `${service}-${stage}-${name}`,
        Description: description,
        Type: type,
        Content:
          tokensUsed.length === 0
            ? content
            : { 'Fn::Sub': [content, Object.fromEntries(tokensUsed.map((token) => [token, references[token]]))] },
      },
    };
  }
  return { Resources };
};

function readFlows() {
  const { readContactFlows, ContactFlowFileError } = require('./contact-flow-files.ts');
  try {
    return readContactFlows();
  } catch (error) {
    // The framework prints an error's stack; the sentence is enough for a mistake in a file.
    if (error instanceof ContactFlowFileError) error.stack = error.message;
    throw error;
  }
}
