import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { SERVICE } from '../../../../resources/load-stage.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { functionsOfStage } from '../../functions-of-stage.ts';
import { type Metric, pointsOf, sumOf } from '../../metric-sums.ts';
import { functionName, functionOf, once } from '../../stage-answers.ts';
import { deployAgain, deployOrUndo } from './commands-to-run.ts';

const CONFIGURATION = ['lambda:GetFunctionConfiguration'];

/** This percentage of errors is normal, as retries after throttling count as errors, too. */
const USUAL_ERRORS = 0.1;

/** Whether the functions exist, run and write their logs. */
export const FUNCTION_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'functions',
    title: 'Every function of the stage exists and is ready',
    problem: 'A function of the stage is missing or not ready',
    permissions: CONFIGURATION,
    async ask(account, stage) {
      const names = functionsOfStage(stage.file);
      const problems: string[] = [];
      const missing: string[] = [];
      for (const name of names) {
        const found = await functionOf(account, stage, name).catch((error: unknown) => {
          if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
          throw error;
        });
        // Inactive functions have not run for long, and wake up on demand.
        if (!found) missing.push(name);
        else if (found.State === 'Failed') problems.push(`${name} is in the state Failed (${found.StateReasonCode})`);
        else if (found.LastUpdateStatus === 'Failed') problems.push(`the last update of ${name} failed`);
      }
      if (missing.length > 0)
        problems.unshift(`${missing.length === names.length ? 'all' : missing.join(', ')} missing`);
      return problems.length === 0
        ? { state: 'fine', seen: counted(names.length, 'function') }
        : { state: 'problem', seen: problems.join(', '), nextStep: deployAgain(stage) };
    },
  },
  {
    id: 'settings-deployed',
    title: 'The functions run with the settings of this checkout',
    problem: 'The functions run with different settings from this checkout',
    permissions: CONFIGURATION,
    async ask(account, stage) {
      const { Environment } = await functionOf(account, stage, 'road');
      const running = Environment?.Variables?.STAGE_SETTINGS;
      if (running === undefined) {
        return {
          state: 'unchecked',
          seen: 'Lambda does not return the variables of the function road',
          nextStep: 'Use credentials that may use the key that encrypts them.',
        };
      }
      return running === stage.environment.STAGE_SETTINGS
        ? { state: 'fine', seen: `settings/${stage.name}.yml as it was deployed` }
        : {
            state: 'problem',
            seen: `the settings of the deployed functions differ from settings/${stage.name}.yml`,
            nextStep: `Check out the commit that was deployed, or: ${deployAgain(stage)}`,
          };
    },
  },
  {
    id: 'function-errors',
    title: 'The functions run without errors',
    problem: 'The functions fail, or do not run',
    permissions: ['cloudwatch:GetMetricData'],
    async ask(account, stage) {
      const names = functionsOfStage(stage.file);
      const sums = (
        await pointsOf(
          account,
          names.flatMap((name) =>
            ['Invocations', 'Errors', 'Throttles'].map((metric) => ofFunction(stage, name, metric)),
          ),
          24,
        )
      ).map(sumOf);
      const of = names.map((name, index) => {
        const [runs = 0, errors = 0, throttles = 0] = sums.slice(index * 3, index * 3 + 3);
        return { name, runs, errors, throttles };
      });
      const bad = of.flatMap(({ name, runs, errors, throttles }) => [
        ...(errors > runs * USUAL_ERRORS ? [`${name}: ${errors} of ${counted(runs, 'run')} failed`] : []),
        ...(throttles > 0 ? [`${name}: ${throttles} throttled by the concurrency quota`] : []),
      ]);
      const [first] = of.filter(({ runs, errors }) => errors > runs * USUAL_ERRORS);
      const runs = of.reduce((sum, one) => sum + one.runs, 0);
      if (bad.length > 0) {
        return {
          state: 'problem',
          seen: `in the last 24 hours: ${bad.join(', ')}`,
          nextStep: `Read its log: aws logs tail /aws/lambda/${functionName(stage, first?.name ?? 'road')} --since 1d --filter-pattern ERROR`,
        };
      }
      return runs > 0
        ? { state: 'fine', seen: `${counted(runs, 'run')} in the last 24 hours` }
        : {
            state: 'problem',
            seen: 'none ran in the last 24 hours, not even sweepCalls, which runs every minute',
            nextStep:
              'Was the stage deployed within the last ten minutes? Then wait. Otherwise check whether the rule of sweepCalls is enabled.',
          };
    },
  },
  {
    id: 'log-groups',
    title: 'Every function has its log, kept as long as the settings say',
    problem: 'The log of a function is missing, or not kept for as long as the settings say',
    permissions: ['logs:DescribeLogGroups'],
    async ask(account, stage) {
      const days = stage.file.logRetentionDays;
      const groups = await logGroups(account, stage);
      const wanted = [
        ...functionsOfStage(stage.file).map((name) => `/aws/lambda/${functionName(stage, name)}`),
        stateMachineLog(stage),
      ];
      const short = (name: string) => name.slice(name.lastIndexOf('/') + 1).replace(`${SERVICE}-${stage.name}-`, '');
      if (groups.size === 0) return { state: 'problem', seen: 'there is none', nextStep: deployAgain(stage) };
      const problems = wanted.flatMap((name) => {
        if (!groups.has(name)) return [`${short(name)} has none`];
        const kept = groups.get(name);
        return kept === days ? [] : [`${short(name)} is kept ${kept === undefined ? 'for ever' : `for ${kept} days`}`];
      });
      return problems.length === 0
        ? { state: 'fine', seen: `${counted(wanted.length, 'log group')}, ${days} days` }
        : { state: 'problem', seen: problems.join(', '), nextStep: deployOrUndo(stage) };
    },
  },
];

const ofFunction = (stage: CheckedStage, name: string, metric: string): Metric => ({
  namespace: 'AWS/Lambda',
  name: metric,
  dimensions: { FunctionName: functionName(stage, name) },
});

const stateMachineLog = ({ environment }: CheckedStage): string =>
  `/aws/vendedlogs/states/${environment.STATE_MACHINE_NAME}`;

/** Name → retention of the log in days; undefined for ever. */
const logGroups = (account: Account, stage: CheckedStage): Promise<Map<string, number | undefined>> =>
  once(account, 'log groups', async () => {
    const found = new Map<string, number | undefined>();
    for (const logGroupNamePrefix of [`/aws/lambda/${SERVICE}-${stage.name}-`, stateMachineLog(stage)]) {
      for await (const { logGroups = [] } of paginateDescribeLogGroups(
        { client: account.logs },
        { logGroupNamePrefix },
      )) {
        for (const { logGroupName = '', retentionInDays } of logGroups) found.set(logGroupName, retentionInDays);
      }
    }
    return found;
  });
