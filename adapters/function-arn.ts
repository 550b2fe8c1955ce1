/** Stands in for a missing function ARN: `sls invoke local` passes a context without it. */
const NO_ARN = 'arn:aws:lambda:ap-northeast-1:000000000000:function:local';

/**
 * Partition, region, account and name of the calling function. Other ARNs are built from them, because environment variables must
 * not contain references (`sls invoke local` could not resolve them).
 *
 * @param functionArn `context.invokedFunctionArn`, arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME
 */
export function arnParts(functionArn: string | undefined): {
  partition: string;
  region: string;
  account: string;
  name: string;
} {
  const [, partition = '', , region = '', account = '', , name = ''] = (functionArn ?? NO_ARN).split(':');
  return { partition, region, account, name };
}
