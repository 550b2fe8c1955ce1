const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { instanceArn, queueArn } = require('./connect-references.cjs');
const kept = require('./kept.cjs');
const { endWith } = require('./last-sentence.cjs');

// Every file of contact-flows/ becomes a contact flow of the stage's instance, with a version for each content.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const loaded = await resolveVariable('self:custom.stage');
  const { file } = loaded;
  const { fillTokens, foreignNameSentences, tokenValues, tokensIn } = require('connect-flow-kit/files');
  const { flowStage } = require('./flow-stage.ts');
  const given = flowStage(stage, loaded);

  // The state machine refers to the flow that calls start with as EntryContactFlow, whichever file the stage chose.
  const idOf = ({ name, token }) => (name === file.connect.contactFlow ? 'EntryContactFlow' : token);
  // By name: what the stack creates has no id yet.
  const queues = Object.fromEntries(Object.keys(given.queues).map((name) => [name, name]));
  const [flows, values] = readFlows(given, (flows) =>
    tokenValues(
      flows,
      { ...given, queues },
      {
        flow: (flow) => ({ Ref: idOf(flow) }),
        queue: (name) => queueArn(file, name),
        function: (name) => ({ 'Fn::GetAtt': [lambdaIdOf(name), 'Arn'] }),
      },
    ),
  );

  for (const sentence of foreignNameSentences(flows, given)) console.warn(sentence);

  const Resources = {};
  for (const flow of flows) {
    const content = fillTokens(flow.content, values.texts);
    const references = Object.fromEntries(tokensIn(content).map((token) => [token, values.references[token]]));
    Resources[idOf(flow)] = {
      Type: 'AWS::Connect::ContactFlow',
      Properties: {
        InstanceArn: instanceArn(file),
        Name: given.deployedName(flow.name),
        Description: flow.description,
        Type: flow.type,
        Content: Object.keys(references).length === 0 ? content : { 'Fn::Sub': [content, references] },
      },
      // A flow that calls a function cannot be published before the function is associated with the instance.
      ...('RecognizeCallerFunction' in references && { DependsOn: ['RecognizeCallerAssociation'] }),
    };
    if (!file.connect.flowVersions) continue;
    // New content changes the description, so that CloudFormation creates a new version. Old versions are the history of what
    // customers heard, so they are kept, even when the stack is removed.
    Resources[`${idOf(flow)}Version`] = {
      Type: 'AWS::Connect::ContactFlowVersion',
      ...kept,
      Properties: {
        ContactFlowId: { Ref: idOf(flow) },
        Description: `${flow.path}, sha256 ${createHash('sha256').update(content).digest('hex')}`,
      },
    };
  }
  return { Resources };
};

/** The framework's name for the resource of a function: karte-connect-call-dev-recognizeCaller → RecognizeCallerLambdaFunction. */
function lambdaIdOf(name) {
  const key = name.slice(name.lastIndexOf('-') + 1);
  return `${key[0].toUpperCase()}${key.slice(1)}LambdaFunction`;
}

function readFlows(given, valuesOf) {
  const { checkTokens, readContactFlows, withoutMissingFunctions } = require('connect-flow-kit/files');
  try {
    const flows = withoutMissingFunctions(readContactFlows(join(__dirname, '..')), given);
    const values = valuesOf(flows);
    checkTokens(flows, values, given.valuesAt);
    return [flows, values];
  } catch (error) {
    if (error.isUsersMistake) endWith(error.message);
    throw error;
  }
}
