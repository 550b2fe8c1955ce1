const { createHash } = require('node:crypto');

// Every file of contact-flows/ becomes a contact flow of the stage's instance, and a version of it per content.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file } = await resolveVariable('self:custom.stage');
  const { deployedFlowName } = require('../packages/connect-flow-kit/src/files/contact-flow-files.ts');
  const {
    fillTokens,
    tokenValues,
    tokensIn,
  } = require('../packages/connect-flow-kit/src/files/contact-flow-tokens.ts');

  const instanceArn = `arn:\${AWS::Partition}:connect:\${AWS::Region}:\${AWS::AccountId}:instance/${file.connect.instanceId}`;
  // The state machine names the flow a call starts with EntryContactFlow, whichever file the stage chose.
  const idOf = ({ name, token }) => (name === file.connect.contactFlow ? 'EntryContactFlow' : token);
  const [flows, values] = readFlows(stage, (flows) =>
    tokenValues(flows, file, {
      flow: (flow) => ({ Ref: idOf(flow) }),
      queue: (id) => ({ 'Fn::Sub': `${instanceArn}/queue/${id}` }),
    }),
  );

  const Resources = {};
  for (const flow of flows) {
    const content = fillTokens(flow.content, values.texts);
    const references = Object.fromEntries(tokensIn(content).map((token) => [token, values.references[token]]));
    Resources[idOf(flow)] = {
      Type: 'AWS::Connect::ContactFlow',
      Properties: {
        InstanceArn: { 'Fn::Sub': instanceArn },
        Name: deployedFlowName(service, stage, flow.name),
        Description: flow.description,
        Type: flow.type,
        Content: Object.keys(references).length === 0 ? content : { 'Fn::Sub': [content, references] },
      },
    };
    if (!file.connect.flowVersions) continue;
    // Another content, another description: CloudFormation then cuts a new version. The old ones are the history of what
    // customers heard, so that they stay, also when the stack goes.
    Resources[`${idOf(flow)}Version`] = {
      Type: 'AWS::Connect::ContactFlowVersion',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        ContactFlowId: { Ref: idOf(flow) },
        Description: `contact-flows/${flow.name}.json, sha256 ${createHash('sha256').update(content).digest('hex')}`,
      },
    };
  }
  return { Resources };
};

function readFlows(stage, valuesOf) {
  const {
    checkTokens,
    ContactFlowFileError,
    readContactFlows,
  } = require('../packages/connect-flow-kit/src/files/contact-flow-files.ts');
  try {
    const flows = readContactFlows();
    const values = valuesOf(flows);
    checkTokens(flows, stage, values);
    return [flows, values];
  } catch (error) {
    // The framework prints an error's stack; the sentence is enough for a mistake in a file.
    if (error instanceof ContactFlowFileError) error.stack = error.message;
    throw error;
  }
}
