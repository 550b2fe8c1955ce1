import { asks, PLAYS_ON, RUNS_A_MODULE, SHOWS, speaks } from '../block-roles.ts';
import { circles, entrances, reachable } from '../circles.ts';
import { block, next } from '../example.ts';
import type { Block, LintedFlow, Way } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Rule } from '../rule.ts';

const menu = (onSilence: string) =>
  block(
    'Ask',
    'GetParticipantInput',
    { Text: 'Press 1 for sales.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
    next(
      'Apologise',
      { InputTimeLimitExceeded: onSilence, NoMatchingCondition: onSilence, NoMatchingError: 'Apologise' },
      { 1: 'Apologise' },
    ),
  );

const endlessForTheSilent: Rule = {
  id: 'endless-for-the-silent',
  severity: 'warning',
  title: 'A caller who stays silent is prompted forever',
  why: 'A voicemail that answers never presses a key and never hangs up, and the company pays for every minute of it. Queue and hold flows repeat themselves on purpose and are not checked.',
  source: adminGuide('bp-contact-flows'),
  example: {
    failing: { blocks: [menu('Ask')] },
    fixed: {
      blocks: [
        block(
          'Three times',
          'Loop',
          { LoopCount: '3' },
          next('Apologise', {}, { ContinueLooping: 'Ask', DoneLooping: 'Apologise' }),
        ),
        menu('Three times'),
      ],
    },
  },
  check: (flow) => {
    if (!flow.start || waitsForOthers(flow)) return [];
    const leaving = waysOut(flow);
    const inCalls = reachable([flow.start], ({ exits }) => exits.map(({ to }) => to));
    return circles(flow, (from, way) => inCalls.has(from) && !leaving.has(from) && staysSilent(from, way)).flatMap(
      (circle) => {
        // Without a type, it may be a queue flow, which only speaks.
        const heard = circle.find(asks) ?? (flow.type === undefined ? undefined : circle.find(speaks));
        if (!heard) return [];
        return [
          {
            block: heard,
            message: asks(heard)
              ? 'a caller who keeps silent is asked again and again, and never leaves'
              : 'a call comes back to it again and again, and never leaves',
            fix: 'Count the rounds with a Loop block, and say goodbye when they are done.',
          },
        ];
      },
    );
  },
};

/** Does somebody else end the wait, such as an agent who takes the call or looks at the screen? */
const waitsForOthers = ({ type, blocks }: LintedFlow): boolean =>
  type === 'CUSTOMER_QUEUE' ||
  type === 'CUSTOMER_HOLD' ||
  type === 'AGENT_HOLD' ||
  type === 'CAMPAIGN' ||
  blocks.some((one) => one.type === PLAYS_ON || one.type === SHOWS);

const ON_SILENCE = 'InputTimeLimitExceeded';
/** @see https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html */
const ON_TIMEOUT = 'Equals Timeout';
/** Conditions that the word does not match, whatever references stand for: other words and numbers. */
const NEVER_TIMEOUT = /^(?:Equals (?!timeout$|.*\$)|Number)/i;

/** Can a caller who says nothing and presses nothing take this path? */
function staysSilent({ type, parameters, ways }: Block, { kind, name }: Way): boolean {
  switch (type) {
    case 'GetParticipantInput':
      // A menu; a block that stores input continues if nothing came.
      return ways.some((other) => other.name === ON_SILENCE) ? name === ON_SILENCE : name !== 'NoMatchingError';
    case 'ConnectParticipantWithLexBot':
      // Somebody who says nothing gets the fallback intent; an error is one of the bot.
      return kind === 'condition' ? /fallback/i.test(name) : name !== 'NoMatchingError';
    case 'Compare':
      // What was stored for a caller who pressed nothing.
      if (parameters.ComparisonValue !== '$.StoredCustomerInput') return true;
      if (ways.some((other) => other.name === ON_TIMEOUT)) return name === ON_TIMEOUT;
      return kind !== 'condition' || !NEVER_TIMEOUT.test(name);
    default:
      return name !== 'NoMatchingError';
  }
}

/** Blocks from which a silent caller can reach the end of the flow. */
function waysOut(flow: LintedFlow): Set<Block> {
  const enteredFrom = entrances(flow);
  const leaving = new Set(flow.blocks.filter(mayLeave));
  for (const end of leaving) {
    for (const before of enteredFrom(end)) {
      if (before.exits.some(({ way, to }) => to === end && staysSilent(before, way))) leaving.add(before);
    }
  }
  return leaving;
}

/** Does the call leave the flow here if all goes well, or may it, as far as is known? */
const mayLeave = (one: Block): boolean =>
  one.spec === undefined ||
  one.type === RUNS_A_MODULE ||
  (one.next !== 'followed' && one.form?.conditions === undefined) ||
  !one.exits.some(({ way }) => staysSilent(one, way));

export const SILENCE_RULES: readonly Rule[] = [endlessForTheSilent];
