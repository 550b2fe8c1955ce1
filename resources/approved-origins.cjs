const { createHash } = require('node:crypto');
const { instanceArn } = require('./connect-references.cjs');

// Sites that may embed the softphone of the stage's instance: the guide's "Add origin".
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-connect-approvedorigin.html
module.exports = async ({ resolveVariable }) => {
  const { file } = await resolveVariable('self:custom.stage');
  const InstanceId = instanceArn(file);
  const resources = file.connect.approvedOrigins.map((Origin) => [
    // The id does not depend on the position in the list: under a new id, CloudFormation would create the origin before it
    // deletes the old one, and fail.
    `ApprovedOrigin${createHash('sha256').update(Origin).digest('hex').slice(0, 8)}`,
    { Type: 'AWS::Connect::ApprovedOrigin', Properties: { InstanceId, Origin } },
  ]);
  return { Resources: Object.fromEntries(resources) };
};
