import {
  COUNTS,
  ENDS_THE_FLOW,
  hangsUp,
  PLAYS_ON,
  pauses,
  RUNS_A_MODULE,
  serves,
  speaks,
  TELLS_VOICEMAIL,
} from '../block-roles.ts';
import { circles, entrances, reachable } from '../circles.ts';
import { block, next, say } from '../example.ts';
import { type Block, type LintedFlow, startsCall, type Way } from '../linted-flow.ts';
import { isForNoCalls } from '../other-channels.ts';
import { adminGuide } from '../pages.ts';
import { isReference } from '../parameter-problems.ts';
import type { Rule } from '../rule.ts';

const setQueue = (then: string) =>
  block(
    'Choose queue',
    'UpdateContactTargetQueue',
    { QueueId: '${SalesQueue}' },
    next(then, { NoMatchingError: 'Apologise' }),
  );
const transfer = (failTo: string) =>
  block(
    'To the queue',
    'TransferContactToQueue',
    {},
    next('Hang up', { QueueAtCapacity: failTo, NoMatchingError: failTo }),
  );
const quoted = (blocks: readonly Block[]): string => blocks.map(({ id }) => `"${id}"`).join(', ');

const unreachableBlock: Rule = {
  id: 'unreachable-block',
  severity: 'warning',
  title: 'No call can reach a block',
  why: 'It is left over, or the transition that should lead to it leads elsewhere.',
  source: adminGuide('bp-contact-flows'),
  example: {
    failing: { blocks: [say('Welcome', 'Good morning.', 'Hang up'), say('News', 'We have moved.', 'Hang up')] },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'News'), say('News', 'We have moved.', 'Hang up')] },
  },
  check: ({ blocks, start, find }) => {
    if (!start) return [];
    // A NextAction that is never taken still has to be written, so the block it names is not left over.
    const seen = reachable([start], ({ ways }) => ways.map(({ to }) => find(to)).filter((to) => to !== undefined));
    return blocks
      .filter((one) => !seen.has(one) && find(one.id) === one)
      .map((one) => ({
        block: one,
        message: 'no call can reach it',
        fix: 'Remove it, or add a transition to it.',
      }));
  },
};

const silentCircle: Rule = {
  id: 'silent-circle',
  severity: 'warning',
  title: 'A call can loop without a prompt or a wait',
  why: 'The customer hears nothing and gets nowhere until the service ends the call for too many steps.',
  source: adminGuide('bp-contact-flows'),
  example: {
    failing: {
      blocks: [
        block(
          'Choose queue',
          'UpdateContactTargetQueue',
          { QueueId: '${SalesQueue}' },
          next('To the queue', { NoMatchingError: 'Choose queue' }),
        ),
        transfer('Apologise'),
      ],
    },
    fixed: { blocks: [setQueue('To the queue'), transfer('Apologise')] },
  },
  check: (flow) =>
    circles(
      flow,
      (from, way) => !pauses(from) && !counted(from, way) && (!speaks(from) || failsInPlace(from, way)),
    ).map((circle) => ({
      ...(circle[0] && { block: circle[0] }),
      message:
        circle.length === 1
          ? 'a call can return to it at once, again and again'
          : `a call can loop through ${quoted(circle)} without a prompt or a wait`,
      fix: wayOutOf(circle),
    })),
};

/** A Loop block in the circle counts its rounds, but is started again or fails. */
function wayOutOf(circle: readonly Block[]): string {
  const counter = circle.find(({ type }) => type === COUNTS);
  return counter === undefined
    ? 'Let one of the transitions lead to a prompt, a wait, or out of the circle; a Loop block counts the rounds.'
    : `Let every branch of the Loop "${counter.id}" but ContinueLooping lead out of the circle.`;
}

/** A round that is one of so many, or the error of a count that is written in the flow, which cannot fail. */
const counted = ({ type, parameters: { LoopCount } }: Block, { kind, name }: Way): boolean =>
  type === COUNTS &&
  (name === 'Equals ContinueLooping' ||
    (kind === 'error' && LoopCount !== undefined && !isReference(String(LoopCount))));

/** A prompt that cannot be spoken and is tried again at once. */
const failsInPlace = ({ id }: Block, { kind, to }: Way): boolean => kind === 'error' && to === id;

const silentHangUp: Rule = {
  id: 'silent-hang-up',
  severity: 'warning',
  title: 'A branch hangs up without a prompt',
  why: "The line goes dead, and the customer does not know whether to wait for a call or to ring again. A prompt that cannot be spoken may hang up if nothing comes after it, since nothing is left to say. The rule reports nothing in a flow for chats, emails, tasks or an agent's screen, since nobody listens to those.",
  source: adminGuide('bp-contact-flows'),
  example: {
    failing: { blocks: [setQueue('To the queue'), transfer('Hang up')] },
    fixed: { blocks: [setQueue('To the queue'), transfer('Apologise')] },
  },
  check: (flow) => {
    if (isForNoCalls(flow)) return [];
    const ending = silentlyEnding(flow);
    return flow.blocks.flatMap((one) => {
      const main = mainExits(one);
      // The call was over anyway and the last prompt was spoken; a customer who waits in a queue expects an agent.
      const over = main.length > 0 && main.every((to) => ending.has(to));
      if (over && !serves(one) && one.type !== PLAYS_ON) return [];
      const silent = one.exits.filter(
        ({ way, to }) => ending.has(to) && isTurn(one, way) && !(over && one.type === PLAYS_ON && way.kind === 'error'),
      );
      if (silent.length === 0) return [];
      return [
        {
          block: one,
          message: `${branches(silent.map(({ way }) => way.name))} to the end of the call without a prompt`,
          fix: 'Lead the customer to a prompt that says what they can do, and hang up after it.',
        },
      ];
    });
  },
};

function branches(names: string[]): string {
  const each = [...new Set(names)];
  return each.length === 1 ? `the branch ${each[0]} leads` : `the branches ${each.join(', ')} lead`;
}

/** Is this a transition the customer does not expect? Somebody who presses a key knows what it does. */
const isTurn = (from: Block, { kind }: Way): boolean =>
  kind === 'error' || (kind === 'condition' && !serves(from) && from.type !== TELLS_VOICEMAIL);

/** Where the call goes on when nothing fails. */
const mainExits = ({ exits }: Block): Block[] =>
  exits.filter(({ way: { kind, name } }) => kind !== 'error' || name === 'NoMatchingCondition').map(({ to }) => to);

/** Blocks from which every path ends the call without another prompt. */
function silentlyEnding(flow: LintedFlow): Set<Block> {
  const enteredFrom = entrances(flow);
  const ending = new Set(flow.blocks.filter((one) => hangsUp(one, flow.type)));
  for (const end of ending) {
    for (const before of enteredFrom(end)) {
      const main = mainExits(before);
      if (!speaks(before) && !serves(before) && main.length > 0 && main.every((to) => ending.has(to))) {
        ending.add(before);
      }
    }
  }
  return ending;
}

const transferWithoutQueue: Rule = {
  id: 'transfer-without-queue',
  severity: 'warning',
  title: 'A call can reach the transfer without a queue',
  why: 'Transfer to queue uses the queue that Set working queue chose earlier, and so does a callback that names none; without one it takes its error branch. Checked only in a contact flow that starts the call.',
  source: adminGuide('transfer-to-queue'),
  example: {
    failing: { blocks: [transfer('Apologise')], document: { Metadata: { type: 'contactFlow' } } },
    fixed: {
      blocks: [setQueue('To the queue'), transfer('Apologise')],
      document: { Metadata: { type: 'contactFlow' } },
    },
  },
  check: (flow) => {
    if (!startsCall(flow) || !flow.start) return [];
    const without = reachable([flow.start], ({ type, exits }) =>
      type === 'UpdateContactTargetQueue' || type === RUNS_A_MODULE ? [] : exits.map(({ to }) => to),
    );
    return [...without]
      .filter(
        ({ type, parameters: { QueueId, AgentId } }) =>
          type === 'TransferContactToQueue' ||
          (type === 'CreateCallbackContact' && QueueId === undefined && AgentId === undefined),
      )
      .map((one) => ({
        block: one,
        message: 'a call can reach it before any queue is set',
        fix: 'Put an UpdateContactTargetQueue on every path to it.',
      }));
  },
};

const endOfContactFlow: Rule = {
  id: 'contact-flow-ends-the-flow',
  severity: 'warning',
  title: `A contact flow has ${ENDS_THE_FLOW}`,
  why: 'There it hangs up like DisconnectParticipant, which nobody who reads the flow expects. Some such flows were published; others were refused.',
  source: adminGuide('end-flow-resume'),
  example: {
    failing: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [say('Welcome', 'Good morning.', 'Resume')],
    },
    fixed: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [say('Welcome', 'Good morning.', 'Hang up')],
    },
  },
  check: ({ blocks, type }) =>
    type !== 'CONTACT_FLOW'
      ? []
      : blocks
          .filter((one) => one.type === ENDS_THE_FLOW)
          .map((one) => ({
            block: one,
            message: 'in a contact flow it hangs up',
            fix: 'Write DisconnectParticipant, which says so.',
          })),
};

const silentWait: Rule = {
  id: 'silent-wait',
  severity: 'warning',
  title: 'A customer queue or customer hold flow plays nothing over and over',
  why: 'When the flow has ended, the customer is still waiting but hears nothing at all.',
  source: adminGuide('loop-prompts'),
  example: {
    failing: {
      document: { Metadata: { type: 'customerQueue' } },
      blocks: [say('Wait', 'Please hold the line.', 'Resume')],
    },
    fixed: {
      document: { Metadata: { type: 'customerQueue' } },
      blocks: [block('Wait', 'MessageParticipantIteratively', { Messages: [{ Text: 'Please hold the line.' }] }, {})],
    },
  },
  check: (flow) => {
    const waits = flow.type === 'CUSTOMER_QUEUE' || flow.type === 'CUSTOMER_HOLD';
    if (!waits || !flow.start) return [];
    const seen = reachable([flow.start], ({ exits }) => exits.map(({ to }) => to));
    const playsOn = [...seen].some(({ type }) => type === PLAYS_ON) || circles(flow, () => true).length > 0;
    return playsOn
      ? []
      : [
          {
            message: 'it plays its prompts once, and then the customer waits in silence',
            fix: `End it in a ${PLAYS_ON}, which repeats its messages.`,
          },
        ];
  },
};

export const JOURNEY_RULES: readonly Rule[] = [
  unreachableBlock,
  silentCircle,
  silentHangUp,
  transferWithoutQueue,
  endOfContactFlow,
  silentWait,
];
