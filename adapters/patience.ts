/**
 * How long a request to DynamoDB, Step Functions or SQS may take, in milliseconds: they answer within a tenth of it. Without
 * a limit, a connection that hangs would last until the function's own time-out. The SDK makes three attempts.
 */
export const PATIENCE = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
