#!/usr/bin/env bash
# serverless-step-functions: one reference in a definition turns every ${…} in its texts into a CloudFormation variable
# Version 3.31.2. The same Pass state is deployed with its text as it stands; once any other state holds a Ref or Fn::GetAtt,
# the definition becomes a Fn::Sub, and CloudFormation looks for a resource called "name". Packaging says nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts osls@4.3.1 serverless-step-functions@3.31.2 > npm.txt || exit 2
cat > plain.json <<'JSON'
{ "StartAt": "Greet", "States": { "Greet": { "Type": "Pass", "Result": "Dear ${name}", "End": true } } }
JSON
cat > with-reference.json <<'JSON'
{
  "StartAt": "Greet",
  "States": {
    "Greet": { "Type": "Pass", "Result": "Dear ${name}", "Next": "Notify" },
    "Notify": { "Type": "Pass", "Result": { "topic": { "Ref": "Topic" } }, "End": true }
  }
}
JSON
cat > serverless.yml <<'YML'
service: greetings
plugins: [serverless-step-functions]
provider: { name: aws, region: ap-northeast-1 }
stepFunctions:
  stateMachines:
    plain: { id: Plain, definition: "${file(plain.json)}" }
    withReference: { id: WithReference, definition: "${file(with-reference.json)}" }
resources:
  Resources:
    Topic: { Type: AWS::SNS::Topic }
YML
cat > read.cjs <<'JS'
const { Resources } = require('./out/cloudformation-template-update-stack.json');

for (const id of ['Plain', 'WithReference']) {
  const { DefinitionString } = Resources[id].Properties;
  const [kind, text] = typeof DefinitionString === 'string' ? ['text', DefinitionString] : ['Fn::Sub', DefinitionString['Fn::Sub'][0]];
  console.log(id, kind, JSON.parse(text).States.Greet.Result);
}
JS
cat > expected.txt <<'TXT'
Plain text Dear ${name}
WithReference Fn::Sub Dear ${name}
TXT
SLS_TELEMETRY_DISABLED=1 npx --no-install osls package --package out > packaged.txt 2>&1 || { cat packaged.txt; exit 1; }
node read.cjs > seen.txt
diff expected.txt seen.txt
