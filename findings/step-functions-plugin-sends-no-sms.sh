#!/usr/bin/env bash
# serverless-step-functions: a state that sends an SMS is deployed with a role that denies everything
# Version 3.31.2. sns:publish takes a TopicArn or a PhoneNumber. For a topic the role may publish to that topic; for a number the plugin
# prints that a parameter is missing, packages with exit code 0, and writes one statement, which denies every action, so that
# the machine fails when it first runs. A statement of one's own in iamRoleStatements takes its place.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts osls@4.3.1 serverless-step-functions@3.31.2 > npm.txt || exit 2
cat > serverless.yml <<'YML'
service: messages
plugins: [serverless-step-functions]
provider: { name: aws, region: ap-northeast-1 }
stepFunctions:
  stateMachines:
    topic:
      id: Topic
      definition:
        StartAt: Send
        States:
          Send:
            Type: Task
            Resource: arn:aws:states:::sns:publish
            Parameters: { TopicArn: "arn:aws:sns:ap-northeast-1:000000000000:news", Message: Hello }
            End: true
    phone:
      id: Phone
      definition:
        StartAt: Send
        States:
          Send:
            Type: Task
            Resource: arn:aws:states:::sns:publish
            Parameters: { PhoneNumber: "+819012345678", Message: Hello }
            End: true
    phoneWithStatement:
      id: PhoneWithStatement
      iamRoleStatements: [{ Effect: Allow, Action: "sns:Publish", Resource: "*" }]
      definition:
        StartAt: Send
        States:
          Send:
            Type: Task
            Resource: arn:aws:states:::sns:publish
            Parameters: { PhoneNumber: "+819012345678", Message: Hello }
            End: true
YML
cat > read.cjs <<'JS'
const { Resources } = require('./out/cloudformation-template-update-stack.json');

for (const [id, { Type, Properties }] of Object.entries(Resources)) {
  if (Type !== 'AWS::IAM::Role') continue;
  const statements = Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  console.log(id, statements.map(({ Effect, Action }) => `${Effect} ${[Action].flat()}`).join('; '));
}
JS
cat > expected.txt <<'TXT'
TopicRole Allow sns:Publish
PhoneRole Deny *
PhoneWithStatementRole Allow sns:Publish
TXT
SLS_TELEMETRY_DISABLED=1 npx --no-install osls package --package out > packaged.txt 2>&1 || { cat packaged.txt; exit 1; }
node read.cjs > seen.txt
diff expected.txt seen.txt
