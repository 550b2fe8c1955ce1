import {
  DescribeRuleCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import type { Account } from './account.ts';
import type { CheckedStage } from './check.ts';
import { functionOf, once } from './stage-answers.ts';

/** The rule on KARTE's event bus for the stage's action; an enabled one takes precedence. */
export const karteRule = (account: Account, stage: CheckedStage): Promise<Rule | undefined> =>
  once(account, 'rule of KARTE', async () => {
    const { eventBusName: EventBusName, actionName } = stage.file.karte;
    const own: Rule[] = [];
    let NextToken: string | undefined;
    do {
      const page = await account.eventBridge.send(new ListRulesCommand({ EventBusName, NextToken }));
      own.push(...(page.Rules ?? []).filter(({ EventPattern = '' }) => EventPattern.includes(`"${actionName}"`)));
      NextToken = page.NextToken;
    } while (NextToken);
    return own.find(isEnabled) ?? own[0];
  });

export const isEnabled = ({ State }: Rule): boolean => State?.startsWith('ENABLED') === true;

/** The targets of the rule. */
export const targetsOfKarteRule = (account: Account, stage: CheckedStage) =>
  once(account, 'targets of the rule of KARTE', async () => {
    const rule = await karteRule(account, stage);
    if (!rule) return [];
    const { Targets = [] } = await account.eventBridge.send(
      new ListTargetsByRuleCommand({ Rule: rule.Name, EventBusName: stage.file.karte.eventBusName }),
    );
    return Targets;
  });

/** The rule on the account's default bus that sends contact events to trackContact. */
export const contactRule = (account: Account, stage: CheckedStage): Promise<Rule | undefined> =>
  once(account, 'rule of contacts', async () => {
    const { FunctionArn: TargetArn } = await functionOf(account, stage, 'trackContact');
    const { RuleNames = [] } = await account.eventBridge.send(new ListRuleNamesByTargetCommand({ TargetArn }));
    const rules: Rule[] = [];
    for (const Name of RuleNames) rules.push(await account.eventBridge.send(new DescribeRuleCommand({ Name })));
    return rules.find(isEnabled) ?? rules[0];
  });
