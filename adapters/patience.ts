/**
 * Options of the AWS clients for DynamoDB, SQS and Step Functions, which normally answer within a tenth of these milliseconds.
 * Without a limit, a hanging connection would last until the function's own time-out. The number of attempts is the SDK's default
 * for most services, but not for DynamoDB, where it is four: an unanswered request is given up after 6 s, within the time-out of
 * every function.
 */
export const PATIENCE = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};
