#!/usr/bin/env bash
# Writes into the summary of the job what a deployment of the stage STAGE would change in the stack STACK, and changes
# nothing: the change set is deleted unexecuted. package/ holds the build; npx sls deploy --package package deploys it.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(bash .github/stack-version.sh)
echo "stack-version=$version" >> "$GITHUB_OUTPUT"

if [ "$version" = none ]; then
  { echo "## First deployment of $STACK"; echo '```text'; npm run -s stage -- plan "$STAGE"; echo '```'; } >> "$GITHUB_STEP_SUMMARY"
  exit
fi

# CloudFormation takes a template of this size from a bucket only.
bucket=$(aws cloudformation describe-stack-resource --stack-name "$STACK" \
  --logical-resource-id ServerlessDeploymentBucket --query StackResourceDetail.PhysicalResourceId --output text)
name="shown-$GITHUB_RUN_ID-$GITHUB_RUN_ATTEMPT"
aws s3 cp --only-show-errors package/cloudformation-template-update-stack.json "s3://$bucket/change-sets/$name.json"

# Tags as the framework sets them: other ones would count as a change of every resource.
aws cloudformation create-change-set --stack-name "$STACK" --change-set-name "$name" \
  --template-url "https://$bucket.s3.$AWS_REGION.amazonaws.com/change-sets/$name.json" \
  --capabilities CAPABILITY_NAMED_IAM --tags Key=service,Value=karte-connect-call "Key=stage,Value=$STAGE" > /dev/null
trap 'aws cloudformation delete-change-set --stack-name "$STACK" --change-set-name "$name"' EXIT

if ! aws cloudformation wait change-set-create-complete --stack-name "$STACK" --change-set-name "$name"; then
  echo "::error::CloudFormation could not make the change set: $(aws cloudformation describe-change-set \
    --stack-name "$STACK" --change-set-name "$name" --query StatusReason --output text)"
  exit 1
fi

# Without property values, among which is a telephone number.
{
  echo "## Changes of $STACK"
  echo 'Every function counts as changed: each build has a key of its own in the bucket. Look at Remove, and at Replacement.'
  echo '```text'
  aws cloudformation describe-change-set --stack-name "$STACK" --change-set-name "$name" --output table \
    --query 'Changes[].ResourceChange.[Action, Replacement, ResourceType, LogicalResourceId]'
  echo '```'
} >> "$GITHUB_STEP_SUMMARY"
