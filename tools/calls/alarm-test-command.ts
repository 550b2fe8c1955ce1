import { parseArgs } from 'node:util';
import { complain, EXIT, print, UsageError } from 'connect-flow-kit/command-line';
import { maskPhones } from '../../domain/masking.ts';
import type { TopicSubscription } from '../../packages/account/topic-subscriptions.ts';
import type { Alarms, StageAlarm } from './alarms-of-stage.ts';
import type { CallsCommand } from './calls-command.ts';
import { CHANGE_HELP, CHANGE_OPTIONS, changeOf, onTarget, TARGET_OPTIONS } from './target.ts';

/** Rings seldom, so that nobody takes its test for the real thing for long. */
const PRESET = 'dead-letters';

export const alarmTest: CallsCommand = {
  summary: 'sets off an alarm as a test, and says who is notified',
  help: `Sets one alarm of a deployed stage to ALARM, with a reason that says that it is a test: anyone who is told of
alarms gets it as they would the real one. CloudWatch sets it back by itself within a moment. Says first who is
told, and who has not confirmed the subscription yet. Without --why it only says so, and nothing rings.

  npm run calls -- alarm-test --stage dev
  npm run calls -- alarm-test --stage dev --why "who is told on Saturdays?"

  --alarm NAME     another alarm than ${PRESET}, by the end of its name (docs/alarms.md)
  --stage NAME     the stage, with the AWS credentials of your shell
${CHANGE_HELP}

Exit codes: 0 it rang, or would and somebody is told; 1 nobody is told of it; 2 there is no such alarm or option.
`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { ...TARGET_OPTIONS, ...CHANGE_OPTIONS, alarm: { type: 'string', default: PRESET } },
    });
    if (values.stage === undefined || values.stage === 'local')
      throw new UsageError('the local stack has no alarms: name a deployed stage with --stage');
    const change = values.why === undefined ? undefined : changeOf(values);
    return onTarget(values, async ({ alarms: open, name: stage, controls }) => {
      const alarms = await open();
      try {
        const alarm = alarmNamed(values.alarm, await alarms.list(), stage);
        const told = await sayWhoIsTold(alarm, alarms);
        if (!told) return EXIT.problems;
        if (!change) {
          print(`Nothing rang. To let it ring, say why: --why "…"\n`);
          return EXIT.fine;
        }
        if (alarm.state === 'ALARM') {
          complain(
            `${alarm.name} rings already, and tells nobody a second time: see docs/runbook.md#${alarm.name}, or try --alarm with another.`,
          );
          return EXIT.problems;
        }
        await alarms.ring(alarm, `TEST, nothing is wrong: npm run calls -- alarm-test by ${change.by}: ${change.why}`);
        await controls.note(`alarm-test ${alarm.name}`, change);
        print(
          `${alarm.fullName} rang as a TEST. Anyone who is told should have it within a minute; it is set back by itself.\n`,
        );
        return EXIT.fine;
      } finally {
        alarms.close();
      }
    });
  },
};

function alarmNamed(name: string, all: readonly StageAlarm[], stage: string): StageAlarm {
  const found = all.find((alarm) => alarm.name === name);
  if (found) return found;
  throw new UsageError(
    all.length === 0
      ? `${stage} has no alarms in this account and region: is it deployed there?`
      : `${stage} has no alarm ${name}: expected one of ${all.map((alarm) => alarm.name).join(', ')}`,
  );
}

/** @returns true where somebody is told */
async function sayWhoIsTold({ name, topics }: StageAlarm, alarms: Alarms): Promise<boolean> {
  let confirmed = 0;
  for (const topic of topics) {
    const subscribers = await alarms.subscribers(topic);
    print(`${name} tells ${topic}\n`);
    for (const subscriber of subscribers) print(`  ${inWords(subscriber)}\n`);
    if (subscribers.length === 0) print('  nobody has subscribed to it\n');
    confirmed += subscribers.filter(({ isConfirmed }) => isConfirmed).length;
  }
  if (confirmed === 0)
    complain(
      topics.length === 0
        ? `${name} tells nobody: give the stage alarms.addresses or an alarmTopicArn, and deploy it again.`
        : `${name} tells nobody yet: each subscriber has to follow the link in the mail that SNS sent.`,
    );
  return confirmed > 0;
}

/** A terminal is seen by many: of a mail address its beginning, of a telephone number its end. */
const inWords = ({ protocol, endpoint, isConfirmed }: TopicSubscription): string => {
  const who = endpoint.includes('@') ? endpoint.replace(/^(.)[^@]*/, '$1…') : maskPhones(endpoint);
  return `${protocol} ${who}: ${isConfirmed ? 'confirmed' : 'NOT CONFIRMED, is told nothing'}`;
};
