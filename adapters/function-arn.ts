/** What stands for a function's ARN where there is none: `sls invoke local` passes a context without it. */
const NO_ARN = 'arn:aws:lambda:ap-northeast-1:000000000000:function:local';

/**
 * Partition, region, account and name of the calling function. Other names are built from them, because an environment variable
 * may not hold a reference (`sls invoke local` could not resolve it).
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
