import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { CREATE } from '../domain/created-ids.ts';
import type { StageFile } from '../domain/stage-file.ts';
import { CONNECT_REGIONS } from './connect-regions.ts';
import { isExampleNumber } from './example-values.ts';
import { didYouMean } from './near-names.ts';

/** Settings that AWS does not support at all, or only in another region: otherwise a deployment would fail halfway. */
interface AwsContradiction {
  path: string[];
  found: string;
  expected: string;
}

export function unknownRegion({ region }: Pick<StageFile, 'region'>): AwsContradiction[] {
  if (CONNECT_REGIONS.some((known) => known === region)) return [];
  const known = `${CONNECT_REGIONS.join(', ')} (November 2026, resources/connect-regions.ts)`;
  const expected = `a region with Amazon Connect: ${known}${didYouMean(region, CONNECT_REGIONS)}`;
  return [{ path: ['region'], found: region, expected }];
}

/**
 * CloudWatch refuses an alarm whose topic is in another region: "Invalid region … specified. Only … is supported." Another account
 * is fine, if the topic's policy lets CloudWatch publish there.
 * @see https://github.com/cds-snc/notification-terraform/pull/128 for the answer
 * @see https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger for the policy
 */
export function foreignTopic({
  region,
  alarmTopicArn,
}: Pick<StageFile, 'region' | 'alarmTopicArn'>): AwsContradiction[] {
  if (alarmTopicArn === null || alarmTopicArn.split(':')[3] === region) return [];
  return [{ path: ['alarmTopicArn'], found: alarmTopicArn, expected: `a topic of the stage's region (${region})` }];
}

/** A flow that refers to a resource of another instance cannot be published: Amazon Connect answers 400. */
export function foreignFlowValues({ region, connect }: Pick<StageFile, 'region' | 'connect'>): AwsContradiction[] {
  const { instanceId, flowValues } = connect;
  return Object.entries(flowValues).flatMap(([name, found]) => {
    const [, ofRegion, ofInstance] = /^arn:[^:]+:connect:([^:]*):[^:]*:instance\/([^/]+)/.exec(found) ?? [];
    if (ofRegion === undefined || (ofRegion === region && ofInstance === instanceId)) return [];
    const instance =
      instanceId === CREATE ? 'the instance that the stack creates' : `connect.instanceId (${instanceId})`;
    const expected = `the ARN of a resource on ${instance} in ${region}`;
    return [{ path: ['connect', 'flowValues', name], found, expected }];
  });
}

/** Japanese numbers that can be claimed: 050, 03, 0120, 0800 and ported ones. */
const CLAIMED_IN_JAPAN: readonly unknown[] = ['VOIP', 'FIXED_LINE', 'TOLL_FREE'];

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-tokyo-region.html */
export function unclaimableNumber({ connect: { sourcePhoneNumber: found } }: Pick<StageFile, 'connect'>) {
  if (found === null || isExampleNumber(found)) return [];
  const number = parsePhoneNumberFromString(found);
  const at = (expected: string) => [{ path: ['connect', 'sourcePhoneNumber'], found, expected }];
  if (!number?.isPossible()) return at('a number that can be dialled, of the length that its country has');
  if (number.number !== found) return at(`${number.number}: in E.164 form there is no 0 after the country code`);
  if (number.countryCallingCode === '81' && !CLAIMED_IN_JAPAN.includes(number.getType())) {
    return at('a number that is claimed in Amazon Connect, which in Japan has 050, 03, 0120 and 0800');
  }
  return [];
}
