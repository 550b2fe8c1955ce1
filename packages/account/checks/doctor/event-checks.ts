import { dateOf } from '../../../../domain/wall-clock.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { latestOf, type Metric, type Points, pointsOf, sumOf } from '../../metric-sums.ts';
import { callRequestPattern, differencesOf } from '../../packaged-patterns.ts';
import { karteRule, targetsOfKarteRule } from '../../rules-of-stage.ts';
import { once } from '../../stage-answers.ts';
import { callsCommand, deployAgain, deployOrUndo } from './commands-to-run.ts';

const DAYS = 14;
const METRICS = ['events:ListRules', 'cloudwatch:GetMetricData'];
const WEEK_MS = 7 * 24 * 3_600_000;

const TRY = 'Submit the pop-up as a test user, wait five minutes, and run this again.';

/** Whether KARTE's events arrive, and what happens to them on the event bus. */
export const EVENT_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'karte-events',
    title: "KARTE's action fires, and its events arrive",
    problem: "KARTE's events no longer arrive",
    permissions: METRICS,
    async ask(account, stage) {
      const { arrived, matched } = await trafficOf(account, stage);
      const latest = latestOf(matched) ?? latestOf(arrived);
      if (!latest) {
        return {
          state: 'unchecked',
          seen: `no event came in the last ${DAYS} days`,
          nextStep: `${TRY} If none arrives then, the action does not fire for that user: check the delivery settings of the campaign in KARTE.`,
        };
      }
      const seen = `${counted(Math.max(sumOf(arrived), sumOf(matched)), 'event')} in ${DAYS} days, the last on ${dateOf(latest.toISOString(), stage.file.callingHours.timeZone)}`;
      return Date.now() - latest.getTime() < WEEK_MS
        ? { state: 'fine', seen }
        : {
            state: 'problem',
            seen: `${seen}, and none in the last week`,
            nextStep: `${TRY} Has the campaign been stopped in KARTE, or its Amazon EventBridge plug-in been switched off?`,
          };
    },
  },
  {
    id: 'rule-matches',
    title: "KARTE's events match the rule",
    problem: "KARTE's events do not match the rule",
    permissions: METRICS,
    async ask(account, stage) {
      const { arrived, matched } = await trafficOf(account, stage);
      const [came, taken] = [sumOf(arrived), sumOf(matched)];
      if (taken > 0) return { state: 'fine', seen: `${counted(taken, 'event')} in ${DAYS} days` };
      if (came === 0) return { state: 'unchecked', seen: `no event came in the last ${DAYS} days`, nextStep: TRY };
      return {
        state: 'problem',
        seen: `none of ${counted(came, 'event')} in ${DAYS} days`,
        nextStep: `Rename the action in KARTE to ${stage.file.karte.actionName} (karte.actionName), or use its name in the settings. If all of these events were for other stages, nothing is wrong.`,
      };
    },
  },
  {
    id: 'rule-pattern',
    title: 'The rule has the pattern of the settings',
    problem: 'The pattern of the rule differs from the settings',
    permissions: ['events:ListRules'],
    async ask(account, stage) {
      const rule = await karteRule(account, stage);
      if (!rule) return { state: 'problem', seen: 'there is no rule', nextStep: deployAgain(stage) };
      const different = differencesOf(JSON.parse(rule.EventPattern ?? '{}'), callRequestPattern(stage.file));
      return different.length === 0
        ? { state: 'fine', seen: `KARTE Action, ${stage.file.karte.actionName}` }
        : {
            state: 'problem',
            seen: `they differ in ${different.join(', ')}`,
            nextStep: deployOrUndo(stage),
          };
    },
  },
  {
    id: 'rule-target',
    title: 'The rule has the target of the settings',
    problem: 'The rule does not have the target of the settings',
    permissions: ['events:ListRules', 'events:ListTargetsByRule'],
    async ask(account, stage) {
      const targets = await targetsOfKarteRule(account, stage);
      const isSns = stage.file.karte.intake === 'sns';
      const wanted = isSns
        ? `:karte-connect-call-${stage.name}-call-requests`
        : `:stateMachine:${stage.environment.STATE_MACHINE_NAME}`;
      return targets.some(({ Arn }) => Arn?.endsWith(wanted))
        ? { state: 'fine', seen: isSns ? "the guide's SNS topic" : 'the state machine' }
        : {
            state: 'problem',
            seen:
              targets.length === 0
                ? 'it has no target'
                : `its target is not the ${isSns ? 'SNS topic' : 'state machine'}`,
            nextStep: deployOrUndo(stage),
          };
    },
  },
  {
    id: 'failed-invocations',
    title: 'No event was lost on the way from the rule to its target',
    problem: 'Events were lost on the way from the rule to its target',
    permissions: METRICS,
    async ask(account, stage) {
      const rule = await karteRule(account, stage);
      if (!rule) return { state: 'unchecked', seen: 'there is no rule', nextStep: deployAgain(stage) };
      const dimensions = { EventBusName: stage.file.karte.eventBusName, RuleName: rule.Name ?? '' };
      const of = (name: string): Metric => ({ namespace: 'AWS/Events', name, dimensions });
      const sums = (
        await pointsOf(
          account,
          LOST.map(([name]) => of(name)),
          24,
        )
      ).map(sumOf);
      const lost = LOST.flatMap(([, one, several], index) => {
        const count = sums[index] ?? 0;
        return count > 0 ? [`${count} ${count === 1 ? one : several}`] : [];
      });
      return lost.length === 0
        ? { state: 'fine', seen: 'none in the last 24 hours' }
        : {
            state: 'problem',
            seen: `in the last 24 hours: ${lost.join(', ')}`,
            nextStep: `${callsCommand(stage, 'redrive')} lists the dead letters with their reasons; see below whether the role of the rule may start its target.`,
          };
    },
  },
];

/**
 * Metrics of events that a rule could not deliver, with their singular and plural.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
const LOST = [
  ['FailedInvocations', 'failed for good', 'failed for good'],
  ['InvocationsSentToDlq', 'became a dead letter', 'became dead letters'],
  ['InvocationsFailedToBeSentToDlq', 'could not even become a dead letter', 'could not even become dead letters'],
] as const;

/** Events from KARTE, and how many of them the rule of the stage matched, by the hour. */
const trafficOf = (account: Account, stage: CheckedStage): Promise<{ arrived: Points; matched: Points }> =>
  once(account, 'traffic', async () => {
    const { eventBusName } = stage.file.karte;
    const rule = await karteRule(account, stage);
    const [arrived = [], matched = []] = await pointsOf(
      account,
      [
        { namespace: 'AWS/Events', name: 'Events', dimensions: { EventSourceName: eventBusName } },
        {
          namespace: 'AWS/Events',
          name: 'MatchedEvents',
          dimensions: { EventBusName: eventBusName, RuleName: rule?.Name ?? 'none' },
        },
      ],
      DAYS * 24,
    );
    return { arrived, matched };
  });
