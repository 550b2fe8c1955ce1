import type { CallRecord } from '../../../../domain/call-record.ts';
import type { Account } from '../../account.ts';
import { whyUnread } from '../../account-errors.ts';
import type { CheckedStage, DoctorCheck, Finding } from '../../check.ts';
import { flowsOfNumbers, type ListedNumber, phoneNumbers } from '../../listings.ts';
import { idsOf, latestCalls, once } from '../../stage-answers.ts';

const LOG = ['dynamodb:Query', 'dynamodb:BatchGetItem'];
const MOBILES = ['+8170', '+8180', '+8190'];

/** The number that calls are made from, and what it may dial. */
export const NUMBER_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'source-number-kind',
    title: 'The number is of a kind that can make calls',
    problem: 'The number is of the wrong kind',
    permissions: ['connect:ListPhoneNumbersV2'],
    ask: (account, stage) => ofClaimedNumber(account, stage, (number) => Promise.resolve(byKind(number, stage))),
  },
  {
    id: 'number-flow',
    title: "Customers who call the number back hear the stage's flow",
    problem: "Customers who call the number back do not hear the stage's flow",
    permissions: ['ssm:GetParameter', 'connect:ListPhoneNumbersV2', 'connect:ListFlowAssociations'],
    ask: (account, stage) =>
      ofClaimedNumber(account, stage, async ({ arn }) => {
        const { instanceId, contactFlow } = await idsOf(account, stage);
        const flow = (await flowsOfNumbers(account, instanceId)).get(arn);
        const nextStep = `Attach it: npm run stage -- attach-flow ${stage.name}.`;
        if (flow === undefined) return { state: 'problem', seen: 'no flow is attached to the number', nextStep };
        if (contactFlow === undefined) {
          return {
            state: 'unchecked',
            seen: 'the stack does not give the id of its flow',
            nextStep: `Deploy the stage: npx sls deploy --stage ${stage.name}.`,
          };
        }
        return flow.split('/').at(-1) === contactFlow
          ? { state: 'fine', seen: 'attached' }
          : { state: 'problem', seen: "another flow than the stage's is attached to the number", nextStep };
      }),
  },
  {
    id: 'mobile-prefixes',
    title: 'Mobile phones may be dialled',
    problem: 'Mobile phones may not be dialled',
    permissions: LOG,
    ask: (account, stage) => mobilePrefixes(account, stage),
  },
];

/** @param ask is called with the number, if this account has it */
async function ofClaimedNumber(
  account: Account,
  { file: { connect } }: CheckedStage,
  ask: (number: ListedNumber) => Promise<Finding>,
): Promise<Finding> {
  const claimed = await once(account, 'numbers', () => phoneNumbers(account));
  const number = claimed.find((one) => one.number === connect.sourcePhoneNumber);
  if (number) return ask(number);
  return {
    state: 'unchecked',
    seen: 'the number is not claimed in this account and region',
    nextStep: 'Claim it first.',
  };
}

/**
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/outbound-calling-restrictions.html
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_ListPhoneNumbersSummary.html for the kinds
 */
function byKind({ type, country }: ListedNumber, { file: { request } }: CheckedStage): Finding {
  const seen = `${type} of ${country}`;
  const isOfCalled = (request.countries as readonly string[]).includes(country);
  if (type === 'UIFN' || type === 'SHORT_CODE') {
    return {
      state: 'problem',
      seen: `${seen}: it can receive calls or messages, but not make calls`,
      nextStep: 'Claim a DID number, such as 050 or 03, and set connect.sourcePhoneNumber to it.',
    };
  }
  if (!isOfCalled) {
    return {
      state: 'problem',
      seen: `${seen}: customers see a foreign number, and calling it back is an international call`,
      nextStep: `Claim a number of ${request.countries.join(' or ')}: docs/deploy.md, step 0.`,
    };
  }
  if (type === 'DID') return { state: 'fine', seen };
  return {
    state: 'unchecked',
    seen: `${seen}: no API tells whether it may be shown to the person called`,
    nextStep:
      'Look it up in the telecoms country coverage guide of Amazon Connect, and place a test call: --place-test-call.',
  };
}

/**
 * Which mobiles an instance may dial is a list kept by AWS Support: only calls show what is in it.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/country-code-allow-list.html
 */
async function mobilePrefixes(account: Account, stage: CheckedStage): Promise<Finding> {
  const { countries, numberTypes, allowedPrefixes, refusedPrefixes } = stage.file.request;
  const wanted = MOBILES.filter(
    (prefix) =>
      (allowedPrefixes.length === 0 ||
        allowedPrefixes.some((one) => one.startsWith(prefix) || prefix.startsWith(one))) &&
      !refusedPrefixes.some((one) => prefix.startsWith(one)),
  );
  if (!countries.includes('JP') || !numberTypes.includes('mobile') || wanted.length === 0) {
    return { state: 'fine', seen: 'the stage calls no mobile phones of Japan' };
  }
  const log = await latestCalls(account, stage).then(
    (calls) => ({ calls, why: 'there is no call to such a phone in the log' }),
    (error: unknown) => {
      const why = whyUnread(error, LOG, account.region, stage.name);
      if (why === undefined) throw error;
      return { calls: [], why: `the call log, which may show it, could not be read: ${why.seen}` };
    },
  );
  const latest = wanted.map((prefix) => ({ prefix, call: log.calls.find((call) => tells(call, prefix)) }));
  const refused = latest.filter(({ call }) => call?.outcome === 'destination_not_allowed');
  if (refused.length > 0) {
    return {
      state: 'problem',
      seen: `Amazon Connect refused to dial ${named(refused)}`,
      nextStep: `${supportCase(stage)} docs/runbook.md has more under destination_not_allowed.`,
    };
  }
  const unknown = latest.filter(({ call }) => call === undefined);
  if (unknown.length === 0) return { state: 'fine', seen: `calls went out to ${named(latest)}` };
  return {
    state: 'unchecked',
    seen: `no API tells whether ${named(unknown)} may be dialled, and ${log.why}`,
    nextStep: `Call one: npm run doctor -- --stage ${stage.name} --place-test-call +81… Where that is refused: ${supportCase(stage)}`,
  };
}

const tells = ({ phone, placedAt, outcome }: CallRecord, prefix: string): boolean =>
  phone?.startsWith(prefix) === true && (placedAt !== undefined || outcome === 'destination_not_allowed');

const named = (list: readonly { prefix: string }[]): string => list.map(({ prefix }) => prefix).join(' and ');

/** The text for the form of AWS Support: docs/deploy.md, the first step. */
const supportCase = ({ file: { region } }: CheckedStage): string =>
  `Open a case with AWS Support, Connect (Number Management), Country Allowlisting for Outbound Calls: "Please allow our Amazon Connect instance in ${region} (its ARN) to dial Japan, with the mobile prefixes ${MOBILES.join(' and ')}, and no other country."`;
