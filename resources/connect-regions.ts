/**
 * Regions with Amazon Connect, as of November 2026. Osaka has copies of instances of Tokyo only.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/regions.html
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/setup-connect-global-resiliency.html for Osaka
 */
export const CONNECT_REGIONS = [
  'us-east-1',
  'us-west-2',
  'af-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-2',
  'us-gov-west-1',
] as const;
