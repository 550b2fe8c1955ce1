/**
 * Regions with Amazon Connect, as of November 2026. Osaka only has replicas of Tokyo instances.
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

/**
 * Regions without AWS::Connect::ContactFlowVersion in CloudFormation, which refuses the whole template there; according to the
 * resource types per region in cfn-lint 1.51.0 (May 2026).
 * @see https://github.com/aws-cloudformation/cfn-lint/tree/v1.51.0/src/cfnlint/data/schemas/providers
 */
const WITHOUT_FLOW_VERSIONS: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-southeast-1',
  'ap-southeast-2',
  'us-gov-west-1',
];

/** The only region in KARTE's guide to its Amazon EventBridge plug-in. @see https://support.karte.io/post/3Tz80ZJVfXUyPWdh0TwyaE */
export const KARTE_REGION = 'ap-northeast-1';

export const hasFlowVersions = (region: string): boolean => !WITHOUT_FLOW_VERSIONS.includes(region);
