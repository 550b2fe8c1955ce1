/**
 * Who may assume a role: an AWS service, on behalf of this account only, or of one resource in it.
 *
 * Lambda, EventBridge and Step Functions pass on whose behalf they assume a role:
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html,
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
 *
 * @param sourceArn the resource; none for Lambda, where the pollers and destinations of a function assume its role, too
 */
const takenBy = (service, sourceArn) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ...(sourceArn && { ArnLike: { 'aws:SourceArn': sourceArn } }),
      },
    },
  ],
});

module.exports = { takenBy };
