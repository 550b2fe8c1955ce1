import type { CallRecord } from '../../../../domain/call-record.ts';
import { dateOf } from '../../../../domain/wall-clock.ts';
import type { DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { pointsOf, sumOf } from '../../metric-sums.ts';
import { contactEventPattern, differencesOf } from '../../packaged-patterns.ts';
import { contactRule, isEnabled } from '../../rules-of-stage.ts';
import { idsOf, latestCalls } from '../../stage-answers.ts';
import { deployAgain, deployOrUndo } from './commands-to-run.ts';

const RULE = ['lambda:GetFunctionConfiguration', 'events:ListRuleNamesByTarget', 'events:DescribeRule'];

/** The longest that a call normally goes without any event. */
const HOUR_MS = 3_600_000;

/** Whether contact events arrive: without them, numbers and lines stay held until the sweep finds out. */
export const CONTACT_EVENT_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'contact-event-rule',
    title: 'A rule sends contact events to trackContact',
    problem: 'The rule that sends contact events to trackContact is missing, disabled or wrong',
    permissions: RULE,
    async ask(account, stage) {
      const rule = await contactRule(account, stage);
      if (!rule) return { state: 'problem', seen: 'there is none', nextStep: deployAgain(stage) };
      if (!isEnabled(rule)) {
        return { state: 'problem', seen: 'it is disabled', nextStep: 'Enable it in the console: EventBridge > Rules.' };
      }
      const { instanceId } = await idsOf(account, stage);
      const wanted = contactEventPattern(stage.file, instanceId);
      const different = differencesOf(JSON.parse(rule.EventPattern ?? '{}'), wanted);
      return different.length === 0
        ? { state: 'fine', seen: 'enabled, for the instance of the stage' }
        : {
            state: 'problem',
            seen: `its pattern differs from the settings: ${different.join(', ')}`,
            nextStep: deployOrUndo(stage),
          };
    },
  },
  {
    id: 'contact-events',
    title: 'The ends of calls are reported',
    problem: 'The ends of calls are not reported',
    permissions: [...RULE, 'cloudwatch:GetMetricData', 'dynamodb:Query', 'dynamodb:BatchGetItem'],
    async ask(account, stage) {
      const placed = (await latestCalls(account, stage)).filter(
        ({ placedAt }) => placedAt !== undefined && Date.parse(placedAt) < Date.now() - HOUR_MS,
      );
      const [latest] = placed;
      if (!latest) {
        return {
          state: 'unchecked',
          seen: 'no call of the last month is older than an hour',
          nextStep: 'Place a call to your own phone through the stage, and run this again an hour later.',
        };
      }
      const heard = placed.filter(isHeardOf);
      if (heard.length > 0 && isHeardOf(latest)) {
        const day = dateOf(latest.placedAt ?? '', stage.file.callingHours.timeZone);
        return { state: 'fine', seen: `the end of the call of ${day} is known` };
      }
      const rule = await contactRule(account, stage);
      const [points = []] = await pointsOf(
        account,
        [{ namespace: 'AWS/Events', name: 'MatchedEvents', dimensions: { RuleName: rule?.Name ?? 'none' } }],
        24,
      );
      return {
        state: 'problem',
        seen: `how ${heard.length === 0 ? `${counted(placed.length, 'call')} ended` : 'the latest call ended'} was never reported; the rule matched ${counted(sumOf(points), 'event')} in the last 24 hours`,
        nextStep:
          sumOf(points) === 0
            ? 'Check the rule of trackContact, above, and whether the settings name the right instance.'
            : 'Read the log of the function trackContact.',
      };
    },
  },
];

/** Has an outcome of its call, other than that of a sweep that found nothing. */
const isHeardOf = ({ outcome }: CallRecord): boolean => outcome !== 'call_placed' && outcome !== 'lost';
