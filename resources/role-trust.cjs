/**
 * Who may take a role: a service of AWS, and that on behalf of this account alone, or of one thing in it.
 *
 * Lambda, EventBridge and Step Functions say for whom they take a role:
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html,
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
 *
 * @param sourceArn for what of this account; every function's pollers and destinations take its role, so that Lambda has none
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
