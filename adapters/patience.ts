/**
 * Options of the AWS clients of DynamoDB, SQS and Step Functions, which answer within a tenth of these milliseconds. Without
 * a limit, a connection that hangs would last until the function's own time-out. The attempts are the SDK's default for most
 * services, but not for DynamoDB, where it makes four: a request that stays unanswered is given up after 6 s, within the
 * time-out of every function.
 */
export const PATIENCE = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};
