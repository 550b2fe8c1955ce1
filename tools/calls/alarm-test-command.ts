import { parseArgs } from 'node:util';
import { complain, EXIT, print, UsageError } from 'connect-flow-kit/command-line';
import { maskPhones } from '../../domain/masking.ts';
import type { TopicSubscription } from '../../packages/account/topic-subscriptions.ts';
import type { Alarms, StageAlarm } from './alarms-of-stage.ts';
import type { CallsCommand } from './calls-command.ts';
import { CHANGE_HELP, CHANGE_OPTIONS, changeOf, onTarget, TARGET_OPTIONS } from './target.ts';

/** Seldom goes off, so a test of it is unlikely to hide a real alarm. */
const PRESET = 'dead-letters';

export const alarmTest: CallsCommand = {
  summary: 'sets off an alarm as a test, and says who is notified',
  help: `Sets one alarm of a deployed stage to ALARM, with a reason that says that it is a test: anyone who is told of
alarms gets it as they would the real one. CloudWatch sets it back by itself within a moment. Says first who is
told, and who has not confirmed the subscription yet. Without --why it only says so, and nothing rings.

  npm run calls -- alarm-test --stage dev
  npm run calls -- alarm-test --stage dev --why "who is told on Saturdays?"

  --alarm NAME     an alarm other than ${PRESET}, by the end of its name (docs/alarms.md)
  --stage NAME     the stage, with the AWS credentials of your shell
${CHANGE_HELP}

Exit codes: 0 it went off, or would, and somebody is notified; 1 nobody is notified; 2 there is no such alarm or option.
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
          print(`No alarm was set off. To set it off, add --why "…".\n`);
          return EXIT.fine;
        }
        if (alarm.state === 'ALARM') {
          complain(
            `${alarm.name} is in alarm already and notifies nobody again: see docs/runbook.md#${alarm.name}, or choose another with --alarm.`,
          );
          return EXIT.problems;
        }
        await alarms.ring(alarm, `TEST, nothing is wrong: npm run calls -- alarm-test by ${change.by}: ${change.why}`);
        await controls.note(`alarm-test ${alarm.name}`, change);
        print(
          `${alarm.fullName} was set off as a TEST. Notifications should arrive within a minute; CloudWatch resets it by itself.\n`,
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

/** @returns whether anybody is notified */
async function sayWhoIsTold({ name, topics }: StageAlarm, alarms: Alarms): Promise<boolean> {
  let confirmed = 0;
  for (const topic of topics) {
    const subscribers = await alarms.subscribers(topic);
    print(`${name} tells ${topic}\n`);
    for (const subscriber of subscribers) print(`  ${inWords(subscriber)}\n`);
    if (subscribers.length === 0) print('  nobody is subscribed to it\n');
    confirmed += subscribers.filter(({ isConfirmed }) => isConfirmed).length;
  }
  if (confirmed === 0)
    complain(
      topics.length === 0
        ? `${name} notifies nobody: set alarms.addresses or alarmTopicArn in the stage file, and deploy it again.`
        : `${name} notifies nobody yet: each subscriber has to follow the link in the email that SNS sent.`,
    );
  return confirmed > 0;
}

/** Others may see the terminal: shows the start of an email address, the end of a telephone number. */
const inWords = ({ protocol, endpoint, isConfirmed }: TopicSubscription): string => {
  const who = endpoint.includes('@') ? endpoint.replace(/^(.)[^@]*/, '$1…') : maskPhones(endpoint);
  return `${protocol} ${who}: ${isConfirmed ? 'confirmed' : 'NOT CONFIRMED, receives nothing'}`;
};
