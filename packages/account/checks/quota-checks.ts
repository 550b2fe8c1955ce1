import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import type { Account } from '../account.ts';
import type { DoctorCheck, Finding } from '../check.ts';
import { type ListedQuota, quotas } from '../listings.ts';
import { idsOf, once } from '../stage-answers.ts';

const PERMISSIONS = ['servicequotas:ListServiceQuotas'];
const LAMBDA = ['lambda:GetAccountSettings'];

/** Lambda's default limit of an account. */
const USUAL_CONCURRENCY = 1_000;

/** Campaign calls have a separate quota with nearly the same name. */
const CALLS_AT_ONCE = /concurrent(?!.*campaign).*\bcalls?\b.*instance/i;

/**
 * Concurrency and rate quotas of the account. Service Quotas only has descriptive names, so they are found by their words.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html
 */
export const QUOTA_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'active-call-quota',
    title: 'The instance allows as many concurrent calls as the stage places',
    problem: 'The instance allows fewer concurrent calls than the stage places',
    permissions: PERMISSIONS,
    async ask(account, stage) {
      const { instanceId } = await idsOf(account, stage);
      const quota = quotaOf(await listed(account, 'connect'), CALLS_AT_ONCE, instanceId);
      if (!quota) return notListed('concurrent calls');
      const { maxConcurrentCalls } = stage.file.limits;
      return quota.value >= (maxConcurrentCalls ?? 1)
        ? {
            state: 'fine',
            seen: `${quota.value} concurrent calls; the stage places ${maxConcurrentCalls ?? 'any number'}`,
          }
        : {
            state: 'problem',
            seen: `${quota.value} concurrent calls; the stage would place ${maxConcurrentCalls ?? 'any number'}`,
            nextStep:
              quota.value < 1
                ? 'Ask for a higher quota: the instance allows no calls at all.'
                : `Set limits.maxConcurrentCalls to ${quota.value} or less, or ask for a higher quota.`,
          };
    },
  },
  {
    id: 'rate-quotas',
    title: 'Calls may be requested as fast as the stage does',
    problem: 'The stage requests calls faster than it may',
    permissions: PERMISSIONS,
    async ask(account, stage) {
      const quota = quotaOf(await listed(account, 'connect'), /StartOutboundVoiceContact/i);
      if (!quota) return notListed('requests of StartOutboundVoiceContact');
      const { callsPerSecond } = stage.file.pacing;
      return quota.value >= callsPerSecond
        ? { state: 'fine', seen: `${quota.value} a second; the stage requests ${callsPerSecond}` }
        : {
            state: 'problem',
            seen: `${quota.value} a second; the stage would request ${callsPerSecond}`,
            nextStep: `Set pacing.callsPerSecond to ${quota.value} or less, or ask for a higher quota.`,
          };
    },
  },
  {
    id: 'start-execution-quota',
    title: 'Executions may be started as fast as the simulation assumes',
    problem: 'Executions may only be started more slowly than the simulation assumes',
    permissions: PERMISSIONS,
    async ask(account) {
      const states = await listed(account, 'states');
      const bucket = quotaOf(states, /StartExecution.*bucket/i);
      const refill = quotaOf(states, /StartExecution.*refill/i);
      if (!bucket || !refill) return notListed('StartExecution');
      return atLeast(
        bucket.value >= 800 && refill.value >= 150,
        `${bucket.value} at once, ${refill.value} a second`,
        '800 and 150',
      );
    },
  },
  {
    id: 'state-transition-quota',
    title: 'State transitions are allowed as fast as the simulation assumes',
    problem: 'State transitions are allowed more slowly than the simulation assumes',
    permissions: PERMISSIONS,
    async ask(account) {
      const quota = quotaOf(await listed(account, 'states'), /StateTransition.*refill/i);
      if (!quota) return notListed('state transitions');
      return atLeast(quota.value >= 800, `${quota.value} state transitions a second`, '800');
    },
  },
  {
    id: 'lambda-concurrency',
    title: `${USUAL_CONCURRENCY} functions may run at once`,
    problem: `Fewer than ${USUAL_CONCURRENCY} functions may run at once`,
    permissions: LAMBDA,
    async ask(account) {
      const concurrency = await concurrencyOf(account);
      return atLeast(concurrency >= USUAL_CONCURRENCY, `${concurrency} at once`, String(USUAL_CONCURRENCY));
    },
  },
  {
    id: 'lambda-scaling-rate',
    title: 'No function can need more new environments than Lambda provides',
    problem: 'A function can need more new environments than Lambda provides',
    permissions: LAMBDA,
    async ask(account) {
      const concurrency = await concurrencyOf(account);
      return concurrency <= USUAL_CONCURRENCY
        ? {
            state: 'fine',
            seen: `at most ${concurrency} functions run at once, which Lambda starts within ten seconds`,
          }
        : {
            state: 'problem',
            seen: `${concurrency} functions may run at once`,
            nextStep:
              'The simulation does not cover bursts beyond 1,000 new environments in ten seconds: keep that in mind.',
          };
    },
  },
  {
    id: 'no-platform-quotas',
    title: 'A burst of requests stays below the quotas of Lambda and Step Functions',
    problem: 'A burst of requests exceeds the quotas of Lambda and Step Functions',
    permissions: [...PERMISSIONS, ...LAMBDA],
    async ask(account, stage) {
      // All requests of a minute may come in the same second.
      const burst = stage.file.limits.requestsPerMinute ?? 800;
      const concurrency = await concurrencyOf(account);
      const bucket = quotaOf(await listed(account, 'states'), /StartExecution.*bucket/i)?.value ?? 800;
      const least = Math.min(concurrency, bucket);
      const seen = `${concurrency} functions and ${bucket} new executions at once; limits.requestsPerMinute is ${burst}`;
      return least >= burst
        ? { state: 'fine', seen }
        : {
            state: 'problem',
            seen,
            nextStep: 'Ask for a higher quota: until then, part of a burst has to wait for retries.',
          };
    },
  },
];

const listed = (account: Account, service: string): Promise<ListedQuota[]> =>
  once(account, `quotas of ${service}`, () => quotas(account, service));

/** The quota of one resource before the account's. */
function quotaOf(all: readonly ListedQuota[], name: RegExp, id?: string): ListedQuota | undefined {
  const named = all.filter((quota) => name.test(quota.name));
  const own = id === undefined ? undefined : named.find(({ appliesTo }) => appliesTo?.includes(id));
  return own ?? named.find(({ appliesTo }) => appliesTo === undefined);
}

const concurrencyOf = (account: Account): Promise<number> =>
  once(account, 'concurrency', async () => {
    const { AccountLimit } = await account.lambda.send(new GetAccountSettingsCommand());
    return AccountLimit?.ConcurrentExecutions ?? 0;
  });

const notListed = (what: string): Finding => ({
  state: 'unchecked',
  seen: `Service Quotas lists no quota of ${what} for this account and region`,
  nextStep: 'Check Service Quotas in the console, or ask AWS Support.',
});

const atLeast = (isEnough: boolean, seen: string, wanted: string): Finding =>
  isEnough
    ? { state: 'fine', seen }
    : {
        state: 'problem',
        seen: `${seen}, less than ${wanted}`,
        nextStep: 'Ask for a higher quota; new accounts have less.',
      };
